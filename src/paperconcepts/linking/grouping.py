"""Bring the mentions of one paper together that mean one concept."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from paperconcepts.linking.variants import drop_bracket, expand_acronyms, shorter_forms
from paperconcepts.model import Alias, AnnotatedPaper, Concept, ConceptType, Mention
from paperconcepts.vocabulary import Vocabulary, normalise_form, singular, slug

__all__ = ["MentionGroup", "concept_of", "group_mentions", "told_apart"]

_HEAD = re.compile(
    r"(?<!\s)\s+(?:data ?sets?|models?|frameworks?|methods?|benchmarks?|algorithms?|architectures?"
    r"|corpus|corpora|metrics?|scores?|systems?"
    r"|tasks?|approach(?:es)?|techniques?)$",
    re.IGNORECASE,
)

# One word with a capital inside, a digit, or two capitals: what can stand without its head noun.
_NAME = re.compile(r"(?=\S*(?:\S[A-Z]|\d))[A-Z0-9a-z][\w.+*^@-]*")


@dataclass(slots=True)
class MentionGroup:
    """Mentions of one concept in one paper; ``key`` is a catalogue id or a normalised form."""

    key: str
    concept_id: str | None
    long_form: str | None = None
    mentions: list[Mention] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)


def group_mentions(annotated: AnnotatedPaper, vocabulary: Vocabulary) -> list[MentionGroup]:
    """Return the groups in order of their first mention.

    A definition in the paper ("Direct Preference Optimization (DPO)") decides first, then the catalogue, then spelling
    (case, hyphens, plural), then a head noun that may be left out ("Pick-a-Pic dataset", "Pick-a-Pic").
    """
    names = _PaperNames(annotated, vocabulary)
    groups: dict[str, MentionGroup] = {}
    for mention in annotated.mentions:
        concept_id, key, long_form, reason = names.identify(mention)
        group = groups.setdefault(concept_id or key, MentionGroup(key, concept_id))
        # A name that is no catalogue form may come first and be spelt like the id.
        group.concept_id = group.concept_id or concept_id
        group.long_form = group.long_form or long_form
        group.mentions.append(mention)
        if reason == "definition" or mention.text not in group.reasons:
            group.reasons[mention.text] = reason
    return list(groups.values())


class _PaperNames:
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
            if mention.concept_id is None and mention.source in ("name:title", "name:called", "name:proposed")
        }
        self._long_forms: dict[str, str] = {}
        self._keys: frozenset[str] = frozenset()
        self._found = frozenset(mention.concept_id for mention in annotated.mentions if mention.concept_id)
        for definition in annotated.definitions:
            short = singular(definition.short_form)
            if short in self._long_forms:
                continue
            self._long_forms[short] = definition.long_form
            known = self._entry_of_definition(short, definition.long_form)
            if known is not None:
                self._ids.setdefault(normalise_form(definition.long_form), known)
        self._keys = frozenset(self._plain_key(mention.text) for mention in annotated.mentions)

    def _plain_key(self, text: str) -> str:
        text = drop_bracket(text, self._long_forms)
        return normalise_form(expand_acronyms(text, self._long_forms, self._vocabulary))

    def identify(self, mention: Mention) -> tuple[str | None, str, str | None, str]:
        """(catalogue id or None, key, long form or None, reason)."""
        found = self._identify(mention)
        if found[0] is not None or found[3] != "name":
            return found
        # Unknown as it stands: perhaps a way to write something that the paper names elsewhere.
        text = expand_acronyms(drop_bracket(mention.text, self._long_forms), self._long_forms, self._vocabulary)
        plain = normalise_form(text)
        if plain != found[1] and self._is_named(plain):
            return self._known(plain), plain, None, "spelt out"
        for shorter, reason in (*shorter_forms(mention.text), *shorter_forms(text)):
            key = self._plain_key(self._long_forms.get(singular(shorter), shorter))
            if self._is_named(key):
                return self._known(key), key, None, reason
        return (self._known(plain), plain, None, "spelt out") if plain != found[1] else found

    def _is_named(self, key: str) -> bool:
        """Whether the paper names this thing elsewhere."""
        return key in self._keys or key in self._ids or (self._known(key) or "") in self._found

    def _known(self, key: str) -> str | None:
        """The catalogue entry of a key: the one that the paper means by it, or the only one there is."""
        if key in self._ids:
            return self._ids[key]
        entries = [entry for entry in self._vocabulary.find(key) if not entry.context and entry.case != "exact"]
        return entries[0].concept.id if len(entries) == 1 and " " in key else None

    def _identify(self, mention: Mention) -> tuple[str | None, str, str | None, str]:
        long_form = self._long_forms.get(singular(mention.text))
        if long_form is not None:
            key = normalise_form(long_form)
            return self._ids.get(key), key, long_form, "definition"
        key = normalise_form(mention.text)
        if mention.concept_id is not None and singular(mention.text) in self._own:
            return None, key, None, "name"
        if mention.concept_id is not None:
            entry = self._vocabulary.get(mention.concept_id)
            is_label = entry is not None and normalise_form(entry.concept.label) == key
            return mention.concept_id, key, None, "label" if is_label else "catalogue"
        bare = _HEAD.sub("", mention.text)
        if bare != mention.text and self._stands_alone(bare):
            inner = self._long_forms.get(singular(bare))
            key = normalise_form(inner or bare)
            return self._ids.get(key), key, inner, "head noun"
        exact = None if key in self._ids else self._spelt_entry(mention.text)
        if exact is not None:
            return exact, key, None, "catalogue"
        if self._is_homonym(mention.text, key):
            return None, key, None, "name"
        return self._ids.get(key), key, None, "name"

    def _is_homonym(self, name: str, key: str) -> bool:
        """Whether a short name differs from the known one by its capitals only: LoRa is not LoRA."""
        spelt = self._spelt.get(key, set())
        return len(name) <= 5 and bool(spelt) and bool(_NAME.fullmatch(name)) and singular(name) not in spelt

    def _stands_alone(self, name: str) -> bool:
        return bool(_NAME.fullmatch(name)) or normalise_form(name) in self._ids or singular(name) in self._long_forms

    def _spelt_entry(self, name: str) -> str | None:
        """The one entry spelt exactly like this name: the same thing, though its context words are missing."""
        entries = self._vocabulary.find(name) if _NAME.fullmatch(name) else ()
        return entries[0].concept.id if len(entries) == 1 and singular(name) in entries[0].forms else None

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
        words = set(normalise_form(long_form).split())
        expansions = [set(normalise_form(form).split()) for form in candidates[0].forms if len(form.split()) > 1]
        near = any(len(words & other) >= 0.6 * len(words | other) for other in expansions)
        return candidates[0].concept.id if near or not expansions else None


def concept_of(
    group: MentionGroup, vocabulary: Vocabulary, paper_id: str, *, introduced: bool
) -> tuple[Concept, tuple[Alias, ...]]:
    """The concept of a group: the catalogue's, or a new one with a stable id, and the aliases met in this paper."""
    entry = vocabulary.get(group.concept_id) if group.concept_id else None
    surfaces = Counter(mention.text for mention in group.mentions)
    aliases = tuple(
        Alias(text, group.reasons[text], paper_id, _REASON_CONFIDENCE.get(group.reasons[text], 0.8))
        for text in sorted(surfaces)
    )
    if entry is not None:
        return entry.concept, aliases
    label = " ".join(_label(group, surfaces).split()).strip("'\"’”“‘") or group.key
    label_type = _type(group, introduced=introduced)
    concept_id = slug(label)
    if concept_id in vocabulary.entries:
        # The catalogue holds another concept of this slug: a homonym by context or by case.
        concept_id = told_apart(concept_id, label_type, vocabulary)
    return Concept(id=concept_id, label=label, type=label_type), aliases


def told_apart(concept_id: str, label: ConceptType, vocabulary: Vocabulary) -> str:
    """An id for a homonym: the type is added, then a number, until the catalogue holds no such id.

    Examples:
        >>> told_apart("replica", ConceptType.DATASET, Vocabulary([]))
        'replica-dataset'
    """
    base = f"{concept_id[:90]}-{label.lower()}"
    candidate, number = base, 2
    while candidate in vocabulary.entries:
        candidate, number = f"{base}-{number}", number + 1
    return candidate


_REASON_CONFIDENCE = {
    "label": 0.97, "catalogue": 0.95, "definition": 0.97, "name": 0.9, "head noun": 0.85,
    "spelt out": 0.9, "modifier": 0.8, "word order": 0.85,
}  # fmt: skip


def _label(group: MentionGroup, surfaces: Counter[str]) -> str:
    if group.long_form:
        return _singular_label(group.long_form)
    bare = {text: stripped if _NAME.fullmatch(stripped := _HEAD.sub("", text)) else text for text in surfaces}
    # The commonest spelling; of equals the one with the fewest capitals that are only title style, then by letters.
    best = min(surfaces, key=lambda text: (-surfaces[text], text.istitle(), text))
    return _singular_label(bare[best])


def _singular_label(text: str) -> str:
    head, _, last = text.rpartition(" ")
    last = singular(last)
    return f"{head} {last}" if head else last


def _type(group: MentionGroup, *, introduced: bool) -> ConceptType:
    votes: dict[ConceptType, float] = defaultdict(float)
    for mention in group.mentions:
        if not mention.source.endswith("?"):
            votes[mention.label] += mention.confidence
    if votes:
        return min(votes, key=lambda label: (-votes[label], label))
    defined = any(mention.source.startswith("definition") for mention in group.mentions)
    short = all(len(mention.text) <= 3 for mention in group.mentions)
    return ConceptType.METHOD if introduced or defined or short else ConceptType.MODEL
