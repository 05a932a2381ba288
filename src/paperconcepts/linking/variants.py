"""Ways to write one name in one paper: with a bracket inside, with an acronym for its words, with a word more."""

import re
from collections.abc import Iterator, Mapping

from paperconcepts.vocabulary import Vocabulary, singular

__all__ = [
    "drop_bracket",
    "expand_acronyms",
    "is_adjective",
    "shorter_forms",
    "without_general_head",
]

_BRACKET = re.compile(r"\s?[(\[]([^()\[\]]{1,20})[)\]]")
_WORD = re.compile(r"[^\W_]+")
_ACRONYM = re.compile(r"[A-Z][A-Z\d]{1,7}s?")
# Nouns that name what kind of thing it is, and may be left out once the name is known.
_KINDS = frozenset(
    """
    algorithm approach architecture benchmark corpus dataset equation framework guideline library loss mechanism
    method methodology metric model module network objective operation optimizer paradigm pipeline problem
    procedure process scheme score setting strategy suite system task technique theory tool toolkit
    """.split()
)
# Words that say nothing about which thing it is.
_MODIFIERS = frozenset(
    """
    advanced automatic classic classical common contemporary conventional current deep different effective efficient
    existing explicit fine-grained generic generative lightweight manual modern neural new novel optimal original
    popular powerful pre-trained pretrained proposed recent regular several simple sota standard state-of-the-art
    task-specific traditional typical vanilla various widely-used
    """.split()
)


def drop_bracket(text: str, long_forms: Mapping[str, str]) -> str:
    """A name without an acronym that the paper defines and that stands in brackets inside it.

    Examples:
        >>> drop_bracket("mixture-of-experts (MoE) model", {"MoE": "mixture-of-experts"})
        'mixture-of-experts model'
    """
    if "(" not in text and "[" not in text:
        return text.strip()
    return _BRACKET.sub(lambda match: "" if singular(match[1].strip()) in long_forms else match[0], text).strip()


def expand_acronyms(text: str, long_forms: Mapping[str, str], vocabulary: Vocabulary) -> str:
    """A name of several words with the acronyms in it spelt out: the paper's own, then what the catalogue knows.

    Examples:
        >>> expand_acronyms("scientific NLI", {"NLI": "natural language inference"}, Vocabulary([]))
        'scientific natural language inference'
    """
    # Every acronym has a capital.
    if text.islower() or len(_WORD.findall(text)) < 2:
        return text

    def spelt_out(match: re.Match[str]) -> str:
        word = singular(match[0])
        if word in long_forms:
            return long_forms[word]
        if not _ACRONYM.fullmatch(match[0]):
            return match[0]
        entries = [entry for entry in vocabulary.find(word) if word in entry.forms and not entry.context]
        label = entries[0].concept.label if len(entries) == 1 else ""
        return label if " " in label else match[0]

    return _WORD.sub(spelt_out, text)


def shorter_forms(text: str) -> Iterator[tuple[str, str]]:
    """Shorter names that may mean the same, if the paper uses them too, each with the reason.

    Examples:
        >>> list(shorter_forms("Macro Adversarial Training strategy"))
        [('Macro Adversarial Training', 'head noun')]
        >>> list(shorter_forms("quantification of uncertainty"))
        [('uncertainty quantification', 'word order')]
    """
    head, _, last = text.rpartition(" ")
    if head and singular(last.lower()) in _KINDS:
        yield head, "head noun"
    first, _, rest = text.partition(" ")
    if rest and first.lower() in _MODIFIERS:
        yield rest, "modifier"
    action, middle, thing = text.partition(" of ")
    if middle and " " not in action and len(thing.split()) <= 3:
        yield f"{singular(thing)} {action}", "word order"


def without_general_head(text: str) -> str | None:
    """A name without its last word, where that word says nothing that the name does not; None if there is none such.

    One word may be left if it is a coined name ("Pick-a-Pic dataset"), else two must be.

    Examples:
        >>> without_general_head("MS-COCO dataset"), without_general_head("policy gradient methods")
        ('MS-COCO', 'policy gradient')
        >>> without_general_head("language model"), without_general_head("attention method")
        (None, None)
    """
    rest, _, last = text.rpartition(" ")
    noun = singular(last.lower())
    if _COINED.fullmatch(rest) and not is_adjective(rest) and noun in _HEADS_OF_NAMES:
        return rest
    # "Weakly supervised method": what is left would be no name.
    term = noun in _HEADS_OF_TERMS and " " in rest and not is_adjective(rest)
    return rest if term else None


def is_adjective(text: str) -> bool:
    """Whether a name without its noun would only say what kind of thing it is.

    Examples:
        >>> is_adjective("LLM-based"), is_adjective("Auto-Regressive"), is_adjective("policy gradient")
        (True, True, False)
    """
    last = re.split(r"[\s-]", text)[-1]
    return last[1:].islower() and bool(_ADJECTIVE.search(text))


# A capital after another letter, or a digit: "BERT", "Pick-a-Pic", "C4".
_COINED = re.compile(r"(?=\S*(?:[^\W_][A-Z]|-[A-Z]|\d))[^\W_][\w.+*^@-]{2,}")
_ADJECTIVE = re.compile(
    r"(?:ed|ic|al|ive|able|aware|free|level|oriented|driven|agent|shot|step|stage|task|view|style|like|only|purpose)\Z",
    re.I,
)
_HEADS_OF_NAMES = frozenset(
    """
    algorithm approach architecture benchmark corpus dataset framework method metric model score strategy task technique
    """.split()
)
_HEADS_OF_TERMS = frozenset("algorithm approach framework method procedure strategy technique".split())
