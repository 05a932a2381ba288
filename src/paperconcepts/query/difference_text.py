"""A difference of two graphs as text to read: plain, or Markdown for a page or a message."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

from paperconcepts.query.difference import ConceptChange, ConceptShift, Difference, EdgeChange, FirstUse, PaperChange

__all__ = ["format_difference"]

_SENTENCE = 160
_LABEL = 80


def format_difference(found: Difference, style: Literal["text", "md"] = "text", *, limit: int | None = 10) -> str:
    """The difference as plain text or Markdown, ``limit`` rows of each kind; kinds without rows are left out.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> from paperconcepts.query.difference import graph_difference
        >>> print(format_difference(graph_difference(example_graph(), example_graph())))
        42 papers before, 42 after; ...
        nothing is new and nothing has gone
    """
    counts = [f"{found.old[name]:,} {name} before, {found.new[name]:,} after" for name in found.old]
    blocks = [_block(title, rows, line, style, limit) for title, rows, line in _parts(found) if rows]
    body = blocks or ["nothing is new and nothing has gone"]
    head = ("# What is new\n\n" if style == "md" else "") + "; ".join(counts)
    return "\n".join([head, *body]) if style == "text" else "\n\n".join([head, *body])


_Line = Callable[[Any], tuple[str, str]]


def _parts(found: Difference) -> Iterator[tuple[str, Sequence[Any], _Line]]:
    yield "new papers", found.papers_added, _paper
    yield "papers gone", found.papers_removed, _paper
    yield "new concepts", found.concepts_new, _concept
    yield "first uses", found.first_uses, _use
    yield "rising", found.rising, _shift
    yield "falling", found.falling, _shift
    yield "new relations", found.relations_new, _edge
    yield "new in papers of both", found.edges_new, _edge
    yield "concepts gone", found.concepts_gone, _concept
    yield "relations gone", found.relations_gone, _edge
    yield "gone from papers of both", found.edges_gone, _edge


def _block(title: str, rows: Sequence[Any], line: _Line, style: str, limit: int | None) -> str:
    shown = rows if limit is None else rows[:limit]
    rest = len(rows) - len(shown)
    lines = [f"## {title.capitalize()} ({len(rows):,})", ""] if style == "md" else ["", f"{title} ({len(rows):,})"]
    for row in shown:
        head, sentence = (" ".join(part.split()) for part in line(row))
        if style == "md":
            lines.append(f"- {_escape(head)}" + (f"  \n  > {_escape(_cut(sentence, _SENTENCE))}" if sentence else ""))
        else:
            lines += [f"  {head}", *([f"      {_cut(sentence, _SENTENCE)}"] if sentence else [])]
    if rest:
        lines.append(f"- and {rest:,} more" if style == "md" else f"  and {rest:,} more")
    return "\n".join(lines)


def _paper(row: PaperChange) -> tuple[str, str]:
    return f"{row.issued or 'undated'}  {row.paper_id}  {_cut(row.title, _LABEL)}", ""


def _concept(row: ConceptChange) -> tuple[str, str]:
    papers = "1 paper" if row.papers == 1 else f"{row.papers:,} papers"
    date = f" of {row.issued}" if row.issued else ""
    return f"{_cut(row.label, _LABEL)} [{row.type}]  {papers}, first {row.paper_id}{date} ({row.role})", row.sentence


def _use(row: FirstUse) -> tuple[str, str]:
    return f"{_cut(row.label, _LABEL)} [{row.type}]  {row.role} in {row.paper_id}", row.sentence


def _shift(row: ConceptShift) -> tuple[str, str]:
    counts = f"{row.earlier:,} papers before, {row.later:,} of the new"
    return f"{_cut(row.label, _LABEL)} [{row.type}]  {counts}; growth {row.growth}, score {row.score}", ""


def _edge(row: EdgeChange) -> tuple[str, str]:
    ends = f"{_cut(row.source_label, _LABEL)} --{row.kind}--> {_cut(row.target_label, _LABEL)}"
    return f"{ends}  {row.confidence:.2f}  {row.paper_id or 'catalogue'}", row.sentence


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def _escape(text: str) -> str:
    """``text`` with what Markdown or HTML would read as a mark made plain."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for mark in "\\`*_[]|#":
        text = text.replace(mark, "\\" + mark)
    return text
