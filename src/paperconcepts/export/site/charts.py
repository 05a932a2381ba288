"""Small charts of papers over time, as inline SVG that the stylesheet colours."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from paperconcepts.export.site.html_parts import plural

__all__ = ["TimeAxis", "bar_chart", "spark_line", "time_axis"]

_MOST_BARS = 36
_ENOUGH = 0.9
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_BAR, _GAP, _HEIGHT = 24, 7, 68
_SPARK_BAR, _SPARK_HEIGHT = 5, 22
# What a date must have to be on the axis.
_PRECISION = {"year": "date", "month": "month"}
# What the name of a period needs.
_LABEL_WIDTHS = {"year": 31, "month": 52}


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Periods without holes, from the first to the last date of a corpus: months, years or runs of years."""

    kind: str
    first: int
    last: int
    step: int

    def counts(self, dates: Iterable[str]) -> list[int]:
        """How many of these dates fall into each period.

        Examples:
            >>> time_axis(["2019", "2021-04"]).counts(["2021", "2021-05", "2019-01-01"])
            [1, 0, 2]
        """
        found = Counter(self._place(date) for date in dates if len(date) >= (7 if self.kind == "month" else 4))
        return [found[place] for place in range((self.last - self.first) // self.step + 1)]

    def labels(self) -> list[str]:
        """The names of the periods."""
        starts = range(self.first, self.last + 1, self.step)
        if self.kind == "month":
            return [f"{one // 12:04}-{one % 12 + 1:02}" for one in starts]
        return [f"{one:04}" if self.step == 1 else f"{one:04}–{one + self.step - 1:04}" for one in starts]

    def _place(self, date: str) -> int:
        return (_number(date, self.kind) - self.first) // self.step


def time_axis(dates: Iterable[str]) -> TimeAxis | None:
    """The axis for these dates: months where nearly all dates have one and they are few, else years; None for none.

    Examples:
        >>> time_axis(["2024-01-30", "2024-03-02"]).labels()
        ['2024-01', '2024-02', '2024-03']
        >>> time_axis(["1960", "2024"]).labels()[:2]
        ['1960–1961', '1962–1963']
    """
    known = [date for date in dates if date]
    if not known:
        return None
    exact = [_number(date, "month") for date in known if len(date) >= 7]
    if len(exact) >= _ENOUGH * len(known) and max(exact) - min(exact) < _MOST_BARS:
        return TimeAxis("month", min(exact), max(exact), 1)
    years = [_number(date, "year") for date in known]
    first, last = min(years), max(years)
    step = next((one for one in _STEPS if last // one - first // one < _MOST_BARS), _STEPS[-1])
    return TimeAxis("year", first - first % step, last, step)


def _number(date: str, kind: str) -> int:
    return int(date[:4]) * 12 + int(date[5:7]) - 1 if kind == "month" else int(date[:4])


def bar_chart(axis: TimeAxis | None, dates: Sequence[str], *, colour: str) -> str:
    """The papers of each period as bars, read out as one sentence; nothing where no date is known.

    Args:
        axis: the periods of the corpus; those before the first date are left out.
        dates: a date for each paper, "" where it is unknown; those too coarse for the axis are counted below it.
        colour: the class of the bars.
    """
    if axis is None or not any(counts := axis.counts(dates)):
        return ""
    begin = next(place for place, count in enumerate(counts) if count)
    counts, labels = counts[begin:], axis.labels()[begin:]
    told = ", ".join(f"{label}: {count}" for label, count in zip(labels, counts, strict=True) if count)
    width = max(len(counts) * (_BAR + _GAP) + _GAP, _LABEL_WIDTHS[axis.kind])
    every = -(-_LABEL_WIDTHS[axis.kind] // (_BAR + _GAP))
    parts = [
        f'<svg class="chart {colour}" role="img" aria-label="Papers by {axis.kind}: {escape(told)}" '
        f'viewBox="0 0 {width} {_HEIGHT + 34}" width="{width}" height="{_HEIGHT + 34}">'
    ]
    highest = max(counts)
    for place, (label, count) in enumerate(zip(labels, counts, strict=True)):
        left = _GAP + place * (_BAR + _GAP)
        height = max(round(_HEIGHT * count / highest), 2) if count else 0
        top = 16 + _HEIGHT - height
        if count:
            parts.append(
                f'<rect x="{left}" y="{top}" width="{_BAR}" height="{height}" rx="2"/>'
                f'<text x="{left + _BAR // 2}" y="{top - 4}">{count:,}</text>'
            )
        # Counted from the end, so that the newest period has its name.
        if (len(counts) - 1 - place) % every == 0:
            shown = label.partition("–")[0]
            parts.append(f'<text class="axis" x="{left + _BAR // 2}" y="{_HEIGHT + 30}">{shown}</text>')
    parts.append(f'<path d="M0 {16 + _HEIGHT}.5H{width}"/></svg>')
    # A year alone is too coarse for an axis of months.
    absent = len(dates) - sum(counts)
    note = f" Not shown: {plural(absent, 'paper')} without a {_PRECISION[axis.kind]}." if absent else ""
    caption = f"<figcaption>Papers by {axis.kind}.{note}</figcaption>"
    return f'<figure class="timeline"><div class="scroll">{"".join(parts)}</div>{caption}</figure>'


def spark_line(axis: TimeAxis | None, dates: Sequence[str], *, colour: str) -> str:
    """The same in the height of a line, over the whole axis; a picture beside numbers, so that none is read out."""
    if axis is None:
        return ""
    counts = axis.counts(dates)
    highest = max(counts, default=0)
    width = max(len(counts) * (_SPARK_BAR + 1), 1)
    bars = "".join(
        f'<rect x="{place * (_SPARK_BAR + 1)}" y="{_SPARK_HEIGHT - height}" width="{_SPARK_BAR}" height="{height}"/>'
        for place, count in enumerate(counts)
        if (height := max(round(_SPARK_HEIGHT * count / highest), 2) if count else 0)
    )
    return (
        f'<svg class="spark {colour}" aria-hidden="true" viewBox="0 0 {width} {_SPARK_HEIGHT + 1}" width="{width}" '
        f'height="{_SPARK_HEIGHT + 1}">{bars}<path d="M0 {_SPARK_HEIGHT}.5H{width}"/></svg>'
    )
