"""The labels of other annotation schemes, as our types."""

from collections import Counter
from collections.abc import Iterable, Mapping

from paperconcepts.errors import ConfigurationError
from paperconcepts.model import ConceptType

__all__ = ["LABELS", "LabelMap", "parse_label_map", "parse_type"]

LABELS: dict[str, ConceptType] = {
    "dataset": ConceptType.DATASET,
    "material": ConceptType.DATASET,
    "method": ConceptType.METHOD,
    "metric": ConceptType.METRIC,
    "model": ConceptType.MODEL,
    "task": ConceptType.TASK,
}
"""Labels that are understood without a mapping, in lower case. SciERC and SciREX call a dataset Material."""

_DROP = "-"


def parse_type(name: str) -> ConceptType:
    """The type that is called ``name``, in any case.

    Raises:
        ConfigurationError: there is no such type.

    Examples:
        >>> parse_type("dataset")
        <ConceptType.DATASET: 'Dataset'>
    """
    for kind in ConceptType:
        if kind.casefold() == name.strip().casefold():
            return kind
    raise ConfigurationError(f"{name!r} is no concept type; types: {', '.join(ConceptType)}")


def parse_label_map(pairs: Iterable[str]) -> dict[str, ConceptType | None]:
    """The labels in lower case with their types: the known ones and ``LABEL=TYPE`` pairs, ``LABEL=-`` to leave one out.

    Raises:
        ConfigurationError: a pair is not of that form, or its type is unknown.

    Examples:
        >>> labels = parse_label_map(["Corpus=Dataset", "Generic=-"])
        >>> labels["corpus"].value, labels["generic"], labels["material"].value
        ('Dataset', None, 'Dataset')
    """
    known: dict[str, ConceptType | None] = dict(LABELS)
    for pair in pairs:
        label, equals, name = pair.rpartition("=")
        if not equals or not label.strip():
            raise ConfigurationError(f"label mapping {pair!r} is not of the form LABEL=TYPE (LABEL=- leaves it out)")
        known[label.strip().casefold()] = None if name.strip() == _DROP else parse_type(name)
    return known


class LabelMap:
    """Gives labels their types and remembers the ones it does not know, so that they are reported once.

    Examples:
        >>> labels = LabelMap(parse_label_map([]))
        >>> labels.type_of("Material").value, labels.type_of("Generic"), labels.remarks()
        ('Dataset', None, ['mentions of labels without a type, left out (--map gives them one): 1 (Generic 1)'])
    """

    def __init__(self, known: Mapping[str, ConceptType | None]) -> None:
        self._known = known
        self._unknown: Counter[str] = Counter()

    def type_of(self, label: str) -> ConceptType | None:
        """The type of ``label``; None leaves the mention out."""
        key = label.strip().casefold()
        if key not in self._known:
            self._unknown[label] += 1
            return None
        return self._known[key]

    def remarks(self) -> list[str]:
        """What was left out because its label is unknown."""
        if not self._unknown:
            return []
        listed = ", ".join(f"{label} {count:,}" for label, count in sorted(self._unknown.items()))
        return [
            f"mentions of labels without a type, left out (--map gives them one): {self._unknown.total():,} ({listed})"
        ]
