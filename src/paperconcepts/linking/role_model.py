"""A small trained classifier of roles: it weighs what the rules say of a concept against what the tagger thinks.

Multinomial logistic regression over the features of a concept in a paper. The rules stay what evidence is made
of; the model decides between them, and where none applies.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from paperconcepts.errors import ModelError
from paperconcepts.linking.contexts import CONTEXTS
from paperconcepts.model import Concept, ConceptType, Evidence, Mention, Role

__all__ = ["ROLE_FEATURES", "RoleModel", "load_role_model", "role_features"]

_ROLES = tuple(Role)
_TYPES = tuple(ConceptType)
_KINDS = ("name:coined", "name:title", "name:called", "name:proposed", "title:name", "cue:", "default:")
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
    title_studies: bool,
    length: int,
) -> list[float]:
    """The features of a concept in a paper, in the order of ``ROLE_FEATURES``.

    ``contexts`` are those of ``context_features``; ``length`` is that of the abstract.
    """
    scored = [mention.role_scores for mention in mentions if mention.role_scores]
    means = [sum(scores[n] for scores in scored) / max(1, len(scored)) for n in range(len(_ROLES))]
    in_title = any(mention.field == "title" for mention in mentions)
    introduces = means[0]
    places = [mention.start / max(1, length) for mention in mentions if mention.field == "abstract"]
    return [
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


@dataclass(frozen=True, slots=True)
class RoleModel:
    """Weights of one row a role and a last one for what is no concept at all; the same result on every machine.

    ``least`` is the share from which on a paper is said to introduce a concept: less certain cases keep another role.
    """

    version: str
    weights: tuple[tuple[float, ...], ...]
    biases: tuple[float, ...]
    least: float

    def probabilities(self, features: Sequence[float]) -> tuple[float, ...]:
        """A share for each role, in their order, and one for no role."""
        # Most features are 0. fsum is exact, so the result is the same on every machine and version of Python.
        present = [(number, value) for number, value in enumerate(features) if value]
        scores = [
            bias + math.fsum(row[number] * value for number, value in present)
            for row, bias in zip(self.weights, self.biases, strict=True)
        ]
        top = max(scores)
        powers = [math.exp(score - top) for score in scores]
        total = math.fsum(powers)
        return tuple(round(power / total, 3) for power in powers)

    def choose(self, features: Sequence[float]) -> tuple[Role, float]:
        """The role of a concept, and its share among the roles."""
        shares = self.probabilities(features)[: len(_ROLES)]
        number = 0
        if shares[0] < self.least:
            number = max(range(1, len(_ROLES)), key=lambda n: (shares[n], -n))
        return _ROLES[number], shares[number] / max(math.fsum(shares), 1e-6)


@cache
def load_role_model() -> RoleModel:
    """Return the role model that ships with paperconcepts; read once a process.

    Raises:
        ModelError: its file is missing, damaged or made for other features.
    """
    path = files("paperconcepts") / "data" / "role_model.json"
    try:
        data = json.loads(path.read_text("utf-8"))
        features, roles = tuple(data["features"]), data["roles"]
        model = RoleModel(data["version"], tuple(map(tuple, data["weights"])), tuple(data["biases"]), data["least"])
    except (OSError, KeyError, TypeError, ValueError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise ModelError(f"{path}: the role model cannot be read ({reason}); reinstall paperconcepts") from error
    if features != ROLE_FEATURES or roles != [*map(str, _ROLES), ""]:
        raise ModelError(
            f"{path}: the role model {model.version!r} was trained on other features or roles than this version reads;"
            " reinstall paperconcepts"
        )
    return model
