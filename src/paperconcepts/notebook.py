"""What a notebook shows of a graph, a paper, rows and answers: HTML in place of the line that `repr` gives.

``import paperconcepts`` in a notebook is enough: graphs and answers to SPARQL show themselves. :func:`explore`,
:func:`highlight` and :func:`show_table` show what needs a choice. Nothing is loaded from a network.
"""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph
    from paperconcepts.model import Mention
    from paperconcepts.query import Trends
    from paperconcepts.rdf import QueryResult

__all__ = ["Shown", "explore", "highlight", "load_ipython_extension", "show_table"]

_MOST_NODES = 1_500
_TOP = 100
_MOST_ROWS = 100
# A frame without an origin: the page may run its own script, save what it drew, and open a link in a new tab.
_SANDBOX = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"
_CELL = 'style="text-align:left;vertical-align:top;max-width:32em"'


@dataclass(frozen=True, slots=True)
class Shown:
    """HTML that a notebook displays; ``text`` is what stands there where no HTML can be shown."""

    html: str
    text: str

    def __repr__(self) -> str:
        return self.text.rstrip("\n")

    def _repr_html_(self) -> str:
        return self.html


def explore(graph: "ResearchGraph", *, near: str | None = None, hops: int = 2, height: int = 640) -> Shown:
    """Show a graph, or what is near one concept or paper in it, as the interactive page of ``graph.html``.

    The page is part of the notebook: it works offline and wherever the notebook is opened, and knows nothing of the
    notebook around it.

    Args:
        graph: what to show.
        near: a concept or a paper, by any of its names; without it all is shown.
        hops: how many steps from there.
        height: of the frame, in pixels.

    Raises:
        UnknownNameError: nothing bears the name ``near``.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> shown = explore(example_graph(), near="LoRA")
        >>> shown.html.startswith("<iframe"), shown
        (True, <ResearchGraph: ...papers, ... concepts, ... edges>)
    """
    from paperconcepts.export.explorer import write_html
    from paperconcepts.export.selection import Selection, select

    if near is not None:
        graph = select(graph, Selection(near=near, hops=hops))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.html"
        write_html(graph, path)
        page = path.read_text(encoding="utf-8")
    frame = (
        f'<iframe title="Graph of papers and concepts" sandbox="{_SANDBOX}" srcdoc="{escape(page)}" '
        f'style="width:100%;height:{int(height)}px;border:1px solid #d8dee4;border-radius:6px"></iframe>'
    )
    return Shown(frame, repr(graph))


def highlight(graph: "ResearchGraph", paper: str) -> Shown:
    """Show title and abstract of a paper with every mention of a concept in the colour of its type.

    Args:
        graph: the graph that has the paper.
        paper: its id or any identifier.

    Raises:
        UnknownNameError: there is no such paper.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> shown = highlight(example_graph(), "2106.09685")
        >>> "<mark" in shown.html, shown
        (True, LoRA: Low-Rank Adaptation of Large Language Models)
    """
    found = graph.paper(paper)
    mentions: dict[str, list[tuple[Mention, str, str]]] = {"title": [], "abstract": []}
    for _, concept_id, data in graph.graph.out_edges(found.id, data=True):
        concept = graph.graph.nodes[concept_id]["concept"].concept
        told = f"{concept.type}: {concept.label} ({data['item'].role})"
        for mention in data["item"].mentions:
            mentions[mention.field].append((mention, concept.type, told))
    title, abstract = (_mark(getattr(found, field), mentions[field]) for field in ("title", "abstract"))
    date = f' <small style="color:#656d76">{escape(found.issued)}</small>' if found.issued else ""
    html = (
        '<article style="max-width:48em;line-height:1.7;border:1px solid #d8dee4;border-radius:6px;padding:1em">'
        f'<p style="font-weight:600;margin:0 0 .5em">{title}{date}</p><p style="margin:0">{abstract}</p></article>'
    )
    return Shown(html, found.title or found.id)


def show_table(
    rows: "Iterable[Any] | Trends", *, columns: Sequence[str] | None = None, limit: int = _MOST_ROWS
) -> Shown:
    """Show rows, as the functions of :mod:`paperconcepts.query` return them, as a table.

    Args:
        rows: rows of one kind, or a result that has ``rows``, such as that of ``concept_trends``.
        columns: the fields to show, default all.
        limit: how many rows to show at most; how many are left out is said below.

    Raises:
        ConfigurationError: there is no such column.
        TypeError: a row is not a dataclass.

    Examples:
        >>> from paperconcepts.query import PeriodRow
        >>> show_table([PeriodRow("2024", 2, 4, 0.5)], columns=("period", "papers"))
        period  papers
        ------  ------
        2024         2
    """
    from paperconcepts.query import format_table, to_dicts

    found: Any = rows
    every = list(getattr(found, "rows", found))
    text = format_table(every[:limit], columns=columns)
    names = list(columns or (one.name for one in fields(every[0])) if every and is_dataclass(every[0]) else ())
    cells = [[_cell(record[name]) for name in names] for record in to_dicts(every[:limit])]
    return Shown(_table(names, cells, len(every) - limit), text)


def load_ipython_extension(ipython: Any) -> None:
    """Tell IPython how graphs and answers to SPARQL look; done by ``import paperconcepts`` in a notebook.

    It is what ``%load_ext paperconcepts`` calls. Nothing is imported for it until something is shown.
    """
    formatter = ipython.display_formatter.formatters["text/html"]
    formatter.for_type_by_name("paperconcepts.graph.research_graph", "ResearchGraph", _show_graph)
    formatter.for_type_by_name("paperconcepts.rdf.results", "QueryResult", _show_answer)


def _show_graph(graph: "ResearchGraph") -> str:
    """The page of a graph; of a large one that of its most frequent concepts."""
    from paperconcepts.export.selection import Selection, select

    nodes = graph.graph.number_of_nodes()
    if nodes <= _MOST_NODES:
        return explore(graph).html + _caption(repr(graph))
    shown = explore(select(graph, Selection(top=_TOP))).html
    return shown + _caption(f"{graph!r}: the {_TOP} concepts of most papers; explore(graph, near=...) shows others")


def _show_answer(result: "QueryResult") -> str:
    if result.boolean is not None:
        return _caption("yes" if result.boolean else "no")
    if result.triples is not None:
        rows = [[escape(term.n3()) for term in triple] for triple in result.triples]
        return _table(("subject", "predicate", "object"), rows[:_MOST_ROWS], len(rows) - _MOST_ROWS)
    rows = [[_cell(value) for value in row] for row in result.rows]
    note = _caption("the row limit cut the answer") if result.truncated else ""
    return _table(result.variables, rows[:_MOST_ROWS], len(rows) - _MOST_ROWS) + note


def _mark(text: str, mentions: "Iterable[tuple[Mention, str, str]]") -> str:
    from paperconcepts.export.cleaning import clean_line
    from paperconcepts.export.marked_text import TYPE_SIGNS, WrappedSpan, wrap_spans
    from paperconcepts.export.palette import CONCEPT_COLOURS
    from paperconcepts.model import ConceptType

    spans = []
    for mention, kind, told in sorted(mentions, key=lambda one: (one[0].start, one[0].end, one[1], one[2])):
        colour = CONCEPT_COLOURS[ConceptType(kind)]
        opening = (
            f'<mark title="{escape(clean_line(told))}" style="background:{colour}26;color:inherit;padding:.1em .25em;'
            f'border-radius:4px;border-bottom:2px solid {colour}">'
        )
        sign = f'<sup style="color:{colour};font-size:.65em;padding-left:.3em">{TYPE_SIGNS[kind]}</sup>'
        spans.append(WrappedSpan(mention.start, mention.end, opening, f"{sign}</mark>"))
    return wrap_spans(text, spans)


def _table(columns: Iterable[str], rows: Iterable[Sequence[str]], left_out: int) -> str:
    head = "".join(f'<th scope="col" style="text-align:left">{escape(name)}</th>' for name in columns)
    body = "".join("<tr>" + "".join(f"<td {_CELL}>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    more = _caption(f"… and {left_out:,} more") if left_out > 0 else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _cell(value: Any) -> str:
    """A value as text: nothing for None, lists with commas."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_cell(one) for one in value)
    return escape(f"{value:.3f}" if isinstance(value, float) else str(value))


def _caption(text: str) -> str:
    return f'<p style="color:#656d76;margin:.3em 0">{escape(text)}</p>'
