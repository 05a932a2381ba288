"""What is known of a candidate span, feature by feature."""

import numpy as np
import pytest

from paperconcepts.extraction.concept_tagger import Tagged
from paperconcepts.extraction.span_features import FEATURES, SpanCandidates, describe_spans, gather_spans
from paperconcepts.extraction.span_merge import Candidate
from paperconcepts.extraction.tag_spans import TagSpan, tag_spans
from paperconcepts.extraction.word_features import word_spans
from paperconcepts.model import ConceptType

TAGS = ["O", *(f"{place}-{label}" for label in ConceptType for place in "BILU")]
METHOD, DATASET = ConceptType.METHOD, ConceptType.DATASET
Rows = dict[str, dict[str, float]]


def _tagged(text: str, tags: dict[str, str]) -> Tagged:
    """The tagger is nine parts sure of ``tags`` (word: tag), and of ``O`` for all other words; roles likewise."""
    spans = word_spans(text)
    rows = np.full((len(spans), len(TAGS)), 0.1 / (len(TAGS) - 1))
    roles = np.tile([1.0, *[0.0] * 8], (len(spans), 1))
    for number, (start, end) in enumerate(spans):
        tag = tags.get(text[start:end], "O")
        rows[number, TAGS.index(tag)] = 0.9
        if tag != "O":
            roles[number, :2] = 0.25, 0.75
    return Tagged(spans, rows, roles)


def _describe(
    text: str, *found: tuple[str, str, ConceptType | None], tags: dict[str, str] | None = None, title_end: int = 0
) -> Rows:
    """Features by name of each span; ``found`` are the rules' (surface, source, type), at the first place."""
    candidates = []
    for surface, source, label in found:
        start = text.index(surface)
        candidates.append(Candidate(start, start + len(surface), label, source, 0.6))
    tagged = _tagged(text, tags or {})
    likely = [span for span in tag_spans(tagged.probabilities, TAGS) if span.probability > 0.3]
    spans = gather_spans(candidates, tagged, likely)
    rows = describe_spans(text, title_end, spans, tagged, likely)
    assert rows.shape == (len(spans), len(FEATURES))
    assert rows.dtype == np.float32
    return {
        text[span.start : span.end]: dict(zip(FEATURES, row.tolist(), strict=True))
        for span, row in zip(spans, rows, strict=True)
    }


def _marked(row: dict[str, float], names: set[str]) -> set[str]:
    return {name for name in names if row[name]}


def test_names_are_unique() -> None:
    """Each feature has a name of its own."""
    assert len(set(FEATURES)) == len(FEATURES)


def test_no_spans() -> None:
    """A text without candidates gives a table without rows."""
    nothing = Tagged([], np.zeros((0, 21)), np.zeros((0, 9)))
    assert describe_spans("", 0, [], nothing, []).shape == (0, len(FEATURES))


def test_sources() -> None:
    """All that found a span are marked, with the best confidence and their number; unknown ones count as terms."""
    row = _describe("Hops", ("Hops", "catalogue", METHOD), ("Hops", "definition", None), ("Hops", "term:hop", METHOD))[
        "Hops"
    ]
    assert _marked(row, {name for name in FEATURES if name.startswith("source_")}) == {
        "source_catalogue",
        "source_definition",
        "source_term",
    }
    assert (row["sources"], row["rule_confidence"]) == pytest.approx((3.0, 0.6))
    assert _marked(row, {"label_Method", "label_Model", "label_none"}) == {"label_Method", "label_none"}


FORMS = {"has_capital", "all_capitals", "inner_capital", "has_digit", "has_mark", "first_capital", "all_lower"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("hops", {"all_lower"}),
        ("Hops", {"has_capital", "first_capital"}),
        ("HOP", {"has_capital", "all_capitals", "first_capital"}),
        ("hopNet", {"has_capital", "inner_capital"}),
        ("Hop-2", {"has_capital", "first_capital", "has_digit", "has_mark"}),
    ],
)
def test_letters(name: str, expected: set[str]) -> None:
    """Capitals, digits and marks of a name are told."""
    row = _describe(name, (name, "name:shape", None))[name]
    assert _marked(row, FORMS) == expected
    assert (row["words"], row["characters"]) == (1.0, len(name))


def test_words() -> None:
    """A known head noun, generic words and a first word that opens no term are told."""
    assert _describe("wobbly network", ("wobbly network", "term", METHOD))["wobbly network"]["head_noun"] == 1.0
    assert _describe("wobbly fig", ("wobbly fig", "term", METHOD))["wobbly fig"]["head_noun"] == 0.0
    generic = _describe("new methods", ("new methods", "term", METHOD))["new methods"]
    assert (generic["generic_words"], generic["stop_first"]) == pytest.approx((0.5, 1.0))


NEIGHBOURS = {
    "article_before", "own_before", "bracket_before", "bracket_after", "hyphen_before", "hyphen_after",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HopNet", set()),
        ("a HopNet", {"article_before"}),
        ("our HopNet (HN)", {"own_before", "bracket_after"}),
        ("nets (HopNet)", {"bracket_before"}),
        ("super-HopNet-based", {"hyphen_before", "hyphen_after"}),
    ],
)
def test_neighbours(text: str, expected: set[str]) -> None:
    """What stands directly before and behind a span is told, also at the borders of the text."""
    assert _marked(_describe(text, ("HopNet", "name:shape", None))["HopNet"], NEIGHBOURS) == expected


def test_nesting() -> None:
    """A span knows of the rules' spans that hold it or that it holds, whether they are known, and not of itself."""
    rows = _describe(
        "deep HopNet tuning with joy",
        ("deep HopNet tuning", "catalogue", METHOD),
        ("HopNet", "definition", METHOD),
        ("joy", "term", METHOD),
    )
    nesting = {"inside_longer_rule", "inside_catalogue", "holds_catalogue", "holds_definition"}
    assert _marked(rows["HopNet"], nesting) == {"inside_longer_rule", "inside_catalogue"}
    assert _marked(rows["deep HopNet tuning"], nesting) == {"holds_definition"}
    assert _marked(rows["joy"], nesting) == set()


def test_tagger() -> None:
    """The tagger's probability of a span, of rivals and of holders, its borders, types and roles are told."""
    tags = {"deep": "B-Dataset", "HopNet": "I-Dataset", "set": "L-Dataset"}
    rows = _describe("We hop on deep HopNet set now", ("HopNet", "name:shape", None), tags=tags)
    whole, part = rows["deep HopNet set"], rows["HopNet"]
    assert whole["tagger_logit"] > 2 > -5 > part["tagger_logit"]
    assert whole["tagger_rival"] < 0.1 < 0.9 < part["tagger_rival"]
    assert (whole["inside_tagged"], part["inside_tagged"] > 0.9) == (0.0, True)
    assert (part["left_open"] > 0.9, part["right_open"] > 0.9) == (True, True)
    assert whole["left_open"] < 0.1 > whole["right_open"]
    assert (whole["tagger_Dataset"], whole["type_share"]) == pytest.approx((1.0, 1.0), abs=0.01)
    assert (whole["introduces"], whole["outside_role"]) == (0.75, 0.25)
    assert part["type_share"] == 0.0


def test_forms_share_what_the_tagger_thinks() -> None:
    """A form is one whatever its capitals and plural: the best and the mean of the probabilities of its places."""
    text = "Hop and hops, hop"
    tagged = _tagged(text, {"hops": "U-Method"})
    likely = [span for span in tag_spans(tagged.probabilities, TAGS) if span.probability > 0.3]
    places = [SpanCandidates(0, 3, []), SpanCandidates(8, 12, [], likely[0]), SpanCandidates(14, 17, [])]
    rows = describe_spans(text, 0, places, tagged, likely)
    names = ("form_best", "form_mean", "form_count", "form_share_tagged")
    for row in rows:
        found = dict(zip(FEATURES, row.tolist(), strict=True))
        probability = likely[0].probability
        assert [found[name] for name in names] == pytest.approx([probability, probability / 3, 3.0, 1 / 3])


def test_place() -> None:
    """Places in the title, the share of the text before, and how often the title has the form are told."""
    text = "HopNet and HopNet\nWe like HopNet, or joy"
    rows = _describe(text, ("HopNet", "name:title", None), ("joy", "term", METHOD), title_end=17)
    assert (rows["HopNet"]["in_title"], rows["HopNet"]["position"], rows["HopNet"]["heading_count"]) == (1.0, 0.0, 2.0)
    assert rows["joy"]["position"] == pytest.approx(text.index("joy") / len(text))
    assert (rows["joy"]["in_title"], rows["joy"]["heading_count"]) == (0.0, 0.0)


@pytest.mark.parametrize(("probability", "kept"), [(0.059, False), (0.06, True)])
def test_unlikely_spans_of_the_tagger_are_no_candidates(probability: float, kept: bool) -> None:
    """The tagger adds a span that no rule found only if it is likely enough; to those of the rules it adds its view."""
    tagged = _tagged("Hops", {})
    span = TagSpan(0, 1, probability, (1.0, 0.0, 0.0, 0.0, 0.0))
    assert gather_spans([], tagged, [span]) == ([SpanCandidates(0, 4, [], span)] if kept else [])
    found = Candidate(0, 4, METHOD, "term", 0.4)
    assert gather_spans([found], tagged, [span]) == [SpanCandidates(0, 4, [found], span)]


def test_beyond_the_tagged_words() -> None:
    """A span in words that the tagger did not read is described as one that it does not think of."""
    tagged = _tagged("We hop", {})
    row = describe_spans("We hop with GPT-9", 0, [SpanCandidates(12, 17, [])], tagged, [])[0]
    found = dict(zip(FEATURES, row.tolist(), strict=True))
    assert (found["tagger_inside_mean"], found["introduces"], found["outside_role"]) == (0.0, 0.0, 1.0)


def test_names_of_one_family() -> None:
    """A name is told how sure the tagger is of others that differ in their ends only."""
    found = [(name, "name:shape", None) for name in ("Hop2", "Hop-Area", "Rest-Area")]
    rows = _describe("Hop2 and Hop-Area, not Rest-Area", *found, tags={"Hop2": "U-Dataset"})
    assert rows["Hop-Area"]["sibling_best"] > 0.9
    assert rows["Hop2"]["sibling_best"] == rows["Rest-Area"]["sibling_best"] == 0.0
