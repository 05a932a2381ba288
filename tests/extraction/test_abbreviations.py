"""Definitions of abbreviations, after Schwartz and Hearst."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.extraction.abbreviations import find_definitions, find_title_definition

POSITIVE = [
    ("We use Low-Rank Adaptation (LoRA).", "LoRA", "Low-Rank Adaptation"),
    ("Direct Preference Optimization (DPO) is simple.", "DPO", "Direct Preference Optimization"),
    ("with retrieval-augmented generation (RAG)", "RAG", "retrieval-augmented generation"),
    ("Most large language models (LLMs) hop.", "LLMs", "large language models"),
    ("a convolutional neural network (CNN) sees", "CNN", "convolutional neural network"),
    ("Proximal Policy Optimization (PPO)", "PPO", "Proximal Policy Optimization"),
    ("the mean average precision (mAP) rose", "mAP", "mean average precision"),
    ("in Natural Language Processing (NLP), we", "NLP", "Natural Language Processing"),
    ("by bilingual evaluation understudy (BLEU)", "BLEU", "bilingual evaluation understudy"),
    ("a mixture of experts (MoE) layer", "MoE", "mixture of experts"),
    ("with chain-of-thought (CoT) prompts", "CoT", "chain-of-thought"),
    ("We apply DPO (Direct Preference Optimization).", "DPO", "Direct Preference Optimization"),
    ("GAT (graph attention network) layers", "GAT", "graph attention network"),
    ("lower Word Error Rate (WER)", "WER", "Word Error Rate"),
    ("the area under the curve (AUC)", "AUC", "area under the curve"),
    ("a graph neural network [GNN] layer", "GNN", "graph neural network"),
    ("Selective state space models (SSMs)", "SSMs", "state space models"),
    ("the Vision Transformer (ViT) is", "ViT", "Vision Transformer"),
    ("the Fréchet inception distance (FID)", "FID", "Fréchet inception distance"),
    ("Generative adversarial networks (GANs)", "GANs", "Generative adversarial networks"),
    ("a variational autoencoder (VAE)", "VAE", "variational autoencoder"),
    ("reinforcement learning from human feedback (RLHF)", "RLHF", "reinforcement learning from human feedback"),
    ("Parameter-efficient fine-tuning (PEFT)", "PEFT", "Parameter-efficient fine-tuning"),
    ("for named entity recognition (NER; a task)", "NER", "named entity recognition"),
    ("a long short-term memory (LSTM)", "LSTM", "long short-term memory"),
    ("the “Kangaroo Hop Index” (KHI)", "KHI", "Kangaroo Hop Index"),
    ("a model that we call QuoP (for Quokka Pouch)", "QuoP", "Quokka Pouch"),
    ("the QPS (short for Quokka Pouch Score)", "QPS", "Quokka Pouch Score"),
    ("our Quokka Pouch Score (QPS, higher is better)", "QPS", "Quokka Pouch Score"),
]
NEGATIVE = [
    "a model (for joeys) hops",
    "we use SAM (for segmentation and matting)",
    "the DETR (for detection and tracking) model",
    "CLIP (for captioning long image prompts)",
    "LLMs (i.e., Llama and Mistral) hop",
    "QuoNet (for quokka pouches)",
    "as shown before (Figure 2)",
    "the result is good (see above)",
    "as they found (Smith et al., 2020)",
    "in one language (English)",
    "we gain five points (GPU)",
    "published last year (2023)",
    "a small method (X)",
    "accuracy improves greatly (ZQK)",
    "nothing between () them",
    "an open bracket Low-Rank Adaptation (LoRA",
    "a fruit called banana (DPO)",
    "The rank is low. Adaptation (LRA) is high.",
    "of many kinds (i.e., nothing)",
    "three options (a), (b) and (c)",
    "hop (hop or pop) is a small word",
    "Low-Rank Adaptation is LoRA",
    "LoRA (LoRA)",
    "",
]


@pytest.mark.parametrize(("text", "short", "long"), POSITIVE)
def test_found(text: str, short: str, long: str) -> None:
    """A short form whose letters begin (or stand in) the words beside its brackets is defined by them."""
    found = find_definitions(text)
    assert [(text[slice(*d.short)], text[slice(*d.long)]) for d in found] == [(short, long)]


@pytest.mark.parametrize("text", NEGATIVE)
def test_not_found(text: str) -> None:
    """References, remarks, single letters and words that do not fit define nothing."""
    assert find_definitions(text) == []


def test_first_definition_counts() -> None:
    """A short form is defined once, at its first place."""
    text = "Direct Preference Optimization (DPO) and Data Protection Officer (DPO)"
    assert [text[slice(*d.long)] for d in find_definitions(text)] == ["Direct Preference Optimization"]


def test_several() -> None:
    """Definitions come in the order of their places."""
    text = "Low-Rank Adaptation (LoRA), Word Error Rate (WER) and GAT (graph attention network)."
    assert [text[slice(*d.short)] for d in find_definitions(text)] == ["LoRA", "WER", "GAT"]


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.sampled_from(
            ["Low-Rank Adaptation ", "(LoRA)", "DPO ", "(Direct ", "hop", "(", ")", "[", "]", "\n", " ", "é", "𝔸", ". "]
        )
        | st.text(max_size=4),
        max_size=25,
    ).map("".join)
)
def test_spans_are_inside(text: str) -> None:
    """Both spans are real, apart, and hold the letters of the short form in order."""
    for definition in find_definitions(text):
        (short_start, short_end), (long_start, long_end) = definition.short, definition.long
        assert 0 <= short_start < short_end <= len(text)
        assert 0 <= long_start < long_end <= len(text)
        assert short_end <= long_start or long_end <= short_start
        assert text[long_start:long_end] == text[long_start:long_end].strip()
        rest = iter(text[long_start:long_end].lower())
        letters = [c.lower() for c in text[short_start:short_end] if c.isalnum()]
        assert all(letter in rest for letter in letters[:-1])


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("the Hopping Hopper Oracle (H2O)", "H2O", "Hopping Hopper Oracle"),
        ("a Spring Sprung Space sequence (S4)", "S4", "Spring Sprung Space sequence"),
        ("the Spring Sprung Space sequence model (S4)", "S4", "Spring Sprung Space sequence"),
        ("Multi-pouch Kangaroo Graph Counting (MKGC)", "MKGC", "Multi-pouch Kangaroo Graph Counting"),
        ("Sum of Tail-close and Tail-far Hops (STTH)", "STTH", "Sum of Tail-close and Tail-far Hops"),
    ],
)
def test_compounds_and_recurring_letters(text: str, short: str, long: str) -> None:
    """A digit may stand for a letter that recurs; a compound is one word and is never cut."""
    [found] = find_definitions(text)
    assert (text[slice(*found.short)], text[slice(*found.long)]) == (short, long)


@pytest.mark.parametrize(
    ("title", "long"),
    [
        ("HINT: A Hop-Inspired Network for Tails", "Hop-Inspired Network"),
        ("TailHop: the Tail-Driven Hopping for Joeys", "Tail-Driven Hopping"),
        ("Kelpie: Counting Sheep for Sleep", None),
        ("What is next: a Survey", None),
        ("No colon here", None),
    ],
)
def test_title_definitions(title: str, long: str | None) -> None:
    """A title's name is defined by the words behind its colon if all its letters are found there, in order."""
    found = find_title_definition(title, len(title))
    assert (title[slice(*found.long)] if found else None) == long


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We introduce the PLM, a Peripheral Language Model.", [("PLM", "Peripheral Language Model")]),
        ("We study RAG, a retrieval-augmented generation method.", [("RAG", "retrieval-augmented generation")]),
        ("We use PPO, a policy optimizer.", []),
        ("ABC, a dog, and BAD, an animal.", []),
        ("The PLM, a model.", []),
    ],
)
def test_behind_a_comma(text: str, found: list[tuple[str, str]]) -> None:
    """A long form behind a comma counts if each letter begins one of its words, the first of them the first."""
    assert [(text[slice(*one.short)], text[slice(*one.long)]) for one in find_definitions(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We use DPO, short for Direct Preference Optimization that hops.", ("DPO", "Direct Preference Optimization")),
        (
            "HELM, which stands for Holistic Evaluation of Language Models.",
            ("HELM", "Holistic Evaluation of Language Models"),
        ),
        ("RAG, i.e., retrieval augmented generation methods that hop", ("RAG", "retrieval augmented generation")),
        ("LM is short for the “language model” of a joey.", ("LM", "language model")),
        ("SAM, short for Segment Anything Model and CLIP for joeys", ("SAM", "Segment Anything Model")),
        ("LoRA, short for low-rank adaptation, hops.", ("LoRA", "low-rank adaptation")),
        ("LoRA stands for Low-Rank Adaptation and QLoRA", ("LoRA", "Low-Rank Adaptation")),
        (
            "RLHF stands for Reinforcement learning from human feedback.",
            ("RLHF", "Reinforcement learning from human feedback"),
        ),
        ("**DPO**, an acronym for direct preference optimization", ("DPO", "direct preference optimization")),
        ("LLMs, i.e., large language models", ("LLMs", "large language models")),
        ("QLoRA, short for 'Quantized Low-Rank Adaptation', hops", ("QLoRA", "Quantized Low-Rank Adaptation")),
        ("We compare two GNNs, i.e., GCN and GIN, on Cora", None),
        ("two LLMs, i.e., Llama-2 and Mistral", None),
        (
            "We propose ARTE, dubbed Aligning TeacheR with StudenT PreferencEs, a framework.",
            ("ARTE", "Aligning TeacheR with StudenT PreferencEs"),
        ),
        ("We train an LLM, dubbed LLaMA-Med", None),
        ("a new GAN, dubbed Geometry-Aware Net", None),
        ("We use GPT-4, i.e., a model.", None),
        ("It, i.e., the joey.", None),
        ("LONG stands for Light Organic Numbers G" + "o" * 200, None),
    ],
)
def test_spelt_out(text: str, found: tuple[str, str] | None) -> None:
    """A long form may follow "short for", "stands for" or "i.e."; examples that follow are none."""
    pairs = [(text[slice(*one.short)], text[slice(*one.long)]) for one in find_definitions(text)]
    assert pairs == ([found] if found else [])
