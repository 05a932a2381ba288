"""What hangs on mentions goes where they go."""

from collections.abc import Callable

import pytest

from paperconcepts.linking.regrouping import move_mentions, restate, usual_role
from paperconcepts.model import (
    Concept,
    ConceptType,
    Evidence,
    LinkedPaper,
    Mention,
    Predicate,
    Relation,
    Result,
    Role,
    Sentence,
    Status,
)

LinkMarked = Callable[..., LinkedPaper]
_TEXT = "QuollNet extends TailNet. TailNets are old. On NumbatBench, TailNet is weak."
_MARKS = {
    "QuollNet": "model catalogue quollnet",
    "TailNet": "model",
    "TailNets": "model",
    "NumbatBench": "data catalogue numbatbench",
}
_OTHER = Concept(id="other-net", label="OtherNet", type=ConceptType.MODEL)


@pytest.fixture
def paper(link_marked: LinkMarked) -> LinkedPaper:
    """A paper that names TailNet three times, twice in one spelling."""
    return link_marked(_TEXT, _MARKS)


def _mentions(paper: LinkedPaper, concept_id: str, *texts: str) -> list[Mention]:
    found = next(a.mentions for a in paper.assertions if a.concept_id == concept_id)
    return [mention for mention in found if not texts or mention.text in texts]


def _texts(paper: LinkedPaper, concept_id: str) -> list[str]:
    return [mention.text for mention in _mentions(paper, concept_id)]


def _sound(paper: LinkedPaper) -> bool:
    """Whether concepts, assertions, evidence and relations agree."""
    ids = [linked.concept.id for linked in paper.concepts]
    places = {a.concept_id: {(m.field, m.start, m.end) for m in a.mentions} for a in paper.assertions}
    return (
        ids == sorted(places)
        and all(a.evidence and a.mentions for a in paper.assertions)
        and all({(e.field, *s) for s in e.spans} <= places[a.concept_id] for a in paper.assertions for e in a.evidence)
        and all({r.subject, r.object} <= set(ids) and r.subject != r.object for r in paper.relations)
    )


def test_all_mentions(paper: LinkedPaper) -> None:
    """If all mentions go, the target has everything under its own id, and nothing else changes."""
    moved = move_mentions(paper, "tailnet", _mentions(paper, "tailnet"), _OTHER, rule="test")
    assert _sound(moved)
    assert {c.concept.id for c in moved.concepts} == {"quollnet", "numbatbench", "other-net"}
    (before,) = (a for a in paper.assertions if a.concept_id == "tailnet")
    (after,) = (a for a in moved.assertions if a.concept_id == "other-net")
    assert (after.role, after.confidence, after.evidence) == (before.role, before.confidence, before.evidence)
    renamed = {(r.subject, r.predicate, r.object.replace("tailnet", "other-net")) for r in paper.relations}
    assert {(r.subject, r.predicate, r.object) for r in moved.relations} == renamed
    assert [a for a in moved.assertions if a is not after] == [a for a in paper.assertions if a is not before]


def test_one_form(paper: LinkedPaper) -> None:
    """If one form goes, its alias and evidence go with it; relations of the other form stay."""
    moved = move_mentions(paper, "tailnet", _mentions(paper, "tailnet", "TailNets"), _OTHER, rule="test")
    assert _sound(moved)
    assert _texts(moved, "other-net") == ["TailNets"]
    assert _texts(moved, "tailnet") == ["TailNet", "TailNet"]
    aliases = {c.concept.id: [a.text for a in c.aliases] for c in moved.concepts}
    assert (aliases["other-net"], aliases["tailnet"]) == (["TailNets"], ["TailNet"])
    assert moved.relations == paper.relations


def test_relation_goes_with_its_mention(paper: LinkedPaper) -> None:
    """A relation goes if all mentions that it rests on go, and stays with the rest of the concept else."""
    first = _mentions(paper, "tailnet")[:1]
    relation = next(r for r in paper.relations if (r.subject, r.object) == ("quollnet", "tailnet"))
    assert relation.evidence[0].spans[-1] == (first[0].start, first[0].end)
    moved = move_mentions(paper, "tailnet", first, _OTHER, rule="test")
    assert _sound(moved)
    found = {(r.subject, r.predicate, r.object): r.evidence for r in moved.relations}
    assert found["quollnet", relation.predicate, "other-net"] == relation.evidence
    assert ("quollnet", relation.predicate, "tailnet") not in found


def test_evidence_for_what_has_none(paper: LinkedPaper) -> None:
    """A concept without evidence gets the sentence of its first mention, in the role that its type has by default."""
    (assertion,) = (a for a in paper.assertions if a.concept_id == "tailnet")
    first = assertion.mentions[0]
    left = [e for e in assertion.evidence if (first.start, first.end) not in e.spans]
    kept = tuple(e for e in assertion.evidence if e not in left)
    assertions = tuple(
        a if a.concept_id != "tailnet" else type(a)(a.paper_id, a.role, a.concept_id, 0.8, kept, a.mentions)
        for a in paper.assertions
    )
    bare = LinkedPaper(paper.paper, paper.concepts, assertions, ())
    sentence = Sentence("abstract", 26, 43)
    moved = move_mentions(
        bare,
        "tailnet",
        _mentions(bare, "tailnet", "TailNets"),
        _OTHER,
        rule="decision:split",
        sentences=lambda _: [sentence],
    )
    (found,) = (a for a in moved.assertions if a.concept_id == "other-net")
    (evidence,) = found.evidence
    assert found.role is Role.MENTIONS
    assert (evidence.start, evidence.end, evidence.rule) == (26, 43, "decision:split")
    assert paper.paper.text("abstract")[slice(*evidence.spans[0])] == "TailNets"
    # Without a finder of sentences, what other evidence shows, or the whole text.
    plain = move_mentions(bare, "tailnet", _mentions(bare, "tailnet", "TailNets"), _OTHER, rule="x")
    (found,) = (a for a in plain.assertions if a.concept_id == "other-net")
    assert found.evidence[0].start <= 26
    assert found.evidence[0].end >= 43


def test_into_a_concept_of_the_paper(paper: LinkedPaper) -> None:
    """Two concepts become one: one assertion in the stronger role, all mentions, no relation with itself."""
    quoll = next(c.concept for c in paper.concepts if c.concept.id == "quollnet")
    moved = move_mentions(paper, "tailnet", _mentions(paper, "tailnet"), quoll, rule="test")
    assert _sound(moved)
    assert [c.concept.id for c in moved.concepts] == ["numbatbench", "quollnet"]
    assert _texts(moved, "quollnet") == ["QuollNet", "TailNet", "TailNets", "TailNet"]
    roles = {a.concept_id: a.role for a in paper.assertions}
    (merged,) = (a for a in moved.assertions if a.concept_id == "quollnet")
    assert merged.role is min(roles["quollnet"], roles["tailnet"], key=lambda role: role.rank)


def test_away(paper: LinkedPaper) -> None:
    """With no target, what moves is left out: aliases, evidence and relations with it."""
    moved = move_mentions(paper, "tailnet", _mentions(paper, "tailnet"), None, rule="test")
    assert _sound(moved)
    assert [c.concept.id for c in moved.concepts] == ["numbatbench", "quollnet"]
    assert not any("tailnet" in (r.subject, r.object) for r in moved.relations)
    partly = move_mentions(paper, "tailnet", _mentions(paper, "tailnet", "TailNets"), None, rule="test")
    assert _sound(partly)
    assert _texts(partly, "tailnet") == ["TailNet", "TailNet"]
    assert [c.concept.id for c in partly.concepts] == [c.concept.id for c in paper.concepts]


def test_results_and_denied_relations_follow(paper: LinkedPaper) -> None:
    """Results and denied relations go too; a result that names nothing but a subject is left out."""
    place = _mentions(paper, "tailnet")[2]
    evidence = Evidence(
        "test:1",
        "abstract",
        44,
        len(_TEXT),
        ((place.start, place.end),),
        "",
        -1,
        -1,
        "result",
        "1",
        0.7,
        Status.NEGATED,
    )
    result = Result("test:1", "tailnet", None, "numbatbench", None, "5", "%", "at", evidence)
    lonely = Result("test:1", "tailnet", None, None, None, "5", "%", "at", evidence)
    denied = Relation("quollnet", Predicate.OUTPERFORMS, "tailnet", 0.7, (evidence,))
    full = LinkedPaper(paper.paper, paper.concepts, paper.assertions, paper.relations, (denied,), (result, lonely))
    moved = move_mentions(full, "tailnet", [place], _OTHER, rule="test")
    assert [r.subject for r in moved.results] == ["other-net"]
    assert [r.object for r in moved.unasserted] == ["other-net"]
    stays = move_mentions(full, "tailnet", _mentions(paper, "tailnet")[:1], _OTHER, rule="test")
    assert (stays.results, stays.unasserted) == (full.results, full.unasserted)
    gone = move_mentions(full, "tailnet", _mentions(paper, "tailnet"), None, rule="test")
    assert [(r.subject, r.dataset) for r in gone.results] == [(None, "numbatbench")]
    assert gone.unasserted == ()


def test_another_type(paper: LinkedPaper) -> None:
    """A type that forbids the role gives its default role, with the sentence but not the cue; bad relations go."""
    concept = next(c.concept for c in paper.concepts if c.concept.id == "tailnet")
    as_task = concept.model_copy(update={"type": ConceptType.TASK})
    stated = restate(paper, as_task, rule="decision:retype")
    assert _sound(stated)
    (before,) = (a for a in paper.assertions if a.concept_id == "tailnet")
    (after,) = (a for a in stated.assertions if a.concept_id == "tailnet")
    assert before.role is not Role.ADDRESSES
    assert after.role is Role.ADDRESSES
    assert {(e.rule, e.cue) for e in after.evidence} == {("decision:retype", "")}
    assert {(e.start, e.spans) for e in after.evidence} == {(e.start, e.spans) for e in before.evidence}
    assert any(r.predicate is Predicate.EXTENDS for r in paper.relations)
    assert not any(r.predicate is Predicate.EXTENDS for r in stated.relations)
    # Methods and models are one kind: only the type changes.
    method = restate(paper, concept.model_copy(update={"type": ConceptType.METHOD}), rule="x")
    assert (method.assertions, method.relations) == (paper.assertions, paper.relations)


@pytest.mark.parametrize("label", list(ConceptType))
@pytest.mark.parametrize("role", list(Role))
def test_usual_roles(role: Role, label: ConceptType) -> None:
    """A role that is given instead is one that the type may have; ``mentions`` always may be."""
    found = usual_role(role, label)
    assert usual_role(found, label) is found
    assert usual_role(Role.MENTIONS, label) is Role.MENTIONS
    only = {Role.ADDRESSES: "Task", Role.MEASURES: "Metric", Role.EVALUATES_ON: "Dataset"}
    assert only.get(found, str(label)) == label
