"""What is doubtful in a graph, most valuable first, and the file that takes the answers."""

import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from paperconcepts.errors import DecisionsError
from paperconcepts.graph import ResearchGraph, build_graph
from paperconcepts.linking import apply_decisions, read_decisions
from paperconcepts.linking.decision_syntax import format_decision
from paperconcepts.model import (
    Alias,
    Assertion,
    Concept,
    ConceptType,
    Evidence,
    LinkedConcept,
    LinkedPaper,
    Mention,
    Paper,
    Role,
)
from paperconcepts.query.doubts import ConceptFacts, DoubtfulCase, merge_proposals
from paperconcepts.query.review import Answers, doubtful_cases
from paperconcepts.vocabulary import Vocabulary

METHOD, MODEL, DATASET, TASK = ConceptType.METHOD, ConceptType.MODEL, ConceptType.DATASET, ConceptType.TASK
Named = tuple[str, str, ConceptType]


def _paper(
    number: int,
    *named: Named,
    confidence: float = 0.9,
    reason: str = "name",
    lender: str = "",
    trust: float = 0.85,
    votes: Sequence[ConceptType] = (),
) -> LinkedPaper:
    """A paper that names concepts, given as (id, label, type), one after the other."""
    paper = Paper(id=f"test:{number}", abstract=", ".join(label for _, label, _ in named))
    concepts, assertions = [], []
    start = 0
    for position, (key, label, kind) in enumerate(named):
        seen = votes[position] if votes else kind
        mention = Mention("abstract", start, start + len(label), label, seen, "tagger", confidence)
        evidence = Evidence(
            paper.id, "abstract", 0, len(paper.abstract), ((start, start + len(label)),), "", -1, -1, "test", "1", 0.5
        )
        alias = Alias(label, reason, lender or paper.id, trust)
        concepts.append(LinkedConcept(Concept(id=key, label=label, type=kind), (alias,)))
        assertions.append(Assertion(paper.id, Role.MENTIONS, key, 0.5, (evidence,), (mention,)))
        start += len(label) + 2
    return LinkedPaper(
        paper,
        tuple(sorted(concepts, key=lambda c: c.concept.id)),
        tuple(sorted(assertions, key=lambda a: a.concept_id)),
        (),
    )


def _graph(*papers: LinkedPaper) -> ResearchGraph:
    return build_graph(papers, vocabulary=Vocabulary([]))


def _kinds(cases: Iterable[DoubtfulCase]) -> dict[tuple[str, ...], str]:
    return {case.concepts: case.kind for case in cases}


def _lines(case: DoubtfulCase) -> list[list[str]]:
    return [[format_decision(item) for item in proposal] for proposal in case.proposals]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (("hop-net", "Hop Net", MODEL), ("hopnet", "HopNet", MODEL), "same letters"),
        (("hop-tuning", "hop tuning", METHOD), ("hop-tuning-method", "Hop Tuning", MODEL), "same label"),
        (("hop-graph", "HopGraph", METHOD), ("hop-graph-dataset", "HopGraph", DATASET), "same label, other type"),
        (("wombat-tuning", "wombat tuning", METHOD), ("wombat-tunning", "wombat tunning", METHOD), "one letter apart"),
        (("quollnet-model", "QuollNet model", MODEL), ("quollnet", "QuollNet", MODEL), "a general noun more"),
        (("ths", "THS", METHOD), ("tail-hop-search", "Tail Hop Search", METHOD), "acronym and words"),
        (("fast-tail-hop", "fast tail hop", METHOD), ("tail-hop", "tail hop", METHOD), "a word more"),
    ],
)
def test_pairs(one: Named, other: Named, kind: str) -> None:
    """Concepts whose names are near are a case, of the likeliest kind; the one with fewer papers is merged away."""
    graph = _graph(_paper(1, one), _paper(2, other), _paper(3, other))
    (case,) = (case for case in doubtful_cases(graph) if len(case.concepts) == 2)
    assert (case.kind, case.concepts) == (kind, (one[0], other[0]))
    assert _lines(case)[0][-1] == f"merge {one[0]} into {other[0]}"
    assert one[0] in case.question
    assert "2 papers" in case.question


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("gpt-3", "GPT-3", MODEL), ("gpt-4", "GPT-4", MODEL)),
        (("inception-network", "Inception network", MODEL), ("inception-score", "Inception Score", ConceptType.METRIC)),
        (("codex", "Codex", MODEL), ("codex-s", "Codex S", MODEL)),
        (("ths", "THS", METHOD), ("tail-hop-set", "Tail Hop Set", DATASET)),
        (("cat", "cat", METHOD), ("bat", "bat", METHOD)),
        (("hop", "hop", METHOD), ("tail", "tail", METHOD)),
    ],
)
def test_no_pairs(one: Named, other: Named) -> None:
    """Names that differ by a number, a version, or a noun of another kind are no case."""
    assert doubtful_cases(_graph(_paper(1, one), _paper(2, other))) == []


def test_pairs_that_are_settled(tiny_graph: ResearchGraph) -> None:
    """Concepts that the catalogue keeps apart or that a relation joins are no pair: two Kiwis, model and its kind."""
    assert not [case for case in doubtful_cases(tiny_graph) if len(case.concepts) == 2]


def test_merge_of_two_kinds_is_retyped_first() -> None:
    """The proposal for two concepts of different kinds can be applied: it retypes before it merges."""
    papers = [
        _paper(1, ("hop-graph", "HopGraph", METHOD)),
        _paper(2, ("hop-graph-dataset", "HopGraph", DATASET)),
        _paper(3, ("hop-graph-dataset", "HopGraph", DATASET)),
    ]
    (case,) = doubtful_cases(_graph(*papers))
    assert _lines(case) == [["retype hop-graph to Dataset", "merge hop-graph into hop-graph-dataset"]]


def test_borrowed_and_guessed_names() -> None:
    """A name whose meaning comes from another paper, or for a weak reason, may be split off in these papers."""
    long = ("tail-hop-search", "THS", METHOD)
    own, borrowed = (
        _paper(1, long, reason="definition"),
        _paper(2, long, reason="definition elsewhere", lender="test:1"),
    )
    assert not doubtful_cases(_graph(own))
    (case,) = doubtful_cases(_graph(own, borrowed))
    assert (case.kind, case.touched) == ("borrowed name", 1)
    assert _lines(case) == [["split THS from tail-hop-search to new THS in test:2"]]
    assert "definition" in case.question
    (case,) = doubtful_cases(_graph(own, _paper(3, long, reason="similar papers", trust=0.6)))
    assert (case.kind, case.doubt) == ("guessed name", 0.55)
    assert _lines(case) == [["split THS from tail-hop-search to new THS in test:3"]]


def test_weak_mentions() -> None:
    """A concept that several papers name, none surely, may be rejected; one of the catalogue is not asked about."""
    item = ("hop", "hopping about", METHOD)
    weak = _graph(*(_paper(n, item, confidence=0.4) for n in range(3)))
    (case,) = doubtful_cases(weak)
    assert (case.kind, case.doubt, case.touched, case.value) == ("weak mentions", 0.6, 3, 1.8)
    assert _lines(case) == [["reject hop"]]
    assert not doubtful_cases(_graph(*(_paper(n, item, confidence=0.4) for n in range(2))))
    assert not doubtful_cases(_graph(*(_paper(n, item, confidence=0.9) for n in range(3))))


def test_split_votes() -> None:
    """A concept whose papers disagree about its type may be retyped, to the type of most votes first."""
    item = ("hop", "hopping about", METHOD)
    graph = _graph(
        _paper(1, item), _paper(2, item, votes=[TASK]), _paper(3, item, votes=[TASK]), _paper(4, item, votes=[MODEL])
    )
    (case,) = doubtful_cases(graph)
    assert case.kind == "split votes"
    assert _lines(case) == [["retype hop to Task"], ["retype hop to Model"]]
    assert "Method 1, Task 2, Model 1" in case.question
    mild = _graph(_paper(1, item), _paper(2, item, votes=[MODEL]))
    assert doubtful_cases(mild)[0].doubt < case.doubt


def test_most_valuable_first() -> None:
    """Cases are sorted by doubt times edges; a limit cuts the list."""
    papers = [_paper(n, ("hop", "hopping about", METHOD), confidence=0.4) for n in range(5)]
    papers += [_paper(9, ("hop-net", "Hop Net", MODEL), ("hopnet", "HopNet", MODEL))]
    cases = doubtful_cases(_graph(*papers))
    assert [case.value for case in cases] == sorted((case.value for case in cases), reverse=True)
    assert [case.kind for case in cases] == ["weak mentions", "same letters"]
    assert doubtful_cases(_graph(*papers), limit=1) == cases[:1]
    assert doubtful_cases(_graph(*papers[::-1])) == cases


def test_many_concepts_in_little_time() -> None:
    """Twenty thousand concepts take seconds: nothing compares all with all."""
    named = [(f"n{n}", f"{chr(97 + n % 26)}{n * 7919:x} tail", METHOD) for n in range(20_000)]
    graph = _graph(*(_paper(n, *named[n * 200 : n * 200 + 200]) for n in range(100)))
    start = time.perf_counter()
    doubtful_cases(graph)
    assert time.perf_counter() - start < 60  # comparing all pairs would take ten times as long


def test_every_proposal_of_the_bundled_corpus_can_be_applied() -> None:
    """Each proposal alone is a valid decision about the graph that it was made from."""
    from paperconcepts.examples import corpus_path
    from paperconcepts.linking import resolve_aliases
    from paperconcepts.linking.decision_model import Decisions
    from paperconcepts.pipeline import extract_and_link
    from paperconcepts.sources import merge_papers, read_papers

    papers = resolve_aliases(extract_and_link(merge_papers(read_papers(corpus_path())), profile="fast"))
    cases = doubtful_cases(build_graph(papers))
    assert cases
    for case in cases:
        for proposal in case.proposals:
            assert apply_decisions(papers, Decisions(proposal)) != papers


@pytest.fixture
def cases() -> list[DoubtfulCase]:
    """Two cases: a pair, and a type with two proposals."""
    item = ("hop", "hopping about", METHOD)
    return doubtful_cases(
        _graph(
            _paper(1, ("hop-net", "Hop Net", MODEL), ("hopnet", "HopNet", MODEL)),
            *(_paper(n, item, votes=[kind]) for n, kind in enumerate([TASK, MODEL, MODEL, TASK, METHOD], 2)),
        )
    )


def test_proposals_decide_nothing(tmp_path: Path, cases: list[DoubtfulCase]) -> None:
    """A written file reads back without decisions; without the marks it has the proposals."""
    file = tmp_path / "decisions.txt"
    assert Answers(file).propose(cases) == len(cases) == 2
    assert len(read_decisions(file)) == 0
    text = file.read_text(encoding="utf-8")
    for case in cases:
        assert case.question in text
    opened = text.replace("# merge", "merge")
    file.write_text(opened, encoding="utf-8")
    assert [format_decision(item) for item in read_decisions(file)] == [_lines(cases[1])[0][0]]


def test_a_file_is_added_to(tmp_path: Path, cases: list[DoubtfulCase]) -> None:
    """What stands in a file stays; a case that it proposes, has or refuses is not proposed again."""
    file = tmp_path / "decisions.txt"
    file.write_text("# mine\nrename x to Y  # why\n", encoding="utf-8")
    assert Answers(file).propose(cases[:1]) == 1
    assert file.read_text(encoding="utf-8").startswith("# mine\nrename x to Y  # why\n\n# ")
    before = file.read_bytes()
    assert Answers(file).propose(cases[:1]) == 0
    assert file.read_bytes() == before
    assert list(Answers(file).open_cases(cases)) == cases
    assert list(Answers(file).open_cases(cases, proposed=False)) == cases[1:]


def test_answers(tmp_path: Path, cases: list[DoubtfulCase]) -> None:
    """An accepted proposal is a decision with its comment, a refused one a note; neither case is asked again."""
    file = tmp_path / "decisions.txt"
    answers = Answers(file)
    answers.accept(cases[0].proposals[1], "seen")
    answers.refuse(cases[1], "two nets")
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[-2:] == [f"{_lines(cases[0])[1][0]}  # seen", f"# no: {_lines(cases[1])[0][0]}  # two nets"]
    assert [item.comment for item in read_decisions(file)] == ["seen"]
    assert list(answers.open_cases(cases)) == list(Answers(file).open_cases(cases)) == []


def test_contradicting_answers(tmp_path: Path, cases: list[DoubtfulCase]) -> None:
    """An answer that contradicts one that the file has is refused, and the file stays as it is."""
    file = tmp_path / "decisions.txt"
    answers = Answers(file)
    answers.accept(cases[0].proposals[0], "")
    before = file.read_bytes()
    with pytest.raises(DecisionsError, match="is retyped to"):
        answers.accept(cases[0].proposals[1], "")
    assert file.read_bytes() == before


def test_a_wrong_file_is_refused(tmp_path: Path) -> None:
    """A file that is no decisions file is not added to."""
    file = tmp_path / "notes.txt"
    file.write_text("dear diary\n", encoding="utf-8")
    with pytest.raises(DecisionsError, match=r"notes\.txt, line 1: unknown action 'dear'"):
        Answers(file)
    assert file.read_text(encoding="utf-8") == "dear diary\n"


def test_a_pair_is_not_asked_the_other_way_round(tmp_path: Path) -> None:
    """A merge that was taken, proposed or refused is the same pair when the other concept has become the larger."""
    one, other = ("hop-net", "Hop Net", MODEL), ("hopnet", "HopNet", DATASET)
    (before,) = doubtful_cases(_graph(_paper(1, one, other), _paper(2, one)))
    (after,) = doubtful_cases(_graph(_paper(1, one, other), _paper(2, other)))
    assert [item.concept for item in before.proposals[0]] == ["hopnet", "hopnet"]
    assert [item.concept for item in after.proposals[0]] == ["hop-net", "hop-net"]
    for number, answer in enumerate(("refuse", "propose")):
        file = tmp_path / f"{number}.txt"
        if answer == "refuse":
            Answers(file).refuse(before, "two nets")
        else:
            Answers(file).propose([before])
        assert list(Answers(file).open_cases([after], proposed=False)) == []


def test_a_settled_type_is_not_asked_again(tmp_path: Path, cases: list[DoubtfulCase]) -> None:
    """Votes for a type that the file has decided are no case, whatever the type and the name that it uses."""
    graph = _graph(*(_paper(n, ("hop", "hopping about", METHOD), votes=[k]) for n, k in enumerate([TASK, MODEL], 1)))
    for line in ("retype hop to Metric", 'retype "hopping about" to Method'):
        file = tmp_path / "decisions.txt"
        file.write_text(line + "\n", encoding="utf-8")
        assert [case.kind for case in Answers(file, graph).open_cases(cases)] == ["same letters"]
    file.write_text("# no: retype hop to Metric\n", encoding="utf-8")
    assert list(Answers(file, graph).open_cases(cases)) == cases


def test_the_smaller_goes() -> None:
    """A merge takes the concept of fewer papers away, also if it is the catalogue's; of equal ones the other."""

    def facts(key: str, papers: int, *, catalogued: bool) -> ConceptFacts:
        concept = Concept(id=key, label=key, type=MODEL, catalogued=catalogued)
        return ConceptFacts(concept, frozenset(), frozenset(map(str, range(papers))), papers, frozenset(), 0.9, {})

    for few, many, gone in ((2, 4, "known"), (4, 4, "new"), (4, 2, "new")):
        pair = facts("known", few, catalogued=True), facts("new", many, catalogued=False)
        assert merge_proposals(*pair)[0].concept.id == merge_proposals(*pair[::-1])[0].concept.id == gone
