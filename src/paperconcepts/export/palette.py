"""Colours and sizes of nodes: one place, the same in every viewer."""

import math

from paperconcepts.model import ConceptType

__all__ = ["CONCEPT_COLOURS", "PAPER_COLOUR", "community_colour", "concept_size", "paper_size", "to_rgb"]

# Okabe and Ito's colours, told apart by readers with each common kind of colour blindness.
CONCEPT_COLOURS = {
    ConceptType.METHOD: "#0072b2",
    ConceptType.MODEL: "#d55e00",
    ConceptType.DATASET: "#009e73",
    ConceptType.TASK: "#cc79a7",
    ConceptType.METRIC: "#e69f00",
}
PAPER_COLOUR = "#9aa0a6"
_COMMUNITY_COLOURS = (*CONCEPT_COLOURS.values(), "#56b4e9", "#b8a800")

_LARGEST = 60.0


def concept_size(support: int) -> float:
    """The size of a concept that ``support`` papers share: its area grows with that number, up to a limit.

    Examples:
        >>> concept_size(1), concept_size(100)
        (6.0, 42.0)
    """
    return round(min(2.0 + 4.0 * math.sqrt(max(support, 1)), _LARGEST), 2)


def paper_size() -> float:
    """The size of every paper: smaller than any concept, so that the concepts lead the eye."""
    return 4.0


def community_colour(number: int) -> str:
    """The colour of a community: the largest have one of their own, the others that of papers.

    Examples:
        >>> community_colour(1), community_colour(0)
        ('#0072b2', '#9aa0a6')
    """
    return _COMMUNITY_COLOURS[number - 1] if 1 <= number <= len(_COMMUNITY_COLOURS) else PAPER_COLOUR


def to_rgb(colour: str) -> tuple[int, int, int]:
    """Split ``#rrggbb`` into its three numbers.

    Examples:
        >>> to_rgb("#0072b2")
        (0, 114, 178)
    """
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
