"""Line ends, wide gaps and homonyms of real input do not change what is found."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from paperconcepts import build, extract, link, read_papers
from paperconcepts.cli import main
from paperconcepts.files import write_atomic
from paperconcepts.model import Paper

SENTENCE = (
    "We propose ZetaNet++, which extends ZetaNet with Low-Rank Adaptation (LoRA) of large language models "
    "for question answering and reaches a higher exact match on Natural Questions than retrieval-augmented generation."
)


def concepts(text: str) -> list[str]:
    (linked,) = link(extract([Paper(id="x:1", abstract=text)]))
    return [assertion.concept_id for assertion in linked.assertions]


@pytest.mark.parametrize("gap", ["\n", "  ", "\t", "\u00a0", "\n  "])
def test_white_space_hides_nothing(gap: str) -> None:
    """A wrapped or justified abstract gives the concepts of the plain one, with offsets into the text as it is."""
    text = SENTENCE.replace(" ", gap)
    assert concepts(text) == concepts(SENTENCE)
    (linked,) = link(extract([Paper(id="x:1", abstract=text)]))
    for assertion in linked.assertions:
        assert all(text[m.start : m.end] == m.text for m in assertion.mentions)


def test_marks_tell_names_apart() -> None:
    """X and X++ are two concepts."""
    assert {"zetanet", "zetanet-plus-plus"} <= set(concepts(SENTENCE))


def test_capitals_tell_short_names_apart() -> None:
    """LoRa the radio is not LoRA the adapter."""
    found = concepts("LoRA adapts large language models. LoRa gateways carry the traffic of sensors, says LoRa.")
    assert "low-rank-adaptation" in found
    assert "lora" in found


def test_recurring_name_gives_one_evidence_a_sentence() -> None:
    """A name that stands in a sentence many times is evidence once, with all its spans."""
    (linked,) = link(extract([Paper(id="x:1", abstract="LoRA " * 50)], profile="fast"))
    (assertion,) = linked.assertions
    assert len(assertion.mentions) == 50
    assert [len(evidence.spans) for evidence in assertion.evidence] == [50]


def test_same_title_is_not_the_same_paper(tmp_path: Path) -> None:
    """Two editorials are two papers."""
    file = tmp_path / "a.jsonl"
    file.write_text(
        '{"id": "p1", "title": "Editorial", "abstract": "We use BERT on SQuAD for question answering."}\n'
        '{"id": "p2", "title": "Editorial", "abstract": "This issue gathers work about spoken dialogue agents."}\n'
    )
    assert len(list(read_papers(file))) == 2
    assert len(build(file).papers()) == 2


def test_catalogue_alias_that_no_paper_uses_is_a_name() -> None:
    """Any alias of the catalogue finds its concept."""
    from paperconcepts.examples import example_graph

    assert example_graph().concept("QA").concept.id == "question-answering"


def test_leftovers_of_an_earlier_build_are_named(tmp_path: Path) -> None:
    """Files of another build in the folder are warned of, not mixed in silently."""
    file = tmp_path / "a.jsonl"
    file.write_text('{"id": "p1", "title": "LoRA", "abstract": "We use BERT on SQuAD."}\n')
    out = tmp_path / "out"
    runner = CliRunner()
    assert runner.invoke(main, ["build", str(file), "--out", str(out), "--format", "gexf"]).exit_code == 0
    result = runner.invoke(main, ["build", str(file), "--out", str(out), "--format", "csv"])
    assert result.exit_code == 0
    assert "graph.gexf" in result.stderr


def test_link_is_followed_and_device_written(tmp_path: Path) -> None:
    """Writing to a link changes the file behind it; a device is written to, never replaced."""
    target, link_path = tmp_path / "file.txt", tmp_path / "link.txt"
    target.write_text("old")
    link_path.symlink_to(target)
    write_atomic(link_path, "new")
    assert link_path.is_symlink()
    assert target.read_text() == "new"
    write_atomic("/dev/null", "gone")
    assert Path("/dev/null").is_char_device()
