"""Turn decisions, which use names, into a plan, which uses the ids of one corpus; or say why that cannot be."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from paperconcepts.errors import DecisionsError
from paperconcepts.linking.decision_conflicts import find_conflicts
from paperconcepts.linking.decision_model import Action, Decision, Decisions, Problem
from paperconcepts.linking.decision_names import ConceptNames, PaperNames, UnclearNameError
from paperconcepts.linking.decision_syntax import flat, format_decision, plain_form
from paperconcepts.linking.moves import family
from paperconcepts.model import Concept, ConceptType, LinkedPaper
from paperconcepts.vocabulary import Vocabulary

__all__ = ["Plan", "Step", "make_plan"]


@dataclass(frozen=True, slots=True)
class Step:
    """One decision by ids: mentions of a form (or all, if ``form`` is "") go to ``target``, or away if that is None."""

    decision: Decision
    target: str | None = None
    form: str = ""
    paper: str = ""


@dataclass(slots=True)
class Plan:
    """What is done to which concepts, by their ids.

    Attributes:
        forms: splits and rejects of surface forms; those that hold in one paper only come first.
        statements: new labels and types.
        merges: one for each concept that is merged away; the target is the last one of a chain.
        rejects: concepts that go, everywhere or in one paper.
        final: the concepts that are stated or are a target, with the labels and types that they get.
        before: the same concepts as they were.
    """

    forms: dict[str, list[Step]] = field(default_factory=lambda: defaultdict(list))
    statements: dict[str, list[Step]] = field(default_factory=lambda: defaultdict(list))
    merges: dict[str, Step] = field(default_factory=dict)
    rejects: dict[str, list[Step]] = field(default_factory=lambda: defaultdict(list))
    final: dict[str, Concept] = field(default_factory=dict)
    before: dict[str, Concept] = field(default_factory=dict)


def make_plan(papers: Sequence[LinkedPaper], decisions: Decisions, vocabulary: Vocabulary) -> Plan:
    """Look every name up and sort the decisions by what they do.

    Raises:
        DecisionsError: names are unknown or ambiguous, kinds differ, decisions contradict each other, or lines of the
            file were no decisions; all problems are told at once.
    """
    reader = _Reader(papers, vocabulary)
    found = reader.resolve(decisions)
    plan = _sorted_plan(found, reader)
    # Two names may mean one concept: contradictions that the file alone does not show.
    conflicts = find_conflicts(decisions, reader.identify, reader.identify_paper)
    problems = {*decisions.problems, *reader.problems, *conflicts, *_mixed_kinds(found, plan)}
    if problems:
        raise DecisionsError(decisions.file, sorted(problems, key=lambda problem: (problem[0] or 0, problem[1])))
    plan.merges = {key: _end_of_chain(step, plan.merges) for key, step in plan.merges.items()}
    return plan


_Found = tuple[Decision, str, str | None, str]


class _Reader:
    """Looks names up and keeps what went wrong."""

    def __init__(self, papers: Sequence[LinkedPaper], vocabulary: Vocabulary) -> None:
        self.concepts = ConceptNames(papers, vocabulary)
        self.problems: list[Problem] = []
        self._papers = PaperNames(papers)

    def identify(self, name: str) -> str:
        """The id behind a name; the name itself if it cannot be told."""
        try:
            return self.concepts.find(name).id
        except UnclearNameError:
            return flat(name)

    def identify_paper(self, name: str) -> str:
        """The id behind the name of a paper; the name itself if there is no such paper."""
        try:
            return self._papers.find(name)
        except UnclearNameError:
            return name

    def resolve(self, decisions: Decisions) -> list[_Found]:
        """(decision, id of its concept, id of its target or None, id of its paper or "") of those that are clear."""
        made = self._make_new(decisions)
        found = [self._one(item, made.get(item)) for item in decisions]
        return [item for item in found if item is not None]

    def _make_new(self, decisions: Decisions) -> dict[Decision, str]:
        """The ids of the concepts that splits make; one may be split off another."""
        made: dict[Decision, str] = {}
        waiting = sorted({item for item in decisions if item.new}, key=format_decision)
        while True:
            ready = [item for item in waiting if self.concepts.knows(item.concept)]
            if not ready:
                return made
            for item in ready:
                made[item] = self.concepts.add_new(item.target, self.concepts.find(item.concept)).id
            waiting = [item for item in waiting if item not in made]

    def _one(self, item: Decision, made: str | None) -> _Found | None:
        try:
            concept = self.concepts.find(item.concept).id
            target = made
            if item.action in (Action.MERGE, Action.SPLIT) and not item.new:
                target = self.concepts.find(item.target).id
            if item.action is Action.SPLIT and target == concept:
                raise UnclearNameError(
                    f"{item.target!r} is {item.concept!r} itself; name another concept, or write: to new {item.target}"
                )
            return item, concept, target, self._papers.find(item.paper) if item.paper else ""
        except UnclearNameError as error:
            self.problems.append((item.line or None, str(error)))
            return None


def _sorted_plan(found: list[_Found], reader: _Reader) -> Plan:
    plan = Plan()
    for item, concept, target, paper in found:
        step = Step(item, target, plain_form(item.form) if item.form else "", paper)
        if item.form:
            plan.forms[concept].append(step)
        elif item.action is Action.MERGE:
            plan.merges.setdefault(concept, step)
        elif item.action is Action.REJECT:
            plan.rejects[concept].append(step)
        else:
            plan.statements[concept].append(step)
        for concept_id in (concept, target):
            known = reader.concepts.get(concept_id) if concept_id else None
            if known is not None:
                plan.before[known.id] = known
                plan.final.setdefault(known.id, known)
        if item.action in (Action.RENAME, Action.RETYPE):
            name = "label" if item.action is Action.RENAME else "type"
            value = item.target if item.action is Action.RENAME else ConceptType(item.target)
            plan.final[concept] = plan.final[concept].model_copy(update={name: value})
    for steps in plan.forms.values():
        steps.sort(key=lambda step: (not step.paper, step.decision.line))
    return plan


def _end_of_chain(step: Step, merges: dict[str, Step]) -> Step:
    target = step.target
    while target in merges:  # no circles: those were refused
        target = merges[target].target
    return Step(step.decision, target)


def _mixed_kinds(found: list[_Found], plan: Plan) -> list[Problem]:
    problems: list[Problem] = []
    types: dict[str, set[str]] = defaultdict(set)
    for item, concept, _, _ in found:
        if item.action is Action.RETYPE:
            types[concept].add(item.target)
    for item, concept, target, _ in found:
        if item.action is not Action.MERGE or target is None:
            continue
        if max(len(types[concept]), len(types[target])) > 1:
            continue  # retyped in two ways: told as a contradiction
        one, other = plan.final[concept], plan.final[target]
        if family(one.type) != family(other.type):
            problems.append(
                (
                    item.line or None,
                    f"{item.concept!r} is a {one.type} and {item.target!r} a {other.type}: concepts of different kinds "
                    f"are not merged; if a type is wrong, add a line such as: retype {one.id} to {other.type}",
                )
            )
    return problems
