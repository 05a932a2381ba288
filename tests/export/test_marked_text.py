"""Texts with marked spans."""

from html.parser import HTMLParser
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.evaluation import JudgedSpan, Verdict
from paperconcepts.export.marked_text import SIGNS, TYPE_SIGNS, mark_text
from paperconcepts.model import ConceptType


class _Reader(HTMLParser):
    """Collects the plain text, and for each character the marks around it; fails on tags that do not nest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.text = ""
        self.marks: list[list[str]] = []
        self.signs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("mark", "sup")
        self.open.append((tag, dict(attrs).get("data-verdict") or ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] == "sup":
            self.signs.append(data)
            return
        self.text += data
        self.marks += [[verdict for _, verdict in self.open]] * len(data)


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open
    return reader


def _span(start: int, end: int, verdict: Verdict = Verdict.RIGHT, **more: Any) -> JudgedSpan:
    return JudgedSpan(start, end, more.pop("type", "Task"), more.pop("name", "x"), verdict, **more)


def test_signs() -> None:
    """Every verdict and every type has a sign of its own, so that nothing depends on colour."""
    assert set(SIGNS) == set(Verdict)
    assert set(TYPE_SIGNS) == set(ConceptType)
    assert len({*SIGNS.values(), *TYPE_SIGNS.values()}) == len(Verdict) + len(ConceptType)


def test_markup_is_text() -> None:
    """Nothing in a text, name, type or note can become an element or an attribute."""
    evil = '"><script>alert(1)</script>'
    html = mark_text(evil, [_span(0, len(evil), name=evil, note=evil, type=evil)])
    assert "<script" not in html
    assert html.count("<") == html.count(">") == 4
    assert _read(html).text == evil


def test_crossing_spans() -> None:
    """Of two spans that cross, the later is cut at the end of the earlier and keeps one sign, at its end."""
    html = mark_text("abcdefgh", [_span(0, 4, Verdict.FALSE), _span(2, 6, Verdict.RIGHT)])
    reader = _read(html)
    assert reader.text == "abcdefgh"
    assert ["+".join(marks) for marks in reader.marks] == [
        "false", "false", "false+right", "false+right", "right", "right", "", "",
    ]  # fmt: skip
    assert sorted(reader.signs) == ["+Ta", "✓Ta"]


def test_merged_type() -> None:
    """A merged type has the colour and sign of its first, and its whole name for the filter."""
    html = mark_text("ab", [_span(0, 2, type="Method+Model")])
    assert 'class="right Method"' in html
    assert 'data-type="Method+Model"' in html
    assert "✓Me" in html


def test_control_characters() -> None:
    """Characters that HTML cannot hold are replaced one for one, so that places stay true."""
    assert _read(mark_text("a\x00b\x1bcd", [_span(4, 5)])).text == "a�b�cd"


@given(
    st.text(alphabet=st.characters(min_codepoint=32, blacklist_categories=("Cs", "Cn")), max_size=20),
    st.lists(st.tuples(st.integers(-2, 25), st.integers(-2, 25), st.sampled_from(list(Verdict))), max_size=6),
)
def test_text_is_kept_and_every_place_marked(text: str, places: list[tuple[int, int, Verdict]]) -> None:
    """The text comes out unchanged, tags nest, and each character is inside the marks of exactly its spans."""
    reader = _read(mark_text(text, [_span(*place) for place in places]))
    assert reader.text == text
    for index, marks in enumerate(reader.marks):
        assert sorted(marks) == sorted(verdict for start, end, verdict in places if max(start, 0) <= index < end)
    inside = [place for place in places if max(place[0], 0) < min(place[1], len(text))]
    assert len(reader.signs) == len(inside)
