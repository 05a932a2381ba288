"""The command group: help, errors and exit codes."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from paperconcepts import errors
from paperconcepts.version import __version__

Run = Callable[..., Result]
COMMANDS = [
    "build", "fetch", "add", "remove", "update", "status", "diff", "extract", "evaluate", "export", "site", "query",
    "validate", "show", "why", "aliases", "review", "related", "trends", "lineage", "communities", "similar", "gaps",
    "compare", "plot", "results", "catalogue", "doctor",
]  # fmt: skip
MODULE = [sys.executable, "-m", "paperconcepts"]


def test_help(run: Run) -> None:
    """--help lists the commands, the exit codes and where to start."""
    result = run("--help")
    assert result.exit_code == 0
    listed = result.stdout.partition("Commands:\n")[2].partition("\n\n")[0]
    assert [line.split()[0] for line in listed.splitlines()] == COMMANDS
    assert "..." not in listed
    assert all(f" {code} " in result.stdout for code in (0, 1, 2, 3, 4, 5, 6, 74, 130))
    assert run("-h").stdout == result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_commands(run: Run, command: str) -> None:
    """Every command has help."""
    result = run(command, "-h")
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")


def test_version(run: Run) -> None:
    """--version prints the version."""
    assert run("--version").stdout == f"paperconcepts, version {__version__}\n"


@pytest.mark.parametrize(
    ("command", "hint"), [("buidl", "Did you mean 'build'?"), ("exctract", "Did you mean 'extract'?"), ("xyzzy", "")]
)
def test_unknown_command(run: Run, command: str, hint: str) -> None:
    """An unknown command is wrong usage, and a near one is suggested."""
    result = run(command)
    assert result.exit_code == 2
    assert f"No such command '{command}'." in result.stderr
    assert hint in result.stderr


FAULTS = [
    (errors.SourceError("is gone", file="a.txt", record=3), 3, "a.txt, record 3: is gone"),
    (errors.UnknownFormatError("no idea", known=("a", "b")), 3, "no idea; known formats: a, b"),
    (errors.UnknownNameError("x", suggestions=("y",)), 4, "No concept 'x' in this graph. Did you mean: y?"),
    (errors.QueryError("is odd"), 5, "is odd"),
    (errors.ConfigurationError("one\n  two"), 6, "one two"),
    (errors.CatalogueError("clash"), 6, "clash"),
    (errors.ModelError("is damaged"), 6, "is damaged"),
    (errors.OutputError("cannot write x"), 74, "cannot write x"),
    (OSError(28, "No space left on device"), 74, "cannot write the output: No space left on device"),
    (RuntimeError("oops"), 1, "unexpected RuntimeError: oops; run paperconcepts --debug ... for the traceback"),
    (OSError(5, "Input/output error"), 1, "unexpected OSError: [Errno 5] Input/output error; run paperconcepts --debug "
     "... for the traceback"),
    (MemoryError(), 1, "unexpected MemoryError: MemoryError; run paperconcepts --debug ... for the traceback"),
]  # fmt: skip


@pytest.mark.parametrize(("error", "code", "message"), FAULTS, ids=lambda value: type(value).__name__)
def test_errors(run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int, message: str) -> None:
    """An error is one line on standard error and its exit code; --debug shows the traceback, with the same code."""

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("paperconcepts.pipeline.build", fail)
    result = run("build", "x", "--out", "y")
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", f"error: {message}\n")
    debugged = run("--debug", "build", "x", "--out", "y")
    assert debugged.exit_code == code
    assert debugged.stderr.startswith("Traceback (most recent call last):\n")
    assert ", in fail\n" in debugged.stderr


def test_ctrl_c(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupt is one line and exit code 130, also with --debug."""

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("paperconcepts.pipeline.build", interrupt)
    for options in ((), ("--debug",)):
        result = run(*options, "build", "x", "--out", "y")
        assert (result.exit_code, result.stdout) == (130, "")
        assert result.stderr == "interrupted; files under their final names are whole\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_interrupt_signal(tmp_path: Path) -> None:
    """The signal of Ctrl-C ends a real run with one line and exit code 130, and nothing is written."""
    pipe, out = tmp_path / "papers.jsonl", tmp_path / "out"
    os.mkfifo(pipe)
    # In the background of a shell the signal is ignored, by what is started there, too.
    earlier = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen([*MODULE, "build", pipe, "--out", out], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    signal.signal(signal.SIGINT, earlier)
    # This returns when the command has opened its end, so that it is at work.
    with pipe.open("wb"):
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)
    assert (process.returncode, stdout) == (130, b"")
    assert stderr.decode().split() == ["interrupted;", "files", "under", "their", "final", "names", "are", "whole"]
    assert not out.exists()


def test_reader_has_gone(folder: Path) -> None:
    """If the reader of the output has gone (``| head``), the command ends quietly."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [*MODULE, "show", folder, "LoRA"], stdout=writer, stderr=subprocess.PIPE, check=False, timeout=60
        )
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_full_standard_output(folder: Path) -> None:
    """If standard output is a file on a full disk, one line says so and the exit code is 74."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*MODULE, "show", folder, "LoRA"], stdout=full, stderr=subprocess.PIPE, check=False, timeout=60
        )
    assert (done.returncode, done.stderr) == (74, b"error: cannot write the output: No space left on device\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_each_command_is_plain_text(run: Run, name: str) -> None:
    """--help of a command shows no escape that was meant for the formatter."""
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "\\" not in result.stdout
