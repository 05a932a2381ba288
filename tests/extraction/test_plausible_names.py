"""Spans that cannot name a concept: pieces of known names, two names at once, web addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.extraction import extract
from paperconcepts.extraction.plausible_names import KnownNames, is_plausible_name, web_addresses
from paperconcepts.model import Paper


def _leave(text: str, name: str, *known: str) -> bool:
    spans = [(text.index(one), text.index(one) + len(one)) for one in known]
    start = text.index(name)
    return KnownNames(text, spans).leave((start, start + len(name)))


@pytest.mark.parametrize(
    ("name", "known", "left"),
    [
        ("F1", ("F1@5",), False),
        ("DR", ("Reddit TL;DR",), False),
        ("TL;DR", ("Reddit TL;DR",), True),
        ("Reddit", ("Reddit TL;DR",), True),
        ("F1@5 and Reddit TL;DR", ("F1@5", "Reddit TL;DR"), False),
        ("F1@5 and Reddit TL;DR", ("F1@5",), True),
        ("F1@5 and Reddit TL;DR", ("F1@5", "Reddit TL;DR", "F1@5 and Reddit TL;DR"), True),
        ("Reddit TL;DR, hops", ("Reddit TL;DR",), True),
        ("hops", ("F1@5", "Reddit TL;DR"), True),
    ],
)
def test_beside_known_names(name: str, known: tuple[str, ...], left: bool) -> None:
    """A known name leaves no piece that ends inside a word, and two leave no span of both."""
    assert _leave("We measure F1@5 and Reddit TL;DR, hops", name, *known) is left


_spans = st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.text(alphabet="ab ,-", min_size=18, max_size=18), st.lists(_spans, max_size=5), _spans)
def test_by_definition(text: str, known: list[tuple[int, int]], span: tuple[int, int]) -> None:
    """Beside a single conjunction, what is cut is what some known name goes beyond without a blank."""
    start, end = span
    cut = any(a < start and end <= b and not text[start - 1].isspace() for a, b in known) or any(
        a <= start and end < b and not text[end].isspace() for a, b in known
    )
    joined = any(
        (start, middle) in known and (middle + len(mark), end) in known
        for mark in (", ",)
        for middle in range(start, end)
        if text.startswith(mark, middle)
    )
    assert KnownNames(text, known).leave(span) is (span in known or not (cut or joined))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at https://github.com/lab/HopNet.", ["https://github.com/lab/HopNet."]),
        ("at www.hop.net and github.com/lab/X", ["www.hop.net", "github.com/lab/X"]),
        ("(https://github.com/lab/hop),LoRA(https://a.org/x);BERT", ["https://github.com/lab/hop", "https://a.org/x"]),
        ("see lab.github.io/HopMax/ and GitHub.com/lab/Y", ["lab.github.io/HopMax/", "GitHub.com/lab/Y"]),
        ("hf.co/lab/Z, anonymous.4open.science/r/Hop", ["hf.co/lab/Z", "anonymous.4open.science/r/Hop"]),
        ("the GitHub of HopNet, http-like, me@github.com/x", []),
    ],
)
def test_web_addresses(text: str, found: list[str]) -> None:
    """An address is what follows a scheme, "www." or the name of a host of code, up to a blank or bracket."""
    assert [text[start:end] for start, end in web_addresses(text)] == found


@pytest.mark.parametrize("profile", ["default", "fast"])
def test_nothing_out_of_addresses(profile: str) -> None:
    """A name that only the address of the code has is no mention; elsewhere it is."""
    text = (
        "We propose HopNet, a model for joeys. Our code is at https://github.com/wallaby/BERT-HopMax-2 and in PyTorch."
    )
    paper = Paper(id="x:1", title="HopNet: Hopping", abstract=text)
    [annotated] = extract([paper], profile=profile)
    names = {mention.text for mention in annotated.mentions}
    assert "HopNet" in names
    assert not {name for name in names if "HopMax" in name or name == "BERT"}


@pytest.mark.parametrize(
    ("name", "plausible"),
    [
        ("rank-based regularization gamma", False),
        ("learning rate eta", False),
        ("weight lambda", False),
        ("kendall tau", True),
        ("interferon gamma", True),
        ("gamma", True),
        ("lambda calculus", True),
    ],
)
def test_symbols(name: str, plausible: bool) -> None:
    """The symbol of a quantity is no part of a name; coefficients and substances are named so."""
    assert is_plausible_name(name) is plausible
