"""Proper names by place and shape."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.extraction.name_patterns import find_names
from paperconcepts.extraction.name_types import name_type
from paperconcepts.model import ConceptType


def _names(text: str, *, title: str = "") -> dict[str, str]:
    """{name: rule}, the rule of highest confidence."""
    joined = title + "\n" + text
    found = sorted(find_names(joined, len(title)), key=lambda n: n.confidence)
    return {joined[n.start : n.end]: n.rule for n in found}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("WombatNet: Digging Deeper", "WombatNet"),
        ("Dig-and-Hop: Motion for Robots", "Dig-and-Hop"),
        ("Quokka: A Language Model", "Quokka"),
        ("“BilbyQA”: Questions about Bilbies", "BilbyQA"),
    ],
)
def test_title_name(title: str, name: str) -> None:
    """The words before a title's colon are a name."""
    assert _names("", title=title)[name] == "name:title"


@pytest.mark.parametrize(
    "title",
    [
        "Survey: what animals do",
        "What does the quokka know about us: a study",
        "No colon in this title",
        "At 10:30 nothing hops",
        ": empty before",
        "",
    ],
)
def test_no_title_name(title: str) -> None:
    """Sentences, general words and titles without a colon give no title name."""
    assert "name:title" not in _names("", title=title).values()


@pytest.mark.parametrize("cue", ["called", "named", "dubbed", "termed"])
def test_called(cue: str) -> None:
    """What stands after "called" and its like is a name."""
    assert _names(f"We study a thing {cue} PouchMix for hops.")["PouchMix"] == "name:called"


def test_called_needs_a_capital() -> None:
    """Lower-case words after "called" are ordinary words."""
    assert "name:called" not in _names("It is often called pruning.").values()


@pytest.mark.parametrize(
    "text",
    [
        "We propose PouchMix for better hops.",
        "We introduce PouchMix, a method for hops.",
        "In this work we present a new approach, PouchMix.",
        "We release the PouchMix dataset.",
    ],
)
def test_proposed(text: str) -> None:
    """A name after "we propose" is marked as proposed."""
    assert _names(text)["PouchMix"] == "name:proposed"


@pytest.mark.parametrize("text", ["We propose a model based on PouchMix.", "We propose hopping. PouchMix is old."])
def test_not_proposed(text: str) -> None:
    """A preposition or the end of the sentence breaks the link to "we propose"."""
    assert _names(text)["PouchMix"] == "name:shape"


@pytest.mark.parametrize(
    "name", ["GPT-4", "Llama-3 70B", "LoRA", "mT5", "T5", "GPT-4o", "BERT", "CodeQA", "Qwen2.5-7B", "C3D", "word2vec"]
)
def test_shapes(name: str) -> None:
    """Inner capitals, acronyms, and letters with digits make a name, with its version."""
    assert name in _names(f"It is better than {name} by far.")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a LoRA-based method", "LoRA"),
        ("the GPT-4-generated text", "GPT-4"),
        ("a CLIP-guided search", "CLIP"),
        ("the BERT's layers", "BERT"),
        ("the BERT’s layers", "BERT"),
        ("all non-RNN layers", "RNN"),
        ("in (DPO), we", "DPO"),
        ("with DPO/PPO loss", "DPO"),
    ],
)
def test_trimmed(text: str, name: str) -> None:
    """Endings such as "-based", possessives and brackets are not part of a name."""
    names = _names(text)
    assert name in names
    assert not [other for other in names if other.startswith((name + "-", name + "'"))]


@pytest.mark.parametrize(
    "text",
    [
        "code at https://github.com/AbC/XyZ3 and",
        "see www.AbC.org/XyZ",
        "on 3D and GPU",
        "an ordinary sentence about animals",
        "Vision-Language and Test-Time",
        "in 2023 with 70B",
        "",
    ],
)
def test_no_shape(text: str) -> None:
    """Addresses, general acronyms, sizes, years and ordinary words are no names."""
    assert not _names(text)


@pytest.mark.parametrize(
    "head", ["dataset", "datasets", "benchmark", "benchmarks", "corpus", "leaderboard", "test suite"]
)
def test_name_before_its_head_noun(head: str) -> None:
    """A capitalised name before a noun that says so is a data set's."""
    text = f"We evaluate on the Gauge {head} here."
    headed = [name for name in find_names(text, 0) if name.rule == "name:headed"]
    assert [(text[name.start : name.end], name.label) for name in headed] == [("Gauge", ConceptType.DATASET)]


def test_overlong_run_is_no_name() -> None:
    """A run of hundreds of letters and marks is data."""
    assert not _names("A-b1" * 100)


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("the PouchMix dataset", "PouchMix", ConceptType.DATASET),
        ("PouchMix, a benchmark for hops", "PouchMix", ConceptType.DATASET),
        ("PouchMix is a language model", "PouchMix", ConceptType.MODEL),
        ("the PouchMix algorithm", "PouchMix", ConceptType.METHOD),
        ("the PouchMix score", "PouchMix", ConceptType.METRIC),
        ("HopBench", "HopBench", ConceptType.DATASET),
        ("HopNet", "HopNet", ConceptType.MODEL),
        ("the dataset PouchMix", "PouchMix", ConceptType.DATASET),
        ("PouchMix hops", "PouchMix", None),
    ],
)
def test_name_type(text: str, name: str, label: ConceptType | None) -> None:
    """The noun beside a name or the name's ending says what it denotes; else it stays open."""
    start = text.index(name)
    assert name_type(text, start, start + len(name)) is label


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.sampled_from(
            [
                "LoRA",
                "GPT-4",
                "-based",
                " called ",
                "we propose ",
                " a ",
                ": ",
                "://",
                "'s",
                "(",
                "é",
                "𝔸",
                "\n",
                ". ",
                "/",
            ]
        )
        | st.text(max_size=4),
        max_size=20,
    ).map("".join),
    st.integers(0, 30),
)
def test_spans_are_inside(text: str, title_end: int) -> None:
    """Every name is a real span with a confidence."""
    for name in find_names(text, min(title_end, len(text))):
        assert 0 <= name.start < name.end <= len(text)
        assert text[name.start : name.end].strip()
        assert 0 < name.confidence < 1
        assert name.rule.startswith("name:")
