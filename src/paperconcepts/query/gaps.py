"""Gaps: tasks and methods that are both frequent and never, or hardly ever, combined."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from paperconcepts.errors import ConfigurationError
from paperconcepts.graph import ResearchGraph
from paperconcepts.model import ConceptType, Predicate, Role
from paperconcepts.query.incidence import Incidence, chosen_types, concept_at, read_incidence

__all__ = ["Gap", "find_gaps"]


@dataclass(frozen=True, slots=True)
class Gap:
    """A task and a method or model that come together less often than chance would have it.

    Attributes:
        task_id: the task.
        task: its name.
        method_id: the method or model.
        method: its name.
        type: ``Method`` or ``Model``.
        task_papers: papers that have the task.
        method_papers: papers that have the method.
        expected: papers that would have both if they were independent.
        observed: papers that have both.
        narrower: further papers that have both if narrower concepts (``is_a``) stand for either.
    """

    task_id: str
    task: str
    method_id: str
    method: str
    type: ConceptType
    task_papers: int
    method_papers: int
    expected: float
    observed: int
    narrower: int


def find_gaps(
    graph: ResearchGraph,
    *,
    concept: str | None = None,
    within: Iterable[str] | None = None,
    types: Sequence[ConceptType | str] = (ConceptType.METHOD, ConceptType.MODEL),
    roles: Sequence[Role | str] | None = None,
    min_support: int = 3,
    min_expected: float = 0.5,
    max_ratio: float = 0.1,
    limit: int | None = 20,
) -> list[Gap]:
    """Pairs of a task and a method or model, both frequent, that are combined far less than expected.

    A pair counts as combined, too, where narrower concepts of either are: papers on BERT and summarisation close the
    gap between language models and summarisation. The largest expectation comes first; ties by ids. That no abstract
    names both may have many reasons, so that a gap is a question, not an answer.

    Args:
        graph: the graph to ask.
        concept: only pairs with this concept, by any of its names, however few papers it has.
        within: only pairs of these concept ids, for instance the members of a community.
        types: what to combine tasks with.
        roles: the roles that count, default all.
        min_support: leave out concepts of fewer papers.
        min_expected: leave out pairs that chance would put together in fewer papers.
        max_ratio: the most that observed may be of expected; 0 for pairs never combined.
        limit: how many to return, None for all.

    Raises:
        UnknownNameError: no concept bears the name ``concept``.
        ConfigurationError: Task is among ``types``, ``concept`` is of none of them, or the ratio is not below 1.
        ValueError: there is no such type or role.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> gaps = find_gaps(example_graph(), max_ratio=0)
        >>> all(gap.observed == 0 and gap.task_papers >= 3 for gap in gaps)
        True
    """
    if not 0 <= max_ratio < 1:
        raise ConfigurationError(f"the ratio is {max_ratio}; it must be at least 0 and below 1")
    allowed = None if within is None else frozenset(within)
    wanted = chosen_types(types)
    if ConceptType.TASK in wanted:
        raise ConfigurationError("tasks are combined with other types; leave Task out of the types")
    incidence = read_incidence(graph, roles=roles)
    tasks = _frequent(graph, incidence, frozenset({ConceptType.TASK}), min_support, allowed)
    methods = _frequent(graph, incidence, wanted, min_support, allowed)
    if concept is not None:
        only = graph.concept(concept).concept
        if only.type is ConceptType.TASK:
            tasks = [only.id]
        elif only.type in wanted:
            methods = [only.id]
        else:
            known = ", ".join(sorted(wanted))
            raise ConfigurationError(f"{only.label!r} is a {only.type}; gaps lie between a Task and one of: {known}")
    sets = _PaperSets(graph, incidence)
    best = _largest(sets, tasks, methods, min_expected, max_ratio, limit)
    return [_gap(graph, sets, task, method, -rank) for rank, task, method in best]


_Ranked = tuple[float, str, str]


def _frequent(
    graph: ResearchGraph,
    incidence: Incidence,
    wanted: frozenset[ConceptType],
    min_support: int,
    allowed: frozenset[str] | None,
) -> list[str]:
    """Concepts of these types, the most frequent first."""
    found = [
        one
        for one, papers in incidence.papers_of.items()
        if len(papers) >= min_support
        and concept_at(graph, one).type in wanted
        and (allowed is None or one in allowed)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-len(incidence.papers_of[one]), one))


def _largest(
    sets: "_PaperSets",
    tasks: list[str],
    methods: list[str],
    min_expected: float,
    max_ratio: float,
    limit: int | None,
) -> list[_Ranked]:
    """The gaps of largest expectation. Both lists fall in frequency, so that most pairs need not be looked at."""
    best: list[_Ranked] = []
    for task in tasks:
        for method in methods:
            expected = sets.expected(task, method)
            beaten = limit is not None and len(best) >= limit and (not best or -expected > best[-1][0])
            if expected < min_expected or beaten:
                break
            if sets.rarely_combined(task, method, max_ratio):
                best.append((-expected, task, method))
                if limit is not None:
                    best.sort()
                    del best[limit:]
    return sorted(best)


def _gap(graph: ResearchGraph, sets: "_PaperSets", task: str, method: str, expected: float) -> Gap:
    one, other = concept_at(graph, task), concept_at(graph, method)
    observed = len(sets.own(task) & sets.own(method))
    narrower = len(sets.narrower(task) & sets.narrower(method)) - observed
    counts = len(sets.own(task)), len(sets.own(method))
    return Gap(task, one.label, method, other.label, other.type, *counts, round(expected, 2), observed, narrower)


class _PaperSets:
    """The papers of a concept, alone and with those of all that is narrower."""

    def __init__(self, graph: ResearchGraph, incidence: Incidence) -> None:
        self._graph = graph.graph
        self._incidence = incidence
        self._own: dict[str, frozenset[str]] = {}
        self._narrower: dict[str, frozenset[str]] = {}

    def own(self, concept_id: str) -> frozenset[str]:
        if concept_id not in self._own:
            self._own[concept_id] = frozenset(self._incidence.papers_of.get(concept_id, ()))
        return self._own[concept_id]

    def narrower(self, concept_id: str) -> frozenset[str]:
        if concept_id not in self._narrower:
            seen, waiting = {concept_id}, [concept_id]
            while waiting:
                for source, _, key in self._graph.in_edges(waiting.pop(), keys=True):
                    if key == Predicate.IS_A and source not in seen:
                        seen.add(source)
                        waiting.append(source)
            self._narrower[concept_id] = frozenset().union(*(self.own(one) for one in seen))
        return self._narrower[concept_id]

    def expected(self, task: str, method: str) -> float:
        """The papers that would have both if they were independent."""
        return len(self.own(task)) * len(self.own(method)) / self._incidence.total

    def rarely_combined(self, task: str, method: str, max_ratio: float) -> bool:
        """Whether both, and also all that is narrower, come together in at most this part of what is expected."""
        if len(self.own(task) & self.own(method)) > max_ratio * self.expected(task, method):
            return False
        first, second = self.narrower(task), self.narrower(method)
        return len(first & second) <= max_ratio * len(first) * len(second) / self._incidence.total
