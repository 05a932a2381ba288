"""``paperconcepts results``: the results that papers state."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
WriteRecords = Callable[..., Path]
RECORD = {
    "id": "quokka-1",
    "title": "PouchNet: Carrying Small Things",
    "abstract": "We propose PouchNet, a new transformer for image classification. PouchNet improves accuracy by "
    "5.2 points on ImageNet over ResNet. It may reach 90.1% accuracy on CIFAR-10.",
}


@pytest.fixture
def folder(run: Run, write_records: WriteRecords, tmp_path: Path) -> Path:
    """A build of one paper with two results."""
    built = tmp_path / "graph"
    assert run("build", write_records("one.jsonl", RECORD), "--out", built, "--format", "jsonl").exit_code == 0
    return built


def test_table(run: Run, folder: Path) -> None:
    """The table has a row for each result."""
    result = run("results", folder)
    assert (result.exit_code, result.stderr) == (0, "")
    head, _, *rows = result.stdout.splitlines()
    assert head.split() == "paper_id subject metric dataset baseline direction value unit status".split()
    assert [row.split()[-4:] for row in rows] == [
        ["up", "5.2", "points", "asserted"],
        ["at", "90.1", "%", "hedged"],
    ]


def test_json(run: Run, folder: Path) -> None:
    """JSON has the labels, the sentence and the place of the number in the text."""
    first, second = json.loads(run("results", folder, "--json").stdout)
    assert (first["subject"], first["metric"], first["dataset"]) == ("PouchNet", "accuracy", "ImageNet")
    assert first["rule"] == "result:change"
    for row in (first, second):
        assert RECORD["abstract"][row["start"] : row["end"]] == row["value"]
        assert row["value"] in row["sentence"]
        assert 0 < row["confidence"] < 1


@pytest.mark.parametrize(
    ("options", "values"),
    [
        (("--metric", "accuracy"), ["5.2", "90.1"]),
        (("--dataset", "CIFAR-10"), ["90.1"]),
        (("--subject", "PouchNet", "--dataset", "ImageNet"), ["5.2"]),
        (("--status", "hedged"), ["90.1"]),
        (("--paper", "quokka-1", "--limit", "1"), ["5.2"]),
    ],
)
def test_filters(run: Run, folder: Path, options: tuple[str, ...], values: list[str]) -> None:
    """Each option narrows the rows; CSV has them all."""
    rows = list(csv.DictReader(io.StringIO(run("results", folder, "--csv", *options).stdout)))
    assert [row["value"] for row in rows] == values


def test_unknown_name(run: Run, folder: Path) -> None:
    """A name that nothing bears gives one line and exit code 4."""
    result = run("results", folder, "--dataset", "ImagineNet")
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr.startswith("error: No concept 'ImagineNet' in this graph.")
