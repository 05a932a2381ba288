"""The quality card: floors, tables, and its place in the document."""

import doctest
from pathlib import Path
from types import ModuleType

import baselines
import card_tables
import pytest
import quality_card
import reliability
import tagger_scores
from baselines import Find, dictionary_records, group_finds
from card_tables import MEASURES, Card, Figure, System, TaggerRow, Target, figure_of, format_card, shortfalls
from quality_card import BEGIN, END, TARGETS, score_system, write_card

from paperconcepts.evaluation import ConceptGold, GoldConcept, GoldPaper, PaperText, parse_prediction
from paperconcepts.model import ConceptType, Role

PAPER = PaperText(id="p1", title="LoRA at Work", abstract="We evaluate LoRA on GLUE.")
LORA = GoldConcept(name="LoRA", type=ConceptType.METHOD, role=Role.USES, core=True, surfaces=("LoRA",))
GOLD = ConceptGold((GoldPaper(PAPER, (LORA,)),))


def card_of(systems: list[System]) -> Card:
    """A card that measured little."""
    figures = {"concepts, strict: F1": Figure(0.5)}
    taggers = [TaggerRow("shipped", "sentences", "our gold", note="no weights")]
    return Card("9.9.9", 1, TARGETS, figures, systems, taggers, None, (0, 0), {"fast": 650.4}, {})


def test_finds_of_one_key_are_one_concept() -> None:
    """Finds are grouped by key in both fields; one across the border of title and abstract is left out."""
    finds = [Find(0, 4, "lora", ConceptType.MODEL), Find(25, 29, "lora", ConceptType.METHOD)]
    finds += [Find(8, 15, "work we", ConceptType.TASK), Find(33, 37, "glue", ConceptType.DATASET)]
    concepts = parse_prediction(group_finds(PAPER, finds)).concepts
    assert [concept.label for concept in concepts] == ["GLUE", "LoRA"]
    lora = concepts[1]
    assert [(m.field, PAPER.field(m.field)[m.start : m.end]) for m in lora.mentions] == [
        ("title", "LoRA"),
        ("abstract", "LoRA"),
    ]
    assert lora.type is ConceptType.METHOD


def test_the_dictionary_finds_catalogue_names_at_their_place() -> None:
    """Every mention of the dictionary is a name of the text, in the right field."""
    (row,) = dictionary_records([PAPER])
    found = {
        (concept.type.value, mention.field, PAPER.field(mention.field)[mention.start : mention.end])
        for concept in parse_prediction(row).concepts
        for mention in concept.mentions
    }
    assert {("Method", "title", "LoRA"), ("Method", "abstract", "LoRA"), ("Dataset", "abstract", "GLUE")} <= found


def test_a_system_without_roles_has_no_figures_of_roles() -> None:
    """Roles and relations of a system that gives none are left blank rather than called zero."""
    system = score_system("dictionary", GOLD, dictionary_records([PAPER]))
    recall = figure_of(system, "concepts, strict: recall")
    assert recall is not None
    assert recall.value == 1.0
    assert recall.interval is not None
    assert [name for name in MEASURES if figure_of(system, name) is None] == [
        "`introduces`: F1",
        "role accuracy",
        "relation pairs: F1",
        "relations, typed: F1",
    ]


@pytest.mark.parametrize(("value", "at_most", "met"), [(1, False, True), (0.99, False, False), (1, True, True)])
def test_a_floor_is_reached_by_its_own_value(value: float, at_most: bool, met: bool) -> None:
    """The bound itself suffices, for a floor and for a ceiling."""
    assert Target(1, at_most=at_most).is_met(value) is met
    assert shortfalls({"row": Target(1, at_most=at_most)}, {"row": Figure(value)}) == (
        [] if met else ["row: 0.990, must be at least 1"]
    )


def test_a_miss_is_not_rounded_to_a_hit() -> None:
    """A value that would round to its floor is shown with more digits."""
    assert shortfalls({"row": Target(0.76)}, {"row": Figure(0.75998)}) == ["row: 0.75998, must be at least 0.76"]
    assert shortfalls({"row": Target(0.76)}, {"row": Figure(0.76)}) == []


def test_a_fault_in_a_hostile_text_is_a_shortfall() -> None:
    """A wrong offset fails its row however quick it was."""
    texts = {"one letter": {"seconds": 0.1, "mentions": 0, "fault": "1 wrong offsets"}}
    figure = quality_card._slowest(texts)
    assert figure is not None
    assert not TARGETS["slowest hostile text, CPU seconds"].is_met(figure.value)


def test_the_card_says_what_was_not_measured() -> None:
    """A row, a system and a tagger without figures are named with the reason, and the tables stay whole."""
    text = format_card(card_of([System("noun chunks", note="`pip install x`")]))
    assert "noun chunks was not measured: `pip install x`" in text
    assert "shipped on sentences was not measured: no weights" in text
    assert "| concepts, strict: recall | not measured | – | ≥ 0.74 | – | no |" in text
    assert "| fast | 650 |" in text
    for block in text.split("\n\n"):
        if block.startswith("|"):
            assert len({line.count("|") for line in block.splitlines()}) == 1


def test_every_floor_has_a_row_of_its_own() -> None:
    """Each measure that has a floor stands in the first table, once."""
    lines = format_card(card_of([])).splitlines()
    for name in TARGETS:
        assert sum(line.startswith(f"| {name} |") for line in lines) >= 1


def test_the_card_goes_between_the_markers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what stands between the markers is replaced; writing twice gives the same bytes."""
    document = tmp_path / "docs" / "quality.md"
    document.parent.mkdir()
    document.write_text(f"# Before\n\n{BEGIN}\nold\n{END}\n\nAfter.\n", encoding="utf-8")
    monkeypatch.setattr(quality_card, "ROOT", tmp_path)
    write_card("new\n", "<svg/>\n")
    first = document.read_text(encoding="utf-8")
    assert first == f"# Before\n\n{BEGIN}\n\nnew\n\n{END}\n\nAfter.\n"
    write_card("new\n", "<svg/>\n")
    assert document.read_text(encoding="utf-8") == first
    assert (tmp_path / "docs" / "reliability.svg").read_text(encoding="utf-8") == "<svg/>\n"


def test_a_document_without_markers_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without both markers nothing is written, and the message says what is missing."""
    document = tmp_path / "docs" / "quality.md"
    document.parent.mkdir()
    document.write_text(f"{BEGIN}\nno end\n", encoding="utf-8")
    monkeypatch.setattr(quality_card, "ROOT", tmp_path)
    with pytest.raises(SystemExit, match="lacks"):
        write_card("new\n", "")
    assert document.read_text(encoding="utf-8") == f"{BEGIN}\nno end\n"


def test_the_repository_has_the_markers() -> None:
    """docs/quality.md has a place for the card."""
    text = (quality_card.ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
    assert text.count(BEGIN) == text.count(END) == 1
    assert text.index(BEGIN) < text.index(END)


@pytest.mark.parametrize("module", [baselines, card_tables, reliability, tagger_scores])
def test_examples_of_the_docstrings(module: ModuleType) -> None:
    """Each of these modules has examples, and they run."""
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed
