"""Apply the decisions of a person to the linked papers of a corpus, after ``resolve_aliases``.

Forms are split off or rejected first, then concepts are retyped and renamed, then merged, then rejected; but what is
merged away is rejected in single papers before. The order of the lines in the file makes no difference.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from paperconcepts.linking.decision_file import read_decisions
from paperconcepts.linking.decision_model import Action, Decision, Decisions
from paperconcepts.linking.decision_plan import Plan, Step, make_plan
from paperconcepts.linking.decision_syntax import format_decision, plain_form
from paperconcepts.linking.moves import Move, family, is_allowed, moved_relations
from paperconcepts.linking.regrouping import Sentences, move_mentions, restate
from paperconcepts.model import Alias, Concept, LinkedPaper, Mention, Relation
from paperconcepts.vocabulary import Vocabulary, load_catalogue

__all__ = ["Action", "Decision", "Decisions", "DecisionsReport", "apply_decisions", "read_decisions"]


@dataclass(slots=True)
class DecisionsReport:
    """What the decisions of a file changed.

    Attributes:
        applied: (decision, number of papers that it changed), in the order of the file.
        without_effect: the decisions that changed nothing in this corpus.
    """

    applied: list[tuple[Decision, int]] = field(default_factory=list)
    without_effect: list[Decision] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        return {
            "applied": len(self.applied),
            "without_effect": [_row(item) for item in self.without_effect],
            "changes": [{**_row(item), "papers": papers} for item, papers in self.applied],
        }


def _row(item: Decision) -> dict[str, Any]:
    return {"line": item.line, "decision": format_decision(replace(item, comment="")), "comment": item.comment}


def apply_decisions(
    papers: Sequence[LinkedPaper],
    decisions: Decisions,
    vocabulary: Vocabulary | None = None,
    *,
    sentences: Sentences | None = None,
    report: DecisionsReport | None = None,
) -> list[LinkedPaper]:
    """Return the papers, in their order, as these decisions have them; what they do not name is as it was.

    Mentions move with their aliases, evidence, relations and results. A moved alias has the reason ``decision``; its
    note has the comment of the decision and the reason before it. ``sentences`` finds the sentences of a paper, for
    mentions that no evidence is left for. ``vocabulary`` is that of the build (default: the catalogue).

    Raises:
        DecisionsError: a name is unknown or borne by several concepts, a merge would join concepts of different
            kinds, or decisions contradict each other; all problems are told at once, those that ``read_decisions`` has
            kept among them.

    Examples:
        >>> from paperconcepts.extraction import extract
        >>> from paperconcepts.linking import link, resolve_aliases
        >>> from paperconcepts.model import Paper
        >>> papers = [Paper(id="x:1", abstract="We propose ZetaTune, a method that extends LoRA.")]
        >>> decisions = Decisions((Decision(Action.RENAME, "zetatune", "Zeta Tuning"),))
        >>> changed = apply_decisions(resolve_aliases(link(extract(papers))), decisions)
        >>> [item.concept.label for item in changed[0].concepts]
        ['Low-Rank Adaptation', 'Zeta Tuning']
    """
    application = _Application(
        make_plan(papers, decisions, load_catalogue() if vocabulary is None else vocabulary), sentences
    )
    result = application.sweep([application.apply(item) for item in papers])
    if report is not None:
        for item in decisions:
            count = len(application.changed[item.line, item])
            if count:
                report.applied.append((item, count))
            else:
                report.without_effect.append(item)
    return result


class _Application:
    """Carries a plan out, paper by paper, and keeps which decision changed which papers."""

    def __init__(self, plan: Plan, sentences: Sentences | None) -> None:
        self.changed: dict[tuple[int, Decision], set[str]] = defaultdict(set)
        self._plan = plan
        self._sentences = sentences

    def apply(self, item: LinkedPaper) -> LinkedPaper:
        """The paper as the decisions have it."""
        for concept_id in _ids(item):
            for step in self._plan.forms.get(concept_id, ()):
                item = self._move_form(item, concept_id, step)
        for concept_id in _ids(item):
            if concept_id in self._plan.statements:
                item = self._state(item, concept_id)
        for concept_id in _ids(item):
            if concept_id in self._plan.merges:
                item = self._reject(item, concept_id)
                if concept_id in _ids(item):
                    item = self._move_all(item, concept_id, self._plan.merges[concept_id])
        for concept_id in _ids(item):
            item = self._reject(item, concept_id)
        return self._follow(item)

    def _reject(self, item: LinkedPaper, concept_id: str) -> LinkedPaper:
        for step in self._plan.rejects.get(concept_id, ()):
            if step.paper in ("", item.paper.id) and concept_id in _ids(item):
                item = self._move_all(item, concept_id, step)
        return item

    def _follow(self, item: LinkedPaper) -> LinkedPaper:
        """The paper with merges also in relations to what it does not name, such as the family of a version."""
        types = {linked.concept.id: linked.concept.type for linked in item.concepts}
        named = {end for relation in item.relations for end in (relation.subject, relation.object)}
        for concept_id in sorted(named & self._plan.merges.keys()):
            target = self._plan.final[self._plan.merges[concept_id].target or ""]
            move = Move(concept_id, target, frozenset(), frozenset())
            item = replace(item, relations=moved_relations(item.relations, move, types))
        return item

    def sweep(self, papers: list[LinkedPaper]) -> list[LinkedPaper]:
        """The papers without relations to concepts that no paper has any more, or whose new type forbids them."""
        plan = self._plan
        types = {linked.concept.id: linked.concept.type for item in papers for linked in item.concepts}
        gone = (plan.before.keys() | plan.rejects.keys()) - types.keys()
        retyped = {key for key in plan.statements if family(plan.before[key].type) != family(plan.final[key].type)}

        def holds(relation: Relation) -> bool:
            ends = {relation.subject, relation.object}
            if ends & gone:
                return False
            known = is_allowed(types.get(relation.subject), relation.predicate, types.get(relation.object))
            return known or not ends & retyped

        if not gone and not retyped:
            return papers
        return [
            item if all(map(holds, item.relations)) else replace(item, relations=tuple(filter(holds, item.relations)))
            for item in papers
        ]

    def _move_form(self, item: LinkedPaper, concept_id: str, step: Step) -> LinkedPaper:
        mentions = next((a.mentions for a in item.assertions if a.concept_id == concept_id), ())
        moved = [mention for mention in mentions if plain_form(mention.text) == step.form]
        if step.paper not in ("", item.paper.id) or not moved:
            return item
        return self._move(item, concept_id, moved, step)

    def _move_all(self, item: LinkedPaper, concept_id: str, step: Step) -> LinkedPaper:
        return self._move(
            item, concept_id, next(a.mentions for a in item.assertions if a.concept_id == concept_id), step
        )

    def _move(self, item: LinkedPaper, concept_id: str, moved: Sequence[Mention], step: Step) -> LinkedPaper:
        self._note(step.decision, item)
        origin = next(c.concept for c in item.concepts if c.concept.id == concept_id)
        return move_mentions(
            item,
            concept_id,
            moved,
            self._plan.final[step.target] if step.target else None,
            rule=f"decision:{step.decision.action}",
            explain=lambda alias: _decided(alias, origin, step.decision, item.paper.id),
            sentences=self._sentences,
        )

    def _state(self, item: LinkedPaper, concept_id: str) -> LinkedPaper:
        before, final = self._plan.before[concept_id], self._plan.final[concept_id]
        for step in self._plan.statements[concept_id]:
            wanted = step.decision.target
            if wanted != (before.label if step.decision.action is Action.RENAME else before.type):
                self._note(step.decision, item)
        return restate(item, final, rule=f"decision:{Action.RETYPE}")

    def _note(self, decision: Decision, item: LinkedPaper) -> None:
        self.changed[decision.line, decision].add(item.paper.id)


def _ids(item: LinkedPaper) -> list[str]:
    return [linked.concept.id for linked in item.concepts]


def _decided(alias: Alias, origin: Concept, decision: Decision, paper_id: str) -> Alias:
    """The alias under its new concept; the note tells why, and what was believed before."""
    verb = "merged from" if decision.action is Action.MERGE else "split from"
    comment = f": {decision.comment}" if decision.comment else ""
    place = f" in {alias.paper_id}" if alias.paper_id not in ("", paper_id) else ""
    before = alias.note if alias.reason == "decision" else f"{alias.reason}{place}"
    return Alias(alias.text, "decision", paper_id, 1.0, f"{verb} {origin.label}{comment} (before: {before})")
