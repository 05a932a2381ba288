"""Read JSON values one at a time, whatever holds them: lines, an array, or an answer of an API that wraps an array.

A damaged value costs itself: reading goes on with the next line, or in an array with the next object that looks like a
record. Nothing but one value is held in memory.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Any

from pydantic_core import from_json

from paperconcepts.sources.json_document import DECODER, JsonDocument, explain
from paperconcepts.sources.json_fields import JsonFields, WrongTypeError, name_type
from paperconcepts.sources.records import Flaw, Record

__all__ = ["convert_value", "iterate_values", "parse_json", "read_objects", "sample_keys"]

_BEGINS = re.compile(r"\s{0,500}(?:\{|\[\s{0,500}\{)\s{0,500}(?:\"|\{|\})")
_KEY = re.compile(r"\"([A-Za-z_@][\w:@-]{0,40})\"\s{0,20}:")
_SAMPLE = 65_536


def parse_json(text: str) -> Any:
    """The value of a JSON text; NaN is null, as tables write an empty cell so, and raw control characters are let in.

    Raises:
        ValueError, RecursionError: it is no JSON, or nested too deep.

    Examples:
        >>> parse_json('{"a": NaN, "b": [1]}')
        {'a': None, 'b': [1]}
    """
    try:
        return from_json(text, allow_inf_nan=False, cache_strings="keys")
    except (ValueError, TypeError, RecursionError):
        # Slower, and less strict in what people get wrong.
        return DECODER.decode(text)


@lru_cache(maxsize=2)
def sample_keys(sample: str) -> frozenset[str]:
    """The keys, at any depth, in the beginning of a JSON text; none if it does not begin with an object.

    Examples:
        >>> sorted(sample_keys('{"a": {"b": ["c"'))
        ['a', 'b']
    """
    if _BEGINS.match(sample) is None:
        return frozenset()
    return frozenset(_KEY.findall(sample[:_SAMPLE]))


def iterate_values(lines: Iterable[str], *, wrappers: Collection[str] = ()) -> Iterator[Any]:
    """Yield the values in ``lines``, and a `Flaw` (with number 0) for each that cannot be read.

    Args:
        lines: JSON Lines, one array, one object, or objects that hold an array under one of ``wrappers`` (at any depth
            of wrappers: ``{"message": {"items": [...]}}``), whose elements are then the values.
        wrappers: the keys under which records may stand.

    Examples:
        >>> list(iterate_values(['{"data": [{"a": 1},', '{"a": 2}], "next": 3}'], wrappers={"data"}))
        [{'a': 1}, {'a': 2}]
        >>> list(iterate_values(['{"a": 1}', '{"a":', '{"a": 2}']))
        [{'a': 1}, Flaw(number=0, reason='not JSON (Expecting value at character 6)', harmless=False), {'a': 2}]
    """
    filled = (line for line in lines if line.strip())
    first, second = next(filled, ""), next(filled, "")
    both = chain([first] * bool(first), [second] * bool(second), filled)
    if _spans_lines(first, second):
        yield from JsonDocument(both, wrappers).values()
        return
    for line in both:
        try:
            value = parse_json(line)
        except (ValueError, RecursionError) as error:
            yield Flaw(0, explain(error))
            continue
        if wrappers or type(value) is not dict:
            yield from _unwrap(value, wrappers)
        else:
            yield value


def _unwrap(value: Any, wrappers: Collection[str]) -> Iterator[Any]:
    if isinstance(value, list) and all(isinstance(item, dict) for item in value[:1]):
        yield from value
        return
    if isinstance(value, dict):
        for key in wrappers:
            inner = value.get(key)
            if isinstance(inner, list):
                yield from inner
                return
            if isinstance(inner, dict):
                yield from _unwrap(inner, wrappers)
                return
    yield value


def _spans_lines(first: str, second: str) -> bool:
    """Whether a value begins on the first line that does not end there."""
    if not first.lstrip().startswith(("{", "[")):
        return False
    try:
        parse_json(first)
    except RecursionError:
        return False
    except ValueError:
        if not second.lstrip().startswith("{"):
            return True
        try:
            parse_json(second)
        except (ValueError, RecursionError):
            return True
        # A broken line over a whole one, unless an array begins on a line with its first record.
        return first.strip() in ("[", "{") or first.rstrip().endswith((",", "["))
    return False


def read_objects(
    lines: Iterable[str], convert: Callable[[int, JsonFields], Record | Flaw | None], *, wrappers: Collection[str] = ()
) -> Iterator[Record | Flaw]:
    """Yield what ``convert`` makes of each object in ``lines``, numbered from 1, and flaws for what it cannot.

    Where ``convert`` gives None there is no record (an attachment, say), and the next takes its number.
    """
    number = 0
    for value in iterate_values(lines, wrappers=wrappers):
        number += 1
        found = convert_value(number, value, convert)
        if found is None:
            number -= 1
        else:
            yield found


def convert_value(
    number: int, value: Any, convert: Callable[[int, JsonFields], Record | Flaw | None]
) -> Record | Flaw | None:
    """What ``convert`` makes of a value that should be an object; whatever is wrong with it becomes a flaw."""
    if isinstance(value, Flaw):
        return Flaw(number, value.reason)
    if not isinstance(value, dict):
        return Flaw(number, f"{name_type(value)}, not an object with title and abstract")
    try:
        return convert(number, JsonFields(value))
    except WrongTypeError as error:
        return Flaw(number, str(error))
    except RecursionError:
        return Flaw(number, "JSON nested too deep")
