"""Which concepts rise and which fall."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from paperconcepts.errors import ConfigurationError
from paperconcepts.graph import ResearchGraph
from paperconcepts.model import ConceptType, Role
from paperconcepts.query.incidence import Incidence, chosen_types, concept_at, read_incidence
from paperconcepts.query.periods import Period, in_range, range_ends
from paperconcepts.query.timelines import PlacedPapers, first_seen, place_papers

__all__ = ["Growth", "Trend", "Trends", "concept_trends", "growth"]


@dataclass(frozen=True, slots=True)
class Trend:
    """A concept in two spans of time: papers, shares of all papers, growth and how sure it is.

    ``growth`` is the ratio of the shares, ``score`` the growth in standard errors (see :func:`growth`); ``direction``
    is ``rising``, ``falling`` or ``steady``. ``undated`` counts papers that could not be placed.
    """

    concept_id: str
    label: str
    type: ConceptType
    first_seen: str | None
    earlier: int
    later: int
    earlier_share: float
    later_share: float
    growth: float
    score: float
    direction: str
    undated: int


@dataclass(frozen=True, slots=True)
class Trends:
    """Concepts by growth between two spans of time, the surest rise first and the surest fall last.

    Attributes:
        period: ``year``, ``quarter``, ``month`` or ``day``.
        earlier: the first and last period with papers in the earlier span, "" if there is none.
        later: the same of the later span.
        earlier_papers: papers with concepts in the earlier span.
        later_papers: the same in the later span.
        rows: one row a concept.
        undated: papers without a date; they count nowhere.
        imprecise: papers whose date is coarser than the period; they count nowhere.
    """

    period: str
    earlier: str
    later: str
    earlier_papers: int
    later_papers: int
    rows: tuple[Trend, ...]
    undated: tuple[str, ...]
    imprecise: tuple[str, ...]


class Growth(NamedTuple):
    """The corrected ratio of two shares, and the log odds ratio in standard errors."""

    ratio: float
    score: float


def growth(earlier: int, earlier_total: int, later: int, later_total: int) -> Growth:
    """Compare two shares with half a paper added to every count (Haldane 1956, Anscombe 1956).

    Without the correction one new paper is infinite growth. ``score`` is the logarithm of the odds ratio divided by
    its standard error: a rise from 0 to 1 paper scores low, one from 0 to 10 high; beyond 2 chance alone is unlikely.

    Examples:
        >>> growth(0, 100, 1, 100)
        Growth(ratio=3.0, score=0.68)
        >>> growth(0, 100, 10, 100)
        Growth(ratio=21.0, score=2.16)
    """
    ratio = (later + 0.5) / (later_total + 1) / ((earlier + 0.5) / (earlier_total + 1))
    cells = [later + 0.5, later_total - later + 0.5, earlier + 0.5, earlier_total - earlier + 0.5]
    log_odds = math.log(cells[0] / cells[1]) - math.log(cells[2] / cells[3])
    return Growth(round(ratio, 3), round(log_odds / math.sqrt(sum(1 / cell for cell in cells)), 2))


def concept_trends(
    graph: ResearchGraph,
    *,
    earlier: str | None = None,
    later: str | None = None,
    period: Period = "auto",
    types: Sequence[ConceptType | str] | None = None,
    roles: Sequence[Role | str] | None = None,
    min_support: int = 3,
) -> Trends:
    """Concepts that rise or fall from an earlier to a later span of time.

    Without ``earlier`` and ``later`` the corpus is cut between two periods where the halves hold most nearly the same
    number of papers; with one of them the other is all that comes before or after it.

    Args:
        graph: the graph to ask.
        earlier: "2021", "2020..2022", "..2023-06" or the like.
        later: the same; the two may not overlap.
        period: as in :func:`concept_timeline`.
        types: the types of concepts to compare, default all.
        roles: the roles that count, default all.
        min_support: leave out concepts that fewer papers of the two spans have.

    Raises:
        ConfigurationError: no such period, or ranges that are malformed or overlap.
        ValueError: there is no such type or role.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> trends = concept_trends(example_graph(), earlier="..2019", later="2020..")
        >>> trends.rows[0].direction, trends.rows[-1].direction
        ('rising', 'falling')
    """
    incidence = read_incidence(graph, roles=roles)
    placed = place_papers(graph, incidence.concepts_of, period, bounds=(earlier, later))
    spans = _spans(placed, earlier, later)
    totals = Counter(spans[label] for label in placed.labels.values() if label in spans)
    rows: list[Trend] = []
    if totals["earlier"] and totals["later"]:
        rows = _trends(graph, incidence, placed, spans, totals, types, min_support)
    shown = {side: [label for label, found in spans.items() if found == side] for side in ("earlier", "later")}
    names = {side: "..".join(dict.fromkeys([*labels[:1], *labels[-1:]])) for side, labels in shown.items()}
    return Trends(
        placed.period,
        names["earlier"],
        names["later"],
        totals["earlier"],
        totals["later"],
        tuple(rows),
        tuple(sorted(placed.undated)),
        tuple(sorted(placed.imprecise)),
    )


def _spans(placed: PlacedPapers, earlier: str | None, later: str | None) -> dict[str, str]:
    """Each period that counts: ``earlier`` or ``later``."""
    counts = Counter(placed.labels.values())
    labels = sorted(counts)
    if earlier is None and later is None:
        cuts = labels[1:]
        if not cuts:
            return dict.fromkeys(labels, "later")
        before = {cut: sum(counts[label] for label in labels if label < cut) for cut in cuts}
        later = min(cuts, key=lambda cut: (abs(2 * before[cut] - counts.total()), cut)) + ".."
    spans: dict[str, str] = {}
    for label in labels:
        side = _side(label, placed.period, earlier, later)
        if side:
            spans[label] = side
    return spans


def _side(label: str, period: str, earlier: str | None, later: str | None) -> str:
    in_earlier = in_range(label, earlier, period) if earlier is not None else None
    in_later = in_range(label, later, period) if later is not None else None
    if in_earlier and in_later:
        raise ConfigurationError(f"the ranges {earlier!r} and {later!r} overlap in {label}; make them disjoint")
    if in_earlier is None:
        in_earlier = label < range_ends(later or "", period)[0]
    if in_later is None:
        end = range_ends(earlier or "", period)[1]
        in_later = bool(end) and label[: len(end)] > end
    return "earlier" if in_earlier else "later" if in_later else ""


def _trends(
    graph: ResearchGraph,
    incidence: Incidence,
    placed: PlacedPapers,
    spans: dict[str, str],
    totals: Counter[str],
    types: Sequence[ConceptType | str] | None,
    min_support: int,
) -> list[Trend]:
    wanted = chosen_types(types)
    rows = []
    for concept_id, papers in incidence.papers_of.items():
        concept = concept_at(graph, concept_id)
        labels = [placed.labels.get(paper) for paper in papers]
        counts = Counter(spans[label] for label in labels if label in spans)
        if counts.total() < min_support or concept.type not in wanted:
            continue
        found = growth(counts["earlier"], totals["earlier"], counts["later"], totals["later"])
        rows.append(
            Trend(
                concept_id,
                concept.label,
                concept.type,
                first_seen(graph, papers),
                counts["earlier"],
                counts["later"],
                round(counts["earlier"] / totals["earlier"], 4),
                round(counts["later"] / totals["later"], 4),
                *found,
                "rising" if found.score > 0 else "falling" if found.score < 0 else "steady",
                labels.count(None),
            )
        )
    return sorted(rows, key=lambda row: (-row.score, -row.growth, row.concept_id))
