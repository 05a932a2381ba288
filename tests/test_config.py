"""Settings: read from TOML, unknown and wrong ones refused with their place."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from paperconcepts.config import Config, read_config
from paperconcepts.errors import ConfigurationError


def _file(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults() -> None:
    """Without settings a build takes every format, one process and every assertion."""
    assert Config().model_dump() == {
        "input_format": None,
        "strict": False,
        "profile": "default",
        "processes": 1,
        "min_confidence": 0.0,
        "min_support": 1,
        "decisions": None,
        "formats": (),
        "columns": {},
        "rdf_level": "full",
    }


def test_unknown_profile() -> None:
    """A profile that does not exist is refused, with those that do."""
    with pytest.raises(ValidationError, match="'default' or 'fast'"):
        Config.model_validate({"profile": "quick"})


def test_frozen() -> None:
    """Settings cannot be changed."""
    with pytest.raises(ValidationError):
        Config().processes = 2


@pytest.mark.parametrize(
    "text",
    [
        "processes = 2\nformats = ['gexf', 'csv']\n",
        "[tool.paperconcepts]\nprocesses = 2\nformats = ['gexf', 'csv']\n[tool.other]\nx = 1\n",
    ],
)
def test_top_level_or_tool_table(tmp_path: Path, text: str) -> None:
    """Settings stand at the top level or in [tool.paperconcepts]."""
    assert read_config(_file(tmp_path, text)) == Config(processes=2, formats=("gexf", "csv"))


@pytest.mark.parametrize("text", ["", "# nothing\n", "[tool.other]\nx = 1\n"])
def test_no_settings(tmp_path: Path, text: str) -> None:
    """A file without settings gives the defaults."""
    assert read_config(_file(tmp_path, text)) == Config()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("procceses = 2", "setting procceses is 2: .*; settings: input_format, strict, profile, processes"),
        ("profile = 'quick'", "setting profile is 'quick': .*'default' or 'fast'"),
        ("processes = 0", "setting processes is 0: .*greater than or equal to 1"),
        ("processes = 1000", "setting processes is 1000"),
        ("processes = 'many'", "setting processes is 'many'"),
        ("min_confidence = 1.5", "setting min_confidence is 1.5"),
        ("min_confidence = nan", "setting min_confidence is nan"),
        ("min_support = 0", "setting min_support is 0"),
        ("formats = 'gexf'", "setting formats is 'gexf'"),
        ("formats = ['gexf', 3]", r"setting formats\.1 is 3"),
        ("processes = ", "not valid TOML"),
        ("tool = 1", r"tool\.paperconcepts is not a table"),
        ("[tool]\npaperconcepts = 3", r"tool\.paperconcepts is not a table"),
    ],
)
def test_wrong_settings(tmp_path: Path, text: str, said: str) -> None:
    """A wrong setting is an error with the file, the setting and its value."""
    path = _file(tmp_path, text)
    with pytest.raises(ConfigurationError, match=said) as caught:
        read_config(path)
    assert str(caught.value).startswith(f"{path}: ")


def test_not_utf_8(tmp_path: Path) -> None:
    """A file in another encoding is an error with its name."""
    path = tmp_path / "settings.toml"
    path.write_bytes(b"formats = ['\xff']")
    with pytest.raises(ConfigurationError, match=r"settings\.toml: not valid TOML"):
        read_config(path)


def test_missing_file(tmp_path: Path) -> None:
    """A file that cannot be read is an error with its name and the reason."""
    with pytest.raises(ConfigurationError, match=r"none\.toml: cannot be read: No such file"):
        read_config(tmp_path / "none.toml")
