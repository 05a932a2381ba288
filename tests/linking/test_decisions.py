"""Decisions applied to linked papers: names, scopes, chains, reports and refusals."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from paperconcepts.errors import DecisionsError
from paperconcepts.linking import DecisionsReport, apply_decisions, read_decisions, resolve_aliases
from paperconcepts.linking.decision_model import Decision, Decisions
from paperconcepts.linking.decision_syntax import parse_decision
from paperconcepts.model import Alias, ConceptType, LinkedPaper, Predicate, Relation
from paperconcepts.vocabulary import Vocabulary

LinkMarked = Callable[..., LinkedPaper]
Apply = Callable[..., list[LinkedPaper]]


def decide(*lines: str) -> Decisions:
    """The decisions of these lines, numbered from 1."""
    found = [(number, parse_decision(line)) for number, line in enumerate(lines, 1)]
    items = (Decision(d.action, d.concept, d.target, d.form, d.paper, d.new, d.comment, n) for n, d in found if d)
    return Decisions(tuple(items), "d.txt")


@pytest.fixture
def papers(link_marked: LinkMarked) -> list[LinkedPaper]:
    """Three papers: LoRa the radio and LoRA the method under one id, another name, and a task."""
    return resolve_aliases(
        [
            link_marked("We use Tail Tuning (TT). LoRA is used.", {"Tail Tuning": "method", "LoRA": "method"}),
            link_marked(
                "Quokkas talk by LoRA radios. LoRAs\nare cheap. We use Rear Tuning.",
                {"LoRA": "method", "LoRAs": "method", "Rear Tuning": "method"},
                paper_id="test:2",
            ),
            link_marked(
                "We use QuollNet for hop counting. NumbatBench is hard.",
                {"QuollNet": "model catalogue quollnet", "hop counting": "task", "NumbatBench": "data c numbatbench"},
                paper_id="test:3",
            ),
        ]
    )


@pytest.fixture
def apply(papers: list[LinkedPaper], vocabulary: Vocabulary) -> Apply:
    """Apply lines to the three papers."""

    def run(*lines: str, report: DecisionsReport | None = None) -> list[LinkedPaper]:
        return apply_decisions(papers, decide(*lines), vocabulary, report=report)

    return run


def _names(paper: LinkedPaper) -> dict[str, list[str]]:
    return {a.concept_id: sorted({m.text for m in a.mentions}) for a in paper.assertions}


def _aliases(paper: LinkedPaper, concept_id: str) -> list[Alias]:
    return [alias for c in paper.concepts if c.concept.id == concept_id for alias in c.aliases]


def _problems(apply: Apply, *lines: str) -> list[str]:
    with pytest.raises(DecisionsError) as caught:
        apply(*lines)
    return list(caught.value.lines)


def test_nothing_decided(papers: list[LinkedPaper], apply: Apply) -> None:
    """Without decisions the papers are the same."""
    assert apply() == papers


def test_merge(papers: list[LinkedPaper], apply: Apply) -> None:
    """A merged concept has the other's id; its aliases say why, and what was believed before."""
    before = {text: a.reason for a in _aliases(papers[1], "rear-tuning") for text in [a.text]}
    changed = apply('merge "Rear Tuning" into "tail tuning"  # one thing')
    assert changed[0] == papers[0]
    assert changed[2] == papers[2]
    assert set(_names(changed[1])) == {"lora", "tail-tuning"}
    assert _aliases(changed[1], "tail-tuning") == [
        Alias(
            "Rear Tuning",
            "decision",
            "test:2",
            1.0,
            f"merged from Rear Tuning: one thing (before: {before['Rear Tuning']})",
        )
    ]


def test_split_one_form(papers: list[LinkedPaper], apply: Apply) -> None:
    """A form goes with its plural and across line breaks, capitals counting, to a new concept of this label."""
    changed = apply('split LoRA from lora to new "LoRA radio" in test:2')
    assert changed[0] == papers[0]
    assert _names(changed[1])["lora-radio"] == ["LoRA", "LoRAs"]
    assert "lora" not in _names(changed[1])
    concept = next(c.concept for c in changed[1].concepts if c.concept.id == "lora-radio")
    assert (concept.label, concept.type, concept.catalogued) == ("LoRA radio", ConceptType.METHOD, False)
    assert {a.note for a in _aliases(changed[1], "lora-radio")} == {"split from LoRA (before: name)"}
    assert apply("split LORA from lora to new Radio") == papers


def test_split_to_a_homonym(papers: list[LinkedPaper], apply: Apply) -> None:
    """A new concept whose name is that of the concept it leaves is told apart by its type."""
    changed = apply("split LoRA from lora to new LoRA in test:2")
    assert "lora-method" in _names(changed[1])
    assert "lora" in _names(changed[0])


def test_split_to_another_concept(apply: Apply) -> None:
    """A form may go to a concept that exists, of the corpus or of the catalogue, of whatever kind."""
    changed = apply("split LoRA from lora to quollnet in test:2", "split LoRA from lora to leap-rate")
    assert _names(changed[1])["quollnet"] == ["LoRA", "LoRAs"]
    assert _names(changed[0])["leap-rate"] == ["LoRA"]
    assert next(str(a.role) for a in changed[0].assertions if a.concept_id == "leap-rate") in ("measures", "introduces")


def test_one_new_concept_for_one_label(apply: Apply) -> None:
    """Splits to one new label meet in one concept; it can be named by other decisions."""
    lines = [
        'split LoRA from lora to new "LoRA radio" in test:2',
        'split "Rear Tuning" from rear-tuning to new "lora radio"',
        'retype "LoRA radio" to Model',
    ]
    for order in (lines, lines[::-1]):
        changed = apply(*order)
        assert _names(changed[1]) == {"lora-radio": ["LoRA", "LoRAs", "Rear Tuning"]}
        assert changed[1].concepts[0].concept.type is ConceptType.MODEL


def test_rename_and_retype(papers: list[LinkedPaper], apply: Apply) -> None:
    """A new label or type changes neither id nor mentions; of the catalogue's concepts too."""
    changed = apply('rename lora to "LoRa"', "retype quollnet to Method", 'rename quollnet to "Quoll Net"')
    labels = {c.concept.id: (c.concept.label, str(c.concept.type)) for item in changed for c in item.concepts}
    assert labels["lora"] == ("LoRa", "Method")
    assert labels["quollnet"] == ("Quoll Net", "Method")
    assert [_names(item) for item in changed] == [_names(item) for item in papers]


def test_reject(papers: list[LinkedPaper], apply: Apply) -> None:
    """A concept is taken away everywhere, in one paper, or in one of its forms."""
    everywhere = apply("reject lora")
    assert not any("lora" in _names(item) for item in everywhere)
    once = apply("reject lora in test:1")
    assert ["lora" in _names(item) for item in once] == [False, True, False]
    form = apply("reject LoRA of lora in test:2")
    assert ["lora" in _names(item) for item in form] == [True, False, False]
    assert form[0] == papers[0]


def test_chain(apply: Apply) -> None:
    """A into B and B into C puts all into C, in whatever order the lines stand."""
    lines = ["merge lora into rear-tuning", "merge rear-tuning into tail-tuning"]
    assert apply(*lines) == apply(*lines[::-1])
    assert [set(_names(item)) for item in apply(*lines)][:2] == [{"tail-tuning"}, {"tail-tuning"}]


def test_retype_makes_a_merge_possible(apply: Apply) -> None:
    """Concepts of different kinds are merged only if a retype makes them of one kind; the message says so."""
    (problem,) = _problems(apply, 'merge "hop counting" into numbatbench')
    assert problem == (
        "d.txt, line 1: 'hop counting' is a Task and 'numbatbench' a Dataset: concepts of different kinds are not "
        "merged; if a type is wrong, add a line such as: retype hop-counting to Dataset"
    )
    changed = apply('merge "hop counting" into numbatbench', "retype hop-counting to Dataset")
    assert _names(changed[2])["numbatbench"] == ["NumbatBench", "hop counting"]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("merge rear-tuningg into lora", ["no concept 'rear-tuningg'", "did you mean 'Rear Tuning'", "Correct"]),
        ("merge lora into zzzzzzzz", ["no concept 'zzzzzzzz'", "take the line away"]),
        ("reject lora in test:9", ["no paper 'test:9'", "did you mean test:"]),
        ("split LoRA from lora to LoRA", ["'LoRA' is 'lora' itself", "to new LoRA"]),
    ],
)
def test_unknown_names(apply: Apply, line: str, parts: list[str]) -> None:
    """A name that nothing bears is refused with line, value, near names and advice."""
    (problem,) = _problems(apply, "# a comment", line)
    assert problem.startswith("d.txt, line 2: ")
    assert [part for part in parts if part not in problem] == []


def test_ambiguous_name(link_marked: LinkMarked, vocabulary: Vocabulary) -> None:
    """A name of two concepts is refused with their ids; nothing is guessed. The id decides."""
    papers = resolve_aliases(
        [
            link_marked("We use Hopper.", {"Hopper": "model"}),
            link_marked("We use Hopper data.", {"Hopper": "data"}, paper_id="test:2"),
        ]
    )
    ids = sorted(c.concept.id for item in papers for c in item.concepts)
    assert len(ids) == 2
    with pytest.raises(DecisionsError, match=f"'Hopper' is the name of 2 concepts: .*{ids[1]}.*; write the id of one"):
        apply_decisions(papers, decide("reject Hopper"), vocabulary)
    assert len(apply_decisions(papers, decide(f"reject {ids[1]}"), vocabulary)) == 2


def test_contradictions_between_names_of_one_concept(apply: Apply) -> None:
    """Decisions that contradict each other under two names of a concept are found when the names are looked up."""
    (problem,) = _problems(apply, "rename lora to X", "rename LoRA to Y")
    assert problem.startswith("d.txt, line 2: 'LoRA' is renamed to 'Y' here and renamed to 'X' in line 1")
    (problem,) = _problems(apply, "merge lora into tail-tuning", 'merge "Tail Tuning" into LoRA')
    assert "merges go round in a circle" in problem


def test_all_problems_at_once(apply: Apply) -> None:
    """All that is wrong is told in one go, in order of lines."""
    problems = _problems(apply, "reject qqqq", "reject lora", "rename wwww to X", "rename LoRA to X")
    assert [problem.split(":")[0] for problem in problems] == ["d.txt, line 1", "d.txt, line 3", "d.txt, line 4"]


def test_relations_to_what_a_paper_does_not_name(papers: list[LinkedPaper], vocabulary: Vocabulary) -> None:
    """A relation may name a concept of other papers, such as a family: it follows a merge and goes with a reject."""
    place = papers[2].assertions[0].evidence[0]
    relation = Relation("quollnet", Predicate.IS_A, "lora", 0.9, (place,))
    related = [*papers[:2], replace(papers[2], relations=(relation,))]
    merged = apply_decisions(related, decide("merge lora into tail-tuning"), vocabulary)
    assert [(r.subject, r.object) for r in merged[2].relations] == [("quollnet", "tail-tuning")]
    for lines in (["reject lora"], ["reject lora in test:1", "reject lora in test:2"], ["retype lora to Task"]):
        assert apply_decisions(related, decide(*lines), vocabulary)[2].relations == ()
    assert apply_decisions(related, decide("reject lora in test:1"), vocabulary)[2].relations == (relation,)


def test_report(apply: Apply) -> None:
    """The report has the papers that each decision changed, and the decisions that changed nothing."""
    report = DecisionsReport()
    lines = ["reject lora  # no", "retype quollnet to Model", "reject pouch-tuning", "split Hop from quollnet to new X"]
    apply(*lines, "reject hop-parsing in test:1", report=report)
    assert report.as_dict() == {
        "applied": 1,
        "without_effect": [
            {"line": 2, "decision": "retype quollnet to Model", "comment": ""},
            {"line": 3, "decision": "reject pouch-tuning", "comment": ""},
            {"line": 4, "decision": "split Hop from quollnet to new X", "comment": ""},
            {"line": 5, "decision": "reject hop-parsing in test:1", "comment": ""},
        ],
        "changes": [{"line": 1, "decision": "reject lora", "comment": "no", "papers": 2}],
    }


def test_decision_after_decision(apply: Apply) -> None:
    """A form that is split off and then merged keeps the whole story in its note."""
    changed = apply(
        'split LoRA from lora to new "Radio" in test:2  # a radio', "merge Radio into tail-tuning  # for a test"
    )
    notes = {a.note for a in _aliases(changed[1], "tail-tuning")}
    assert notes == {"merged from Radio: for a test (before: split from LoRA: a radio (before: name))"}


def test_every_mistake_of_a_file_at_once(papers: list[LinkedPaper], vocabulary: Vocabulary, tmp_path: Path) -> None:
    """Lines that are no decision, contradictions, unknown names and mixed kinds are told together."""
    file = tmp_path / "d.txt"
    lines = ["rubbish", "merge a into a", "reject qqqq", 'merge "hop counting" into numbatbench', "rename lora to X",
             "rename LoRA to Y", "retype lora to Modell"]  # fmt: skip
    file.write_text("\n".join(lines), encoding="utf-8")
    decisions = read_decisions(file, keep_problems=True)
    with pytest.raises(DecisionsError) as caught:
        apply_decisions(papers, decisions, vocabulary)
    assert [line for line, _ in caught.value.problems] == [1, 2, 2, 3, 4, 6, 7]
    assert len(set(caught.value.problems)) == 7


def test_retype_told_twice_makes_no_other_problem(apply: Apply) -> None:
    """Of a concept whose type is not clear, nothing is said about kinds."""
    lines = ['merge "hop counting" into numbatbench', "retype hop-counting to Dataset", "retype hop-counting to Metric"]
    (problem,) = _problems(apply, *lines)
    assert "line 3" in problem


@pytest.mark.parametrize(
    "lines",
    [
        ("split LoRA from lora to tail-tuning", "split LoRAs from lora to rear-tuning"),
        ("split LoRA from lora to tail-tuning in test:2", 'split "LoRA " from lora to rear-tuning in 2'),
        ("split LoRA from lora to tail-tuning in test:2", "reject LoRA of lora in 2"),
    ],
)
def test_one_form_under_two_spellings(apply: Apply, lines: tuple[str, str]) -> None:
    """Decisions about one form contradict each other also where its plural or another name of the paper is written."""
    for order in (lines, lines[::-1]):
        (problem,) = _problems(apply, *order)
        assert problem.startswith("d.txt, line 2: ")
        assert "keep one of them" in problem


@pytest.mark.parametrize(
    "lines",
    [
        ("split LoRA from lora to rear-tuning", "split LoRA from rear-tuning to tail-tuning"),
        ("split LoRA from lora to tail-tuning in test:2", "reject LoRAs of tail-tuning"),
        ('split LoRA from lora to new "A radio"', 'split LoRA from "A radio" to new Z in test:2'),
    ],
)
def test_chain_of_forms(apply: Apply, lines: tuple[str, str]) -> None:
    """A form that one decision brings to a concept and another takes from there is refused, in any order."""
    for order in (lines, lines[::-1]):
        (problem,) = _problems(apply, *order)
        assert "say in one line where it is to go" in problem


def test_forms_in_different_papers_are_no_chain(apply: Apply) -> None:
    """What moves a form in one paper and what moves it in another have nothing to do with each other."""
    changed = apply("split LoRA from lora to rear-tuning in test:2", "split LoRA from rear-tuning to tail-tuning in 1")
    assert _names(changed[1])["rear-tuning"] == ["LoRA", "LoRAs", "Rear Tuning"]


def test_reject_in_a_paper_and_merge(apply: Apply) -> None:
    """What is rejected in a paper is gone there, also if the concept is merged into another one, or that into it."""
    for order in (
        ["reject lora in test:2", "merge lora into tail-tuning"],
        ["merge lora into tail-tuning", "reject lora in 2"],
    ):
        changed = apply(*order)
        assert _names(changed[0])["tail-tuning"] == ["LoRA", "Tail Tuning"]
        assert set(_names(changed[1])) == {"rear-tuning"}
    changed = apply("reject tail-tuning in test:2", "merge lora into tail-tuning")
    assert set(_names(changed[1])) == {"rear-tuning"}
