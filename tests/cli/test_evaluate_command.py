"""``paperconcepts evaluate``."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]
WriteRecords = Callable[..., Path]

_PAPERS: list[dict[str, Any]] = [
    {"id": "q1", "title": "", "abstract": "We fine-tune BERT with LoRA. It is tested on GLUE."},
    {"id": "q2", "title": "Hops", "abstract": "Quokkas hop."},
]


def _concept(name: str, kind: str, role: str) -> dict[str, Any]:
    return {"name": name, "type": kind, "role": role, "core": True, "surfaces": [name]}


_GOLD: list[dict[str, Any]] = [
    {
        "uid": "q1",
        "concepts": [_concept("BERT", "Model", "uses"), _concept("LoRA", "Method", "uses"),
                     _concept("GLUE", "Dataset", "evaluates_on")],
    },
    {"uid": "q2", "concepts": [_concept("Quokkas", "Model", "studies")]},
]  # fmt: skip
_FOUND: dict[str, Any] = {
    "record": "q1",
    "concepts": [
        {"label": "BERT", "type": "Method", "role": "uses",
         "mentions": [{"field": "abstract", "start": 13, "end": 17}]},
        {"label": "tested", "type": "Task", "role": "uses",
         "mentions": [{"field": "abstract", "start": 35, "end": 41}]},
    ],
}  # fmt: skip
_TEXT = {"id": "d1", "text": "BERT\nWe fine-tune BERT with LoRA.", "entities": [[18, 22, "Net"], [28, 32, "Method"]]}


@pytest.fixture(name="files")
def _files(write_records: WriteRecords) -> list[str | Path]:
    """The options that name hand-made gold, papers and predictions."""
    gold, papers = write_records("gold.jsonl", *_GOLD), write_records("texts.jsonl", *_PAPERS)
    return ["--gold", gold, "--papers", papers, "--pred", write_records("found.jsonl", _FOUND)]


def test_report(run: Run, files: list[str | Path]) -> None:
    """The report goes to standard output, what was left out to standard error, once."""
    result = run("evaluate", *files)
    assert result.exit_code == 0
    assert result.stdout.startswith("2 papers (1 without prediction), 4 core gold concepts, 2 predicted")
    assert "falsely found most often\n    1  Task  tested  (q1)\n" in result.stdout
    assert result.stderr == "note: gold papers without prediction, scored as empty: 1 (q2)\n"


def test_json(run: Run, files: list[str | Path]) -> None:
    """``--json`` prints every figure as one JSON object; ``--errors`` limits the lists."""
    figures = json.loads(run("evaluate", *files, "--json", "--errors", "1").stdout)
    assert figures["concepts"] == {"precision": 0.5, "recall": 0.25, "f1": 0.3333}
    assert figures["type_accuracy_method_model_merged"] == 1.0
    assert [item["name"] for item in figures["missed"]] == ["GLUE"]
    assert figures["remarks"] == ["gold papers without prediction, scored as empty: 1 (q2)"]


def test_page(run: Run, files: list[str | Path], tmp_path: Path) -> None:
    """``--html`` writes the page of errors beside what is printed."""
    result = run("evaluate", *files, "--html", tmp_path / "out" / "errors.html")
    assert result.stdout == run("evaluate", *files).stdout
    assert "Errors of extraction" in (tmp_path / "out" / "errors.html").read_text(encoding="utf-8")


def test_extracting_is_the_default(run: Run, write_records: WriteRecords) -> None:
    """Without ``--pred`` the papers are extracted as ``extract`` does, whatever the number of processes."""
    gold, papers = write_records("gold.jsonl", *_GOLD), write_records("texts.jsonl", *_PAPERS)
    arguments = ["evaluate", "--gold", gold, "--papers", papers, "--json"]
    result = run(*arguments)
    figures = json.loads(result.stdout)
    assert figures["papers_missing"] == 0
    assert figures["typed"]["Dataset"]["recall"] == figures["typed"]["Model"]["precision"] == 1.0
    assert run(*arguments, "-j", "2").stdout == result.stdout
    found = gold.parent / "extracted.jsonl"
    run("extract", papers, "-o", found)
    assert run(*arguments, "--pred", found).stdout == result.stdout


def test_offsets_of_raw_texts(run: Run, write_records: WriteRecords) -> None:
    """Gold and predictions count in the text as it stands in the file, LaTeX and odd spaces included."""
    abstract = "  We gain 10\\% with \\textbf{LoRA}  on   GLUE.\u00a0"
    papers = write_records("texts.jsonl", {"uid": "r1", "title": None, "abstract": abstract})
    concepts = [_concept("LoRA", "Method", "uses"), _concept("GLUE", "Dataset", "evaluates_on")]
    gold = write_records("gold.jsonl", {"uid": "r1", "concepts": concepts})
    figures = json.loads(run("evaluate", "--gold", gold, "--papers", papers, "--json").stdout)
    assert figures["concepts"]["recall"] == 1.0


def test_gold_of_mentions(run: Run, write_records: WriteRecords) -> None:
    """Gold of mentions needs no papers; labels are mapped, types merged and chosen, the first line may be the title."""
    gold = write_records("marked.jsonl", _TEXT)
    result = run("evaluate", "--gold", gold, "--json", "--title-line", "--map", "Net=Model", "--merge", "Method,Model")
    figures = json.loads(result.stdout)
    assert (figures["gold"], figures["gold_mentions"], list(figures["typed"])) == ("mentions", 2, ["Method+Model"])
    assert figures["strict"]["recall"] == 1.0
    result = run("evaluate", "--gold", gold, "--types", "Method", "--json")
    assert list(json.loads(result.stdout)["typed"]) == ["Method"]
    assert "note: mentions of labels without a type, left out (--map gives them one): 1 (Net 1)" in result.stderr


def test_brat_folder(run: Run, tmp_path: Path) -> None:
    """A folder of brat files is gold, too."""
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "a.txt").write_text("We use BERT.", encoding="utf-8")
    (tmp_path / "set" / "a.ann").write_text("T1\tModel 7 11\tBERT\n", encoding="utf-8")
    result = run("evaluate", "--gold", tmp_path / "set")
    assert result.stdout.startswith("1 paper, 1 gold mention, 1 predicted")


def test_wrong_use(run: Run, files: list[str | Path], write_records: WriteRecords) -> None:
    """Options that do not fit the gold are wrong usage: exit code 2, with what to do."""
    assert run("evaluate").exit_code == 2
    for arguments, message in (
        (files[:2], "--papers"),
        ([*files, "--types", "Task"], "leave out --merge and --types"),
        ([*files, "--map", "A=Task"], "leave out --map"),
        (["--gold", write_records("marked.jsonl", _TEXT), "--merge", "Method,Gadget"], "'Gadget' is no concept type"),
        ([*files, "--errors", "-1"], "--errors"),
    ):
        result = run("evaluate", *arguments)
        assert (result.exit_code, message in " ".join(result.stderr.split())) == (2, True), result.stderr


def test_unusable_files(run: Run, files: list[str | Path], write_records: WriteRecords, tmp_path: Path) -> None:
    """Malformed gold or predictions end with exit code 3 and name file and line; no page is left."""
    page = tmp_path / "page.html"
    broken = write_records("found.jsonl", _FOUND, {"record": "q2", "concepts": 5})
    result = run("evaluate", *files[:4], "--pred", broken, "--html", page)
    assert result.exit_code == 3
    assert f"error: {broken}: line 2: prediction 'q2': concepts is 5" in result.stderr
    assert not page.exists()
    assert run("evaluate", "--gold", "nowhere.jsonl").exit_code == 3
    strangers = write_records("found.jsonl", {**_FOUND, "record": "zz"})
    assert "none of 1 predictions is of a gold paper" in run("evaluate", *files[:4], "--pred", strangers).stderr
