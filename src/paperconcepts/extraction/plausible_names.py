"""Which spans cannot name a concept, by their letters, as part of a web address, or beside names that are known."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

__all__ = ["KnownNames", "is_plausible_name", "web_addresses"]

# What experiments run on: a maker and a model number or product line, "NVIDIA T4", or any such number and "GPU".
_DEVICE = re.compile(
    r"(?:nvidia|amd)\s(?:(?:geforce|tesla|quadro|rtx|gtx|instinct|jetson|titan)(?:\s[\w-]{1,12}){0,3}"
    r"|[a-z]{1,2}\d{1,4}[a-z]{0,3})(?:\s(?:tensor core\s)?gpus?)?"
    r"|(?:[a-z]{1,2}\d{2,4}|[rg]tx \d{4}\w{0,3})\sgpus?",
    re.IGNORECASE,
)

# A quantity and its symbol: "regularization gamma", "learning rate eta".
_QUANTITIES = frozenset(
    """
    budget coefficient constant factor hyperparameter multiplier parameter penalty rate ratio regularisation regulariser
    regularization regularizer size strength temperature term threshold variance weight
    """.split()
)
_SYMBOLS = frozenset(
    """
    alpha beta chi delta epsilon eta gamma lambda mu nu omega phi psi rho sigma tau theta xi zeta
    """.split()
)


def is_plausible_name(name: str) -> bool:
    """Whether a span may name a concept: it has no half pair of brackets, and is no piece of hardware or symbol.

    Examples:
        >>> is_plausible_name("mixture-of-experts (MoE) layer"), is_plausible_name("OPX)-DPO")
        (True, False)
        >>> is_plausible_name("NVIDIA Titan Xp"), is_plausible_name("NVIDIA NeMo")
        (False, True)
        >>> is_plausible_name("rank regularization gamma"), is_plausible_name("Kendall tau")
        (False, True)
    """
    return _has_whole_brackets(name) and _DEVICE.fullmatch(name) is None and not _ends_in_symbol(name)


def _ends_in_symbol(name: str) -> bool:
    words = name.rsplit(maxsplit=2)
    return len(words) > 1 and words[-1] in _SYMBOLS and words[-2].rpartition("-")[2] in _QUANTITIES


_BRACKETS = frozenset("()[]{}")


def _has_whole_brackets(name: str) -> bool:
    if _BRACKETS.isdisjoint(name):
        return True
    depth = 0
    for letter in name:
        depth += (letter in "([{") - (letter in ")]}")
        if depth < 0:
            return False
    return depth == 0


_ADDRESS = re.compile(
    r"(?:https?://|www\.|(?<![\w.@])(?:[\w-]{1,40}\.){0,2}"
    r"(?:github\.(?:com|io)|gitlab\.com|huggingface\.co|hf\.co|4open\.science)/)[^\s()\[\]{}<>\"“”,;`]{1,500}",
    re.IGNORECASE,
)


# Without one of these, in whatever case, a text has no address.
_ADDRESS_MARKS = ("://", "www.", ".com/", ".io/", ".co/", ".science/")


def web_addresses(text: str) -> list[tuple[int, int]]:
    """Where web addresses stand: a name that only an address has is none that the paper speaks of.

    Examples:
        >>> text = "Our code: https://github.com/lab/SMDM"
        >>> [text[start:end] for start, end in web_addresses(text)]
        ['https://github.com/lab/SMDM']
    """
    low = text.lower()
    if not any(mark in low for mark in _ADDRESS_MARKS):
        return []
    return [match.span() for match in _ADDRESS.finditer(text)]


_CONJUNCTION = re.compile(r" (?:and|or|&) |, ")


class KnownNames:
    """Where a text has names of the catalogue, and which other spans these make impossible.

    Examples:
        >>> text = "MNIST and U-Net on Reddit TL;DR"
        >>> known = KnownNames(text, [(0, 5), (10, 15), (19, 31)])
        >>> known.leave((0, 15)), known.leave((29, 31)), known.leave((26, 31)), known.leave((0, 9))
        (False, False, True, True)
    """

    def __init__(self, text: str, spans: Iterable[tuple[int, int]]) -> None:
        self._text, self._spans = text, frozenset(spans)
        ordered = sorted(self._spans)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))

    def leave(self, span: tuple[int, int]) -> bool:
        """Whether a span may be a name beside these: it neither joins two of them nor cuts one inside a word."""
        return span in self._spans or not (self._are_joined_by(span) or self._are_cut_by(span))

    def _are_joined_by(self, span: tuple[int, int]) -> bool:
        """Whether a span is nothing but two known names and a conjunction: "BLEU and machine translation"."""
        start, end = span
        return any(
            (start, match.start()) in self._spans and (match.end(), end) in self._spans
            for match in _CONJUNCTION.finditer(self._text, start, end)
        )

    def _are_cut_by(self, span: tuple[int, int]) -> bool:
        """Whether a known name goes on without a blank where a span in it begins or ends: "F1" of "F1@5"."""
        start, end = span
        begun, reached = self._reach(start - 1), self._reach(start)
        return (begun >= end and not self._text[start - 1].isspace()) or (
            reached > end and not self._text[end].isspace()
        )

    def _reach(self, place: int) -> int:
        """How far the known names go that begin at a place or before it."""
        number = bisect_right(self._starts, place)
        return self._ends[number - 1] if number else 0
