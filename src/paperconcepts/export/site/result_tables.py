"""Results as sentences state them: numbers beside their sentences, put in order but never ranked."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from paperconcepts.export.site.html_parts import Links, quote_evidence, table, text
from paperconcepts.model import Result, Status

if TYPE_CHECKING:
    from paperconcepts.export.site.contents import Contents

__all__ = ["RESULTS_NOTE", "results_table"]

RESULTS_NOTE = (
    "As the sentences state them, sorted by metric and number. Settings differ from paper to paper, and "
    "for some metrics lower is better: the order is no ranking."
)
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|\.\d+")
_DIRECTIONS = {"at": "", "up": "up by ", "down": "down by "}
_UNITS = {"%": "%", "points": " points", "x": "×", "": ""}


def results_table(contents: "Contents", links: Links, results: Iterable[Result], *, hide: Sequence[str] = ()) -> str:
    """A table of results; ``hide`` names columns that would say the same in every row.

    A result of a hedged or denied sentence is shown as such.
    """
    columns = [one for one in ("Method or model", "Metric", "Dataset", "Result", "Paper", "Date") if one not in hide]
    rows = []
    for result in sorted(results, key=lambda one: _order(contents, one)):
        cells = {
            "Method or model": _concept(links, result.subject),
            "Metric": _concept(links, result.metric),
            "Dataset": _concept(links, result.dataset),
            "Result": _said(links, result) + quote_evidence(contents, result.evidence),
            "Paper": links.paper(result.paper_id),
            "Date": links.date(result.paper_id),
        }
        rows.append([cells[name] for name in columns])
    return table(columns, rows, caption="Stated results")


def _concept(links: Links, concept_id: str | None) -> str:
    return links.concept(concept_id) if concept_id is not None else '<span class="none">not named</span>'


def _said(links: Links, result: Result) -> str:
    unit = _UNITS.get(result.unit, f" {result.unit}")
    value = f"{_DIRECTIONS.get(result.direction, '')}{text(result.value)}{text(unit) if unit.strip() else ''}"
    spaced = value.replace("points", " points") if result.unit == "points" else value
    over = f' <span class="over">against {links.concept(result.baseline)}</span>' if result.baseline else ""
    status = (
        "" if result.evidence.status is Status.ASSERTED else f' <span class="status">{result.evidence.status}</span>'
    )
    return f'<strong class="value">{spaced}</strong>{over}{status}'


def _order(contents: "Contents", result: Result) -> tuple[str, str, str, float, str, int, int]:
    """By metric, by what the number means, then the largest first; equal ones by paper and place."""
    metric = contents.label(result.metric).casefold() if result.metric is not None else "\uffff"
    found = _NUMBER.search(result.value)
    number = float(found[0].replace(",", "")) if found else 0.0
    place = (result.evidence.start, result.evidence.cue_start)
    return (metric, result.direction, result.unit, -number, result.paper_id, *place)
