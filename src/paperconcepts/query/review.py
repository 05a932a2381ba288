"""The doubtful cases of a graph that are worth a person's minute, and the file that takes the answers."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from paperconcepts.errors import DecisionsError
from paperconcepts.graph import ResearchGraph
from paperconcepts.linking.decision_conflicts import find_conflicts
from paperconcepts.linking.decision_file import append_lines, commented_decisions, read_decisions
from paperconcepts.linking.decision_model import Action, Decision
from paperconcepts.linking.decision_syntax import flat, format_decision
from paperconcepts.query.doubtful_concepts import guessed_names, split_votes, weak_concepts
from paperconcepts.query.doubtful_pairs import doubtful_pairs
from paperconcepts.query.doubts import DoubtfulCase, Proposal, gather_facts, sorted_cases

__all__ = ["Answers", "doubtful_cases"]

_HEADER = (
    "# Decisions about concepts, for: paperconcepts build --decisions FILE",
    "# Lines that begin with # decide nothing. Take the # away from those that are right, and say why behind a new #.",
)


def doubtful_cases(graph: ResearchGraph, *, limit: int | None = None) -> list[DoubtfulCase]:
    """Return the doubtful cases of a graph, most valuable first: doubt times the number of edges touched.

    They are pairs of concepts that may be one, names whose meaning was guessed or taken from another paper,
    concepts of several papers with weak mentions, and concepts whose papers disagree about the type.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> cases = doubtful_cases(example_graph())
        >>> cases == sorted(cases, key=lambda case: -case.value)
        True
    """
    facts = gather_facts(graph)
    cases = sorted_cases(
        [*doubtful_pairs(facts), *guessed_names(graph, facts), *weak_concepts(facts), *split_votes(facts)]
    )
    return cases[:limit]


class Answers:
    """A decisions file that answers to doubtful cases are written to.

    What stands in the file stays; each answer is added at once, in one step, so that nothing is lost on the way.
    ``graph`` tells which concepts the labels and aliases in the file mean; without it ids alone are understood.

    Raises:
        DecisionsError: the file is there and is not a valid decisions file.

    Examples:
        >>> import tempfile, pathlib
        >>> from paperconcepts.examples import example_graph
        >>> file = pathlib.Path(tempfile.mkdtemp()) / "decisions.txt"
        >>> cases = doubtful_cases(example_graph(), limit=2)
        >>> Answers(file).propose(cases), Answers(file).propose(cases)
        (2, 0)
    """

    def __init__(self, path: str | Path, graph: ResearchGraph | None = None) -> None:
        self._path = Path(path)
        self._graph = graph
        self._taken = list(read_decisions(path)) if self._path.exists() else []
        self._refused, self._proposed = (set(found) for found in commented_decisions(path))

    def open_cases(self, cases: Iterable[DoubtfulCase], *, proposed: bool = True) -> Iterator[DoubtfulCase]:
        """The cases that the file has no answer to; ``proposed`` says whether to yield those that it proposes.

        A merge is the same whichever concept is merged into the other: with more papers the larger one may change.
        """
        told = [*self._taken, *self._refused, *(() if proposed else self._proposed)]
        answered = {self._meaning(item) for item in told}
        typed = {self._concept(item.concept) for item in self._taken if item.action is Action.RETYPE}
        for case in cases:
            settled = all(item.action is Action.RETYPE and item.concept in typed for p in case.proposals for item in p)
            if not settled and not any(answered.issuperset(self._meanings(proposal)) for proposal in case.proposals):
                yield case

    def _meanings(self, proposal: Proposal) -> set[Hashable]:
        """What decides a proposal: of a merge and the retype that makes it possible, the merge."""
        merges = [item for item in proposal if item.action is Action.MERGE]
        return {self._meaning(item) for item in merges or proposal}

    def _meaning(self, item: Decision) -> Hashable:
        concept = self._concept(item.concept)
        if item.action is Action.MERGE:
            return frozenset((concept, self._concept(item.target)))
        return replace(item, concept=concept)

    def _concept(self, name: str) -> str:
        """The id of the one concept of this name, else the name."""
        named = self._graph.concepts_named(name) if self._graph is not None else []
        return named[0].concept.id if len(named) == 1 else name

    def propose(self, cases: Iterable[DoubtfulCase]) -> int:
        """Add each case that the file does not speak of as comments, to be edited; return how many there were."""
        fresh = list(self.open_cases(cases, proposed=False))
        lines: list[str] = []
        for case in fresh:
            lines += ["", f"# {case.value:g}  {case.kind}: {flat(case.question)}"]
            lines += [f"# {format_decision(item)}" for proposal in case.proposals for item in proposal]
            self._proposed.update(item for proposal in case.proposals for item in proposal)
        self._append(lines)
        return len(fresh)

    def accept(self, proposal: Proposal, comment: str) -> None:
        """Add the decisions of a proposal.

        Raises:
            DecisionsError: they contradict decisions that the file has; nothing is written.
        """
        fresh = [replace(item, comment=comment) for item in proposal if item not in self._taken]
        problems = find_conflicts([*self._taken, *fresh], flat)
        if problems:
            raise DecisionsError(str(self._path), [(line or None, text) for line, text in problems])
        self._append([format_decision(item) for item in fresh])
        self._taken = list(read_decisions(self._path))

    def refuse(self, case: DoubtfulCase, comment: str) -> None:
        """Note that no proposal of a case is right, so that it is not asked again."""
        decisions = [replace(item, comment=comment) for proposal in case.proposals for item in proposal]
        self._append([f"# no: {format_decision(item)}" for item in decisions])
        self._refused.update(decisions)

    def _append(self, lines: list[str]) -> None:
        if lines:
            append_lines(self._path, lines if self._path.exists() else [*_HEADER, *lines])
