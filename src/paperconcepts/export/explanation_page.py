"""One small self-contained page that explains nodes and edges: facts, and quoted sentences with marks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from paperconcepts.export.cleaning import clean_line
from paperconcepts.export.marked_text import WrappedSpan, wrap_spans
from paperconcepts.export.page_parts import hash_source, read_asset
from paperconcepts.files import open_atomic

__all__ = ["ExplanationBlock", "MarkedSentence", "write_explanation_page"]

Span = tuple[int, int]
_GAP = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence with its mentions and its cue as spans of it, and where it comes from."""

    text: str
    mentions: tuple[Span, ...]
    cue: Span | None
    caption: str


@dataclass(frozen=True, slots=True)
class ExplanationBlock:
    """What is explained, in a heading and a line below it; the sentences that say so; and facts by name."""

    heading: str
    claim: str = ""
    sentences: tuple[MarkedSentence, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


def write_explanation_page(
    blocks: Iterable[ExplanationBlock], path: str | Path, *, title: str, remarks: Sequence[str] = ()
) -> None:
    """Write blocks to ``path`` as one page without a script.

    The page loads nothing and runs nothing: its content security policy allows its own style only. Texts are escaped.
    The same blocks give the same bytes.

    Raises:
        OutputError: the file cannot be written.

    Examples:
        >>> import pathlib, tempfile
        >>> sentence = MarkedSentence("QLoRA extends LoRA.", ((0, 5), (14, 18)), (6, 13), "title, rule extends")
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "why.html"
        >>> write_explanation_page([ExplanationBlock("QLoRA", sentences=(sentence,))], target, title="QLoRA")
        >>> "<mark>QLoRA</mark> <b>extends</b> <mark>LoRA</mark>." in target.read_text(encoding="utf-8")
        True
    """
    style = read_asset("explanation.css")
    policy = f"default-src 'none'; style-src {hash_source(style)}; img-src data:; base-uri 'none'; form-action 'none'"
    head, foot = read_asset("explanation.html").split("{{blocks}}")
    listed = "".join(f"<li>{_text(remark)}</li>" for remark in remarks)
    parts = {"policy": policy, "style": style, "remarks": listed, "title": _text(title)}
    with open_atomic(path) as stream:
        # In one pass, so that nothing in the texts of others is filled in again.
        stream.write(_GAP.sub(lambda gap: parts[gap[1]], head))
        for block in blocks:
            stream.write("".join(_block(block)))
        stream.write(f"{foot}\n")


def _text(text: str) -> str:
    return escape(clean_line(text))


def _block(block: ExplanationBlock) -> Iterator[str]:
    yield f"<article><h2><bdi>{_text(block.heading)}</bdi></h2>"
    if block.claim:
        yield f'<p class="claim">{_text(block.claim)}</p>'
    for sentence in block.sentences:
        yield f'<figure><blockquote dir="auto">{_marked(sentence)}</blockquote>'
        yield f"<figcaption>{_text(sentence.caption)}</figcaption></figure>"
    if block.facts:
        rows = "".join(f"<dt>{_text(name)}</dt><dd>{_text(value)}</dd>" for name, value in block.facts)
        yield f"<dl>{rows}</dl>"
    yield "</article>\n"


def _marked(sentence: MarkedSentence) -> str:
    spans = [WrappedSpan(start, end, "<mark>", "</mark>") for start, end in sorted(set(sentence.mentions))]
    if sentence.cue:
        spans.append(WrappedSpan(*sentence.cue, "<b>", "</b>"))
    return wrap_spans(sentence.text, spans)
