"""Cleaning texts: valid Unicode, LaTeX, offsets, time."""

import importlib
import re
import sys
import time
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.sources import clean_text, repair_text, trace_text

_LATEX_PIECES = st.lists(
    st.sampled_from(
        [
            "\\", "\\\\", "$", "$$", "{", "}", "~", " ", "\n", "%", "'", '"', "^", "_", "a", "e", "i", "7",
            "\\textit{", "\\it ", "\\alpha", "\\ours", "\\cite{k}", "\\(", "\\)", "\\'", '\\"', "\\%",
            "\\frac{a}{b}", "\\href{u}{t}", "\\textcolor{red}{", "te", "xtit", "C:", "\u0301", "\u0323", "é",
            "\ud83d", "\ude00", "\r", "\x00", "\ufeff", "\u202e", "[", "]", "(", ")",
        ]
    ),
    max_size=14,
).map("".join)  # fmt: skip
_ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=30)


@given(st.one_of(_ANY_TEXT, _LATEX_PIECES))
@settings(deadline=None, max_examples=800)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    """Clean text passes unchanged, whatever it was made from."""
    cleaned, _ = clean_text(text)
    assert clean_text(cleaned) == (cleaned, {})


@given(st.one_of(_ANY_TEXT, _LATEX_PIECES))
@settings(deadline=None, max_examples=200)
def test_cleaned_text_is_valid_unicode(text: str) -> None:
    """No surrogate, control character, CR or non-character is left, and the text is NFC."""
    cleaned, _ = clean_text(text)
    cleaned.encode("utf-8")
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not [c for c in cleaned if unicodedata.category(c) == "Cc" and c not in "\n\t"]
    assert not set(cleaned) & {"\ufffe", "\uffff"}


def test_every_code_point_alone_is_cleaned_once() -> None:
    """Each of the 1,114,112 code points, surrogates too, is clean after one cleaning."""
    for start in range(0, sys.maxunicode + 1, 0x1000):
        text = " x ".join(map(chr, range(start, start + 0x1000)))
        cleaned, _ = clean_text(text)
        assert clean_text(cleaned) == (cleaned, {})


@given(st.one_of(_ANY_TEXT, _LATEX_PIECES))
@settings(deadline=None, max_examples=200)
def test_traced_offsets_lie_in_the_text_in_order(text: str) -> None:
    """Tracing gives the cleaned text and, for each character, a span of the text, in order."""
    cleaned, origins = trace_text(text)
    assert cleaned == clean_text(text)[0]
    assert len(origins) == len(cleaned)
    assert all(0 <= start <= end <= len(text) for start, end in origins)
    assert origins == sorted(origins)


@pytest.mark.parametrize(
    "text",
    [
        "  leading and  double  spaces, tabs\tand\nnewlines \n",
        "50% of a & b cost $5 to $10, US$5 and $100K; $HOME/$USER and $5/$6",
        "E^3, x_{i}, snake_case, {a, b}, z ~ 6, ~10%, --flag, 'x' ``y''",
        r"C:\Users\name and D:\data",
        "zero\u200bwidth \u202ebidi\u202c and 中文, עברית, résumé",
        "a" * 100_000,
    ],
)
def test_text_without_latex_is_untouched(text: str) -> None:
    """Offsets into clean text are offsets into the input: not a character changes."""
    assert clean_text(text) == (text, {})


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        (r"an \textit{implicit} model", "an implicit model"),
        (r"\textbf{\emph{nested} words}", "nested words"),
        (r"from $r$ to $Q^*$", "from r to Q^*"),
        (r"less than $1/38$ of $O(n^2)$ for $k$NN", "less than 1/38 of O(n^2) for kNN"),
        (r"97.5\% of a \& b, CP\_Net, \#1, \$5", "97.5% of a & b, CP_Net, #1, $5"),
        (r"Fr\'echet, Nystr\"om, \'{E}mile, Erd\H{o}s, {\'e}t\'e, na\"{\i}ve, Fran\c{c}ois", None),
        (r"\'a la", "á la"),
        (r"these models\' choices and the model\'s", "these models' choices and the model's"),
        (r"{\it in frequency space}, we", "in frequency space, we"),
        (r"{\Psi} and {\rho}, $3\times$ and 4$\times$", "Ψ and ρ, 3× and 4×"),
        (r"we present \ours, and \ours~adds \ours{}", "we present ours, and ours adds ours"),
        (r"\(\score\) is \( A \), and \( B \) too", "score is A, and B too"),
        (r"at repo{\small\texttt{https://x.org/a}} now", "at repo https://x.org/a now"),
        (r"code: \url{https://x.org/a_b}", "code: https://x.org/a_b"),
        (r"see \href{https://x.org}{our page}", "see our page (https://x.org)"),
        (r"as shown \cite{a,b} by", "as shown  by"),
        (r"80\,000 words in 5\,ms", "80000 words in 5 ms"),
        (r"a \textcolor{red}{red} word", "a red word"),
        (r"\frac{a}{b} of x", "a/b of x"),
        (r"$\mathcal{O}(n\log n)$, $\sim$5K, $\times$2", "O(n log n), ~5K, ×2"),
        (r"GPT\footnote{a note} is", "GPT a note is"),
        (r"97.5\\% of it", "97.5% of it"),
    ],
)  # fmt: skip
def test_latex_becomes_the_words_it_carries(text: str, cleaned: str | None) -> None:
    """Mark-up goes, words stay."""
    expected = cleaned or "Fréchet, Nyström, Émile, Erdős, été, naïve, François"
    assert clean_text(text)[0] == expected
    assert clean_text(text)[1]["LaTeX"] > 0


def test_each_kind_of_cleaning_is_counted() -> None:
    """The counts name what was done and how often."""
    _, counts = clean_text("a\r\nb\rc\x00\x1b \ud800 \ud83d\ude00 e\u0301 $x$")
    assert counts == {"line ends": 2, "control characters": 2, "surrogates": 2, "not NFC": 1, "LaTeX": 1}


def test_surrogates_that_belong_together_are_joined() -> None:
    """A pair becomes its character, a lone one the replacement character."""
    assert clean_text("\ud83d\ude00 \ude00")[0] == "😀 \ufffd"


@pytest.mark.parametrize("between", ["\x00", "\\it ", "$$"])
def test_accents_meet_their_base_when_something_goes(between: str) -> None:
    """A text is NFC also where a character between a letter and its accent was removed."""
    assert clean_text(f"e{between}\u0301")[0] in ("é", f"e{between}\u0301")
    cleaned, _ = clean_text(f"e{between}\u0301")
    assert clean_text(cleaned) == (cleaned, {})


def test_repair_leaves_latex() -> None:
    """Unknown fields are made valid Unicode and nothing else."""
    assert repair_text("\\textit{a}\x00\ud800") == "\\textit{a}\ufffd"


def test_traced_span_covers_the_markup_inside() -> None:
    """The span of a cleaned word in the input is where the word stands there."""
    text = r"reach \textit{local perception} of 97.5\% here"
    cleaned, origins = trace_text(text)
    for words, original in (("local perception", "local perception"), ("97.5%", r"97.5\%")):
        start = cleaned.index(words)
        assert text[origins[start][0] : origins[start + len(words) - 1][1]] == original


_PUMPS = [
    "a", "\\", "$", "{", "}", "\\{", "\\textit{", "$a", "$a$", "$ $", "\\a", "a\\te", "\\'", "\\'{", "\\c{",
    "\\frac{a}{", "\\href{a}{", "\\cite[", "~", "\u0301\u0323", "é", "\ud800", "\ud83d\ude00", "\r", "\x00",
    " ", "\n", "{\\it ", "[", "(", ")", "\\(", "\\( ", "http://", "github.com/", "www.", ".", "arxiv:",
    "10.1000/", "1", "ab/", "A. B", "· ", "• 1 authors", "Abstract:", "a\\te\\textit{", "$a $b", "-", "_",
    "\\\\%", ")]",
]  # fmt: skip


def _measure(call: Any, text: str) -> float:
    best = float("inf")
    for _ in range(2):
        start = time.perf_counter()
        call(text)
        best = min(best, time.perf_counter() - start)
    return best


@pytest.mark.parametrize("pump", _PUMPS)
def test_cleaning_takes_linear_time(pump: str) -> None:
    """A text of 60 KB made to defeat regular expressions is cleaned in a moment."""
    text = (pump * 100_000)[:60_000]
    assert _measure(clean_text, text) < 1.0
    assert _measure(clean_text, text[:30_000] + "x" + text[:29_000] + "}$\\") < 1.0


def test_every_pattern_of_the_stage_takes_linear_time() -> None:
    """No regular expression of the stage backtracks over a pumped string of 40 KB."""
    modules = "abstract_lines arxiv_listing cleaning dates hf_daily identifiers jsonl latex paragraphs".split()
    slow = []
    for name in modules:
        module = importlib.import_module(f"paperconcepts.sources.{name}")
        for pattern in (value for value in vars(module).values() if isinstance(value, re.Pattern)):
            for pump in _PUMPS:
                text = (pump * 40_000)[:40_000]
                start = time.perf_counter()
                for _ in pattern.finditer(text):
                    pass
                if time.perf_counter() - start > 0.5:
                    slow.append((name, pattern.pattern, pump))
    assert not slow
