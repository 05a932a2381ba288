"""The results that papers state, as rows: who reached which value of which metric, on what, against what."""

from dataclasses import dataclass

from paperconcepts.graph import ResearchGraph
from paperconcepts.model import Status

__all__ = ["ResultRow", "result_rows"]


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A result with the labels of its concepts ("" where none is named) and its sentence.

    ``direction`` is ``at`` for a value reached, ``up`` or ``down`` for a change by the value; ``start`` and ``end`` are
    the place of the number in ``field``.
    """

    paper_id: str
    title: str
    issued: str | None
    subject: str
    metric: str
    dataset: str
    baseline: str
    direction: str
    value: str
    unit: str
    status: Status
    confidence: float
    sentence: str
    field: str
    start: int
    end: int
    rule: str


def result_rows(
    graph: ResearchGraph,
    *,
    paper: str | None = None,
    dataset: str | None = None,
    metric: str | None = None,
    subject: str | None = None,
    baseline: str | None = None,
    status: Status | str | None = None,
) -> list[ResultRow]:
    """The results that a graph holds, by paper and place; each name that is given must be the result's.

    Raises:
        UnknownNameError: no paper or concept bears a name; near ones are suggested.
        ValueError: there is no such status.

    Examples:
        >>> from paperconcepts import build_graph, extract, link
        >>> from paperconcepts.model import Paper
        >>> text = "We propose ZetaTune. It improves accuracy by 5.2 points on GSM8K over DPO."
        >>> (row,) = result_rows(build_graph(link(extract([Paper(id="x:1", abstract=text)]))), dataset="GSM8K")
        >>> row.subject, row.metric, row.direction, row.value, row.unit, row.baseline
        ('ZetaTune', 'accuracy', 'up', '5.2', 'points', 'Direct Preference Optimization')
    """
    wanted = Status(status) if status is not None else None
    nodes = graph.graph.nodes
    rows = []
    found = graph.results(paper=paper, dataset=dataset, metric=metric, subject=subject, baseline=baseline)
    for result in found:
        evidence = result.evidence
        if wanted is not None and evidence.status is not wanted:
            continue
        record = graph.paper(result.paper_id)
        names = (result.subject, result.metric, result.dataset, result.baseline)
        who, metric_label, data, rival = (nodes[name]["label"] if name is not None else "" for name in names)
        sentence = record.text(evidence.field)[evidence.start : evidence.end]
        row = ResultRow(
            record.id, record.label, record.issued, who, metric_label, data, rival, result.direction, result.value,
            result.unit,
            evidence.status, evidence.confidence, sentence, evidence.field, evidence.cue_start, evidence.cue_end,
            evidence.rule,
        )  # fmt: skip
        rows.append(row)
    return rows
