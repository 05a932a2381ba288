"""Take a BibTeX file apart into entries and their fields, and go on after a damaged one.

Grammar: "BibTeXing" (Oren Patashnik, 1988) and the behaviour of the program: strings with ``#``, braces or quotes as
delimiters. Braces after a backslash are not counted, as people escape them alone. An entry ends where its braces do, or
damaged where the next begins at the start of a line.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from paperconcepts.sources.records import Flaw

__all__ = ["Entry", "iterate_entries"]

_START = re.compile(r"\s{0,100}@\s{0,20}([A-Za-z]{1,40})\s{0,20}([{(])")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_LARGEST = 1_000_000
_NAME = re.compile(r"[\s,]*([A-Za-z_][\w:.+/-]{0,60})\s*=\s*")
_BARE = re.compile(r"[^\s,#{}\"=()]{1,200}")
_QUOTE_PART = re.compile(r"\\.|[{}\"]", re.DOTALL)
_JOIN = re.compile(r"\s*#\s*")
_NEXT_FIELD = re.compile(r",\s*(?=[A-Za-z_][\w:.+/-]{0,60}\s{0,20}=)")
_KEY = re.compile(r"\s*([^,\s={}\"]{0,300})\s*(?:,|\Z)")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its type and field names in lower case, its key, its values as they stand, strings put in."""

    kind: str
    key: str
    fields: dict[str, str]
    warnings: tuple[str, ...] = field(default=())


def iterate_entries(lines: Iterable[str]) -> Iterator[Entry | Flaw]:
    r"""Yield the entries of a file, and flaws with number 0; ``@string`` is carried out, comments are passed over.

    Examples:
        >>> text = '@string{v = "Venue"}\n@Misc{a, title = {On {T}rees}, note = v # " 2020"}\n'
        >>> text += "@misc{b, title = {cut\n@misc{c}"
        >>> first, flaw, last = iterate_entries(text.split("\n"))
        >>> first.kind, first.key, first.fields
        ('misc', 'a', {'title': 'On {T}rees', 'note': 'Venue 2020'})
        >>> flaw.reason, last.key
        ('its braces do not balance', 'c')
    """
    strings = {name: name for name in _MONTHS}
    for kind, body in _split(lines):
        if isinstance(body, Flaw):
            yield body
        elif kind == "string":
            fields, _, _ = _read_fields(body, 0, strings)
            strings.update(fields)
        elif kind not in ("comment", "preamble"):
            yield _read_entry(kind, body, strings)


def _split(lines: Iterable[str]) -> Iterator[tuple[str, str | Flaw]]:
    """Type and body (what stands between the outer braces) of each entry."""
    kind, opener, depth, size = "", "", 0, 0
    parts: list[str] = []
    for line in lines:
        text, position = line + "\n", 0
        start = _START.match(text)
        if kind and start and _looks_new(text, start):
            if kind != "comment":
                yield kind, Flaw(0, "its braces do not balance")
            kind = ""
        while position < len(text):
            if not kind:
                start = _START.search(text, position)
                if not start:
                    break
                kind, opener, depth, size, parts = start[1].lower(), start[2], 1, 0, []
                position = start.end()
            end, depth = _find_end(text, position, opener, depth)
            if end is None:
                size += len(text) - position
                parts.append(text[position:]) if size < _LARGEST else None
                break
            body = "".join(parts) + text[position:end]
            yield kind, body if size < _LARGEST else Flaw(0, f"longer than {_LARGEST:,} characters")
            position, kind = end + 1, ""
    if kind and kind != "comment":
        yield kind, Flaw(0, "the file ends within this entry")


def _looks_new(line: str, start: re.Match[str]) -> bool:
    """Whether an entry begins on a line within an entry: only a damaged one has such a line at its start."""
    return line.startswith("@") and start[1].lower() not in ("comment",) and ("," in line or "=" in line or "}" in line)


def _find_end(text: str, position: int, opener: str, depth: int) -> tuple[int | None, int]:
    """Where the entry that goes on at ``position`` ends in ``text``, and the depth of braces after it."""
    if opener == "(":
        for match in _BRACE.finditer(text, position):
            depth += (match[0] == "{") - (match[0] == "}")
        last = len(text.rstrip()) - 1
        return (last if depth <= 1 and last >= position and text[last] == ")" else None), depth
    for match in _BRACE.finditer(text, position):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth == 0:
            return match.start(), 0
    return None, depth


def _read_entry(kind: str, body: str, strings: dict[str, str]) -> Entry | Flaw:
    key = _KEY.match(body)
    named = key is not None and not _NAME.match(body)
    fields, unknown, damaged = _read_fields(body, key.end() if key and named else 0, strings)
    warnings = ["unknown @string"] * bool(unknown) + ["damaged field"] * bool(damaged)
    if damaged and not fields:
        return Flaw(0, "no field can be read in this entry")
    return Entry(kind, key[1] if key and named else "", fields, tuple(warnings))


def _read_fields(text: str, position: int, strings: dict[str, str]) -> tuple[dict[str, str], bool, bool]:
    """The fields from ``position`` on; whether one used an unknown string; whether one was damaged."""
    fields: dict[str, str] = {}
    unknown = damaged = False
    while name := _NAME.match(text, position):
        value, position, missing = _read_value(text, name.end(), strings)
        unknown |= missing
        if value is None:
            damaged = True
            following = _NEXT_FIELD.search(text, position)
            if following is None:
                return fields, unknown, damaged
            position = following.end()
            continue
        fields.setdefault(name[1].lower(), value)
    return fields, unknown, damaged or bool(text[position:].strip(" \t\r\n,"))


def _read_value(text: str, position: int, strings: dict[str, str]) -> tuple[str | None, int, bool]:
    """A value, where it ends, and whether it used an unknown string."""
    pieces: list[str] = []
    missing = False
    while True:
        opener = text[position : position + 1]
        if opener in ("{", '"') and opener:
            end = _close(text, position, opener)
            if end is None:
                return None, position + 1, missing
            pieces.append(text[position + 1 : end])
            position = end + 1
        elif bare := _BARE.match(text, position):
            word = bare[0]
            missing |= not (word.isdecimal() or word.lower() in strings)
            pieces.append(strings.get(word.lower(), word))
            position = bare.end()
        else:
            return None, position, missing
        joined = _JOIN.match(text, position)
        if joined is None:
            return "".join(pieces), position, missing
        position = joined.end()


def _close(text: str, start: int, opener: str) -> int | None:
    depth = 0
    pattern = _QUOTE_PART if opener == '"' else _BRACE
    for match in pattern.finditer(text, start + 1):
        mark = match[0]
        if mark == "{":
            depth += 1
        elif mark == "}":
            if depth == 0:
                return match.start() if opener == "{" else None
            depth -= 1
        elif mark == '"' and depth == 0:
            return match.start()
    return None
