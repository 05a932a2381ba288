"""Pages that are JSON: one line for each record, as the source gave it."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from paperconcepts.fetch.pages import Item, PageError

__all__ = ["count_in", "list_in", "parse_body", "write_items"]

_Record = dict[str, Any]


def parse_body(body: str) -> Any:
    """The value of an answer.

    Raises:
        PageError: it is no JSON, or nested too deep.

    Examples:
        >>> parse_body('{"a": [1')
        Traceback (most recent call last):
        ...
        paperconcepts.fetch.pages.PageError: an answer that is not JSON (Expecting ',' delimiter at character 9)
    """
    try:
        return json.loads(body)
    except json.JSONDecodeError as error:
        raise PageError(f"an answer that is not JSON ({error.msg} at character {error.pos + 1})") from None
    except (ValueError, RecursionError) as error:
        raise PageError(f"an answer that is not JSON ({type(error).__name__})") from None


def list_in(value: Any, *keys: str) -> list[Any]:
    """The list at the end of these keys.

    Raises:
        PageError: there is none.

    Examples:
        >>> list_in({"message": {"items": [1]}}, "message", "items")
        [1]
    """
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    if not isinstance(value, list):
        raise PageError(f"an answer without the list {'.'.join(keys) or 'of records'}")
    return value


def count_in(value: Any, *keys: str) -> int | None:
    """The number of things at the end of these keys, if there is one.

    Examples:
        >>> count_in({"meta": {"count": 7}}, "meta", "count"), count_in([], "total")
        (7, None)
    """
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def write_items(records: Iterable[Any], identify: Callable[[_Record], Any]) -> tuple[tuple[Item, ...], int]:
    r"""The records as lines of JSON, and how many are none: no object, or without an id.

    Examples:
        >>> write_items([{"id": "a", "title": "é"}, {"title": "x"}, None], lambda record: record.get("id"))
        ((Item(id='a', text='{"id":"a","title":"é"}\n'),), 2)
    """
    items: list[Item] = []
    skipped = 0
    for record in records:
        name = identify(record) if isinstance(record, dict) else None
        line = _line(record) if isinstance(name, str) and name.strip() else None
        if isinstance(name, str) and line is not None:
            items.append(Item(name.strip(), line))
        else:
            skipped += 1
    return tuple(items), skipped


def _line(record: _Record) -> str | None:
    try:
        text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        text.encode()
    except RecursionError:
        return None
    except UnicodeEncodeError:
        # Half of a pair of surrogates cannot be written as UTF-8; as an escape the reader can mend it.
        text = json.dumps(record, separators=(",", ":"))
    return text + "\n"
