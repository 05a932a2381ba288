"""What pages of datasets and tasks have beside those of other concepts."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from paperconcepts.export.site.html_parts import Links, join_parts, left_out, plural, quote_evidence, section, table
from paperconcepts.export.site.relation_parts import best_evidence
from paperconcepts.export.site.result_tables import RESULTS_NOTE, results_table
from paperconcepts.model import Assertion, ConceptType, Predicate, Relation, Role

if TYPE_CHECKING:
    from paperconcepts.export.site.contents import Contents

__all__ = ["kind_sections"]

_MOST = 200
_FEW = 5
_ARTEFACTS = (ConceptType.METHOD, ConceptType.MODEL)
_WORKING = (Role.INTRODUCES, Role.USES, Role.COMPARES)


def kind_sections(contents: "Contents", links: Links, concept_id: str) -> tuple[str, tuple[str, ...]]:
    """The sections of a concept's kind, and the headings of relations that they already tell."""
    kind = contents.kind(concept_id)
    if kind is ConceptType.DATASET:
        return _dataset(contents, links, concept_id), ("Evaluated on it",)
    if kind is ConceptType.TASK:
        return _task(contents, links, concept_id), ("Methods and models used for it",)
    return "", ()


def _dataset(contents: "Contents", links: Links, concept_id: str) -> str:
    """Stated results on a dataset, and what was evaluated on it."""
    results = [one for one in contents.results_of_concept[concept_id] if one.dataset == concept_id]
    evaluated = contents.subjects(concept_id, Predicate.EVALUATED_ON)
    return join_parts((
        section("Results on it", results_table(contents, links, results, hide=("Dataset",)), note=RESULTS_NOTE),
        section(
            "Evaluated on it",
            _statement_table(contents, links, evaluated, with_metrics=True),
            note="What sentences say is evaluated on it, with the metrics of their papers; newest first.",
        ),
    ))  # fmt: skip


def _statement_table(
    contents: "Contents", links: Links, relations: list[Relation], *, with_metrics: bool = False
) -> str:
    """What leads to a concept, with its best sentence, the paper and its date; the newest first."""
    rows: list[tuple[str, list[str]]] = []
    for relation in relations:
        best = best_evidence(contents, relation.evidence)
        if best is not None:
            name = f'{links.concept(relation.subject)}<span class="from">{contents.kind(relation.subject)}</span>'
            cells = [name, quote_evidence(contents, best)]
            cells += [_metrics(contents, links, best.paper_id)] if with_metrics else []
            cells += [links.paper(best.paper_id), links.date(best.paper_id)]
            rows.append((contents.papers[best.paper_id].issued, cells))
    rows.sort(key=lambda row: row[0], reverse=True)
    measured = ["The paper measures"] if with_metrics else []
    columns = ["Method or model", "As the paper says it", *measured, "Paper", "Date"]
    shown = table(columns, (cells for _, cells in rows[:_MOST]), caption="What sentences say")
    return shown + left_out(len(rows), _MOST)


def _metrics(contents: "Contents", links: Links, paper_id: str) -> str:
    """The metrics of a paper, whatever it measures with them: a sentence seldom says which belongs to which dataset."""
    found = [one.concept_id for one in contents.assertions_of_paper[paper_id] if one.role is Role.MEASURES]
    more = f"<br>and {len(found) - _FEW} more" if len(found) > _FEW else ""
    return "<br>".join(links.concept(one) for one in found[:_FEW]) + more


def _task(contents: "Contents", links: Links, concept_id: str) -> str:
    """What is used for a task, what papers that address it work with, and on which datasets."""
    used = contents.subjects(concept_id, Predicate.USED_FOR)
    addressing = [one for one in contents.assertions_of_concept[concept_id] if one.role is Role.ADDRESSES]
    data = sorted(
        contents.datasets_of_task[concept_id].items(), key=lambda item: (-item[1], contents.label(item[0]), item[0])
    )
    return join_parts((
        section(
            "Methods and models for it",
            _statement_table(contents, links, used),
            note="Methods and models that sentences say are used for it; newest first.",
        ),
        section(
            "What papers that address it introduce, use and compare",
            _chips(contents, links, _working(contents, addressing)),
            note=f"In {plural(len(addressing), 'paper')}, with the number of papers.",
        ),
        section(
            "Datasets for it", _chips(contents, links, data),
            note="Papers that address this task evaluate on these, with the number of papers.",
        ),
    ))  # fmt: skip


def _working(contents: "Contents", addressing: Iterable[Assertion]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for paper_id in dict.fromkeys(one.paper_id for one in addressing):
        for other in contents.assertions_of_paper[paper_id]:
            if other.role in _WORKING and contents.kind(other.concept_id) in _ARTEFACTS:
                counts[other.concept_id] = counts.get(other.concept_id, 0) + 1
    return sorted(counts.items(), key=lambda item: (-item[1], contents.label(item[0]), item[0]))


def _chips(contents: "Contents", links: Links, found: list[tuple[str, int]]) -> str:
    items = "".join(
        f'<li>{links.concept(one)} <span class="count">{papers:,}</span></li>' for one, papers in found[:_MOST]
    )
    return f'<ul class="chips">{items}</ul>{left_out(len(found), _MOST)}' if items else ""
