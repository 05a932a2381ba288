"""``paperconcepts show``: the card of a concept or a paper."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from paperconcepts.export import export_graph
from paperconcepts.graph import build_graph
from paperconcepts.model import (
    Alias,
    Assertion,
    Concept,
    ConceptType,
    Evidence,
    LinkedConcept,
    LinkedPaper,
    Mention,
    Paper,
    Role,
)

Run = Callable[..., Result]


@pytest.mark.parametrize("name", ["LoRA", "low-rank adaptation", "Low Rank Adaptation", "low-rank-adaptation"])
def test_concept(run: Run, folder: Path, name: str) -> None:
    """A concept is found by any alias or id; its card has aliases, roles, papers, first date and neighbours."""
    result = run("show", folder, name)
    assert (result.exit_code, result.stderr) == (0, "")
    head, *rest = result.stdout.splitlines()
    assert head == "Low-Rank Adaptation  [Method]  low-rank-adaptation  (catalogue)"
    facts = {line.split()[0]: line for line in rest if line.startswith("  ") and line[2] != " "}
    assert "LoRA" in facts["aliases"]
    assert "introduces 1" in facts["papers"]
    assert "first 2021-06-17" in facts["papers"]
    assert "2021 ▇" in facts["years"]
    assert "fine-tuning (" in facts["with"]
    assert any("introduces    arxiv:2106.09685  LoRA: Low-Rank Adaptation" in line for line in rest)


def test_fewer_papers(run: Run, folder: Path) -> None:
    """``--papers`` cuts the list and says how many more there are."""
    everything = json.loads(run("show", folder, "LoRA", "--json").stdout)["papers"]
    shown = run("show", folder, "LoRA", "--papers", "1").stdout.splitlines()
    assert sum("arxiv:" in line for line in shown) == 1
    assert shown[-1] == f"    … and {len(everything) - 1} more (--papers {len(everything)})"


@pytest.mark.parametrize(
    "name", ["arxiv:2106.09685", "2106.09685", "LoRA: Low-Rank Adaptation of Large Language Models"]
)
def test_paper(run: Run, folder: Path, name: str) -> None:
    """A paper is found by id, bare identifier or title; its card lists its concepts with roles."""
    head, *rest = run("show", folder, name).stdout.splitlines()
    assert head == "LoRA: Low-Rank Adaptation of Large Language Models  [Paper]  arxiv:2106.09685"
    assert any(line.startswith("  authors   Edward J. Hu") for line in rest)
    assert "  date      2021-06-17" in rest
    assert any(line.startswith("  read from corpus.jsonl #") for line in rest)
    assert any(line.startswith("    introduces    Low-Rank Adaptation  (low-rank-adaptation, 0.") for line in rest)


def test_json(run: Run, folder: Path) -> None:
    """``--json`` gives the whole card of either kind."""
    concept = json.loads(run("show", folder, "LoRA", "--json").stdout)
    assert list(concept) == [
        "kind", "id", "label", "type", "definition", "catalogued", "aliases", "broader", "support", "first_seen",
        "roles", "papers", "timeline", "neighbours",
    ]  # fmt: skip
    assert (concept["kind"], concept["id"]) == ("concept", "low-rank-adaptation")
    assert concept["support"] == len(concept["papers"]) == sum(concept["roles"].values())
    paper = json.loads(run("show", folder, "2106.09685", "--json").stdout)
    assert (paper["kind"], paper["id"]) == ("paper", "arxiv:2106.09685")
    assert {"id": "low-rank-adaptation", "label": "Low-Rank Adaptation", "role": "introduces"}.items() <= paper[
        "concepts"
    ][0].items()


def test_filters(run: Run, folder: Path) -> None:
    """``--min-confidence`` and ``--min-support`` leave out what is believed too little."""
    whole = json.loads(run("show", folder, "LoRA", "--json").stdout)
    least = sorted(row["confidence"] for row in whole["papers"])[1]
    strong = json.loads(run("show", folder, "LoRA", "--json", "--min-confidence", str(least)).stdout)
    assert 0 < strong["support"] == len(strong["papers"]) < whole["support"]
    assert all(row["confidence"] >= least for row in strong["papers"])
    shared = json.loads(run("show", folder, "LoRA", "--json", "--min-support", "3").stdout)
    assert shared["support"] == whole["support"]
    assert run("show", folder, "LoRA", "--min-support", "99").exit_code == 4


def test_did_you_mean(run: Run, folder: Path) -> None:
    """An unknown name suggests near ones: exit code 4 and one line."""
    result = run("show", folder, "Lorra")
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr.startswith("error: No concept or paper 'Lorra' in this graph. Did you mean: LoRA, ")
    assert run("show", folder, "zzzzzzzzzzzz").stderr == "error: No concept or paper 'zzzzzzzzzzzz' in this graph.\n"


@pytest.mark.parametrize("text", [None, "{}\n", "junk\n", '{"format": "something/9"}\n'])
def test_no_build(run: Run, tmp_path: Path, text: str | None) -> None:
    """A folder that build did not write gives exit code 3 and says what to do."""
    if text is not None:
        (tmp_path / "papers.jsonl").write_text(text, encoding="utf-8")
    result = run("show", tmp_path, "LoRA")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (3, "", 1)
    assert "papers.jsonl" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "LoRA", "--min-confidence", "1"),
        ("why", "LoRA", "--min-confidence", "1"),
        ("why", "2106.09685", "LoRA", "--min-confidence", "1"),
    ],
)
def test_left_out(run: Run, folder: Path, arguments: tuple[str, ...]) -> None:
    """What is there but believed too little is told as that: exit code 4, and the limit that leaves it out."""
    command, *rest = arguments
    result = run(command, folder, *rest)
    assert (result.exit_code, result.stdout) == (4, "")
    assert "is in this graph, but --min-confidence 1 leaves it out; lower the limit." in result.stderr
    missing = run("show", folder, "zzzzzzzzzzzz", "--min-confidence", "1", "--min-support", "2")
    assert missing.stderr == "error: No concept or paper 'zzzzzzzzzzzz' in this graph.\n"


@pytest.fixture(scope="module")
def two_kiwis(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built folder of a model and a dataset of one name, with a task and a paper of that name, too."""
    concept_types = {"kiwi-model": ConceptType.MODEL, "kiwi-dataset": ConceptType.DATASET}
    papers = []
    for number, (concept_id, kind) in enumerate(sorted(concept_types.items()), 1):
        paper = Paper(id=f"x:{number}", title=["Kiwi", "Grass"][number - 1], abstract="Kiwi runs.", issued="2024")
        mention = Mention("abstract", 0, 4, "Kiwi", kind, "catalogue", 0.9)
        evidence = Evidence(paper.id, "abstract", 0, 10, ((0, 4),), "", -1, -1, "default:type", "1", 0.5)
        concept = LinkedConcept(
            Concept(id=concept_id, label="Kiwi", type=kind), (Alias("Kiwi", "name", paper.id, 0.9),)
        )
        assertion = Assertion(paper.id, Role.USES, concept_id, 0.5, (evidence,), (mention,))
        papers.append(LinkedPaper(paper, (concept,), (assertion,), ()))
    directory = tmp_path_factory.mktemp("kiwis")
    export_graph(build_graph(papers), directory, formats=["jsonl"])
    return directory


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "Kiwi"), ("why", "Kiwi"), ("aliases", "Kiwi"), ("related", "Kiwi"), ("lineage", "Kiwi"),
        ("trends", "Kiwi"), ("gaps", "--concept", "Kiwi"), ("compare", "Kiwi"), ("results", "--dataset", "Kiwi"),
    ],
)  # fmt: skip
def test_ambiguous_name(run: Run, two_kiwis: Path, arguments: tuple[str, ...]) -> None:
    """Every command says in one line of standard error how it reads a name of several things; an id needs none."""
    command, *rest = arguments
    note = "note: 'Kiwi' is read as the dataset kiwi-dataset; it is also a name of the model kiwi-model"
    found = [line for line in run(command, two_kiwis, *rest).stderr.splitlines() if line.startswith("note: ")]
    assert [line[: len(note)] for line in found] == [note]
    assert "note: " not in run(command, two_kiwis, *rest[:-1], "kiwi-model").stderr


def test_ambiguous_paper(run: Run, two_kiwis: Path) -> None:
    """Where papers come first, a paper is read before a concept, and that is said."""
    result = run("similar", two_kiwis, "Kiwi")
    assert "note: 'Kiwi' is read as the paper x:1; it is also a name of the dataset kiwi-dataset" in result.stderr
