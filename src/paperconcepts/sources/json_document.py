"""Read a JSON text that spans many lines value by value, and go on after a damaged one."""

import json
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from paperconcepts.sources.records import Flaw

__all__ = ["DECODER", "JsonDocument", "explain"]

_LARGEST = 1 << 26
_FIRST_STEP = 1 << 16
_SPACE = re.compile(r"[\s,]*")
_NEXT = re.compile(r"\}\s{0,200},?\s{0,200}(?=\{\s{0,200}\")")
_MOST_TRIES = 200
_MOST_WRAPPERS = 3
_NEAR_END = 32
_SIGNS = frozenset("title titles paper abstract summary attributes display_name DOI doi".split())
DECODER = json.JSONDecoder(strict=False, parse_constant=lambda name: None)
"""Reads what people write: raw control characters are let in, and NaN, an empty cell of a table, is null."""


def explain(error: Exception) -> str:
    """Say why a text is no JSON."""
    if isinstance(error, RecursionError):
        return "JSON nested too deep"
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON ({error.msg} at character {error.pos + 1})"
    return f"not JSON ({error})"


class JsonDocument:
    """A JSON text that spans lines, read from left to right; see `iterate_values`."""

    def __init__(self, lines: Iterable[str], wrappers: Collection[str]) -> None:
        self._lines = iter(lines)
        self._wrappers = wrappers
        self._text = ""
        self._position = 0
        self._ended = False
        self._lost = False

    def values(self) -> Iterator[Any]:
        """Yield the values, and a flaw for each that cannot be read."""
        while not self._lost and (character := self._peek()):
            if character == "[":
                self._position += 1
                yield from self._elements()
            elif character == "{" and self._wrappers:
                yield from self._object(0)
            elif character in "]}":
                self._position += 1  # what is left of a wrapper after its records
            else:
                value = self._take()
                yield value
                if isinstance(value, Flaw) and not self._resume():
                    return

    def _object(self, depth: int) -> Iterator[Any]:
        """An object: a wrapper whose records are given one by one, or a record itself."""
        start, wraps = self._position, False
        self._position += 1
        while self._peek() == '"':
            key = self._take()
            if isinstance(key, Flaw) or self._peek() != ":":
                break
            self._position += 1
            following = self._peek()
            if key in self._wrappers and following == "[":
                wraps = True
                self._position += 1
                yield from self._elements()
            elif key in self._wrappers and following == "{" and depth < _MOST_WRAPPERS:
                wraps = True
                yield from self._object(depth + 1)
            elif isinstance(self._take(), Flaw):
                break
        if wraps:
            self._position += self._peek() == "}"
            return
        self._position = start
        value = self._take()
        yield value
        if isinstance(value, Flaw):
            self._lost = not self._resume()

    def _elements(self) -> Iterator[Any]:
        while (character := self._peek()) and character != "]":
            self._drop_read()
            value = self._take()
            yield value
            if isinstance(value, Flaw) and not self._resume():
                return
        if not character:
            yield Flaw(0, "the file ends within its list of records")
        self._position += 1

    def _peek(self) -> str:
        while True:
            match = _SPACE.match(self._text, self._position)
            self._position = match.end() if match else self._position
            if self._position < len(self._text):
                return self._text[self._position]
            if not self._fill(_FIRST_STEP):
                return ""

    def _drop_read(self) -> None:
        if self._position > _FIRST_STEP:
            self._text, self._position = self._text[self._position :], 0

    def _fill(self, size: int) -> bool:
        """Read ``size`` more characters; False at the end."""
        pieces: list[str] = []
        while size > 0 and not self._ended:
            line = next(self._lines, None)
            if line is None:
                self._ended = True
                break
            pieces += (line, "\n")
            size -= len(line) + 1
        self._text += "".join(pieces)
        return bool(pieces)

    def _take(self) -> Any:
        """The value at the position, or a flaw."""
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._position)
            except RecursionError as error:
                return Flaw(0, explain(error))
            except json.JSONDecodeError as error:
                size = len(self._text) - self._position
                cut = error.msg.startswith("Unterminated string") or error.pos > len(self._text) - _NEAR_END
                if cut and size < _LARGEST and self._fill(max(size, _FIRST_STEP)):
                    continue
                if cut and self._ended:
                    return Flaw(0, "the file ends within this record")
                return Flaw(0, f"not JSON ({error.msg}, {error.pos - self._position + 1} characters into the record)")
            except ValueError as error:
                return Flaw(0, explain(error))
            if end < len(self._text) or not isinstance(value, int | float) or not self._fill(_FIRST_STEP):
                self._position = end
                return value

    def _resume(self) -> bool:
        """Go to the next object in which something like a record begins; False if there is none."""
        for _ in range(_MOST_TRIES):
            match = _NEXT.search(self._text, self._position)
            if match is None:
                if self._ended or len(self._text) - self._position > _LARGEST or not self._fill(_FIRST_STEP):
                    return False
                continue
            self._position = match.end()
            start = self._position
            value = self._take()
            if isinstance(value, dict) and any(key in _SIGNS for key in value):
                self._position = start
                return True
            if isinstance(value, Flaw):
                self._position = start
        return False
