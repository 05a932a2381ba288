"""A small trained classifier of roles: it weighs what the rules say of a concept against what the tagger thinks.

Multinomial logistic regression over the features of a concept in a paper and the words around it. The rules stay what
evidence is made of; the model decides between them, and where none applies.
"""

import math
from collections.abc import Iterable, Sequence
from functools import cache

from paperconcepts.linking.contexts import CONTEXTS
from paperconcepts.linking.linear_model import PRESENT, LinearModel, load_linear_model
from paperconcepts.model import Concept, ConceptType, Evidence, Mention, Role

__all__ = ["ROLE_FEATURES", "choose_role", "load_role_model", "role_features", "role_shares"]

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


def role_shares(model: LinearModel, features: dict[str, int]) -> tuple[float, ...]:
    """The share of each role, in their order, if it is a concept at all (the last class stands for no concept)."""
    shares = model.probabilities(features)[: len(_ROLES)]
    total = max(math.fsum(shares), 1e-6)
    return tuple(share / total for share in shares)


def choose_role(model: LinearModel, features: dict[str, int]) -> tuple[Role, tuple[float, ...]]:
    """The role of a concept and the shares of all.

    Its setting ``least`` is the share from which on a paper is said to introduce a concept: less certain cases
    keep another role.
    """
    shares = role_shares(model, features)
    number = 0
    if shares[0] < model.settings["least"]:
        number = max(range(1, len(_ROLES)), key=lambda n: (shares[n], -n))
    return _ROLES[number], shares


@cache
def load_role_model() -> LinearModel:
    """Return the role model that ships with paperconcepts; read once a process.

    Raises:
        ModelError: its file is missing, damaged or made for other roles.
    """
    return load_linear_model("role_model", (*map(str, _ROLES), ""))
