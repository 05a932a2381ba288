"""Numbers that are none are refused where a number is asked for."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e999"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "DIR", "LoRA", "--min-confidence"),
        ("build", "no-input", "--out", "DIR", "--min-confidence"),
        ("export", "DIR", "--to", "gexf", "--min-confidence"),
        ("query", "DIR", "ASK {}", "--timeout"),
        ("communities", "DIR", "--resolution"),
        ("gaps", "DIR", "--min-expected"),
        ("status", "--library", "no.library", "--wait"),
    ],
)
def test_no_number(run: Run, tmp_path: Path, arguments: tuple[str, ...], value: str) -> None:
    """``nan`` and what has no end is wrong usage (2), before anything is read."""
    placed = [str(tmp_path / "none") if one == "DIR" else one for one in arguments]
    result = run(*placed, value)
    assert result.exit_code == 2
    assert "none" not in {path.name for path in tmp_path.iterdir()}


@pytest.mark.parametrize("limit", [("--timeout", "1e9"), ("--memory", "99999999999999"), ("--timeout", "0")])
def test_limits_have_limits(run: Run, tmp_path: Path, limit: tuple[str, str]) -> None:
    """A limit beyond what the system can count is wrong usage."""
    assert run("query", tmp_path, "ASK {}", *limit).exit_code == 2


@pytest.mark.parametrize("date", ["2023-13", "2023-00", "2023-02-30"])
def test_no_date(run: Run, folder: Path, tmp_path: Path, date: str) -> None:
    """A month or day that no calendar has is refused wherever a date is asked for, and nothing is written."""
    assert run("export", folder, "--to", "gexf", "--since", date, "-o", tmp_path / "x").exit_code in (2, 6)
    assert run("diff", f"{folder}@{date}", folder).exit_code == 2
    assert list(tmp_path.iterdir()) == []
