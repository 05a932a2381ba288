"""What is fitted to the gold once the tagger stands: the span ranker, the role model and the relation model."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from corpora import ROLES, Example
from linear import Row, write_linear
from numpy.typing import NDArray
from ranking import RankedPaper, export_trees, fit_trees, prepare
from relations import fit_relations, relation_rows
from roles import Shares, first_shares, fit_role_model, role_model_of, role_rows
from sklearn.ensemble import HistGradientBoostingClassifier
from stages import Run, exported_tagger, log, unseeing
from trees import write_trees

from paperconcepts.evaluation.concept_gold import read_concept_gold
from paperconcepts.evaluation.spans import trim_span
from paperconcepts.extraction.components import ranked_candidate
from paperconcepts.extraction.pipeline import annotated_paper
from paperconcepts.extraction.span_ranker import choose_spans
from paperconcepts.model import AnnotatedPaper
from paperconcepts.vocabulary import Vocabulary, load_catalogue

__all__ = ["ranker_roles_relations"]

# The thresholds were chosen on dev, between values that differ little.
LEAST = 0.53
PROPOSED = 0.3
# Roles and relations are learned from spans of this probability, whatever their papers seem to introduce.
LEAST_TO_LEARN_FROM = 0.53
LEAST_INTRODUCES = 0.5
LEAST_RELATED = 0.3
LEAST_SHARE = 0.14
# The tagger has its own.
VERSION_OF_RANKER = "3"
VERSION_OF_ROLES = "3"


def ranker_roles_relations(run: Run) -> None:
    """Fit ranker, role and relation model on the train papers, with the tagger's out-of-fold probabilities.

    The ranker reads those of students as strong as the one that ships. What the tagger says of roles would be trusted
    too much then, so the role and relation models read students that nothing has told of the held-out papers.
    """
    ranked = _prepared(run, large=True)
    trees = fit_trees(ranked)
    slope, shift = _calibrated_on_dev(run, trees)
    card = {"version": VERSION_OF_RANKER, "slope": slope, "shift": shift, "least": LEAST, "proposed": PROPOSED}
    export_trees(trees, run.out / "span_ranker.json", card)
    log(f"ranker: {sum(len(p.spans) for p in ranked)} spans of {len(ranked)} papers")
    vocabulary = load_catalogue()
    blind = _prepared(run, large=False)
    annotated = [_annotated(paper, shares) for paper, shares in zip(blind, _unseen(run, blind), strict=True)]
    rows = [role_rows(item, gold_roles(e), vocabulary) for item, e in zip(annotated, run.own, strict=True)]
    unseen = first_shares(rows, run.parts)
    _write_roles(run, fit_role_model(rows, unseen))
    log(f"roles: {sum(map(len, rows))} concepts")
    pairs = _pairs(run, annotated, rows, unseen, vocabulary)
    fitted = fit_relations(pairs)
    settings = {"least": LEAST_RELATED, "least_share": LEAST_SHARE}
    write_linear(run.out / "relation_model.json", {"version": VERSION_OF_ROLES}, settings, fitted["linear"])
    write_trees(run.out / "relation_trees.json", {"version": VERSION_OF_ROLES}, fitted["trees"])
    log(f"relations: {len(pairs)} pairs of concepts")


def _write_roles(run: Run, fitted: Mapping[str, Mapping[str, Any]]) -> None:
    settings = {"least": LEAST_INTRODUCES}
    write_linear(run.out / "role_model.json", {"version": VERSION_OF_ROLES}, settings, fitted["first"])
    write_linear(run.out / "role_model_second.json", {"version": VERSION_OF_ROLES}, settings, fitted["second"])
    write_trees(run.out / "role_trees.json", {"version": VERSION_OF_ROLES}, fitted["trees"])


def _prepared(run: Run, *, large: bool) -> list[RankedPaper]:
    """The train papers with their candidate spans and the features of these."""
    papers = run.papers("train") + run.papers("acl")
    oof = unseeing(run, large=large)
    return [prepare(paper, e, rows) for paper, e, rows in zip(papers, run.own, oof, strict=True)]


def _unseen(run: Run, ranked: Sequence[RankedPaper]) -> list[NDArray[np.float64]]:
    """How likely each span is, by trees that have not seen the paper."""
    unseen: list[NDArray[np.float64]] = [np.zeros(0)] * len(ranked)
    for held in run.parts:
        others = fit_trees([paper for number, paper in enumerate(ranked) if number not in set(held)])
        for number in held:
            unseen[number] = others.predict_proba(ranked[number].rows)[:, 1]
    return unseen


def _joined(parts: Iterable[Sequence[Row]]) -> list[Row]:
    return [row for part in parts for row in part]


def _pairs(
    run: Run,
    annotated: Sequence[AnnotatedPaper],
    roles: Sequence[Sequence[Row]],
    unseen: Sequence[Shares],
    vocabulary: Vocabulary,
) -> list[Row]:
    """The rows of the relation model, with roles by models that have not seen the paper."""
    gold = {}
    for split in ("train", "acl"):
        folder = run.shared / "data" / "gold"
        found = read_concept_gold(folder / f"{split}.gold.jsonl", folder / f"{split}.papers.jsonl")
        gold.update({item.paper.id: item for item in found.papers})
    rows: dict[int, list[Row]] = {}
    for held in run.parts:
        others = [number for number in range(len(roles)) if number not in set(held)]
        fitted = fit_role_model([roles[number] for number in others], [unseen[number] for number in others])
        model = role_model_of(fitted, LEAST_INTRODUCES)
        for number in held:
            paper = annotated[number]
            rows[number] = relation_rows(paper, gold[str(paper.paper.record)], model, vocabulary)
    return _joined(rows[number] for number in sorted(rows))


def _calibrated_on_dev(run: Run, trees: HistGradientBoostingClassifier) -> tuple[float, float]:
    """Slope and shift for the tagger that ships, on papers that neither it nor the trees have seen."""
    tagger = exported_tagger(run.out)
    tagged = [tagger.tag(example.text, example.title_end) for example in run.dev]
    rows = [np.concatenate([item.probabilities, item.roles], axis=1) for item in tagged]
    papers = [prepare(paper, e, found) for paper, e, found in zip(run.papers("dev"), run.dev, rows, strict=True)]
    return calibrate([trees.predict_proba(paper.rows)[:, 1] for paper in papers], [paper.right for paper in papers])


def calibrate(probabilities: Sequence[NDArray[np.float64]], right: Sequence[NDArray[np.bool_]]) -> tuple[float, float]:
    """Slope and shift on the logit scale that make probabilities agree with what is right (Platt scaling)."""
    from sklearn.linear_model import LogisticRegression

    values = np.clip(np.concatenate(probabilities), 1e-4, 1 - 1e-4)
    model = LogisticRegression(C=1e6).fit(np.log(values / (1 - values))[:, None], np.concatenate(right))
    return round(float(model.coef_[0, 0]), 4), round(float(model.intercept_[0]), 4)


def gold_roles(example: Example) -> dict[tuple[int, int], str]:
    """The role of each gold span, by its trimmed place."""
    found = {}
    for start, end, _ in example.entities:
        inside = [n for n, (a, b) in enumerate(example.spans) if a < end and b > start]
        if inside and example.roles is not None:
            found[trim_span(example.text, (start, end))] = ROLES[example.roles[inside[0]]]
    return found


def _annotated(paper: RankedPaper, probabilities: NDArray[np.float64]) -> AnnotatedPaper:
    values = [round(float(value), 3) for value in probabilities]
    kept = choose_spans([(span.start, span.end) for span in paper.spans], values, LEAST_TO_LEARN_FROM)
    tagged = paper.doc.user_data["tagged"]
    paper.doc.user_data["mentions"] = [ranked_candidate(paper.spans[n], values[n], tagged) for n in kept]
    return annotated_paper(paper.paper, paper.doc)
