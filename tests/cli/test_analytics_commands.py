"""The commands that answer with rows: related, trends, lineage, communities, similar, gaps and compare."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from paperconcepts.cli import tables
from paperconcepts.examples import example_graph
from paperconcepts.model import ConceptType, Role
from paperconcepts.query import (
    ComparedPaper,
    Gap,
    LineageRow,
    PeriodRow,
    RelatedConcept,
    SimilarConcept,
    SimilarPaper,
    Trend,
    compare_papers,
    concept_timeline,
    concept_trends,
    find_communities,
    find_gaps,
    related_concepts,
    similar_concepts,
    similar_papers,
    to_dicts,
    trace_lineage,
)

Run = Callable[..., Result]
QLORA = "2305.14314"
COMMANDS: dict[str, tuple[tuple[str, ...], type]] = {
    "related": (("related", "LoRA"), RelatedConcept),
    "trends": (("trends",), Trend),
    "timeline": (("trends", "LoRA"), PeriodRow),
    "lineage": (("lineage", "LoRA"), LineageRow),
    "similar": (("similar", QLORA), SimilarPaper),
    "similar-concepts": (("similar", "LoRA"), SimilarConcept),
    "gaps": (("gaps",), Gap),
    "compare": (("compare", "GSM8K"), ComparedPaper),
}


def _answers() -> dict[str, Any]:
    graph = example_graph()
    return {
        "related": related_concepts(graph, "LoRA", min_shared=2),
        "trends": concept_trends(graph),
        "timeline": concept_timeline(graph, "LoRA"),
        "lineage": trace_lineage(graph, "LoRA", min_confidence=0.5),
        "similar": similar_papers(graph, QLORA, limit=None),
        "similar-concepts": similar_concepts(graph, "LoRA", limit=None),
        "gaps": find_gaps(graph, limit=None),
        "compare": compare_papers(graph, ["GSM8K"]),
    }


def _ask(run: Run, folder: Path, name: str, *options: str) -> Result:
    (command, *arguments), _ = COMMANDS[name]
    result = run(command, folder, *arguments, *options)
    assert result.exit_code == 0, result.output
    return result


@pytest.mark.parametrize("name", COMMANDS)
def test_json(run: Run, folder: Path, name: str) -> None:
    """``--json`` is what the library answers, whole."""
    answer = _answers()[name]
    expected = to_dicts(answer) if isinstance(answer, list) else to_dicts([answer])[0]
    assert json.loads(_ask(run, folder, name, "--json").stdout) == expected
    assert _ask(run, folder, name, "--format", "json").stdout == _ask(run, folder, name, "--json").stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_csv(run: Run, folder: Path, name: str) -> None:
    """``--csv`` has all fields and all rows."""
    answer = _answers()[name]
    header, *lines = csv.reader(io.StringIO(_ask(run, folder, name, "--csv").stdout))
    assert header == [field.name for field in fields(COMMANDS[name][1])]
    assert len(lines) == len(answer if isinstance(answer, list) else answer.rows) > 0


@pytest.mark.parametrize("name", COMMANDS)
def test_table(run: Run, folder: Path, name: str) -> None:
    """A table has a header, a rule and at most 20 rows; what is cut is counted on standard error."""
    answer = _answers()[name]
    total = len(answer if isinstance(answer, list) else answer.rows)
    result = _ask(run, folder, name)
    _, rule, *lines = result.stdout.splitlines()
    assert set(rule) == {"-", " "}
    assert len(lines) == min(total, 20)
    assert (f"… and {total - 20} more (--limit {total})" in result.stderr) == (total > 20)


@pytest.mark.parametrize("name", COMMANDS)
def test_limit(run: Run, folder: Path, name: str) -> None:
    """``--limit`` cuts every format."""
    assert len(_ask(run, folder, name, "--limit", "1").stdout.splitlines()) == 3
    assert len(_ask(run, folder, name, "--limit", "1", "--format", "md").stdout.splitlines()) == 3
    assert len(_ask(run, folder, name, "--limit", "1", "--format", "tsv").stdout.splitlines()) == 2
    found = json.loads(_ask(run, folder, name, "--limit", "1", "--json").stdout)
    assert len(found if isinstance(found, list) else found["rows"]) == 1


def test_communities(run: Run, folder: Path) -> None:
    """Communities come with their most characteristic concepts and the modularity."""
    expected = find_communities(example_graph())
    assert json.loads(run("communities", folder, "--json").stdout) == to_dicts([expected])[0]
    result = run("communities", folder)
    assert len(result.stdout.splitlines()) == len(expected.rows) + 2
    assert expected.rows[0].labels[0] in result.stdout.splitlines()[2]
    assert result.stderr == (
        f"modularity {expected.modularity:.2f}; {len(expected.unplaced)} concepts belong to none of them\n"
    )


def test_options_reach_the_library(run: Run, folder: Path) -> None:
    """The options of the commands are the settings of the functions."""
    graph = example_graph()
    asked: list[tuple[tuple[str, ...], Any]] = [
        (("related", "LoRA", "--type", "dataset", "--min-shared", "1", "--sort", "papers",
          "--role", "uses", "--role", "evaluates_on"),
         related_concepts(graph, "LoRA", types=["Dataset"], roles=["uses", "evaluates_on"], sort_by="papers")),
        (("lineage", "LoRA", "--down", "--depth", "1", "--relation", "extends", "--min-confidence", "0"),
         trace_lineage(graph, "LoRA", direction="down", depth=1, predicates=["extends"])),
        (("gaps", "--concept", "LoRA", "--min-expected", "0.1", "--max-ratio", "0", "--min-support", "2"),
         find_gaps(graph, concept="LoRA", min_expected=0.1, max_ratio=0, min_support=2, limit=None)),
        (("gaps", "--community", "1", "--min-expected", "0"),
         find_gaps(graph, within=find_communities(graph).rows[0].members, min_expected=0, limit=None)),
        (("compare", "GSM8K", QLORA, "--role", "evaluates_on"),
         compare_papers(graph, ["GSM8K", QLORA], roles=["evaluates_on"])),
    ]  # fmt: skip
    for (command, *arguments), expected in asked:
        assert expected, command
        assert json.loads(run(command, folder, *arguments, "--json").stdout) == to_dicts(expected)


def test_trends_options(run: Run, folder: Path) -> None:
    """Spans, period, type and support of trends reach the library; ``--falling`` turns the rows around."""
    options = ("--earlier", "..2019", "--later", "2020..", "--period", "year", "--type", "method", "--min-support", "2")
    found = json.loads(run("trends", folder, *options, "--json").stdout)
    expected = concept_trends(
        example_graph(), earlier="..2019", later="2020..", period="year", types=["Method"], min_support=2
    )
    assert found == to_dicts([expected])[0]
    turned = json.loads(run("trends", folder, *options, "--falling", "--json").stdout)
    assert turned["rows"] == found["rows"][::-1]
    note = run("trends", folder, *options).stderr
    assert f"({expected.earlier_papers} papers) with {expected.later} ({expected.later_papers} papers)" in note


def test_trends_of_a_concept_compares_nothing(run: Run, folder: Path) -> None:
    """Options that compare concepts do not go with a concept."""
    result = run("trends", folder, "LoRA", "--falling")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "leave CONCEPT out" in result.stderr


def test_undated_papers_are_named(run: Run, tmp_path: Path, write_records: Callable[..., Path]) -> None:
    """Papers without a date are counted and named on standard error."""
    records = [
        {
            "id": f"q{n}",
            "title": f"LoRA, part {n}",
            "abstract": "We use LoRA on GLUE.",
            **({"date": "2024"} if n else {}),
        }
        for n in range(3)
    ]
    run("build", write_records("some.jsonl", *records), "--out", tmp_path / "out", "--format", "jsonl", "-q")
    result = run("trends", tmp_path / "out", "LoRA")
    assert [line.split() for line in result.stdout.splitlines()[2:]] == [["2024", "2", "2", "1.000"]]
    assert result.stderr.startswith("left out, without a date: 1 paper: sha:")
    assert "all dates are of one span: nothing to compare" in run("trends", tmp_path / "out").stderr


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("related", "Lorra"), 4, "error: No concept 'Lorra' in this graph. Did you mean: LoRA"),
        (("lineage", "Lorra"), 4, "error: No concept 'Lorra' in this graph. Did you mean: LoRA"),
        (("similar", "zzzzzzzz"), 4, "error: No paper or concept 'zzzzzzzz' in this graph."),
        (("compare", "zzzzzzzz"), 4, "error: No concept or paper 'zzzzzzzz' in this graph."),
        (("gaps", "--concept", "GSM8K"), 6, "error: 'GSM8K' is a Dataset; gaps lie between a Task and one of"),
    ],
)
def test_errors(run: Run, folder: Path, arguments: tuple[str, ...], code: int, message: str) -> None:
    """A wrong name or setting gives one line and its exit code."""
    result = run(arguments[0], folder, *arguments[1:])
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (code, "", 1)
    assert result.stderr.startswith(message)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--earlier", "soon"), "Invalid value for --earlier: 'soon' is no range of periods of one"),
        (("--earlier", "..2020", "--later", "2022..2021"), "Invalid value for --later: the range '2022..2021' ends"),
    ],
)
def test_range_that_is_none(run: Run, folder: Path, options: tuple[str, ...], named: str) -> None:
    """A span of time that cannot be read is wrong usage; the message names the option and shows right ones."""
    result = run("trends", folder, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert named in result.stderr
    assert "for instance 2021, 2020..2022 or ..2023" in result.stderr


def test_community_number(run: Run, folder: Path) -> None:
    """A community that is not there is wrong usage."""
    result = run("gaps", folder, "--community", "999")
    assert result.exit_code == 2
    assert f"there are {len(find_communities(example_graph()).rows)} communities" in result.stderr


def test_nothing_found(run: Run, folder: Path) -> None:
    """An empty answer has its header, and says that limits may be the reason."""
    result = run("related", folder, "LoRA", "--min-shared", "99", "--csv")
    assert (result.exit_code, result.stdout.count("\n")) == (0, 1)
    assert result.stderr == "nothing found that passes the limits (see --help)\n"


def test_known_types_and_roles() -> None:
    """The types and roles that the options know are those of the model."""
    assert tuple(ConceptType) == tables._TYPES
    assert tuple(Role) == tables._ROLES
