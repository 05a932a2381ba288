"""A small trained classifier of roles: it weighs what the rules say of a concept against what the tagger thinks.

Multinomial logistic regressions and boosted trees over the features of a concept in a paper and the words around it.
The rules stay what evidence is made of; the model decides between them, and where none applies.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from paperconcepts.linking.contexts import CONTEXTS
from paperconcepts.linking.linear_model import PRESENT, Features, LinearModel, linear_model, softmax
from paperconcepts.linking.model_files import load_model
from paperconcepts.linking.other_concepts import others_of
from paperconcepts.linking.tree_model import TreeModel, tree_model
from paperconcepts.model import Concept, ConceptType, Evidence, Mention, Role

__all__ = ["ROLE_FEATURES", "RoleModel", "choose_role", "load_role_model", "role_features"]

_ROLES = tuple(Role)
_TYPES = tuple(ConceptType)
_KINDS = ("name:coined", "name:title", "name:called", "name:proposed", "title:name", "cue:", "default:")
# What a paper evaluates on is a data set, what it addresses a task, and what it measures a metric.
_ONLY_OF = {
    Role.EVALUATES_ON.rank: f"type_{ConceptType.DATASET}",
    Role.ADDRESSES.rank: f"type_{ConceptType.TASK}",
    Role.MEASURES.rank: f"type_{ConceptType.METRIC}",
}
_SOURCES = ("definition", "catalogue", "name:", "term", "tagger")
ROLE_FEATURES = (
    *(f"mean_{role}" for role in _ROLES),
    *(f"best_{role}" for role in _ROLES),
    *(f"said_{role}" for role in _ROLES),
    *(f"assumed_{role}" for role in _ROLES),
    *(f"rule_{kind}" for kind in _KINDS),
    *(f"type_{label}" for label in _TYPES),
    *(f"source_{source}" for source in _SOURCES),
    *(f"mean_introduces_{label}" for label in _TYPES),
    "catalogued", "in_title", "one_mention", "many_mentions", "title_studies", "capital", "confidence", "first_place",
    "title_introduces", "catalogued_introduces", "new_introduces", *CONTEXTS, *(f"new_{name}" for name in CONTEXTS),
)  # fmt: skip


def role_features(
    concept: Concept,
    mentions: Sequence[Mention],
    evidence: Iterable[tuple[Role, Evidence]],
    *,
    contexts: Sequence[float],
    words: Iterable[str],
    title_studies: bool,
    length: int,
) -> dict[str, int]:
    """The features of a concept in a paper: those of ``ROLE_FEATURES``, and ``words``.

    ``contexts`` are those of ``context_features``; ``length`` is that of the abstract; ``words`` are those of
    ``word_features``.
    """
    scored = [mention.role_scores for mention in mentions if mention.role_scores]
    means = [sum(scores[n] for scores in scored) / max(1, len(scored)) for n in range(len(_ROLES))]
    in_title = any(mention.field == "title" for mention in mentions)
    introduces = means[0]
    places = [mention.start / max(1, length) for mention in mentions if mention.field == "abstract"]
    values = [
        *means,
        *(max((scores[n] for scores in scored), default=0.0) for n in range(len(_ROLES))),
        *_rule_features(evidence),
        *(float(concept.type is label) for label in _TYPES),
        *(float(any(mention.source.startswith(source) for mention in mentions)) for source in _SOURCES),
        *(introduces * (concept.type is label) for label in _TYPES),
        float(concept.catalogued),
        float(in_title),
        float(len(mentions) == 1),
        float(len(mentions) > 2),
        float(title_studies),
        float(any(c.isupper() for c in concept.label)),
        max(mention.confidence for mention in mentions),
        min(places, default=0.0),
        introduces * in_title,
        introduces * concept.catalogued,
        introduces * (not concept.catalogued),
        *contexts,
        *(value * (not concept.catalogued) for value in contexts),
    ]
    found = {name: round(value * PRESENT) for name, value in zip(ROLE_FEATURES, values, strict=True) if value}
    found.update(dict.fromkeys(words, PRESENT))
    return found


def _rule_features(evidence: Iterable[tuple[Role, Evidence]]) -> list[float]:
    """The best confidence of each role, first as a cue says it, then as it is assumed, and the kinds of the rules."""
    said: dict[Role, float] = {}
    assumed: dict[Role, float] = {}
    rules: set[str] = set()
    for role, item in evidence:
        target = assumed if item.rule.startswith("default:") else said
        target[role] = max(target.get(role, 0.0), item.confidence)
        rules.add(item.rule)
    return [
        *(said.get(role, 0.0) for role in _ROLES),
        *(assumed.get(role, 0.0) for role in _ROLES),
        *(float(any(rule.startswith(kind) for rule in rules)) for kind in _KINDS),
    ]


@dataclass(frozen=True, slots=True, eq=False)
class RoleModel:
    """What gives each role of a concept its share: two readers of the same features, and their mean.

    Attributes:
        first: reads each concept by itself, for the others.
        second: reads what stands around the concept, and what the first says of the paper's concepts.
        trees: read the same without the words, and what only several features together say.
    """

    first: LinearModel
    second: LinearModel
    trees: TreeModel

    @property
    def version(self) -> str:
        """Names the model in evidence."""
        return self.first.version

    @property
    def least(self) -> float:
        """The least probability, that something is a concept and introduced, for the role ``introduces``."""
        return self.first.settings["least"]

    def read(self, rows: Sequence[Features]) -> list[tuple[Role, tuple[float, ...]]]:
        """The role of each concept of a paper, and the share that each role has if it is a concept at all."""
        count = len(self.first.classes)
        totals = _joined(self.first, self.second).totals_of(rows)
        told = others_of(rows, [softmax(found[:count]) for found in totals])
        second = [
            softmax([a + b for a, b in zip(found[count:], more, strict=True)])
            for found, more in zip(totals, self.second.sums_of(told), strict=True)
        ]
        trees = self.trees.probabilities_of([{**row, **more} for row, more in zip(rows, told, strict=True)])
        mixed = [_mean(*found) for found in zip(second, trees, strict=True)]
        return [
            (choose_role(_fitting(row, found), self.least), _shares(found))
            for row, found in zip(rows, mixed, strict=True)
        ]


@lru_cache(maxsize=8)
def _joined(first: LinearModel, second: LinearModel) -> LinearModel:
    """Both models side by side: a row of features is looked up once."""
    return first.beside(second)


def _mean(one: Sequence[float], other: Sequence[float]) -> list[float]:
    """The probability of each role; what is missing to one is that of no concept."""
    return [(one[n] + other[n]) / 2 for n in range(len(_ROLES))]


def _fitting(row: Features, mixed: Sequence[float]) -> list[float]:
    """Without the roles that are of concepts of another type: in all of the gold there is no such one."""
    return [0.0 if n in _ONLY_OF and _ONLY_OF[n] not in row else value for n, value in enumerate(mixed)]


def _shares(mixed: Sequence[float]) -> tuple[float, ...]:
    total = max(math.fsum(mixed), 1e-6)
    return tuple([share / total for share in mixed])


def choose_role(shares: Sequence[float], least: float) -> Role:
    """The role of a concept with these shares or probabilities.

    ``least`` is what they must give to introducing to make it the role: less certain cases keep another one.

    Examples:
        >>> choose_role((0.4, 0.1, 0.3, 0.2, 0.0, 0.0, 0.0, 0.0), 0.45)
        <Role.USES: 'uses'>
    """
    if shares[0] >= least:
        return _ROLES[0]
    return _ROLES[max(range(1, len(_ROLES)), key=lambda n: (shares[n], -n))]


@cache
def load_role_model() -> RoleModel:
    """Return the role model that ships with paperconcepts; read once a process.

    Raises:
        ModelError: a file of it is missing, damaged or made for other roles.
    """
    classes = (*map(str, _ROLES), "")
    return RoleModel(
        load_model("role_model", classes, linear_model),
        load_model("role_model_second", classes, linear_model),
        load_model("role_trees", classes, tree_model),
    )
