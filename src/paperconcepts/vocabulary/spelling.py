"""A looser key than `normalise_form`: what two authors may write for one name, closed up to one string."""

import re
from functools import lru_cache

from paperconcepts.vocabulary.normalisation import GREEK, normalise_form, singular

__all__ = ["loose_key", "spelt_alike"]

_SHORT = 8  # letters; names as short as this are told apart by their capitals: LoRA is not LoRa
# Spellings that an id keeps, so that no id changes: they count in comparisons only.
_SPELLINGS = (
    (re.compile(r"(?<=al)ogue\b"), "og"),
    (re.compile(r"\bartefact"), "artifact"),
    (re.compile(r"\bgrey"), "gray"),
    (re.compile(r"\bprogramme\b"), "program"),
    (re.compile(r"(?<=dg)ement"), "ment"),
    (re.compile(r"\bageing\b"), "aging"),
    (re.compile(r"\bpaed(?=iat|ophil)"), "ped"),
    (re.compile(r"\b(an|leuk)aemi"), r"\1emi"),
    (re.compile(r"\bsceptic"), "skeptic"),
    (re.compile(r"(?<=\w)'s?(?= |$)"), ""),
)
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8"}
_VERSION = re.compile(r"\bv(?:er(?:sion)? ?)?\.? ?(?=\d)")
_V_NUMBER = re.compile(r"(?:(?<=[A-Za-z]{4})|\b)[vV](?=\d)")
_GLUED_VERSION = re.compile(r"(?<=[a-z]{4})v(?=\d)")
# "model 1 2" is not "model 12": between two digits the space stays.
_CLOSED = re.compile(r"(?<!\d) | (?!\d)")
_CAMEL = re.compile(r"[a-z][A-Z]")
_LETTERS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=200_000)
def loose_key(text: str) -> str:
    """Return a key that is equal for all spellings of a name, and looser than ``normalise_form``.

    Besides what that ignores, spaces and hyphens make no difference at all, nor do a possessive s, "v" before a version
    number, Roman for Arabic numbers after a word, further British spellings, and plurals inside the name. Distinct
    names may share a key where they are short: see ``spelt_alike``.

    Examples:
        >>> loose_key("GPT 4") == loose_key("GPT-4") == loose_key("GPT4")
        True
        >>> loose_key("Zipf’s law") == loose_key("Zipf law"), loose_key("Llama II") == loose_key("Llama-2")
        (True, True)
        >>> loose_key("GPT-3.5") == loose_key("GPT-35"), loose_key("dialogue systems")
        (False, 'dialogsystem')
    """
    first, *rest = normalise_form(text).split(" ")
    key = " ".join([singular(first), *(_ROMAN.get(word, singular(word)) for word in rest)])
    for pattern, replacement in _SPELLINGS:
        key = pattern.sub(replacement, key)
    return _GLUED_VERSION.sub("", _CLOSED.sub("", _VERSION.sub("", key)))


def spelt_alike(one: str, other: str) -> bool:
    """Whether two forms with one key are written alike enough: short and coined names keep the capitals inside them.

    Examples:
        >>> spelt_alike("LoRA", "LoRa"), spelt_alike("U-Net", "UNet"), spelt_alike("few-shot", "Few Shot")
        (False, True, True)
        >>> spelt_alike("fine-tuning", "FINETUNING"), spelt_alike("SequenceMatch", "sequence match")
        (True, False)
    """
    return one == other or bool(_readings(one) & _readings(other))


@lru_cache(maxsize=100_000)
def _readings(form: str) -> frozenset[str]:
    """The letters of a form, as they stand and without title style; of long ones capitals do not count."""
    form = "".join(GREEK.get(letter, letter) for letter in form)
    words = _LETTERS.findall(_V_NUMBER.sub("", singular(form)))
    closed = "".join(words)
    plain = "".join(word.lower() if word[1:].islower() else word for word in words)
    # The first letter is a capital at the beginning of a sentence.
    readings = {reading[:1].lower() + reading[1:] for reading in (closed, plain)}
    coined = any(_CAMEL.search(word) for word in words)
    return frozenset(readings if coined or len(closed) <= _SHORT else {*readings, ""})
