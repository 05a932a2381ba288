"""What is fitted to the gold and the labels once the tagger stands: span ranker, role model and relation model."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from labels import is_invented
from linear import Row, write_linear
from numpy.typing import NDArray
from ranking import RankedPaper, export_trees, fit_trees, prepare
from reading import Roles, TellingReader, tagger_weights
from relations import fit_relations, relation_rows
from roles import Shares, first_shares, fit_role_model, gold_roles, role_model_of, role_rows
from sklearn.ensemble import HistGradientBoostingClassifier
from stages import Run, exported_tagger, log, unseeing
from trees import write_trees

from paperconcepts.evaluation.concept_gold import read_concept_gold
from paperconcepts.extraction.components import TaggerComponent
from paperconcepts.extraction.concept_tagger import ConceptTagger
from paperconcepts.extraction.pipeline import annotated_paper, build_nlp, make_doc
from paperconcepts.model import AnnotatedPaper
from paperconcepts.vocabulary import Vocabulary, load_catalogue

__all__ = ["ranker", "roles_and_relations"]

# The thresholds were chosen on dev, between values that differ little.
LEAST = 0.56
PROPOSED = 0.4
LEAST_INTRODUCES = 0.42
LEAST_RELATED = 0.33
LEAST_SHARE = 0.1
# The tagger has its own.
VERSION_OF_RANKER = "4"
VERSION_OF_ROLES = "5"


def ranker(run: Run) -> None:
    """Fit the ranker to the gold, with the probabilities of students as strong as the one that ships.

    What papers outside the gold are labelled with is laxer in what it calls a concept, so it has no part in this.
    """
    ranked = _prepared(run)
    trees = fit_trees(ranked)
    slope, shift = _calibrated_on_dev(run, trees)
    card = {"version": VERSION_OF_RANKER, "slope": slope, "shift": shift, "least": LEAST, "proposed": PROPOSED}
    export_trees(trees, run.out / "span_ranker.json", card)
    log(f"ranker: {sum(len(p.spans) for p in ranked)} spans of {len(ranked)} papers")


def roles_and_relations(run: Run, read: Sequence[Roles]) -> None:
    """Fit role and relation model to papers as the tagger and the ranker that ship annotate them.

    Only what is ``read`` of the roles is by readers that have not seen the paper: in the gold the tagger finds more
    than elsewhere, but these are few of the papers. Invented abstracts have taught the readers, and the first passes
    that speak of papers which these have not seen; else they have no part here: how often things are said, and where,
    is what real papers tell.
    """
    vocabulary = load_catalogue()
    annotated = list(_annotated(run, read))
    rows = [
        role_rows(item, gold_roles(example), vocabulary)
        for item, example in zip(annotated, [*run.own, *run.labelled], strict=True)
    ]
    unseen = first_shares(rows, run.all_parts)
    real = _real(run)
    _write_roles(run, _fitted(rows, unseen, real))
    log(f"roles: {sum(len(rows[number]) for number in real)} concepts of {len(real)} papers")
    pairs = _pairs(run, annotated, rows, unseen, vocabulary)
    fitted = fit_relations(pairs)
    settings = {"least": LEAST_RELATED, "least_share": LEAST_SHARE}
    write_linear(run.out / "relation_model.json", {"version": VERSION_OF_ROLES}, settings, fitted["linear"])
    write_trees(run.out / "relation_trees.json", {"version": VERSION_OF_ROLES}, fitted["trees"])
    log(f"relations: {len(pairs)} pairs of concepts")


def _annotated(run: Run, read: Sequence[Roles]) -> Iterable[AnnotatedPaper]:
    telling = TellingReader()
    pipeline = build_nlp()
    tagger = TaggerComponent(ConceptTagger(tagger_weights(run), telling))
    components = [tagger if name == "concept_tagger" else component for name, component in pipeline.pipeline]
    for paper, roles in zip([*run.own_papers, *run.labelled_papers], read, strict=True):
        telling.roles = roles.astype(np.float64)
        doc = make_doc(paper, pipeline)
        for component in components:
            doc = component(doc)
        yield annotated_paper(paper, doc)


def _real(run: Run) -> list[int]:
    """Positions in ``own`` and, behind it, ``labelled`` of what is not invented."""
    examples = [*run.own, *run.labelled]
    return [number for number, example in enumerate(examples) if not is_invented(example)]


def _fitted(
    rows: Sequence[Sequence[Row]], unseen: Sequence[Shares], places: Sequence[int]
) -> dict[str, dict[str, Any]]:
    return fit_role_model([rows[number] for number in places], [unseen[number] for number in places])


def _write_roles(run: Run, fitted: Mapping[str, Mapping[str, Any]]) -> None:
    settings = {"least": LEAST_INTRODUCES}
    write_linear(run.out / "role_model.json", {"version": VERSION_OF_ROLES}, settings, fitted["first"])
    write_linear(run.out / "role_model_second.json", {"version": VERSION_OF_ROLES}, settings, fitted["second"])
    write_trees(run.out / "role_trees.json", {"version": VERSION_OF_ROLES}, fitted["trees"])


def _prepared(run: Run) -> list[RankedPaper]:
    """The train papers with their candidate spans and the features of these."""
    return [prepare(paper, e, rows) for paper, e, rows in zip(run.own_papers, run.own, unseeing(run), strict=True)]


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
    for held in run.all_parts:
        unheard = set(held)
        others = [number for number in _real(run) if number not in unheard]
        model = role_model_of(_fitted(roles, unseen, others), LEAST_INTRODUCES)
        for number in held:
            if number >= len(run.own):
                continue  # its relations are not labelled
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
