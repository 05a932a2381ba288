"""Rows as dictionaries and as data frames."""

import importlib
import importlib.util
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, Literal

from paperconcepts.errors import ConfigurationError

__all__ = ["to_dicts", "to_frame"]

_LIBRARIES = ("pandas", "polars")


def to_dicts(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows as dictionaries of plain values: strings, numbers, booleans, None, lists and dictionaries.

    Raises:
        TypeError: a row is not a dataclass.

    Examples:
        >>> from paperconcepts.query import PeriodRow
        >>> to_dicts([PeriodRow("2024", 2, 4, 0.5)])
        [{'period': '2024', 'papers': 2, 'all_papers': 4, 'share': 0.5}]
    """
    return [_record(row) for row in rows]


def to_frame(rows: Iterable[Any], *, library: Literal["pandas", "polars"] | None = None) -> Any:
    """Rows as a data frame, one column a field.

    Args:
        rows: rows of one kind.
        library: ``pandas`` or ``polars``; default: the first of them that is installed.

    Returns:
        A :class:`pandas.DataFrame` or :class:`polars.DataFrame`; one without columns if there are no rows.

    Raises:
        ConfigurationError: the library is not installed, or another one is asked for.
        TypeError: a row is not a dataclass.

    Examples:
        >>> to_frame([], library="arrow")
        Traceback (most recent call last):
        ...
        paperconcepts.errors.ConfigurationError: unknown library 'arrow' for data frames; known: pandas, polars
    """
    if library is not None and library not in _LIBRARIES:
        raise ConfigurationError(f"unknown library {library!r} for data frames; known: {', '.join(_LIBRARIES)}")
    wanted = _LIBRARIES if library is None else (library,)
    found = next((name for name in wanted if importlib.util.find_spec(name)), None)
    if found is None:
        raise ConfigurationError(
            f"a data frame needs {' or '.join(wanted)}, which is not installed; "
            f"run pip install 'paperconcepts[{wanted[0]}]'"
        )
    return importlib.import_module(found).DataFrame(to_dicts(rows))


def _record(row: Any) -> dict[str, Any]:
    if not is_dataclass(row) or isinstance(row, type):
        raise TypeError(f"{row!r} is no row: rows are the dataclasses that the functions of paperconcepts.query return")
    return {field.name: plain_value(getattr(row, field.name)) for field in fields(row)}


def plain_value(value: Any) -> Any:
    """A value as JSON knows it.

    Examples:
        >>> from paperconcepts.model import Role
        >>> plain_value({Role.USES: (1, None)})
        {'uses': [1, None]}
    """
    if is_dataclass(value) and not isinstance(value, type):
        return _record(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): plain_value(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain_value(item) for item in value]
    return value
