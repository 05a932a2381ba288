"""Errors: one tree, messages with place and value, the data as attributes."""

import pytest

import paperconcepts.errors as errors
from paperconcepts.errors import PaperConceptsError, SourceError, UnknownFormatError, UnknownNameError


@pytest.mark.parametrize("name", errors.__all__)
def test_one_root(name: str) -> None:
    """Every public error derives from the root."""
    assert issubclass(getattr(errors, name), PaperConceptsError)


@pytest.mark.parametrize(
    ("name", "builtin"),
    [
        ("SourceError", ValueError),
        ("UnknownFormatError", ValueError),
        ("CatalogueError", ValueError),
        ("UnknownNameError", KeyError),
        ("ConfigurationError", ValueError),
        ("ModelError", ValueError),
        ("QueryError", ValueError),
        ("OutputError", OSError),
    ],
)
def test_also_a_builtin(name: str, builtin: type[Exception]) -> None:
    """Callers can catch the built-in error of the same meaning."""
    assert issubclass(getattr(errors, name), builtin)


@pytest.mark.parametrize(
    ("file", "record", "message"),
    [
        (None, None, "no title"),
        ("a.jsonl", None, "a.jsonl: no title"),
        ("a.jsonl", 7, "a.jsonl, record 7: no title"),
        (None, 7, "no title"),
    ],
)
def test_source_error_names_its_place(file: str | None, record: int | None, message: str) -> None:
    """A source error begins with file and record, as far as they are known, and keeps both."""
    error = SourceError("no title", file=file, record=record)
    assert (str(error), error.file, error.record) == (message, file, record)


def test_unknown_format_lists_the_known() -> None:
    """An unknown format says what could be forced."""
    error = UnknownFormatError("cannot tell", known=["hf", "jsonl"], file="x")
    assert str(error) == "x: cannot tell; known formats: hf, jsonl"
    assert error.known == ("hf", "jsonl")


def test_unknown_name_reads_as_a_sentence() -> None:
    """An unknown name shows its message without the quotes of KeyError, and keeps name and suggestions."""
    error = UnknownNameError("LoRa", suggestions=["LoRA", "QLoRA"])
    assert str(error) == "No concept 'LoRa' in this graph. Did you mean: LoRA, QLoRA?"
    assert (error.name, error.suggestions) == ("LoRa", ("LoRA", "QLoRA"))


def test_unknown_name_without_suggestions() -> None:
    """Without near names there is no question."""
    assert str(UnknownNameError("x", kind="paper")) == "No paper 'x' in this graph."
