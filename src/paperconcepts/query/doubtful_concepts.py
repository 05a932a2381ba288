"""Find concepts that are doubtful in themselves: guessed names, weak mentions, types that papers disagree about."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from paperconcepts.graph import ResearchGraph
from paperconcepts.linking.decision_model import Action, Decision
from paperconcepts.linking.decision_syntax import flat
from paperconcepts.linking.moves import family
from paperconcepts.query.aliases import AliasRow, aliases_of
from paperconcepts.query.doubts import ConceptFacts, DoubtfulCase, describe

__all__ = ["guessed_names", "split_votes", "weak_concepts"]

_SHORT = re.compile(r"[A-Z]{1,3}s?\b")
_FREQUENT = 3  # papers
_WEAK = 0.65  # mean confidence that a concept is named
_GUESSED = 0.75  # a reason for a name that is trusted less is a guess
_AGREED = 0.75  # share of the papers that see one type


def guessed_names(graph: ResearchGraph, facts: Mapping[str, ConceptFacts]) -> Iterator[DoubtfulCase]:
    """Names whose meaning was taken from another paper, or for a reason that is trusted little."""
    for key, item in facts.items():
        rows: dict[str, list[AliasRow]] = defaultdict(list)
        for row in aliases_of(graph, key).rows:
            if row.places and (row.borrowed or row.confidence < _GUESSED):
                rows[flat(row.text)].append(row)
        for text, found in sorted(rows.items()):
            yield _guessed_name(item, text, found)


def _guessed_name(item: ConceptFacts, text: str, rows: list[AliasRow]) -> DoubtfulCase:
    key = item.concept.id
    guessed = [row for row in rows if row.confidence < _GUESSED]
    papers = sorted(
        {p.paper_id for row in rows for p in row.places if row in guessed or p.paper_id != row.paper_id}
    )  # fmt: skip
    doubt = 1.0 - min(row.confidence for row in rows) + (0.15 if _SHORT.match(text) else 0.0)
    noun = papers[0] if len(papers) == 1 else f"{len(papers)} papers"
    reasons = ", ".join(sorted({row.reason for row in rows}))
    splits = tuple(Decision(Action.SPLIT, key, text, text, paper, new=True) for paper in papers)
    question = f"Does {text!r} in {noun} mean {describe(item)}? The reason is: {reasons}."
    kind = "guessed name" if guessed else "borrowed name"
    return DoubtfulCase(kind, (key,), question, round(doubt, 3), len(papers), (splits,))


def weak_concepts(facts: Mapping[str, ConceptFacts]) -> Iterator[DoubtfulCase]:
    """Concepts outside the catalogue that several papers name, but none surely."""
    for key, item in facts.items():
        if item.concept.catalogued or len(item.papers) < _FREQUENT or item.confidence >= _WEAK:
            continue
        question = (
            f"Is {describe(item)} a concept at all? Its mentions have a mean confidence of {item.confidence:.2f}."
        )
        reject = (Decision(Action.REJECT, key),)
        yield DoubtfulCase("weak mentions", (key,), question, round(1 - item.confidence, 3), item.edges, (reject,))


def split_votes(facts: Mapping[str, ConceptFacts]) -> Iterator[DoubtfulCase]:
    """Concepts outside the catalogue whose papers disagree about the type."""
    for key, item in facts.items():
        total = sum(item.votes.values())
        own = item.votes.get(item.concept.type, 0)
        if item.concept.catalogued or total < 2 or own >= _AGREED * total:
            continue
        others = sorted((t for t in item.votes if t != item.concept.type), key=lambda t: (-item.votes[t], t))
        votes = ", ".join(f"{label} {item.votes[label]}" for label in (item.concept.type, *others) if item.votes[label])
        # Whether a thing is called a method or a model matters less.
        mild = all(family(label) == family(item.concept.type) for label in others)
        doubt = round((1 - own / total) * (0.5 if mild else 1.0), 3)
        question = f"What is {describe(item)}? Its papers say: {votes}."
        proposals = tuple((Decision(Action.RETYPE, key, str(label)),) for label in others)
        yield DoubtfulCase("split votes", (key,), question, doubt, item.edges, proposals)
