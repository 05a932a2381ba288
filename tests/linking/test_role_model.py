"""The role model: shares of roles from rules and tagger."""

import numpy as np
import pytest

from paperconcepts.linking.contexts import CONTEXTS
from paperconcepts.linking.linear_model import PRESENT, LinearModel
from paperconcepts.linking.role_model import ROLE_FEATURES, choose_role, load_role_model, role_features
from paperconcepts.model import Concept, ConceptType, Evidence, Mention, Role

CONTEXT = [0.0] * len(CONTEXTS)
CONCEPT = Concept(id="x", label="PouchNet", type=ConceptType.MODEL)


def _mention(*scores: float) -> Mention:
    return Mention("abstract", 10, 18, "PouchNet", ConceptType.MODEL, "tagger", 0.9, None, scores)


def _evidence(rule: str) -> Evidence:
    return Evidence("p", "abstract", 0, 30, ((10, 18),), "", -1, -1, rule, "1", 0.8)


def _features(*mentions: Mention, words: tuple[str, ...] = ()) -> dict[str, int]:
    pairs = [(Role.INTRODUCES, _evidence("name:title")), (Role.USES, _evidence("default:body"))]
    return role_features(CONCEPT, mentions, pairs, contexts=CONTEXT, words=words, title_studies=True, length=0)


def test_features_bear_names() -> None:
    """Each feature that is not 0 has one of the known names, also where no mention was tagged; words come as given."""
    for mentions in ([_mention()], [_mention(*[0.125] * 8)], [_mention(1.0, *[0.0] * 7)] * 3):
        found = _features(*mentions, words=("after of",))
        assert found.pop("after of") == PRESENT
        assert found.keys() <= set(ROLE_FEATURES)
        assert all(found.values())


def test_shares_sum_to_one() -> None:
    """The shares of the shipped model's roles are those of a concept that is one."""
    role, shares = choose_role(load_role_model(), _features(_mention(*[0.125] * 8)))
    assert len(shares) == len(Role)
    assert sum(shares) == pytest.approx(1.0, abs=0.01)
    assert role in Role


def _model(*first: int, least: float) -> LinearModel:
    row = [*first, *[0] * (len(Role) + 1 - len(first))]
    weights = np.array([row, [0] * len(row)])
    return LinearModel("t", (*map(str, Role), ""), {"seen": 0}, weights, {"least": least})


def test_weights_decide() -> None:
    """The role whose row agrees with the features is chosen, among roles only."""
    role, shares = choose_role(_model(0, 0, 3000, least=0.5), {"seen": PRESENT})
    assert role is Role.USES
    assert shares[role.rank] == pytest.approx(0.742, abs=0.01)


@pytest.mark.parametrize(("least", "role"), [(0.3, Role.INTRODUCES), (0.9, Role.EVALUATES_ON)])
def test_introduces_must_be_sure(least: float, role: Role) -> None:
    """A concept is introduced only from a certain share on; below it the next role counts."""
    assert choose_role(_model(3000, 2000, least=least), {"seen": PRESENT})[0] is role


def _row(rule: str, role: Role, *, title_studies: bool = False) -> dict[str, float]:
    evidence = [(role, _evidence(rule))]
    contexts = [float(name == "called") for name in CONTEXTS]
    row = role_features(
        CONCEPT, [_mention(*[0.125] * 8)], evidence,
        contexts=contexts, words=(), title_studies=title_studies, length=100,
    )  # fmt: skip
    return {name: row.get(name, 0) / PRESENT for name in ROLE_FEATURES}


def test_rules_are_told_from_assumptions() -> None:
    """What a cue says and what is assumed are features of their own, each with its confidence."""
    said, assumed = _row("cue:use-verb", Role.USES), _row("default:body", Role.USES)
    assert (said["said_uses"], said["assumed_uses"], said["rule_cue:"], said["rule_default:"]) == (0.8, 0.0, 1.0, 0.0)
    assert (assumed["said_uses"], assumed["assumed_uses"]) == (0.0, 0.8)
    assert (assumed["rule_cue:"], assumed["rule_default:"]) == (0.0, 1.0)


def test_what_is_known_of_the_concept() -> None:
    """Type, source, place and the contexts of a concept that no catalogue knows are told."""
    row = _row("name:title", Role.INTRODUCES, title_studies=True)
    marked = {name for name, value in row.items() if value == 1.0}
    assert marked == {
        "rule_name:title", "type_Model", "source_tagger", "one_mention", "title_studies", "capital", "called",
        "new_called",
    }  # fmt: skip
    assert (row["first_place"], row["confidence"], row["mean_introduces_Model"]) == (0.1, 0.9, 0.12)


def test_catalogued_concepts_have_no_features_of_new_ones() -> None:
    """What tells a new name is no sign of one that the catalogue knows."""
    known = CONCEPT.model_copy(update={"catalogued": True})
    contexts = [1.0] * len(CONTEXTS)
    row = role_features(
        known, [_mention(1.0, *[0.0] * 7)], [], contexts=contexts, words=(), title_studies=False, length=100
    )
    found = {name: row.get(name, 0) / PRESENT for name in ROLE_FEATURES}
    assert (found["catalogued"], found["catalogued_introduces"], found["new_introduces"]) == (1.0, 1.0, 0.0)
    assert all(found[name] == 1.0 and found[f"new_{name}"] == 0.0 for name in CONTEXTS)
