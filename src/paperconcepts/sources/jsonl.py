"""Read JSON: one record a line (JSON Lines), or one array of records."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from paperconcepts.sources.cleaning import repair_text
from paperconcepts.sources.dates import parse_date
from paperconcepts.sources.identifiers import infer_identifiers
from paperconcepts.sources.json_fields import WrongTypeError, name_type
from paperconcepts.sources.json_values import iterate_values
from paperconcepts.sources.records import Flaw, Record

__all__ = ["convert_object", "is_jsonl", "read_jsonl"]

_START = re.compile(r"\{\s{0,200}(?:\"|\}\s{0,200}\{)|\[\s{0,200}\{\s{0,200}\"")
_DATES = ("date", "issued", "published", "year", "created")
_DEEPEST = 100
_T = TypeVar("_T")


def is_jsonl(sample: str) -> bool:
    """Whether ``sample`` begins with a JSON object or an array of them.

    Examples:
        >>> is_jsonl('{"title": "A"}'), is_jsonl('[{"title": "A"}]'), is_jsonl("{a, b} is a set")
        (True, True, False)
    """
    if _START.match(sample.lstrip()):
        return True
    # The first lines may be broken.
    lines = [line for line in sample.split("\n")[:50] if line.strip()]
    return sum(_START.match(line.lstrip()) is not None for line in lines) * 2 > len(lines)


def read_jsonl(lines: Iterable[str]) -> Iterator[Record | Flaw]:
    """Yield one record for each JSON object; a line that is none is a flaw and the next is read.

    Read are ``id`` or ``uid``, ``title``, ``abstract`` and, if there, ``authors`` (names, or objects with a ``name``),
    a date (``date``, ``issued``, ``published``, ``year`` or ``created``: the first that is a date), ``url`` or
    ``urls``, ``code_urls``, ``venue``, ``comment``, ``doi``, ``arxiv_id``, ``identifiers``, ``author_count``,
    ``comment_count`` and ``organisation``. Every other field is kept in ``extra``. Numbers count lines that are not
    empty, also the flawed ones. Records are read one by one.

    Examples:
        >>> good, bad = read_jsonl(['{"id": "2305.18290", "title": "DPO", "year": 2023, "x": 1}', '{"title": 5}'])
        >>> good.name, good.identifiers, good.issued, good.extra, bad.reason
        ('2305.18290', ('arxiv:2305.18290',), '2023', {'x': 1}, 'title is a number, not a text')
    """
    for number, value in enumerate(iterate_values(lines), start=1):
        yield Flaw(number, value.reason) if isinstance(value, Flaw) else convert_object(number, value)


def convert_object(number: int, value: object) -> Record | Flaw:
    """Return an object with the fields that `read_jsonl` knows as a record, or why it is none."""
    if not isinstance(value, dict):
        return Flaw(number, f"{name_type(value)}, not an object with title and abstract")
    try:
        return _build_record(number, value)
    except WrongTypeError as error:
        return Flaw(number, str(error))
    except RecursionError:
        return Flaw(number, "JSON nested too deep")


def _build_record(number: int, values: dict[str, Any]) -> Record:
    fields = _Fields(dict(values))
    title, abstract = fields.take_text("title"), fields.take_text("abstract")
    name = fields.take_name()
    links = [link for key in ("url", "urls", "code_urls") for link in fields.take(key, read=_read_words_list) or ()]
    identifiers = [curie for source in (name, *links) for curie in infer_identifiers(source)]
    identifiers += _take_identifiers(fields)
    return Record(
        number=number,
        name=name,
        title=title,
        abstract=abstract,
        authors=fields.take("authors", "author", read=_read_authors) or (),
        author_count=fields.take("author_count", read=_read_count),
        organisation=fields.take("organisation", "organization", read=_read_words) or "",
        issued=fields.take(*_DATES, read=parse_date, name="date"),
        venue=fields.take("venue", read=_read_words) or "",
        comment=fields.take("comment", read=_read_words) or "",
        comment_count=fields.take("comment_count", read=_read_count),
        links=tuple(links),
        identifiers=tuple(dict.fromkeys(identifiers)),
        extra=_repair(fields.values),
        warnings=tuple(fields.warnings),
    )


class _Fields:
    """The fields of one object that nobody has taken yet."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values
        self.warnings: list[str] = []

    def take(self, *keys: str, read: Callable[[Any], _T | None], name: str = "") -> _T | None:
        """The first usable value of ``keys``; a value of no use is counted and kept with the unknown fields."""
        found: _T | None = None
        for key in keys:
            value = self.values.get(key)
            result = None if value in (None, "", [], {}) else read(value)
            if found is not None and result is not None and result != found:
                continue  # A second date says something else: it stays with the unknown fields.
            if result is None and value not in (None, "", [], {}):
                self.warnings.append(f"bad {name or key}")
                continue
            self.values.pop(key, None)
            found = result if found is None else found
        return found

    def take_text(self, key: str) -> str:
        """A text that must be one: title or abstract."""
        value = self.values.pop(key, None)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise WrongTypeError(f"{key} is {name_type(value)}, not a text")
        return value

    def take_name(self) -> str:
        """The id of the record as a text."""
        for key in ("id", "uid"):
            value = self.values.get(key)
            if value is None or value == "":
                self.values.pop(key, None)
                continue
            if isinstance(value, bool) or not isinstance(value, str | int):
                raise WrongTypeError(f"{key} is {name_type(value)}, not a text")
            del self.values[key]
            return repair_text(str(value))
        return ""


def _take_identifiers(fields: _Fields) -> list[str]:
    found = list(fields.take("identifiers", read=_read_words_list) or ())
    found = [curie for value in found for curie in infer_identifiers(value) or (value,) if ":" in curie]
    found += fields.take("doi", read=_read_identifier) or ()
    found += fields.take("arxiv_id", read=_read_identifier) or ()
    return found


def _read_identifier(value: object) -> tuple[str, ...] | None:
    return (infer_identifiers(value) or None) if isinstance(value, str) else None


def _read_words(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _read_words_list(value: object) -> tuple[str, ...] | None:
    return _as_texts(value if isinstance(value, list) else [value])


def _as_texts(values: list[Any]) -> tuple[str, ...] | None:
    texts = tuple(value for value in values if isinstance(value, str))
    return texts if len(texts) == len(values) else None


def _read_count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _read_authors(value: object) -> tuple[str, ...] | None:
    """Names from a list of names or of objects with a name, or from one text with separators."""
    if isinstance(value, str):
        separator = r";" if ";" in value else r",| and "
        return tuple(name.strip() for name in re.split(separator, value) if name.strip())
    if not isinstance(value, list):
        return None
    return _as_texts([item.get("name") if isinstance(item, dict) else item for item in value])


def _repair(value: Any, depth: int = 0) -> Any:
    """``value`` with valid Unicode in every text, so that it can be written again."""
    if depth > _DEEPEST:
        raise RecursionError
    if isinstance(value, str):
        return repair_text(value)
    if isinstance(value, list):
        return [_repair(item, depth + 1) for item in value]
    if isinstance(value, Mapping):
        return {repair_text(key): _repair(item, depth + 1) for key, item in value.items()}
    return value
