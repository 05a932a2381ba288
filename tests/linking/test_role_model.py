"""The role model: shares of roles from rules and tagger."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.linking.contexts import CONTEXTS
from paperconcepts.linking.linear_model import PRESENT, LinearModel
from paperconcepts.linking.other_concepts import OTHERS, with_others
from paperconcepts.linking.role_model import ROLE_FEATURES, RoleModel, choose_role, load_role_model, role_features
from paperconcepts.linking.tree_model import NO_LIMIT, tree_model
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
    for count in (0, 1, 5):
        found = load_role_model().read([_features(_mention(*[0.125] * 8))] * count)
        assert len(found) == count
        for role, shares in found:
            assert role in Role
            assert len(shares) == len(Role)
            assert sum(shares) == pytest.approx(1.0, abs=0.001)


def _linear(name: str, *first: int) -> LinearModel:
    row = [*first, *[0] * (len(Role) + 1 - len(first))]
    weights = np.array([row, [0] * len(row), [0] * len(row)])
    return LinearModel("t", (*map(str, Role), ""), {name: 0}, weights, {"least": 0.5})


def _model() -> RoleModel:
    leaves = len(Role) + 1
    trees = {
        "classes": [*map(str, Role), ""], "features": ["deep"], "roots": [*range(leaves)],
        "feature": [0] * (leaves + 2), "threshold": [50, *[NO_LIMIT] * (leaves + 1)],
        "child": [leaves, *range(1, leaves + 2)],
        "value": [*[0] * (leaves + 1), 500_000], "depth": 1, "bases": [0] * leaves,
    }  # fmt: skip
    return RoleModel(_linear("seen", 0, 0, 3000), _linear("others_uses", 0, 0, 0, 3000), tree_model(trees))


def test_each_reader_has_its_say() -> None:
    """What the first says of one tells of the others; one weighs all this, one asks in steps; their mean counts."""
    model = _model()
    [(_, plain)] = model.read([{"other": PRESENT}])
    assert plain == pytest.approx([1 / 8] * 8)
    assert model.read([{"seen": PRESENT}]) == model.read([{"other": PRESENT}])
    [(_, deep)] = model.read([{"deep": PRESENT}])
    assert deep[0] == max(deep)
    (_, alone), (_, beside) = model.read([{"x": PRESENT}, {"seen": PRESENT}])
    assert alone[Role.COMPARES.rank] == max(alone) > 1.5 / 8
    assert beside[Role.COMPARES.rank] < alone[Role.COMPARES.rank]


@pytest.mark.parametrize(("least", "role"), [(0.3, Role.INTRODUCES), (0.9, Role.EVALUATES_ON)])
def test_introduces_must_be_sure(least: float, role: Role) -> None:
    """A concept is introduced only from a certain share on; below it the next role counts."""
    assert choose_role((0.6, 0.3, *[0.1 / 6] * 6), least) is role


@pytest.mark.parametrize(("doubt", "role"), [(0, Role.INTRODUCES), (6000, Role.EVALUATES_ON)])
def test_no_concept_is_not_introduced(doubt: int, role: Role) -> None:
    """What is hardly a concept at all is not called introduced, whatever its share among the roles is."""
    weights = [[0] * 9, [0] * 9, [3000, 1000, *[0] * 6, doubt]]
    reader = LinearModel("t", (*map(str, Role), ""), {"seen": 0}, np.array(weights), {"least": 0.1})
    model = RoleModel(reader, reader, _model().trees)
    [(found, shares)] = model.read([{"seen": PRESENT, "type_Dataset": PRESENT}])
    assert found is role
    assert shares[0] == max(shares) > 0.1


@pytest.mark.parametrize(
    ("likely", "kind"), [(Role.EVALUATES_ON, "Dataset"), (Role.ADDRESSES, "Task"), (Role.MEASURES, "Metric")]
)
@pytest.mark.parametrize("label", list(ConceptType))
def test_roles_of_one_type(likely: Role, kind: str, label: ConceptType) -> None:
    """What is evaluated on is a data set, what is addressed a task, what is measured a metric: others have their next
    likely role, and keep their shares."""
    weights = [[0] * 9, [3000 if n == likely.rank else 2000 if n == Role.USES.rank else 0 for n in range(9)]]
    reader = LinearModel("t", (*map(str, Role), ""), {"seen": 1}, np.array(weights), {"least": 0.9})
    model = RoleModel(reader, reader, _model().trees)
    [(found, shares)] = model.read([{"seen": PRESENT, f"type_{label}": PRESENT}])
    assert found is (likely if label == kind else Role.USES)
    assert shares[likely.rank] == max(shares)


_rows = st.lists(
    st.tuples(
        st.sampled_from([*(f"type_{label}" for label in ConceptType), "none"]),
        st.lists(st.integers(0, 1000).map(lambda n: n / 1000), min_size=9, max_size=9),
    ),
    min_size=1,
    max_size=6,
)


@given(_rows)
def test_what_is_said_of_others(rows: list[tuple[str, list[float]]]) -> None:
    """All features have known names and whole values; the order of the other concepts changes none."""
    features, shares = [{kind: PRESENT} for kind, _ in rows], [values for _, values in rows]
    found = with_others(features, shares)
    for row, before in zip(found, features, strict=True):
        assert row.items() >= before.items()
        assert row.keys() - before.keys() <= set(OTHERS)
        assert all(type(value) is int for value in row.values())
        assert all(0 < value <= 3 * PRESENT for value in row.values())
    turned = with_others([features[0], *features[:0:-1]], [shares[0], *shares[:0:-1]])
    assert turned[0] == found[0]


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
