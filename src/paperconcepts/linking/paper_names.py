"""What the names of one paper stand for: its own definitions decide, then the catalogue, then spelling."""

import re
from collections import defaultdict

from paperconcepts.linking.moves import family
from paperconcepts.linking.near_names import near_names
from paperconcepts.linking.spelt_names import apposed_names, bracketed_names, initialled_names, titled_names
from paperconcepts.linking.variants import drop_bracket, expand_acronyms, is_adjective, shorter_forms
from paperconcepts.model import AnnotatedPaper, ConceptType, Mention
from paperconcepts.vocabulary import Vocabulary, normalise_form, singular
from paperconcepts.vocabulary.validation import case_counts

__all__ = ["HEAD", "PaperNames", "is_name"]

HEAD = re.compile(
    r"(?<!\s)\s+(?:data ?sets?|models?|frameworks?|methods?|benchmarks?|algorithms?|architectures?"
    r"|corpus|corpora|metrics?|scores?|systems?"
    r"|tasks?|approach(?:es)?|techniques?)$",
    re.IGNORECASE,
)

# "Low-rank Adaptive (LoRA)" is Low-Rank Adaptation: with the acronym the same, an ending makes no other thing.
_ENDING = re.compile(r"(?<=[a-z]{3})(?:at(?:ion|ive|ed|ing|or|e)|ion|ive|ing|ed|ment|er|or|al|e)\Z")

_OWN_NAMES = frozenset(("name:title", "name:called", "name:proposed"))

# Nouns that say of a known thing of their kind nothing new; a loss or a library of it is another thing.
_NOUNS_OF_MODELS = frozenset("architecture model system".split())
_GENERAL_NOUNS = _NOUNS_OF_MODELS | frozenset(
    """
    algorithm approach benchmark corpus dataset framework mechanism method metric paradigm problem procedure scheme
    strategy task technique
    """.split()
)

# Letters of a name whose capitals may differ: "DeTriever" is "Detriever", while LoRa is not LoRA.
_LONG_NAME = 6

_INNER = re.compile(r"[a-z][A-Z]")

# One word with a capital inside, a digit, or two capitals: what can stand without its head noun.
_NAME = re.compile(r"(?=\S*(?:\S[A-Z]|\d))[A-Z0-9a-z][\w.+*^@-]*")


def is_name(text: str) -> bool:
    """Whether one word is a name by its shape, and says more than what kind of thing it is.

    Examples:
        >>> is_name("BERT"), is_name("LLM-based"), is_name("two words")
        (True, False, False)
    """
    return bool(_NAME.fullmatch(text)) and ("-" not in text or not is_adjective(text))


def _stems(text: str) -> set[str]:
    return {_ENDING.sub("", word) for word in normalise_form(text).split()}


class PaperNames:
    """What the names of one paper stand for: its own definitions first, then the catalogue, then spelling."""

    def __init__(self, annotated: AnnotatedPaper, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._spelt: dict[str, set[str]] = defaultdict(set)
        self._ids: dict[str, str] = {}
        for mention in annotated.mentions:
            if mention.concept_id:
                key = normalise_form(mention.text)
                self._ids.setdefault(key, mention.concept_id)
                self._spelt[key].add(singular(mention.text))
        # A name that the paper gives to a thing of another kind than the catalogue's: "CLIP: A Dataset for ...".
        self._own = {
            singular(mention.text)
            for mention in annotated.mentions
            if mention.concept_id is None and mention.source in _OWN_NAMES
        }
        self._long_forms: dict[str, str] = {}
        self._defined: dict[str, str] = {}
        self._shortened: dict[str, str] = {}
        self._keys: dict[str, set[str]] = defaultdict(set)
        self._found = frozenset(mention.concept_id for mention in annotated.mentions if mention.concept_id)
        stated = [(definition.short_form, definition.long_form) for definition in annotated.definitions]
        for short_form, long_form in (*stated, *bracketed_names(annotated), *apposed_names(annotated)):
            short = singular(short_form)
            if short in self._long_forms:
                continue
            self._long_forms[short] = long_form
            key = normalise_form(long_form)
            self._defined.setdefault(key, long_form)
            for shorter, reason in shorter_forms(long_form):
                if reason == "head noun" and " " in normalise_form(shorter):
                    self._shortened.setdefault(normalise_form(shorter), key)
            known = self._entry_of_definition(short, long_form)
            if known is not None:
                self._ids.setdefault(normalise_form(long_form), known)
        # What is undefined but spelt out: one of both forms, and the key of the other.
        spelt = [(phrase, name) for name, phrase in titled_names(annotated)] + list(initialled_names(annotated))
        self._described = {
            normalise_form(one): normalise_form(other)
            for one, other in spelt
            if not {singular(one), singular(other)} & self._long_forms.keys()
            and not {normalise_form(one), normalise_form(other)} & self._defined.keys()
        }
        self._near = self._near_names(annotated)
        self._folded = self._other_capitals(annotated)
        for mention in annotated.mentions:
            self._keys[self._plain_key(mention.text)].add(mention.text)

    def _other_capitals(self, annotated: AnnotatedPaper) -> dict[tuple[str, str], str]:
        """The defined short names by their small letters and their kind, where these leave no doubt."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for mention in annotated.mentions:
            short = singular(mention.text)
            if len(short) >= _LONG_NAME and short in self._long_forms:
                found[short.lower(), family(mention.label)].add(short)
        return {key: min(shorts) for key, shorts in found.items() if len(shorts) == 1}

    def _near_names(self, annotated: AnnotatedPaper) -> dict[str, tuple[Mention, str]]:
        """For the key of a new name that nearly is another one: a mention of that one, and the reason.

        A name that the paper defines is never another one.
        """
        found: dict[str, tuple[Mention, str]] = {}
        for one, other, reason in near_names(annotated):
            name, target = (other, one) if normalise_form(one.text) in self._defined else (one, other)
            key = normalise_form(name.text)
            if key not in self._defined and key not in self._described:
                found.setdefault(key, (target, reason))
        return found

    def _nearly(self, key: str) -> tuple[str | None, str, str | None, str]:
        """What a new name that nearly is another one stands for: what that one does, which may be nearly a third."""
        target, reason = self._near[key]
        seen = {key}
        while (key := normalise_form(target.text)) in self._near and key not in seen:
            seen.add(key)
            target, _ = self._near[key]
        found = self._identify(target)
        concept_id, key, long_form, _ = self._otherwise(target, found) if self._is_plain(found) else found
        return concept_id, key, long_form or (target.text if reason == "modifier" else None), reason

    def _long_form(self, mention: Mention) -> str | None:
        """What the paper defines a name to stand for; of a new name, whatever its capitals are."""
        short = singular(mention.text)
        if short in self._long_forms:
            return self._long_forms[short]
        other = self._folded.get((short.lower(), family(mention.label))) if mention.concept_id is None else None
        # An acronym may be spelt like an ordinary name: FALCON is not Falcon.
        if other is None or not (_INNER.search(short) or _INNER.search(other)) or self._vocabulary.find(short):
            return None
        return self._long_forms[other]

    def _plain_key(self, text: str) -> str:
        text = drop_bracket(text, self._long_forms)
        return normalise_form(expand_acronyms(text, self._long_forms, self._vocabulary))

    def identify(self, mention: Mention) -> tuple[str | None, str, str | None, str]:
        """(catalogue id or None, key, long form or None, reason)."""
        found = self._identify(mention)
        if not self._is_plain(found):
            return found
        return self._nearly(found[1]) if found[1] in self._near else self._otherwise(mention, found)

    def _is_plain(self, found: tuple[str | None, str, str | None, str]) -> bool:
        """Whether a name is unknown as it stands, and not one that the paper defines."""
        return found[0] is None and found[3] == "name" and found[1] not in self._defined

    def _otherwise(
        self, mention: Mention, found: tuple[str | None, str, str | None, str]
    ) -> tuple[str | None, str, str | None, str]:
        """What a name stands for that is unknown as it stands: perhaps something that is named in another way."""
        text = expand_acronyms(drop_bracket(mention.text, self._long_forms), self._long_forms, self._vocabulary)
        plain = normalise_form(text)
        if found[1] in self._shortened:
            key = self._shortened[found[1]]
            return self._known(key), key, self._defined[key], "head noun"
        for shorter, reason in (*shorter_forms(mention.text), *shorter_forms(text)):
            key = self._plain_key(self._long_forms.get(singular(shorter), shorter))
            if key in self._described:
                return None, self._described[key], None, reason
            if self._is_named(key, mention.text):
                return self._known(key), key, self._defined.get(key), reason
        known = self._entry_without_noun(mention)
        if known is not None:
            return known, normalise_form(mention.text.rpartition(" ")[0]), None, "head noun"
        return (self._known(plain), plain, self._defined.get(plain), "spelt out") if plain != found[1] else found

    def _is_named(self, key: str, text: str) -> bool:
        """Whether the paper names this thing in another way than by ``text``."""
        if self._keys.get(key, frozenset()) - {text} or key in self._defined or key in self._ids:
            return True
        return (self._known(key) or "") in self._found

    def _known(self, key: str) -> str | None:
        """The catalogue entry of a key: the one that the paper means by it, or the only one there is."""
        if key in self._ids:
            return self._ids[key]
        entries = [entry for entry in self._vocabulary.find(key) if not entry.context and entry.case != "exact"]
        return entries[0].concept.id if len(entries) == 1 and " " in key else None

    def _identify(self, mention: Mention) -> tuple[str | None, str, str | None, str]:
        long_form = self._long_form(mention)
        if long_form is not None:
            key = normalise_form(long_form)
            return self._ids.get(key), key, long_form, "definition"
        key = normalise_form(mention.text)
        if mention.concept_id is None and key in self._described:
            return None, self._described[key], None, "spelt out"
        head, _, last = mention.text.rpartition(" ")
        if last in self._long_forms and (key_of_head := normalise_form(head)) == normalise_form(self._long_forms[last]):
            # "Dual-Module Framework DMF".
            return self._ids.get(key_of_head), key_of_head, self._long_forms[last], "definition"
        if mention.concept_id is not None and singular(mention.text) in self._own:
            return None, key, None, "name"
        if mention.concept_id is not None:
            entry = self._vocabulary.get(mention.concept_id)
            is_label = entry is not None and normalise_form(entry.concept.label) == key
            return mention.concept_id, key, None, "label" if is_label else "catalogue"
        bare = HEAD.sub("", mention.text)
        if bare != mention.text and self._stands_alone(bare):
            inner = self._long_forms.get(singular(bare))
            key = normalise_form(inner or bare)
            return self._ids.get(key) or self._entry_of_kind(bare, mention.label), key, inner, "head noun"
        exact = None if key in self._ids else self._spelt_entry(mention.text)
        if exact is not None:
            return exact, key, None, "catalogue"
        if self._is_homonym(mention.text, key):
            return None, key, None, "name"
        return self._ids.get(key) or self._entry_in_other_case(mention), key, None, "name"

    def _entry_in_other_case(self, mention: Mention) -> str | None:
        """The one entry of this kind that a longer name differs from by its capitals only: "LLaMA-2", "Llama 2"."""
        name = mention.text
        entries = self._vocabulary.find(name) if _NAME.fullmatch(name) and sum(map(str.isalnum, name)) > 5 else ()
        if len(entries) != 1 or entries[0].context or entries[0].case:
            return None
        concept = entries[0].concept
        known = family(concept.type) == family(mention.label) and singular(name) not in (*self._own, *self._long_forms)
        return concept.id if known else None

    def _is_homonym(self, name: str, key: str) -> bool:
        """Whether a short name differs from the known one by its capitals only: LoRa is not LoRA."""
        spelt = self._spelt.get(key, set())
        return len(name) <= 5 and bool(spelt) and bool(_NAME.fullmatch(name)) and singular(name) not in spelt

    def _stands_alone(self, name: str) -> bool:
        return is_name(name) or normalise_form(name) in self._ids or singular(name) in self._long_forms

    def _spelt_entry(self, name: str) -> str | None:
        """The one entry spelt exactly like this name: the same thing, though its context words are missing."""
        entries = self._vocabulary.find(name) if _NAME.fullmatch(name) else ()
        return entries[0].concept.id if len(entries) == 1 and singular(name) in entries[0].forms else None

    def _entry_of_kind(self, name: str, label: ConceptType) -> str | None:
        """The entry spelt exactly like a name whose head noun was left out, if that has not changed its kind."""
        concept_id = self._spelt_entry(name) if singular(name) not in (*self._long_forms, *self._own) else None
        entry = self._vocabulary.get(concept_id) if concept_id else None
        return entry.concept.id if entry is not None and family(entry.concept.type) == family(label) else None

    def _entry_without_noun(self, mention: Mention) -> str | None:
        """The one entry of this kind that a name has a general noun more than: "Transformer framework"."""
        name, _, noun = mention.text.rpartition(" ")
        kind = singular(noun.lower())
        if not name or kind not in _GENERAL_NOUNS or singular(name) in (*self._own, *self._long_forms):
            return None
        entries = self._vocabulary.find(name)
        if len(entries) != 1 or entries[0].context or mention.source in _OWN_NAMES:
            return None
        concept, key, spelt = entries[0].concept, normalise_form(name), singular(name)
        # A "draft method" is not DRaFT.
        same = any(
            form == spelt or not (entries[0].case or case_counts(form))
            for form in entries[0].forms
            if normalise_form(form) == key
        )
        a_model = concept.type is ConceptType.MODEL or kind not in _NOUNS_OF_MODELS
        return concept.id if same and a_model and family(concept.type) == family(mention.label) else None

    def _entry_of_definition(self, short: str, long_form: str) -> str | None:
        """The catalogue entry that a definition names.

        Its long form decides. If the catalogue lacks that, the acronym's entry is meant only if it has no other
        expansion, or a near one: a paper's "Data Protection Officer (DPO)" is not Direct Preference Optimization.
        """
        entries = self._vocabulary.find(long_form)
        if len(entries) == 1:
            return entries[0].concept.id
        candidates = [entry for entry in self._vocabulary.find(short) if short in entry.forms]
        if len(candidates) != 1:
            return None
        words = _stems(long_form)
        expansions = [_stems(form) for form in candidates[0].forms if len(form.split()) > 1]
        near = any(len(words & other) >= 0.6 * len(words | other) for other in expansions)
        return candidates[0].concept.id if near or not expansions else None
