"""The settings of a build, as data."""

import hashlib
import json
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from paperconcepts.errors import ConfigurationError

__all__ = ["Config", "read_config"]


class Config(BaseModel):
    """How a build is done. Unknown settings are an error.

    Examples:
        >>> Config(processes=2).processes
        2
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    input_format: str | None = Field(
        default=None, description="Name of the input format; None = told from each file's content."
    )
    strict: bool = Field(
        default=False, description="Whether a bad record is an error instead of being skipped and counted."
    )
    profile: Literal["default", "fast"] = Field(
        default="default", description="What extracts: everything, or only rules and catalogue, several times as fast."
    )
    processes: int = Field(
        default=1, ge=1, le=256, description="Processes for extraction and linking; the result is the same."
    )
    min_confidence: float = Field(
        default=0.0, ge=0.0, le=1.0, description="Leave out assertions of a lower confidence."
    )
    min_support: int = Field(default=1, ge=1, description="Leave out concepts and relations of fewer papers.")
    decisions: Path | None = Field(
        default=None, description="File of decisions about concepts; in a settings file, relative to its folder."
    )
    formats: tuple[str, ...] = Field(default=(), description="Export formats to write; empty = all.")
    columns: dict[str, str] = Field(
        default_factory=dict, description="Names of the columns of tables, by the field that they hold."
    )
    rdf_level: Literal["core", "evidence", "full"] = Field(
        default="full", description="What RDF files hold: facts alone, with evidence but no abstracts, or everything."
    )

    def digest(self, decisions: Iterable[str] = ()) -> str:
        """The SHA-256 of what shapes a graph, whatever it was read from: profile, limits, and lines of decisions.

        Examples:
            >>> Config(processes=2).digest() == Config().digest(), Config(min_support=2).digest() == Config().digest()
            (True, False)
        """
        shaping = {
            "decisions": sorted(decisions),
            "min_confidence": self.min_confidence,
            "min_support": self.min_support,
            "profile": self.profile,
        }
        return hashlib.sha256(json.dumps(shaping, sort_keys=True).encode()).hexdigest()


def read_config(path: str | Path) -> Config:
    """Read settings from a TOML file: its top level, or its table ``[tool.paperconcepts]``.

    Raises:
        ConfigurationError: the file cannot be read, or a setting is unknown or wrong.
    """
    path = Path(path)
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: not valid TOML: {error}") from error
    tool = data.get("tool", {})
    table = data if "tool" not in data else tool.get("paperconcepts", {}) if isinstance(tool, dict) else tool
    if not isinstance(table, dict):
        raise ConfigurationError(f"{path}: tool.paperconcepts is not a table but {table!r}; write [tool.paperconcepts]")
    try:
        config = Config.model_validate(table)
        if config.decisions is None:
            return config
        # Settings and decisions are kept side by side, wherever the command is run.
        return config.model_copy(update={"decisions": path.parent / config.decisions})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        known = ", ".join(Config.model_fields)
        raise ConfigurationError(
            f"{path}: setting {name} is {first['input']!r}: {first['msg']}; settings: {known}"
        ) from error
