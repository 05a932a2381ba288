"""``paperconcepts plot``: the picture is written, and options that do not go together are refused."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from paperconcepts.cli.plot import command

Run = Callable[..., Result]
Built = tuple[Path, Result]


@pytest.mark.parametrize(
    "arguments",
    [
        ("timeline", "LoRA", "--period", "year", "--share"),
        ("emergence", "--earlier", "..2019", "--min-support", "2", "--top", "4"),
        ("heatmap", "--type", "Dataset", "--weight", "npmi"),
        ("lineage", "LoRA", "--down", "--depth", "1"),
    ],
)
def test_each_kind(run: Run, built: Built, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Each kind of picture is written, and nothing is printed."""
    result = run("plot", built[0], *arguments, "-o", tmp_path / "one.svg")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert "<svg" in (tmp_path / "one.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("heatmap", "LoRA"), "leave 'LoRA' out"),
        (("lineage",), "name it"),
        (("lineage", "LoRA", "BERT"), "of one concept"),
        (("timeline",), "name them"),
        (("timeline", "LoRA", "--top", "3"), "--top does not go with timeline"),
        (("heatmap", "--up"), "--up does not go with heatmap"),
        (("lineage", "LoRA", "--type", "Task"), "--type does not go with lineage"),
        (("pie",), "'pie' is not one of"),
    ],
)
def test_wrong_usage(run: Run, tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    """What a kind does not heed is refused before anything is read."""
    result = run("plot", tmp_path, *arguments, "-o", tmp_path / "one.svg")
    assert result.exit_code == 2
    assert message in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_errors_have_their_exit_codes(run: Run, built: Built, tmp_path: Path) -> None:
    """Unknown concept (4), unknown suffix (6), a folder that is no build (3), a place that cannot be written (74)."""
    assert run("plot", built[0], "lineage", "no such thing", "-o", tmp_path / "one.svg").exit_code == 4
    assert run("plot", built[0], "lineage", "LoRA", "-o", tmp_path / "one.gif").exit_code == 6
    assert run("plot", tmp_path, "lineage", "LoRA", "-o", tmp_path / "one.svg").exit_code == 3
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert run("plot", built[0], "lineage", "LoRA", "-o", tmp_path / "file" / "one.svg").exit_code == 74


def test_every_option_is_heeded_by_a_kind() -> None:
    """No option is there in vain."""
    from paperconcepts.cli.plot import _HEEDS

    heeded = set().union(*_HEEDS.values())
    assert {one.name for one in command.params} - {"directory", "kind", "path"} == heeded
