"""Names that papers share and the catalogue lacks, counted for a reviewer.

Papers are taken one by one: names, counts and places are kept, texts are not.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from paperconcepts.linking.nearness import NearForms, without_head
from paperconcepts.linking.vague_names import is_vague
from paperconcepts.model import Assertion, ConceptType, LinkedConcept, LinkedPaper, Paper, Role
from paperconcepts.vocabulary import Vocabulary, load_catalogue, normalise_form, slug

__all__ = ["SUGGESTION_COLUMNS", "Example", "Suggestion", "format_suggestions", "suggest_concepts"]

# The first eight are the columns of a catalogue file.
SUGGESTION_COLUMNS = tuple(
    """
    id label type aliases broader case context definition papers mentions type_share introduced near examples
    """.split()
)
_EXAMPLES = 3
_ARTEFACT = frozenset({ConceptType.METHOD, ConceptType.MODEL})
_LONG_ENOUGH = 160  # letters of an abstract that no other paper has
_AGREEMENT = 0.75  # of the papers that define an acronym, how many must mean the same


@dataclass(frozen=True, slots=True, order=True)
class Example:
    """A sentence that names the concept: ``paper.text(field)[start:end]``."""

    paper_id: str
    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name for the catalogue, as a row of it would hold it, and what speaks for it.

    Attributes:
        id: a slug that the catalogue does not use.
        label: the name as most papers write it; spelt out where papers do so.
        type: the type that most papers give it.
        aliases: its other names, the commonest first: short and long forms, surfaces that spelling does not explain.
        broader: ids of catalogue concepts that its last words name, if they name exactly one.
        papers: number of papers that have it.
        mentions: number of its mentions in them.
        type_share: share of the papers that give it this type; of those that show a type, if any does.
        introduced: the id of the first paper, by id, that introduces it, or "".
        near: ids of catalogue concepts with almost the same name, or with one of the surfaces: perhaps it is theirs.
        examples: up to three sentences, those of introducing papers first.
    """

    id: str
    label: str
    type: ConceptType
    aliases: tuple[str, ...]
    broader: tuple[str, ...]
    papers: int
    mentions: int
    type_share: float
    introduced: str
    near: tuple[str, ...]
    examples: tuple[Example, ...]

    def as_dict(self) -> dict[str, Any]:
        """The suggestion as JSON-ready values."""
        return {**asdict(self), "type": str(self.type)}

    def as_row(self) -> tuple[str, ...]:
        """The cells of `SUGGESTION_COLUMNS`; those of the catalogue that need a person's judgement are empty."""
        places = (f"{e.paper_id} {e.field} {e.start}-{e.end}" for e in self.examples)
        return (
            self.id, self.label, str(self.type), "|".join(self.aliases), "|".join(self.broader), "", "", "",
            str(self.papers), str(self.mentions), f"{self.type_share:.2f}", self.introduced, "|".join(self.near),
            "|".join(places),
        )  # fmt: skip


@dataclass(slots=True)
class _Name:
    """What the papers read so far say of one name."""

    papers: int = 0
    mentions: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    surfaces: Counter[str] = field(default_factory=Counter)
    types: Counter[ConceptType] = field(default_factory=Counter)
    guesses: Counter[ConceptType] = field(default_factory=Counter)
    introduced: str = ""
    examples: list[tuple[bool, Example]] = field(default_factory=list)

    def add(self, linked: LinkedConcept, assertion: Assertion) -> None:
        self.papers += 1
        self.mentions += len(assertion.mentions)
        self.labels[linked.concept.label] += 1
        self.surfaces.update({mention.text for mention in assertion.mentions})
        typed = any(not mention.source.endswith("?") for mention in assertion.mentions)
        (self.types if typed else self.guesses)[linked.concept.type] += 1
        introduces = assertion.role is Role.INTRODUCES
        first = assertion.evidence[0]
        self._keep(Example(assertion.paper_id, first.field, first.start, first.end), introduces=introduces)
        if introduces:
            self.introduced = min(self.introduced or assertion.paper_id, assertion.paper_id)

    def _keep(self, example: Example, *, introduces: bool) -> None:
        self.examples = sorted([*self.examples, (not introduces, example)])[:_EXAMPLES]

    @property
    def votes(self) -> Counter[ConceptType]:
        """How many papers give it each type; papers that show none count only if all are such."""
        return self.types or self.guesses

    @property
    def type(self) -> ConceptType:
        return min(self.votes, key=lambda found: (-self.votes[found], found))

    @property
    def label(self) -> str:
        # The commonest spelling; of equals the one whose capitals are not only title style, then by letters.
        return min(self.labels, key=lambda text: (-self.labels[text], text.istitle(), text))

    def merge(self, other: "_Name") -> None:
        """Take in what is known of another name of the same thing; its label is not taken."""
        self.papers += other.papers
        self.mentions += other.mentions
        self.surfaces += other.surfaces
        self.types += other.types
        self.guesses += other.guesses
        self.introduced = min(filter(None, (self.introduced, other.introduced)), default="")
        self.examples = sorted([*self.examples, *other.examples])[:_EXAMPLES]


def suggest_concepts(
    linked: Iterable[LinkedPaper],
    *,
    vocabulary: Vocabulary | None = None,
    min_papers: int = 3,
    limit: int | None = None,
) -> list[Suggestion]:
    """Return the names that at least ``min_papers`` papers share and the catalogue lacks, commonest first.

    Of the records of one paper the first counts. An acronym that nearly all papers define alike is counted with its
    long form. The result is sorted by papers, mentions and label; the order of different papers makes no difference.

    Args:
        linked: papers as `link` gives them.
        vocabulary: the catalogue that is to grow; default: the one that ships with paperconcepts.
        min_papers: how many papers must have a name.
        limit: how many suggestions to return; None = all.

    Examples:
        >>> from paperconcepts.extraction import extract
        >>> from paperconcepts.linking import link
        >>> from paperconcepts.model import Paper
        >>> papers = [Paper(id=f"x:{number}", abstract="We train on the QuokkaBench dataset.") for number in (1, 2)]
        >>> [found] = suggest_concepts(link(extract(papers)), min_papers=2)
        >>> found.id, found.label, str(found.type), found.papers
        ('quokkabench', 'QuokkaBench', 'Dataset', 2)
    """
    vocabulary = load_catalogue() if vocabulary is None else vocabulary
    names: dict[str, _Name] = defaultdict(_Name)
    meanings: dict[str, Counter[str]] = defaultdict(Counter)
    seen: set[str] = set()
    for item in linked:
        marks = _marks(item.paper)
        if not marks & seen:
            _count(item, names, meanings)
        seen |= marks
    owners = _join_acronyms(names, meanings)
    kept = {
        key: name for key, name in names.items() if name.papers >= min_papers and not is_vague(name.label, vocabulary)
    }
    order = sorted(kept, key=lambda key: (-kept[key].papers, -kept[key].mentions, kept[key].label, key))
    near = NearForms(vocabulary)
    taken: set[str] = set()
    return [_suggestion(key, kept[key], vocabulary, near, owners, taken) for key in order[:limit]]


def _marks(paper: Paper) -> set[str]:
    """What tells that a paper was read before: its id, and a digest of its abstract where that is no stock phrase."""
    letters = "".join(filter(str.isalnum, paper.abstract.casefold()))
    if len(letters) < _LONG_ENOUGH:
        return {paper.id}
    return {paper.id, hashlib.sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()[:16]}


def _count(item: LinkedPaper, names: dict[str, _Name], meanings: dict[str, Counter[str]]) -> None:
    assertions = {assertion.concept_id: assertion for assertion in item.assertions}
    for linked in item.concepts:
        concept = linked.concept
        key = normalise_form(concept.label)
        for alias in linked.aliases:
            short = normalise_form(alias.text)
            if alias.reason == "definition" and short != key:
                # A catalogue concept is known by its id, which no normalised form with a bar can be.
                meanings[short][f"|{concept.id}" if concept.catalogued else key] += 1
        if not concept.catalogued and key:
            names[key].add(linked, assertions[concept.id])


def _join_acronyms(names: dict[str, _Name], meanings: dict[str, Counter[str]]) -> dict[str, str]:
    """Count acronyms with what papers define them as; {name: id} where that is a catalogue concept."""
    owners: dict[str, str] = {}
    for acronym, found in sorted(meanings.items()):
        meaning = min(found, key=lambda key: (-found[key], key))
        if acronym not in names or found[meaning] < _AGREEMENT * found.total():
            continue
        if meaning.startswith("|"):
            owners[acronym] = meaning[1:]
        elif meaning in names and meaning != acronym and _alike(names[acronym], names[meaning]):
            names[meaning].merge(names.pop(acronym))
    return owners


def _alike(acronym: _Name, meaning: _Name) -> bool:
    """Whether two names can be of one thing: ACE the data set is not ACE the method."""
    return not acronym.types or acronym.type is meaning.type or {acronym.type, meaning.type} <= _ARTEFACT


def _suggestion(
    key: str, name: _Name, vocabulary: Vocabulary, near: NearForms, owners: dict[str, str], taken: set[str]
) -> Suggestion:
    label = name.label
    aliases, holders = _aliases(label, name.surfaces, vocabulary)
    neighbours = {*holders, *near.of(label), *([owners[key]] if key in owners else [])}
    return Suggestion(
        _free_id(label, name.type, vocabulary, taken),
        label,
        name.type,
        aliases,
        _broader(label, name.type, vocabulary),
        name.papers,
        name.mentions,
        round(name.votes[name.type] / name.votes.total(), 2),
        name.introduced,
        tuple(sorted(neighbours)),
        tuple(example for _, example in name.examples),
    )


def _aliases(label: str, surfaces: Counter[str], vocabulary: Vocabulary) -> tuple[tuple[str, ...], set[str]]:
    """The surfaces that spelling does not explain, and the ids of catalogue concepts that hold one of the others."""
    forms = {normalise_form(label)}
    known = {normalise_form(text) for text in surfaces} | forms
    kept: list[str] = []
    holders = {entry.concept.id for entry in vocabulary.find(label)}
    for text in sorted(surfaces, key=lambda found: (-surfaces[found], found)):
        key = normalise_form(text)
        entries = vocabulary.find(text)
        holders.update(entry.concept.id for entry in entries)
        # "NAT model" beside "NAT" says nothing new.
        if key in forms or entries or not key or (without_head(text) != key and without_head(text) in known):
            continue
        forms.add(key)
        kept.append(" ".join(text.replace("|", " ").split()))
    return tuple(kept), holders


def _broader(label: str, label_type: ConceptType, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The catalogue concept that the longest known tail of a name means; none is better than a wrong one."""
    words = label.split()
    for first in range(1, len(words)):
        tail = " ".join(words[first:])
        entries = vocabulary.find(tail)
        if not entries:
            continue
        [entry, *others] = entries
        fits = entry.concept.type is label_type or {entry.concept.type, label_type} <= _ARTEFACT
        # One word is named by a label only: as an alias it may be short for more ("transformer" of any kind).
        plain = len(words) - first > 1 or normalise_form(entry.concept.label) == normalise_form(tail)
        return (entry.concept.id,) if fits and plain and not others and not entry.context else ()
    return ()


def _free_id(label: str, label_type: ConceptType, vocabulary: Vocabulary, taken: set[str]) -> str:
    base = candidate = slug(label)
    number = 1
    while candidate in vocabulary.entries or candidate in taken:
        candidate = f"{base[:90]}-{label_type.lower()}" + (f"-{number}" if number > 1 else "")
        number += 1
    taken.add(candidate)
    return candidate


def format_suggestions(suggestions: Iterable[Suggestion], *, style: Literal["tsv", "json"] = "tsv") -> str:
    r"""Return suggestions as text: a table with a header line, whose rows a catalogue file can take, or a JSON list.

    Examples:
        >>> format_suggestions([]).split("\t")[:3]
        ['id', 'label', 'type']
        >>> format_suggestions([], style="json")
        '[]\n'
    """
    if style == "json":
        return json.dumps([item.as_dict() for item in suggestions], ensure_ascii=False, indent=2) + "\n"
    rows = [SUGGESTION_COLUMNS, *(item.as_row() for item in suggestions)]
    return "".join("\t".join(row) + "\n" for row in rows)
