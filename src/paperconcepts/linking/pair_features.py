"""What stands between and around two concepts of a paper, as named features for the relation model."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from paperconcepts.linking.assertions import main_concept, places_by_sentence
from paperconcepts.linking.linear_model import PRESENT
from paperconcepts.linking.roles import SentenceIndex
from paperconcepts.linking.sentence_words import SentenceWords, cue_groups, words_of
from paperconcepts.model import Assertion, Concept, ConceptType, Mention, Relation, Role, Sentence
from paperconcepts.vocabulary import Vocabulary, normalise_form

__all__ = ["ConceptPairs", "Meeting"]

_ARTEFACTS = (ConceptType.METHOD, ConceptType.MODEL)
# Kinds of subject and object that annotators relate at all.
_KINDS = frozenset(
    {(a, b) for a in _ARTEFACTS for b in (*_ARTEFACTS, ConceptType.TASK, ConceptType.DATASET)}
    | {(label, label) for label in ConceptType}
    | {(ConceptType.TASK, ConceptType.METHOD), (ConceptType.TASK, ConceptType.MODEL)}
    | {(ConceptType.METRIC, ConceptType.METHOD)}
)
# What may stand between two names, once every stretch of white space is one blank.
_AND = re.compile(r"(?: ?\([^()]{1,30}\))?(?: ?[,/]|,? (?:and|or|as well as))(?: the)? ?", re.IGNORECASE)
_BESIDE = re.compile(r"[ -]{0,3}\(?")
_NAMING = re.compile(r" ?[:—–-] | ?\( ?")
_APPOSED = re.compile(r"(?: ?\([^()]{1,40}\))?, (?:an?|the|one of the) (?:[\w-]{1,40} ){0,5}", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_GAP = 160  # code points between two mentions up to which the words there are read
_FEW = 10
_MOST = 80  # concepts of a paper of which every two are looked at


@dataclass(frozen=True, slots=True)
class Meeting:
    """A sentence in which two concepts meet, with the two mentions that stand closest, in order of place."""

    sentence: Sentence
    first: Mention
    second: Mention


class ConceptPairs:
    """The pairs of concepts of one paper that may be related, and what speaks for it.

    ``shares`` holds for each concept what the role model thinks of its roles, in their order; ``stated`` are the
    relations that a rule has read.
    """

    def __init__(
        self,
        concepts: Mapping[str, Concept],
        assertions: Sequence[Assertion],
        index: SentenceIndex,
        shares: Mapping[str, Sequence[float]],
        stated: Iterable[Relation],
        vocabulary: Vocabulary,
    ) -> None:
        self._concepts, self._index, self._vocabulary = concepts, index, vocabulary
        self._assertions = {item.concept_id: item for item in assertions}
        self._own = {key: self._of_concept(item, shares.get(key, ())) for key, item in self._assertions.items()}
        self._between: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        self.meetings: dict[tuple[str, str], list[Meeting]] = defaultdict(list)
        for sentence, places in places_by_sentence(self._assertions.values(), index).items():
            self._meet(sentence, places)
        for relation in stated:
            for rule in sorted({f"{item.rule} {item.status}" for item in relation.evidence}):
                self._between[relation.subject, relation.object][f"> {rule}"] = PRESENT
                self._between[relation.object, relation.subject][f"< {rule}"] = PRESENT

    @cached_property
    def _met(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for subject, target in self._between:
            found[subject].append(target)
        return found

    @cached_property
    def main(self) -> str | None:
        """The artefact that the paper introduces: of several the one in the title, then the one named most often."""
        return main_concept(self._assertions.values(), self._concepts)

    def kinds(self, subject: str, target: str) -> tuple[ConceptType, ConceptType]:
        """The types of two concepts."""
        return self._concepts[subject].type, self._concepts[target].type

    def features(self) -> Iterator[tuple[str, str, dict[str, int]]]:
        """Subject, object and features of each ordered pair worth looking at, in the order of the assertions."""
        # A paper with very many names is a list: there, only names that meet are looked at.
        listed = len(self._assertions) > _MOST
        for subject, item in self._assertions.items():
            for target in self._neighbours(subject) if listed else self._assertions:
                other = self._assertions[target]
                if subject == target or self.kinds(subject, target) not in _KINDS:
                    continue
                words = self._between.get((subject, target))
                likeness = self._likeness(subject, target)
                # Of two concepts that neither meet nor are alike nor the paper's own, a text says nothing.
                if words is None and not likeness and Role.INTRODUCES not in (item.role, other.role):
                    continue
                yield subject, target, {**(words or {"apart": PRESENT}), **likeness, **self._of_pair(item, other)}

    def _neighbours(self, concept_id: str) -> Sequence[str]:
        return self._met.get(concept_id, ())

    def _meet(self, sentence: Sentence, places: list[tuple[Mention, str]]) -> None:
        text = self._index.flat(sentence.field)
        words = words_of(text, sentence)
        closest: dict[tuple[str, str], tuple[int, int, int]] = {}
        # In a sentence of very many names, those far apart have nothing to do with each other.
        reach = _FEW if len(self._assertions) <= _MOST else 2
        for left, (first, a) in enumerate(places):
            for right in range(left + 1, min(len(places), left + 1 + reach)):
                second, b = places[right]
                gap = second.start - first.end
                if a != b and gap >= 0 and gap < closest.get((a, b), (gap + 1, 0, 0))[0]:
                    closest[a, b] = (gap, left, right)
        around = {n: _around(place[0], words) for n, place in enumerate(places)} if closest else {}
        whole = [f"in {group}" for group in _groups(words.words) if group in ("eval", "outperf", "train", "compar")]
        for (a, b), (_, left, right) in closest.items():
            meeting = Meeting(sentence, places[left][0], places[right][0])
            self.meetings[a, b].append(meeting)
            names = [
                *_gap(meeting, text, words),
                f"{min(right - left - 1, 3)} names between",
                *(f"first {name}" for name in around[left]),
                *(f"second {name}" for name in around[right]),
                *whole,
                *(["title"] if sentence.field == "title" else []),
            ]
            self._between[a, b].update((f"> {name}", PRESENT) for name in names)
            self._between[b, a].update((f"< {name}", PRESENT) for name in names)

    def _likeness(self, subject: str, target: str) -> dict[str, int]:
        """How the names of two concepts resemble each other, and what the catalogue says of them."""
        names: set[str] = set()
        for form in self._own[subject].forms:
            for other in self._own[target].forms:
                names.update(_contained(form, other, ">"))
                names.update(_contained(other, form, "<"))
        if self._own[subject].words & self._own[target].words:
            names.add("share a word")
        if target in self._own[subject].ancestors:
            names.add("catalogue >")
        if subject in self._own[target].ancestors:
            names.add("catalogue <")
        if names:
            kinds = f"{self._concepts[subject].type} {self._concepts[target].type}"
            names.update([f"{name} {kinds}" for name in names if name.startswith(("ends", "catalogue"))])
        return dict.fromkeys(names, PRESENT)

    def _of_pair(self, item: Assertion, other: Assertion) -> dict[str, int]:
        subject, target = item.concept_id, other.concept_id
        a, b = self._own[subject], self._own[target]
        kinds = f"{self._concepts[subject].type} {self._concepts[target].type}"
        roles = f"{item.role} {other.role}"
        meet = "together" if (subject, target) in self.meetings or (target, subject) in self.meetings else "apart"
        names = [
            kinds, roles, f"{kinds} {roles}", f"{meet} {kinds}", f"{meet} {roles}",
            f"{min(a.sentences_from(b), 4)} sentences",
        ]  # fmt: skip
        if subject == self.main:
            names += ["main", f"main {other.role} {self._concepts[target].type}", f"main {meet} {kinds}"]
        if target == self.main:
            names += ["of main", f"of main {item.role} {self._concepts[subject].type}", f"of main {meet} {kinds}"]
        if self._index.title_studies:
            names += ["study", f"study {kinds}"]
        return {**dict.fromkeys(names, PRESENT), **a.as_subject, **b.as_target}

    def _of_concept(self, item: Assertion, shares: Sequence[float]) -> "_Own":
        concept = self._concepts[item.concept_id]
        forms = {normalise_form(mention.text) for mention in item.mentions} | {normalise_form(concept.label)}
        numbers = {(m.field, self._index.sentence_of(m)[1]) for m in item.mentions}
        values = {
            "confidence": round(item.confidence * PRESENT),
            "often": min(len(item.mentions), 4) * PRESENT // 4,
            "in title": PRESENT * any(mention.field == "title" for mention in item.mentions),
            "catalogued": PRESENT * concept.catalogued,
            **{f"share {n}": round(share * PRESENT) for n, share in enumerate(shares)},
        }
        known = {name: value for name, value in values.items() if value}
        as_subject, as_target = ({f"{end} {name}": value for name, value in known.items()} for end in "AB")
        words = frozenset(word for form in forms for word in form.split())
        ancestors = frozenset(_ancestors(concept.id, self._vocabulary))
        return _Own(tuple(sorted(forms)), words, ancestors, frozenset(numbers), as_subject, as_target)


@dataclass(frozen=True, slots=True)
class _Own:
    """What is known of one concept of the paper, read once for all its pairs."""

    forms: tuple[str, ...]
    words: frozenset[str]
    ancestors: frozenset[str]
    numbers: frozenset[tuple[str, int]]
    as_subject: dict[str, int]
    as_target: dict[str, int]

    def sentences_from(self, other: "_Own") -> int:
        """How many sentences lie between the nearest mentions of two concepts; 9 if one is in the title alone."""
        if self.numbers & other.numbers:
            return 0
        return min((abs(n - m) for f, n in self.numbers for g, m in other.numbers if f == g), default=9)


def _ancestors(concept_id: str, vocabulary: Vocabulary) -> set[str]:
    found: set[str] = set()
    todo = [concept_id]
    while todo:
        entry = vocabulary.get(todo.pop())
        new = [broader for broader in (entry.concept.broader if entry else ()) if broader not in found]
        found.update(new)
        todo += new
    return found


def _contained(longer: str, shorter: str, way: str) -> list[str]:
    """How a form stands in a longer one: as its head, its beginning, inside, or as a part of a word."""
    if len(longer) <= len(shorter) or shorter not in longer:
        return []
    if longer.endswith(f" {shorter}"):
        return [f"ends {way}"]
    if longer.startswith(f"{shorter} "):
        return [f"begins {way}"]
    return [f"inside {way}"] if f" {shorter} " in longer else [f"part {way}"] if len(shorter) >= 3 else []


def _groups(words: Sequence[str]) -> list[str]:
    return sorted({group for word in words for group in cue_groups(word)})


def _around(mention: Mention, words: SentenceWords) -> list[str]:
    near = words.before(mention.start, 9)
    return [
        *(f"before {group}" for group in _groups(near)),
        *(f"word before {word}" for word in sorted(set(near[-3:]))),
        *(f"word after {word}" for word in words.after(mention.end, 2)),
    ]


def _gap(meeting: Meeting, text: str, words: SentenceWords) -> list[str]:
    start, end = meeting.first.end, meeting.second.start
    between = words.between(start, end)
    count = len(between)
    names = [f"distance {min(count, 3) if count < 6 else 6 if count < 11 else 11 if count < 21 else 21}"]
    if end - start > _GAP:
        return names
    names += [f"gap {group}" for group in _groups(between)]
    if count <= _FEW:
        names += [f"word {word}" for word in sorted(set(between))]
    if between:
        names += [f"opens {between[0]}", f"closes {between[-1]}"]
    if count <= 3:
        names.append(f"says {' '.join(between)}")
    return names + _shapes(_SPACES.sub(" ", text[start:end]))


def _shapes(gap: str) -> list[str]:
    shapes = {
        "and": _AND.fullmatch(gap),
        "beside": _BESIDE.fullmatch(gap),
        "naming": _NAMING.fullmatch(gap),
        "apposed": _APPOSED.fullmatch(gap),
    }
    return [name for name, match in shapes.items() if match]
