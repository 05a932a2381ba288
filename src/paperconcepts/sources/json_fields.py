"""The fields of a JSON object, asked for by the type that they should have."""

from collections.abc import Iterable
from typing import Any

from paperconcepts.sources.tidying import join_name, tidy

__all__ = ["JsonFields", "WrongTypeError", "name_type", "spoken_names"]


class WrongTypeError(ValueError):
    """A field of a record has a value of a type that it cannot have."""


class JsonFields:
    """One object; a value of a wrong type is as good as none, and counted in ``warnings``.

    Examples:
        >>> fields = JsonFields({"title": "A", "year": 2020, "names": "x"})
        >>> fields.text("title"), fields.value("year"), fields.objects("names"), fields.warnings
        ('A', 2020, [], ['bad names'])
    """

    __slots__ = ("values", "warnings")

    def __init__(self, values: dict[str, Any], warnings: list[str] | None = None) -> None:
        self.values = values
        self.warnings: list[str] = [] if warnings is None else warnings

    def value(self, key: str) -> Any:
        """Whatever stands there."""
        return self.values.get(key)

    def text(self, *keys: str) -> str:
        """The first text that is not empty."""
        for key in keys:
            value = self.values.get(key)
            if isinstance(value, str):
                if value.strip():
                    return value
            elif value not in (None, [], {}):
                self.warnings.append(f"bad {key}")
        return ""

    def required_text(self, *keys: str) -> str:
        """As `text`, but without a value of the right type there is no record.

        Raises:
            WrongTypeError: what stands there is no text.
        """
        for key in keys:
            value = self.values.get(key)
            if value is None:
                continue
            if not isinstance(value, str):
                raise WrongTypeError(f"{key} is {name_type(value)}, not a text")
            if value.strip():
                return value
        return ""

    def word(self, *keys: str) -> str:
        """The first text or whole number, as a text in one line."""
        for key in keys:
            value = self.values.get(key)
            if isinstance(value, int) and not isinstance(value, bool):
                value = str(value) if abs(value) < 10**30 else ""
            if isinstance(value, str) and value.strip():
                return tidy(value)
            if value not in (None, "", [], {}) and not isinstance(value, str):
                self.warnings.append(f"bad {key}")
        return ""

    def count(self, key: str) -> int | None:
        """A number of things."""
        value = self.values.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12:
            return value
        if value is not None:
            self.warnings.append(f"bad {key}")
        return None

    def child(self, key: str) -> "JsonFields":
        """An object within; an empty one if there is none."""
        value = self.values.get(key)
        if isinstance(value, dict):
            return JsonFields(value, self.warnings)
        if value not in (None, "", []):
            self.warnings.append(f"bad {key}")
        return JsonFields({}, self.warnings)

    def items(self, key: str) -> list[Any]:
        """The list that stands there; one thing alone is a list of it."""
        value = self.values.get(key)
        if value in (None, "", {}):
            return []
        return value if isinstance(value, list) else [value]

    def objects(self, key: str) -> list["JsonFields"]:
        """The objects of a list."""
        return [JsonFields(item, self.warnings) for item in self._typed(key, dict)]

    def texts(self, key: str) -> list[str]:
        """The texts of a list."""
        return [item for item in self._typed(key, str) if item.strip()]

    def _typed(self, key: str, kind: type) -> list[Any]:
        items = self.items(key)
        good = [item for item in items if isinstance(item, kind)]
        if len(good) < sum(item is not None for item in items):
            self.warnings.append(f"bad {key}")
        return good


def spoken_names(people: Iterable[JsonFields]) -> tuple[str, ...]:
    """The names of people given as ``given`` and ``family``, or as a whole.

    Examples:
        >>> spoken_names([JsonFields({"given": "Ada", "family": "Lovelace"}), JsonFields({"literal": "The Team"})])
        ('Ada Lovelace', 'The Team')
    """
    names = []
    for person in people:
        family = " ".join(filter(None, (person.text("non-dropping-particle"), person.text("family"))))
        given = " ".join(filter(None, (person.text("given"), person.text("dropping-particle"))))
        names.append(join_name(given, family, person.text("suffix")) or tidy(person.text("literal", "name")))
    return tuple(name for name in names if name)


def name_type(value: object) -> str:
    """What a JSON value is, in words.

    Examples:
        >>> name_type(5), name_type(None), name_type([])
        ('a number', 'null', 'a list')
    """
    if isinstance(value, bool):
        return "true or false"
    names = {int: "a number", float: "a number", str: "a text", list: "a list", dict: "an object", type(None): "null"}
    return names.get(type(value), "of an unknown type")
