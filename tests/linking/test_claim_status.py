"""Whether a sentence asserts a claim, hedges it or denies it.

In the sentences below ``<...>`` is the cue of the claim and ``[...]`` the mention that it is about.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.linking.claim_status import claim_status
from paperconcepts.linking.status_cues import triggers_at
from paperconcepts.model import Sentence, Status

Span = tuple[int, int]


def parse(marked: str) -> tuple[str, Span | None, Span]:
    """The sentence without its marks, and the places of cue and mention."""
    text, places = "", {}
    opened: dict[str, int] = {}
    for piece in re.split(r"([<>\[\]])", marked):
        if piece in ("<", "["):
            opened[piece] = len(text)
        elif piece in (">", "]"):
            opening = "<" if piece == ">" else "["
            places[opening] = (opened[opening], len(text))
        else:
            text += piece
    return text, places.get("<"), places["["]


def judge(marked: str) -> tuple[str, str]:
    """The status of the marked claim, and the words that say so."""
    text, cue, mention = parse(marked)
    status, span = claim_status(text, (0, len(text)), cue, *mention)
    assert (span is None) == (status is Status.ASSERTED)
    return status.value, text[slice(*span)] if span else ""


ASSERTED = (
    "To support future work we <contribute> [HackProbe].",
    "To foster further research, we <introduce> [HackProbe], a benchmark.",
    "In order to facilitate future studies, we <release> [HackProbe].",
    "To better inform future research we <compare it with> [BERT].",
    "For enabling future work, [HackProbe] is <released>.",
    "MulgaNet <outperforms> [BERT] on four tasks.",
    "MulgaNet not only <outperforms> [BERT] but also runs faster.",
    "The method is not just cheaper than but also <superior to> [ResNet].",
    "It <improves> [BLEU] without loss of fluency.",
    "Without loss of generality, we <use> a [Gaussian process].",
    "The value of [reward modelling] cannot be overstated.",
    "More often than not, the agent <beats> [AlphaZero].",
    "We <train> a [non-autoregressive decoder] on speech.",
    "A no-reference measure <correlates with> [PSNR].",
    "It <outperforms> [GPT-2] without additional data.",
    "Without any labels, our system <outperforms> [XLM-R].",
    "Unlike BERT, MulgaNet <uses> [rotary embeddings].",
    "Unlike BERT, GPT-2, and T5, MulgaNet <uses> [rotary embeddings].",
    "Instead of attention we <use> [state space models].",
    "Rather than fine-tuning, the approach <relies on> [prompting].",
    "In contrast to earlier sequencers, our assay <uses> [nanopore sequencing].",
    "BERT does not need labels, but MulgaNet <uses> [pseudo-labels].",
    "Although it does not see images, the model <surpasses> [CLIP].",
    "The encoder is not trained; however, it <outperforms> [SimCLR].",
    "The solver does not converge quickly and <uses> [conjugate gradients].",
    "It does not need gradients to <outperform> [evolution strategies].",
    "With no additional training, it <beats> [DreamerV3].",
    "We are <the first to> apply [diffusion models], and no prior work did.",
    "[LoRA] does not change the architecture.",
    "The policy does not fail to <use> [imitation learning].",
    "Models <trained on> [ImageNet] do not transfer to sketches.",
    "It is possible to <train> the [surrogate model] in an hour.",
    "Results in May 2024 <show> that [Mamba] wins.",
    "As might be expected, it <outperforms> [linear regression].",
    "We will show that our estimator <outperforms> [maximum likelihood].",
    "Whether or not noise is present, it <uses> [Kalman filtering].",
    "Larger models are more likely to <use> [chain-of-thought prompting].",
    "The proposed loss <reduces> [hallucination] without sacrificing accuracy.",
    "Accuracy on [CIFAR-10] is kept without significant loss.",
    "It is evaluated <on> [GSM8K], MATH and others, not limited to English.",
    "Telescopes cannot resolve the disk, so we <use> [interferometry].",
    "We <compare with> [AdaBoost] rather than bagging.",
    "We <use> [dropout] instead of weight decay.",
    "The market may fall, but the strategy <outperforms> [buy and hold].",
    "The protein may misfold; we <apply> [AlphaFold].",
    "The theory is no less accurate than [density functional theory].",
    "No doubt, [attention] is useful.",
    "Speech without transcripts is <modelled by> [wav2vec 2.0].",
    "It <uses> [beam search], as shown here; code will be released.",
    "This makes it possible to <use> [quantum annealing].",
    "We <propose> [Attention without Softmax], a new layer.",
    "Experiments <on> [SQuAD] show that parsing is not needed.",
    "<Unlike> [RNNs], the model is parallel.",
    "Gains <over> [T5] are large, though they may shrink with scale.",
    "The planner <combines> [tree search] with a critic that does not see rewards.",
)
NEGATED = (
    ("MulgaNet does not <outperform> [BERT].", "not"),
    ("MulgaNet doesn't <outperform> [BERT].", "doesn't"),
    ("MulgaNet doesn’t <outperform> [BERT].", "doesn’t"),
    ("The probe cannot <improve> [BERT].", "cannot"),
    ("It never <uses> [backpropagation].", "never"),
    ("We train the network without <using> [labelled data].", "without"),
    ("We train the network without [back-translation].", "without"),
    ("The model fails to <outperform> [logistic regression].", "fails to"),
    ("Large models no longer need [task-specific heads].", "no longer"),
    ("We use pruning rather than [distillation].", "rather than"),
    ("The cell is simulated by agents instead of [differential equations].", "instead of"),
    ("Unlike [RNNs], the model is parallel.", "Unlike"),
    ("Unlike BERT, [GPT-2], and T5, MulgaNet uses rotary embeddings.", "Unlike"),
    ("Neither [dropout] nor weight decay helps.", "Neither"),
    ("Neither dropout nor [weight decay] helps.", "nor"),
    ("Our scheme avoids [importance sampling].", "avoids"),
    ("This eliminates the need for [reward models].", "eliminates the need for"),
    ("The layer removes the need for [layer normalisation].", "removes the need for"),
    ("A closed form obviates the need for [Monte Carlo sampling].", "obviates the need for"),
    ("There is no <improvement over> [BM25].", "no"),
    ("With no access to [parallel corpora], it translates.", "no"),
    ("It works without access to [ImageNet].", "without"),
    ("It works without training on [ImageNet].", "without"),
    ("[Pretraining] is not needed.", "is not needed"),
    ("<Training> a [critic] is unnecessary.", "is unnecessary"),
    ("The <gains over> [AdamW] are not significant.", "are not significant"),
    ("[Graph networks] have not been applied to soil data.", "have not been applied"),
    ("The approach has not been <evaluated> on [MIMIC-III].", "has not been evaluated"),
    ("In the absence of [a verifier], quality drops.", "absence of"),
    ("We are unable to <reproduce> [AlphaFold].", "unable to"),
    ("None of the agents <surpass> [random search].", "None of"),
    ("The simulator does not use GPUs, TPUs, or [FPGAs].", "not"),
    ("By contrast to none, the detector dispenses with [anchor boxes].", "dispenses with"),
    ("As opposed to [fine-tuning], prompting is cheap.", "As opposed to"),
    ("The reader may not <outperform> [BiDAF].", "not"),
    ("The lens is free of [chromatic aberration].", "free of"),
    ("The baseline lacks [positional encodings].", "lacks"),
    ("By no means does it <replace> [expert review].", "By no means"),
    ("Galaxies are fitted without the need for [dark matter].", "without"),
    ("Contrary to [random forests], it extrapolates.", "Contrary to"),
    ("The pipeline bypasses [tokenisation].", "bypasses"),
    ("[Human labels] are no longer required.", "are no longer required"),
    ("[Finite elements] can be avoided.", "be avoided"),
)
HEDGED = (
    ("MulgaNet may <outperform> [BERT].", "may"),
    ("The probe might <improve> [GPT-2].", "might"),
    ("This could be <used for> [drug discovery].", "could"),
    ("[Transformers] could be replaced.", ""),
    ("It potentially <improves> [machine translation].", "potentially"),
    ("The potential to <solve> [protein folding] is clear.", "potential to"),
    ("Our study suggests that sleep can <improve> [memory consolidation].", "suggests that"),
    ("We hypothesise that noise <improves> [generalisation].", "We hypothesise that"),
    ("We hypothesize that, under shift, [dropout] helps.", "We hypothesize that"),
    ("In future work we evaluate it <on> [GLUE].", "In future work"),
    ("In principle, the circuit can <run> [Shor's algorithm].", "In principle"),
    ("In future work, we will <evaluate> it on [GLUE].", "will"),
    ("We plan to <apply> the method to [speech recognition].", "We plan to"),
    ("It remains to be seen whether it <scales to> [ImageNet].", "It remains to be seen whether"),
    ("The use of [graph networks] for soil remains unexplored.", "remains unexplored"),
    ("<Evaluation on> [WMT14] is left for future work.", "is left for future"),
    ("We leave the evaluation on [XNLI] for future work.", "leave the evaluation on XNLI for future"),
    ("The <benefit of> [curriculum learning] remains to be shown.", "remains to be shown"),
    ("We ask whether [in-context learning] <beats> tuning.", "whether"),
    ("It seems to <outperform> [XGBoost].", "seems to"),
    ("The trial is expected to <use> [adaptive randomisation].", "expected to"),
    ("Perhaps [sparse attention] is enough.", "Perhaps"),
    ("It is likely that gravity <explains> [lensing].", "It is likely"),
    ("We believe that the corpus <supports> [dialogue modelling].", "We believe that"),
    ("The code will be <extended to> [JAX].", "will"),
    ("Future work will <study> [quantisation].", "will"),
    ("The agent has yet to be <tested on> [Atari].", "has yet to be"),
    ("This would <reduce> [latency].", "would"),
    ("A hypothesis is that [replay] prevents forgetting.", ""),
    ("If [beam search] is used, quality rises.", "If"),
    ("We speculate that [superposition] <explains> the result, but theory is missing.", "We speculate that"),
)


@pytest.mark.parametrize("marked", ASSERTED)
def test_asserted(marked: str) -> None:
    """What a sentence says plainly is asserted, whatever it denies or hedges elsewhere."""
    assert judge(marked) == ("asserted", "")


@pytest.mark.parametrize(("marked", "words"), NEGATED)
def test_negated(marked: str, words: str) -> None:
    """A denied claim is negated; the span holds the words that deny it."""
    assert judge(marked) == ("negated", words)


@pytest.mark.parametrize(("marked", "words"), HEDGED)
def test_hedged(marked: str, words: str) -> None:
    """A claim put as possible, planned or open is hedged; the span holds the words that say so."""
    assert judge(marked) == ("hedged" if words else "asserted", words)


@pytest.mark.parametrize("gap", ["\n", "  ", "\t", "\u00a0", "\n  "])
def test_white_space_makes_no_difference(gap: str) -> None:
    """A wrapped or justified sentence is judged like the plain one."""
    for marked in (*ASSERTED, *(row[0] for row in NEGATED + HEDGED)):
        status, words = judge(marked)
        assert judge(marked.replace(" ", gap)) == (status, words.replace(" ", gap))


def test_two_claims_of_one_sentence() -> None:
    """Claims are judged one by one."""
    text = "It does not outperform BERT but may improve GPT-2 and, in short, uses T5."
    judged = []
    for cue, name in (("outperform", "BERT"), ("improve", "GPT-2"), ("uses", "T5")):
        place, start = text.index(cue), text.index(name)
        judged.append(claim_status(text, (0, len(text)), (place, place + len(cue)), start, start + len(name))[0])
    assert judged == [Status.NEGATED, Status.HEDGED, Status.ASSERTED]


def test_a_cue_that_spans_the_words_between() -> None:
    """Relations take all words between two mentions as cue: a denial inside it counts."""
    assert judge("MulgaNet <does not outperform> [BERT].") == ("negated", "not")
    assert judge("MulgaNet <is slow but outperforms> [BERT].") == ("asserted", "")
    assert judge("MulgaNet, <which is not slow, outperforms> [BERT].") == ("asserted", "")


def test_only_the_sentence_counts() -> None:
    """A denial in the sentence before says nothing of this one; a ``Sentence`` does as well as two offsets."""
    text = "It does not. We use BERT."
    assert claim_status(text, Sentence("abstract", 13, 25), (16, 19), 20, 24) == (Status.ASSERTED, None)
    assert claim_status(text, (13, 25), (16, 19), 20, 24) == (Status.ASSERTED, None)


def test_far_away() -> None:
    """A denial does not reach further than about 120 characters."""
    filler = "of very many small and quite ordinary things that stand here " * 3
    assert judge(f"It does not speak {filler}<using> [BERT].") == ("asserted", "")


def test_no_word_is_an_empty_trigger() -> None:
    """Text of one word, or none, has no trigger."""
    assert triggers_at(("word",), 0) == []
    assert claim_status("", (0, 0), None, 0, 0) == (Status.ASSERTED, None)


@given(st.lists(st.sampled_from("not|may|without|X|,|.|but|(|)|and|uses|leave|for future|n't|–|é".split("|"))))
def test_any_text(pieces: list[str]) -> None:
    """Whatever the sentence, the span lies in it and is there exactly if the claim is not asserted."""
    text = " ".join([*pieces, "using X"])
    status, span = claim_status(text, (0, len(text)), (len(text) - 7, len(text) - 2), len(text) - 1, len(text))
    assert (span is None) == (status is Status.ASSERTED)
    if span is not None:
        assert 0 <= span[0] < span[1] <= len(text)
        assert text[slice(*span)].strip() == text[slice(*span)]
