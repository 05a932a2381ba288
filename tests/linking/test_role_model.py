"""The role model: shares of roles from rules and tagger."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from paperconcepts.errors import ModelError
from paperconcepts.linking import role_model
from paperconcepts.linking.contexts import CONTEXTS
from paperconcepts.linking.role_model import ROLE_FEATURES, RoleModel, load_role_model, role_features
from paperconcepts.model import Concept, ConceptType, Evidence, Mention, Role

CONTEXT = [0.0] * len(CONTEXTS)
CONCEPT = Concept(id="x", label="PouchNet", type=ConceptType.MODEL)


def _mention(*scores: float) -> Mention:
    return Mention("abstract", 10, 18, "PouchNet", ConceptType.MODEL, "tagger", 0.9, None, scores)


def _evidence(rule: str) -> Evidence:
    return Evidence("p", "abstract", 0, 30, ((10, 18),), "", -1, -1, rule, "1", 0.8)


def test_as_many_features_as_names() -> None:
    """Each feature has a name, also where no mention was tagged."""
    for mentions in ([_mention()], [_mention(*[0.125] * 8)], [_mention(1.0, *[0.0] * 7)] * 3):
        pairs = [(Role.INTRODUCES, _evidence("name:title")), (Role.USES, _evidence("default:body"))]
        row = role_features(CONCEPT, mentions, pairs, contexts=CONTEXT, title_studies=True, length=0)
        assert len(row) == len(ROLE_FEATURES)


def test_shares_sum_to_one() -> None:
    """The shares of the shipped model are probabilities."""
    row = role_features(CONCEPT, [_mention(*[0.125] * 8)], [], contexts=CONTEXT, title_studies=False, length=100)
    shares = load_role_model().probabilities(row)
    assert len(shares) == len(Role) + 1
    assert sum(shares) == pytest.approx(1.0, abs=0.01)


def test_weights_decide() -> None:
    """The role whose row agrees with the features is chosen."""
    model = RoleModel("t", tuple((float(n == 2),) for n in range(9)), (0.0,) * 9, 0.5)
    role, share = model.choose([3.0])
    assert role is Role.USES
    assert share == pytest.approx(0.742, abs=0.01)


@pytest.mark.parametrize(("least", "role"), [(0.3, Role.INTRODUCES), (0.9, Role.EVALUATES_ON)])
def test_introduces_must_be_sure(least: float, role: Role) -> None:
    """A concept is introduced only from a certain share on; below it the next role counts."""
    model = RoleModel("t", ((3.0,), (2.0,), *(((0.0,),) * 7)), (0.0,) * 9, least)
    assert model.choose([1.0])[0] is role


def _shipped() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((files("paperconcepts") / "data" / "role_model.json").read_text("utf-8"))
    return data


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (None, "cannot be read .*FileNotFoundError"),
        ('{"features": [', "cannot be read .*JSONDecodeError"),
        ("3", "cannot be read .*TypeError"),
        (json.dumps({"features": ROLE_FEATURES}), "cannot be read .*KeyError: 'roles'"),
        (json.dumps({**_shipped(), "weights": 1}), "cannot be read .*TypeError"),
        (json.dumps({**_shipped(), "features": ROLE_FEATURES[1:]}), "was trained on other features or roles"),
        (json.dumps({**_shipped(), "roles": [*map(str, Role)]}), "was trained on other features or roles"),
    ],
    ids=["missing", "cut off", "no object", "incomplete", "no weights", "fewer features", "fewer roles"],
)
def test_unusable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str | None, message: str) -> None:
    """A model that is missing, damaged or made for other features is one error with its file and what to do."""
    path = tmp_path / "data" / "role_model.json"
    path.parent.mkdir()
    if damage is not None:
        path.write_text(damage, encoding="utf-8")
    monkeypatch.setattr(role_model, "files", lambda package: tmp_path)
    with pytest.raises(ModelError, match=message) as caught:
        load_role_model.__wrapped__()
    assert str(caught.value).startswith(f"{path}: the role model ")
    assert str(caught.value).endswith("; reinstall paperconcepts")


def test_shipped_model_fits_its_features() -> None:
    """The model that ships has a row of weights for each role and one for none, and a weight for each feature."""
    model = load_role_model()
    assert len(model.weights) == len(model.biases) == len(Role) + 1
    assert {len(row) for row in model.weights} == {len(ROLE_FEATURES)}
    assert 0.0 < model.least < 1.0


def _row(rule: str, role: Role, *, title_studies: bool = False) -> dict[str, float]:
    evidence = [(role, _evidence(rule))]
    contexts = [float(name == "called") for name in CONTEXTS]
    row = role_features(
        CONCEPT, [_mention(*[0.125] * 8)], evidence, contexts=contexts, title_studies=title_studies, length=100
    )
    return dict(zip(ROLE_FEATURES, row, strict=True))


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
    assert (row["first_place"], row["confidence"], row["mean_introduces_Model"]) == (0.1, 0.9, 0.125)


def test_catalogued_concepts_have_no_features_of_new_ones() -> None:
    """What tells a new name is no sign of one that the catalogue knows."""
    known = CONCEPT.model_copy(update={"catalogued": True})
    contexts = [1.0] * len(CONTEXTS)
    row = role_features(known, [_mention(1.0, *[0.0] * 7)], [], contexts=contexts, title_studies=False, length=100)
    found = dict(zip(ROLE_FEATURES, row, strict=True))
    assert (found["catalogued"], found["catalogued_introduces"], found["new_introduces"]) == (1.0, 1.0, 0.0)
    assert all(found[name] == 1.0 and found[f"new_{name}"] == 0.0 for name in CONTEXTS)
