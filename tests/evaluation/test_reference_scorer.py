"""Our figures are those of the reference scorer, on real gold and real predictions."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from paperconcepts.cli import main
from paperconcepts.evaluation import evaluate, read_gold, read_predictions
from paperconcepts.model import ConceptType, Role

_SHARED = Path(os.environ.get("PAPERCONCEPTS_SHARED") or Path(__file__).resolve().parents[2].parent / "shared")
_GOLD = _SHARED / "data" / "gold"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not _GOLD.is_dir(), reason="the shared input is not here"),
]

_SPLITS = ("dev", "acl")


def _run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def _reference(split: str, predictions: Path) -> dict[str, Any]:
    scorer: list[str | Path] = [sys.executable, _SHARED / "tools" / "score_concepts.py"]
    files: list[str | Path] = ["--papers", _GOLD / f"{split}.papers.jsonl", "--gold", _GOLD / f"{split}.gold.jsonl"]
    command = [*scorer, *files, "--pred", predictions, "--json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def _ours(split: str, predictions: Path) -> dict[str, Any]:
    gold = read_gold(_GOLD / f"{split}.gold.jsonl", papers=_GOLD / f"{split}.papers.jsonl")
    return evaluate(gold, read_predictions(predictions), resamples=0).as_dict()


def _agree(ours: dict[str, Any], reference: dict[str, Any]) -> None:
    assert {name: ours[name] for name in reference} == reference


@pytest.fixture(scope="module")
def predictions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What ``extract`` finds in the papers of each split."""
    folder = tmp_path_factory.mktemp("predictions")
    for split in _SPLITS:
        _run("extract", _GOLD / f"{split}.papers.jsonl", "-o", folder / f"{split}.jsonl")
    return {split: folder / f"{split}.jsonl" for split in _SPLITS}


@pytest.mark.parametrize("split", _SPLITS)
def test_real_predictions(predictions: dict[str, Path], split: str) -> None:
    """Every figure of the reference scorer is equal to ours, to four decimals."""
    reference = _reference(split, predictions[split])
    assert reference["concepts"]["f1"] > 0.4
    _agree(_ours(split, predictions[split]), reference)


def _disturb(row: dict[str, Any], random_: random.Random) -> dict[str, Any]:
    """Move ends, swap types and roles, split and drop concepts, invent relations."""
    concepts = []
    for concept in row["concepts"]:
        if random_.random() < 0.1:
            continue
        for mention in concept["mentions"]:
            mention["start"] = max(0, mention["start"] - random_.choice([0, 0, 0, 4, 5, 8]))
        if random_.random() < 0.3:
            concept["type"] = random_.choice(list(ConceptType))
            concept["role"] = random_.choice([*Role, None])
        concepts.append(concept)
        if len(concept["mentions"]) > 1 and random_.random() < 0.5:
            concepts.append({**concept, "mentions": concept["mentions"][1:]})
    places = range(len(concepts))
    relations = [[random_.choice(places), "extends", random_.choice(places)] for _ in places]
    return {**row, "concepts": concepts, "relations": relations}


@pytest.mark.parametrize("split", _SPLITS)
@pytest.mark.parametrize("seed", [1, 2])
def test_disturbed_predictions(predictions: dict[str, Path], split: str, seed: int, tmp_path: Path) -> None:
    """The figures agree where predictions are bad in every way that counts, too."""
    random_ = random.Random(seed)  # noqa: S311 - no secret
    rows = [json.loads(line) for line in predictions[split].read_text(encoding="utf-8").splitlines()]
    path = tmp_path / "disturbed.jsonl"
    kept = [_disturb(row, random_) for row in rows if random_.random() < 0.95]
    path.write_text("".join(json.dumps(row) + "\n" for row in kept), encoding="utf-8")
    reference = _reference(split, path)
    assert reference["papers_missing"] > 0
    assert 0 < reference["relations"]["precision"] < 0.3
    _agree(_ours(split, path), reference)


def test_extracting_anew(predictions: dict[str, Path]) -> None:
    """Without ``--pred`` the papers are extracted on the spot, with the same figures."""
    arguments: list[str | Path] = ["--gold", _GOLD / "dev.gold.jsonl", "--papers", _GOLD / "dev.papers.jsonl", "--json"]
    assert _run("evaluate", *arguments) == _run("evaluate", *arguments, "--pred", predictions["dev"])
