"""Bring the mentions of one paper together that mean one concept."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from paperconcepts.linking.paper_names import HEAD, PaperNames, is_name
from paperconcepts.model import Alias, AnnotatedPaper, Concept, ConceptType, Mention
from paperconcepts.vocabulary import Vocabulary, singular, slug

__all__ = ["MentionGroup", "concept_of", "group_mentions", "told_apart"]


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
    names = PaperNames(annotated, vocabulary)
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
    "spelt out": 0.9, "modifier": 0.8, "word order": 0.85, "near spelling": 0.8,
}  # fmt: skip


def _label(group: MentionGroup, surfaces: Counter[str]) -> str:
    if group.long_form:
        return _singular_label(group.long_form)
    bare = {text: stripped if is_name(stripped := HEAD.sub("", text)) else text for text in surfaces}
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
