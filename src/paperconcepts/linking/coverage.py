"""What linking left out: sentences that promise a concept and name none, and where the mentions come from."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from paperconcepts.linking.cues import BEFORE_CUES
from paperconcepts.linking.introductions import PROPOSAL
from paperconcepts.model import LinkedPaper, Role, Sentence
from paperconcepts.vocabulary import flat_spaces

__all__ = ["MENTION_SOURCES", "BareCue", "SentenceCoverage", "find_cue", "mention_source"]

MENTION_SOURCES = ("catalogue", "definition", "name", "term", "tagger", "repeat")
_CUES = (
    (Role.INTRODUCES, PROPOSAL),
    *(
        (cue.role, cue.pattern)
        for role in (Role.EVALUATES_ON, Role.COMPARES)
        for cue in BEFORE_CUES
        if cue.role is role
    ),
)


@dataclass(frozen=True, slots=True, order=True)
class BareCue:
    """A sentence with a cue for a role and without a concept: ``paper.text(field)[start:end]``."""

    paper_id: str
    field: str
    start: int
    end: int
    role: Role
    cue: str
    cue_start: int
    cue_end: int


def find_cue(text: str, start: int, end: int) -> tuple[Role, int, int] | None:
    """Return the strongest role that ``text[start:end]`` has a cue for, and the place of the cue; None without a cue.

    Only those roles are asked for whose cues nearly always speak of a concept: introduces, evaluates_on, compares.

    Examples:
        >>> text = "We propose it. Grass is green. Experiments on two corpora follow."
        >>> [find_cue(text, *place) for place in ((0, 14), (15, 30), (31, 65))]
        [(<Role.INTRODUCES: 'introduces'>, 0, 10), None, (<Role.EVALUATES_ON: 'evaluates_on'>, 31, 45)]
    """
    for role, pattern in _CUES:
        match = pattern.search(text, start, end)
        if match is not None:
            return role, match.start(), match.end()
    return None


def mention_source(source: str) -> str:
    """Return the component behind the ``source`` of a mention: one of `MENTION_SOURCES`, or what a newer one is called.

    Examples:
        >>> [mention_source(source) for source in ("name:title?", "name:repeat", "term:model", "catalogue")]
        ['name', 'repeat', 'term', 'catalogue']
    """
    kind, _, detail = source.rstrip("?").partition(":")
    return "repeat" if (kind, detail) == ("name", "repeat") else kind


@dataclass(slots=True)
class SentenceCoverage:
    """Counts of sentences, added to paper by paper; the first ``limit`` bare cues are kept.

    Attributes:
        limit: how many examples to keep.
        sentences: number of sentences.
        without_concepts: number of those in which no concept is named.
        cues: number of the latter that have a cue, by the role of the cue.
        examples: the first of them.
    """

    limit: int = 100
    sentences: int = 0
    without_concepts: int = 0
    cues: Counter[Role] = field(default_factory=Counter)
    examples: list[BareCue] = field(default_factory=list)

    def add(self, linked: LinkedPaper, sentences: Iterable[Sentence]) -> None:
        """Count the sentences of one paper."""
        texts: dict[str, str] = {}
        spans = {(m.field, m.start, m.end) for assertion in linked.assertions for m in assertion.mentions}
        for sentence in sentences:
            self.sentences += 1
            if any(f == sentence.field and start < sentence.end and end > sentence.start for f, start, end in spans):
                continue
            self.without_concepts += 1
            text = texts.setdefault(sentence.field, flat_spaces(linked.paper.text(sentence.field)))
            found = find_cue(text, sentence.start, sentence.end)
            if found is not None:
                self._keep(linked, sentence, *found)

    def _keep(self, linked: LinkedPaper, sentence: Sentence, role: Role, start: int, end: int) -> None:
        self.cues[role] += 1
        if len(self.examples) < self.limit:
            cue = linked.paper.text(sentence.field)[start:end]
            place = (sentence.field, sentence.start, sentence.end)
            self.examples.append(BareCue(linked.paper.id, *place, role, cue, start, end))

    def as_dict(self) -> dict[str, Any]:
        """The counts as JSON-ready values."""
        return {
            "sentences": self.sentences,
            "sentences_without_concepts": self.without_concepts,
            "cues_without_concepts": {str(role): self.cues[role] for role, _ in _CUES},
            "cue_examples": [{**asdict(item), "role": str(item.role)} for item in self.examples],
        }
