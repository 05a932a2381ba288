"""Bring surface forms that differ only in spelling to one form."""

import re
import unicodedata
from functools import lru_cache

__all__ = ["GREEK", "flat_spaces", "normalise_form", "singular", "slug"]

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SEPARATORS = re.compile(r"[\s\-_/‐‑‒–—―−⁃﹘]+")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ′`´", "'"))
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma",
    "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
}  # fmt: skip
_NOT_PLURAL = (
    "ss", "us", "is", "ics", "ous", "news", "series", "species", "bias", "gas", "corpus", "lens", "bayes", "atlas",
    "canvas",
)  # fmt: skip
_IRREGULAR = {
    "corpora": "corpus", "analyses": "analysis", "hypotheses": "hypothesis", "indices": "index", "matrices": "matrix",
    "vertices": "vertex", "criteria": "criterion", "phenomena": "phenomenon", "bases": "basis", "axes": "axis",
    "biases": "bias", "movies": "movie",
}  # fmt: skip
# "supervise", "noise", "otherwise" are spelt so everywhere; "raise" and "arise" too, but "polarise" is not.
_NOT_BRITISH = tuple("superv improv surpr compr enterpr exerc prom prec conc expert prem adv rev dev no w".split())
_NOT_BRITISH_STEMS = frozenset("ra pra ar po".split())
_ISE = re.compile(r"\b([a-z]{2,})is(e|ed|er|ers|es|ing|ation|ations)\b")
_BRITISH = (
    (re.compile(r"\b(behavi|col|neighb|fav|flav|hon|lab|tum|vap|harb|arm|endeav|hum|od|rum|sav|vig)our"), r"\1or"),
    (re.compile(r"\b(mod|lab|trav|canc|chann|tunn|sign)([ea])ll(ed|ing|er)\b"), r"\1\2l\3"),
    (re.compile(r"\bcentre"), "center"),
    (re.compile(r"\b(fib|theat|spect|lit)re\b"), r"\1er"),
    (re.compile(r"(?<=[al])ys(ing|ed|er)\b"), r"yz\1"),
    (re.compile(r"\b(defen|offen)ce\b"), r"\1se"),
    (re.compile(r"adaption\b"), "adaptation"),
)


def _american(match: re.Match[str]) -> str:
    stem, ending = match.groups()
    kept = stem.endswith(_NOT_BRITISH) or stem in _NOT_BRITISH_STEMS
    return match.group() if kept else f"{stem}iz{ending}"


_ODD_SPACE = re.compile(r"[^\S ]")
_BLANK_LINE = re.compile(r"(\n\s*\n)")


def flat_spaces(text: str) -> str:
    r"""Return a text of the same length in which every white-space character is a space, but blank lines stay breaks.

    Wrapped lines then read like the sentences they are, and every offset holds for the text as it was.

    Examples:
        >>> flat_spaces("state space\nmodel"), flat_spaces("one\n\ntwo")
        ('state space model', 'one\n\ntwo')
    """
    if not _ODD_SPACE.search(text):
        return text
    parts = _BLANK_LINE.split(text)
    return "".join("\n" * len(part) if number % 2 else _ODD_SPACE.sub(" ", part) for number, part in enumerate(parts))


@lru_cache(maxsize=100_000)
def singular(word: str) -> str:
    """Return the singular of an English noun; acronyms lose a lower-case plural s, other capitals stay.

    Examples:
        >>> singular("models"), singular("LLMs"), singular("policies"), singular("losses"), singular("AWS")
        ('model', 'LLM', 'policy', 'loss', 'AWS')
    """
    if len(word) < 3 or word[-1] != "s":
        return _IRREGULAR.get(word.lower(), word)
    lower = word.lower()
    if lower in _IRREGULAR:
        return _IRREGULAR[lower]
    head, hyphen, last = word.rpartition("-")
    if last.lower() in _IRREGULAR:
        return head + hyphen + _IRREGULAR[last.lower()]
    if word[-2].isupper() or word[-2].isdigit():
        return word[:-1]
    if lower.endswith(_NOT_PLURAL) or len(word) < 4:
        return word
    if lower.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if lower.endswith(("sses", "xes", "ches", "shes", "zes")) and not lower.endswith(("axes", "caches")):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=200_000)
def normalise_form(text: str) -> str:
    """Return the spelling-independent key of a surface form.

    Case, hyphens, slashes, invisible characters, compatibility letters, British spelling, Greek letters and the
    plural of the last word make no difference.

    Examples:
        >>> normalise_form("Large-Language Models") == normalise_form("large language model")
        True
        >>> normalise_form("LLMs"), normalise_form("Optimisation")
        ('llm', 'optimization')
    """
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_APOSTROPHES)
    words = [word for word in _SEPARATORS.split(text.strip(" .,;:'\"()")) if word]
    if not words:
        return ""
    words[-1] = singular(words[-1].removesuffix("'s"))
    key = " ".join(words).lower()
    if not key.isascii():
        for letter, name in GREEK.items():
            key = key.replace(letter, name)
    key = _ISE.sub(_american, key)
    for pattern, replacement in _BRITISH:
        key = pattern.sub(replacement, key)
    return key


def slug(text: str) -> str:
    """Return an id of ``[a-z0-9-]`` for a label; text without any such letter gets a hash of its characters.

    Examples:
        >>> slug("Low-Rank Adaptation"), slug("GPT-4o"), slug("C++"), slug("E^3")
        ('low-rank-adaptation', 'gpt-4o', 'c-plus-plus', 'e-3')
        >>> slug("模型").startswith("x")
        True
    """
    decomposed = unicodedata.normalize("NFKD", normalise_form(text))
    ascii_text = "".join(c for c in decomposed if not unicodedata.combining(c))
    # C, C++, C# and C* are four things.
    for mark, name in (("+", "-plus"), ("*", "-star"), ("#", "-sharp")):
        ascii_text = ascii_text.replace(mark, name)
    result = _NOT_SLUG.sub("-", ascii_text).strip("-")
    if result:
        return result[:100].rstrip("-")
    import hashlib

    return "x" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
