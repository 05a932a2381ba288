"""Small pieces of pages. Every text of a paper passes through ``text`` or ``wrap_spans``, which escape it."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from paperconcepts.export.cleaning import clean_line, cut_line
from paperconcepts.export.marked_text import WrappedSpan, wrap_spans
from paperconcepts.export.site.places import href
from paperconcepts.model import Evidence, Role, Status

if TYPE_CHECKING:
    from paperconcepts.export.site.contents import Contents
    from paperconcepts.export.site.places import Places

__all__ = [
    "ROLE_NAMES",
    "Links",
    "fact_list",
    "join_parts",
    "left_out",
    "plural",
    "quote_evidence",
    "section",
    "table",
    "text",
    "time_of",
]

_LONGEST = 300
ROLE_NAMES = {
    Role.INTRODUCES: "Introduces",
    Role.EVALUATES_ON: "Evaluates on",
    Role.USES: "Uses",
    Role.COMPARES: "Compares",
    Role.ADDRESSES: "Addresses",
    Role.MEASURES: "Measures",
    Role.STUDIES: "Studies",
    Role.MENTIONS: "Mentions",
}
"""Headings for what a paper does with concepts."""


def text(found: str, *, longest: int = _LONGEST) -> str:
    """A text of others as markup: one line, cut if it is long, escaped.

    Examples:
        >>> text("a <b>")
        'a &lt;b&gt;'
    """
    return escape(cut_line(clean_line(found), longest))


def plural(number: int, noun: str) -> str:
    """A number with its noun.

    Examples:
        >>> plural(1, "paper"), plural(2000, "paper")
        ('1 paper', '2,000 papers')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def join_parts(parts: Iterable[str], *, between: str = "\n") -> str:
    """The parts that are not empty, one after the other."""
    return between.join(part for part in parts if part)


def section(heading: str, body: str, *, note: str = "", anchor: str = "") -> str:
    r"""A section with its heading, nothing if it is empty; ``heading`` and ``note`` are our own words.

    Examples:
        >>> section("Names", "<p>x</p>")
        '<section><h2>Names</h2>\n<p>x</p></section>'
        >>> section("Names", "")
        ''
    """
    if not body:
        return ""
    place = f' id="{anchor}"' if anchor else ""
    said = f'\n<p class="note">{escape(note)}</p>' if note else ""
    return f"<section{place}><h2>{escape(heading)}</h2>{said}\n{body}</section>"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str, numbers: Sequence[int] = ()) -> str:
    """A table whose cells are markup; the first of each row names it. Empty if there are no rows.

    Args:
        columns: the headings.
        rows: the cells, as many a row as there are headings.
        caption: what the table tells, for those who do not see it.
        numbers: which columns hold numbers.
    """

    def mark(place: int) -> str:
        return ' class="number"' if place in numbers else ""

    lines = []
    for first, *rest in rows:
        cells = "".join(f"<td{mark(place)}>{cell}</td>" for place, cell in enumerate(rest, 1))
        lines.append(f'<tr><th scope="row">{first}</th>{cells}</tr>')
    if not lines:
        return ""
    heads = "".join(f'<th scope="col"{mark(place)}>{escape(name)}</th>' for place, name in enumerate(columns))
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}"><table>'
        f'<caption class="unseen">{escape(caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n'
        + "\n".join(lines)
        + "\n</tbody></table></div>"
    )


def left_out(count: int, most: int) -> str:
    """What stands below a list of ``count`` things of which the first ``most`` are shown: how many are not.

    Examples:
        >>> left_out(1250, 200), left_out(200, 200)
        ('<p class="note">and 1,050 more, not shown</p>', '')
    """
    return f'<p class="note">and {count - most:,} more, not shown</p>' if count > most else ""


def fact_list(facts: Iterable[tuple[str, str]]) -> str:
    """Names and values, the values as markup; those without a value are left out."""
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in facts if value)
    return f'<dl class="facts">{rows}</dl>' if rows else ""


def time_of(issued: str) -> str:
    """A date as markup, nothing for none.

    Examples:
        >>> time_of("2024-05")
        '<time datetime="2024-05">2024-05</time>'
    """
    return f'<time datetime="{escape(issued)}">{escape(issued)}</time>' if issued else ""


def quote_evidence(contents: "Contents", evidence: Evidence) -> str:
    """The sentence of a piece of evidence with its mentions and its cue marked, and what read it so."""
    paper = contents.papers[evidence.paper_id].paper
    start = evidence.start
    sentence = paper.text(evidence.field)[start : evidence.end]
    spans = [WrappedSpan(low - start, high - start, "<mark>", "</mark>") for low, high in sorted(set(evidence.spans))]
    if evidence.cue_start >= 0:
        spans.append(WrappedSpan(evidence.cue_start - start, evidence.cue_end - start, "<b>", "</b>"))
    place = "title, " if evidence.field == "title" else ""
    status = "" if evidence.status is Status.ASSERTED else f"{evidence.status}, "
    said = f"{place}{status}{text(evidence.rule)}, confidence {evidence.confidence:.2f}"
    return f'<blockquote dir="auto">{wrap_spans(sentence, spans)} <cite>{said}</cite></blockquote>'


class Links:
    """Links to the pages of papers and concepts, from the pages of one folder."""

    def __init__(self, contents: "Contents", places: "Places", top: str) -> None:
        self._contents = contents
        self._places = places
        self._top = top

    def target(self, concept_id: str) -> str:
        """The address of the page of a concept, "" if it has none."""
        path = self._places.concepts.get(concept_id)
        return href(path, self._top) if path else ""

    def concept(self, concept_id: str) -> str:
        """The name of a concept with the colour of its kind, as a link if it has a page."""
        kind = str(self._contents.kind(concept_id))
        inner = f'<i class="dot {kind.lower()}"></i><bdi>{text(self._contents.label(concept_id))}</bdi>'
        target = self.target(concept_id)
        if target:
            return f'<a class="concept" href="{target}" title="{kind}">{inner}</a>'
        return f'<span class="concept" title="{kind}">{inner}</span>'

    def paper(self, paper_id: str) -> str:
        """The title of a paper as a link."""
        title = text(self._contents.papers[paper_id].title)
        return f'<a href="{href(self._places.papers[paper_id], self._top)}"><bdi>{title}</bdi></a>'

    def date(self, paper_id: str) -> str:
        """The date of a paper as far as it is known."""
        return time_of(self._contents.papers[paper_id].issued)

    def paper_line(self, paper_id: str, *, note: str = "") -> str:
        """A paper with its date, for lists; ``note`` is markup."""
        return f'<p class="line">{self.paper(paper_id)} {self.date(paper_id)}{note}</p>'
