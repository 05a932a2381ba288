"""The statistical part of the pipeline, from a text to ranked mentions: what holds whatever the models think."""

from dataclasses import astuple
from itertools import pairwise

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from paperconcepts.extraction import build_nlp, components, concept_tagger, extract
from paperconcepts.extraction.components import candidate_spans, ranked_candidate
from paperconcepts.extraction.concept_tagger import Tagged
from paperconcepts.extraction.pipeline import make_doc
from paperconcepts.extraction.span_features import FEATURES, SpanCandidates
from paperconcepts.extraction.span_merge import Candidate
from paperconcepts.extraction.span_ranker import load_ranker
from paperconcepts.extraction.tag_spans import TagSpan, tag_spans
from paperconcepts.extraction.word_features import word_spans
from paperconcepts.linking import link
from paperconcepts.model import ConceptType, Mention, Paper, Role

TAGS = ["O", *(f"{place}-{label}" for label in ConceptType for place in "BILU")]
TEXTS = {
    "usual": (
        "PouchNet: Carrying Small Things with Graph Neural Networks",
        "We propose PouchNet, a graph neural network for image classification. PouchNet is trained with Direct Hop"
        " Optimization (DHO) and tested on ImageNet and CIFAR-10, where it beats ResNet-50 in accuracy and F1.",
    ),
    "survey": ("A Survey of Hops", "We review contrastive learning, BERT, GPT-4 and other large language models."),
    "no title": ("", "LoRA is applied to Llama-3 8B. We report BLEU on WMT14; LoRA wins."),
    "title only": ("WombatLM: Digging Deeper with Mixture-of-Experts", ""),
    "plain": ("On grass", "Grass is green. The sky is blue."),
    "empty": ("", ""),
    "odd": ("模型 𝔸𝐋 LoRA", "é\u2028İß — “LoRA”-based\x00 GPT‑4 (((( ImageNet!!\n\n\tBLEU…"),
    "shouting": ("LORA", "WE PROPOSE LORA ON IMAGENET. " * 20),
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    """The default pipeline."""
    return build_nlp("default")


def _paper(name: str) -> Paper:
    title, abstract = TEXTS[name]
    return Paper(id=f"test:{name}", title=title, abstract=abstract)


def _run(nlp: Language, paper: Paper, *, until: str = "") -> Doc:
    """Run the components up to and without ``until``."""
    doc = make_doc(paper, nlp)
    for name, component in nlp.pipeline:
        if name == until:
            break
        doc = component(doc)
    return doc


def _mentions(paper: Paper) -> tuple[Mention, ...]:
    (annotated,) = extract([paper], profile="default")
    return annotated.mentions


@pytest.mark.parametrize("name", TEXTS)
def test_ranked_mentions(name: str) -> None:
    """Mentions are exact slices, sorted, without overlaps, likely enough, and have a share for each role."""
    paper = _paper(name)
    mentions = _mentions(paper)
    assert bool(mentions) == (name not in ("plain", "empty"))
    for mention in mentions:
        assert paper.text(mention.field)[mention.start : mention.end] == mention.text
        assert load_ranker().least <= mention.confidence <= 1.0
        assert len(mention.role_scores) == len(Role)
        assert all(0.0 <= score <= 1.0 for score in mention.role_scores)
        assert sum(mention.role_scores) == pytest.approx(1.0, abs=0.001)
    places = [(mention.field == "abstract", mention.start, mention.end) for mention in mentions]
    assert all(a[0] < b[0] or a[2] <= b[1] for a, b in pairwise(places))


def test_known_names_are_found() -> None:
    """What no reader would miss is found, with its type and the catalogue's id."""
    found = {mention.text: mention for mention in _mentions(_paper("usual"))}
    assert found["PouchNet"].label in (ConceptType.METHOD, ConceptType.MODEL)
    assert (found["ImageNet"].label, found["ImageNet"].concept_id) == (ConceptType.DATASET, "imagenet")
    assert found["image classification"].label is ConceptType.TASK
    assert found["accuracy"].label is ConceptType.METRIC


def test_same_whatever_was_read_before() -> None:
    """A paper gives the same mentions, scores and all, alone, in any order and in a stream."""

    def read(names: list[str]) -> dict[str, list[tuple[object, ...]]]:
        stream = extract(map(_paper, names), profile="default")
        return {item.paper.id: [astuple(mention) for mention in item.mentions] for item in stream}

    forward, backward = read(list(TEXTS)), read(list(reversed(TEXTS)))
    alone = {key: value for name in TEXTS for key, value in read([name]).items()}
    assert forward == backward == alone
    assert any(value[-1] for mentions in forward.values() for value in mentions)


def test_a_full_cache_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tagger forgets words when it has read many, and tags as before."""
    texts = [" ".join(TEXTS[name]) for name in TEXTS]
    expected = [concept_tagger.ConceptTagger().tag(text) for text in texts]
    monkeypatch.setattr(concept_tagger, "_CACHED_WORDS", 10)
    tagger = concept_tagger.ConceptTagger()
    for text, known in zip(texts * 2, expected * 2, strict=True):
        tagged = tagger.tag(text)
        assert np.array_equal(tagged.probabilities, known.probabilities)
        assert np.array_equal(tagged.roles, known.roles)


def test_tagger_component(nlp: Language) -> None:
    """The tagger leaves its words, probabilities and spans, of the text with the title on a line of its own."""
    paper = _paper("usual")
    doc = _run(nlp, paper, until="span_ranking")
    text = f"{paper.title}\n{paper.abstract}"
    tagged, spans = doc.user_data["tagged"], doc.user_data["tag_spans"]
    assert "".join(text[start:end] for start, end in tagged.spans) == "".join(text.split())
    assert tagged.probabilities.shape == (len(tagged.spans), len(TAGS))
    assert tagged.roles.shape == (len(tagged.spans), len(Role) + 1)
    assert spans == tag_spans(tagged.probabilities, TAGS)
    found = {text[tagged.spans[span.first][0] : tagged.spans[span.end - 1][1]] for span in spans}
    assert {"PouchNet", "ImageNet"} <= found


def _tagged_by_hand(text: str, *entities: tuple[str, ConceptType]) -> Tagged:
    """Words tagged as sure as can be: ``entities`` are surfaces, first places count."""
    spans = word_spans(text)
    rows = np.full((len(spans), len(TAGS)), 0.0001)
    rows[:, 0] = 1.0
    for surface, label in entities:
        start = text.index(surface)
        inside = [n for n, (a, b) in enumerate(spans) if a < start + len(surface) and b > start]
        rows[inside, 0] = 0.0001
        places = "U" if len(inside) == 1 else "B" + "I" * (len(inside) - 2) + "L"
        for number, place in zip(inside, places, strict=True):
            rows[number, TAGS.index(f"{place}-{label}")] = 1.0
    roles = np.full((len(spans), len(Role) + 1), 1 / (len(Role) + 1))
    return Tagged(spans, rows / rows.sum(axis=1, keepdims=True), roles)


def _candidates(nlp: Language, paper: Paper, *entities: tuple[str, ConceptType]) -> dict[str, SpanCandidates]:
    """The candidate spans by surface, where the tagger thinks what it is told."""
    doc = _run(nlp, paper, until="concept_tagger")
    text = f"{paper.title}\n{paper.abstract}"
    doc.user_data["tagged"] = _tagged_by_hand(text, *entities)
    doc.user_data["tag_spans"] = tag_spans(doc.user_data["tagged"].probabilities, TAGS)
    spans, rows = candidate_spans(doc)
    assert rows.shape == (len(spans), len(FEATURES))
    assert [(span.start, span.end) for span in spans] == sorted({(span.start, span.end) for span in spans})
    return {text[span.start : span.end]: span for span in spans}


def test_nothing_crosses_the_end_of_the_title(nlp: Language) -> None:
    """Not even a tagger that is sure makes a candidate of the end of a title and the beginning of an abstract."""
    paper = Paper(id="test:1", title="Hops by wobbly tree", abstract="Pruning helps. We rest.")
    found = _candidates(nlp, paper, ("wobbly tree\nPruning", ConceptType.METHOD), ("rest", ConceptType.TASK))
    assert not any("\n" in surface for surface in found)
    assert "rest" in found
    whole = _candidates(nlp, Paper(id="test:1", abstract="wobbly tree Pruning"), ("wobbly tree", ConceptType.METHOD))
    assert "wobbly tree" in whole


def test_likely_names_of_the_tagger_recur(nlp: Language) -> None:
    """A name that only the tagger knows is a candidate wherever it stands; a find of small letters is not."""
    paper = Paper(id="test:1", abstract="With Wombat we hop. Later Wombat hops with joy. Much joy.")
    found = _candidates(nlp, paper, ("Wombat", ConceptType.METHOD), ("joy", ConceptType.TASK))
    assert [candidate.source for candidate in found["Wombat"].found] == ["name:repeat"]
    assert found["Wombat"].tagged is None
    assert found["joy"].start == paper.abstract.index("joy") + 1
    assert found["joy"].found == []


def _span(*found: Candidate, tagged: ConceptType | None = None) -> SpanCandidates:
    shares = tuple(float(label is tagged) for label in ConceptType)
    return SpanCandidates(0, 6, list(found), TagSpan(0, 1, 0.9, shares) if tagged else None)


NOBODY = Tagged([], np.zeros((0, 21)), np.zeros((0, 9)))


def test_ranked_candidate_keeps_what_the_rules_know() -> None:
    """Source, type and identity come from who knows most, the confidence from the ranker."""
    known = Candidate(0, 6, ConceptType.DATASET, "catalogue", 0.8, "quollset")
    made = ranked_candidate(_span(known, tagged=ConceptType.MODEL), 0.77, NOBODY)
    assert made == Candidate(0, 6, ConceptType.DATASET, "catalogue", 0.77, "quollset")


def test_ranked_candidate_takes_an_open_type_from_the_tagger() -> None:
    """A name without a type has the one that the tagger gives it; without a tagger it stays open."""
    shaped = Candidate(0, 6, None, "name:shape", 0.6)
    assert ranked_candidate(_span(shaped, tagged=ConceptType.TASK), 0.5, NOBODY).label is ConceptType.TASK
    assert ranked_candidate(_span(shaped), 0.5, NOBODY).label is None


def test_role_scores_are_means_of_the_words() -> None:
    """The shares of the roles are those of the words inside; what is no concept does not count."""
    roles = np.array([[1.0, *[0.0] * 8], [0.2, 0.6, 0.2, *[0.0] * 6], [0.0, 0.2, 0.0, 0.8, *[0.0] * 5]])
    tagged = Tagged([(0, 2), (3, 5), (5, 8)], np.zeros((3, 21)), roles)
    span = SpanCandidates(3, 8, [Candidate(3, 8, ConceptType.TASK, "term", 0.4)])
    assert ranked_candidate(span, 0.5, tagged).role_scores == (0.4444, 0.1111, 0.4444, *[0.0] * 5)


def test_beyond_what_the_tagger_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the rest of a text of absurd length the rules still find names; they have no scores, and linking works."""
    monkeypatch.setattr(concept_tagger, "_MOST_WORDS", 8)
    paper = Paper(id="test:1", abstract="We hop with BERT here. " + "It rests. " * 5 + "Then GPT-4 on ImageNet hops.")
    (annotated,) = extract([paper], profile="default")
    found = {mention.text: len(mention.role_scores) for mention in annotated.mentions}
    assert found == {"BERT": len(Role), "GPT-4": 0, "ImageNet": 0}
    (linked,) = link([annotated])
    assert [len(item.evidence) for item in linked.assertions] == [1, 1, 1]


def test_least_probability_of_the_ranker_counts(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spans below the ranker's threshold are no mentions, however many there are."""

    class Unsure:
        least = 0.4

        def rank(self, rows: np.ndarray) -> list[float]:
            return [0.399] * len(rows)

        def worth(self, probabilities: list[float], introduced: list[float]) -> list[float]:
            return probabilities

    monkeypatch.setattr(components, "load_ranker", Unsure)
    assert _run(nlp, _paper("usual")).user_data["mentions"] == []


def test_the_role_reader_says_what_is_introduced(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a span is worth more hangs on how the role reader, who knows the whole text, reads its words."""
    told: list[list[float]] = []

    class Listening:
        least = 0.0

        def rank(self, rows: np.ndarray) -> list[float]:
            return [0.5] * len(rows)

        def worth(self, probabilities: list[float], introduced: list[float]) -> list[float]:
            told.append(introduced)
            return probabilities

    monkeypatch.setattr(components, "load_ranker", Listening)
    doc = _run(nlp, _paper("usual"))
    tagged = doc.user_data["tagged"]
    means = {
        round(float(tagged.read_roles[first:end, 1].mean()), 6)
        for first in range(len(tagged.spans))
        for end in range(first + 1, min(first + 13, len(tagged.spans) + 1))
    }
    assert {round(share, 6) for share in told[0]} <= means
    assert len(set(told[0])) > 1


def test_rules_stand_alone_behind_what_the_tagger_reads() -> None:
    """A name far behind the beginning of a text that is no abstract is still found, by the rules."""
    text = "∑ " * 7_000 + "We test BERT on GLUE."
    found = next(extract([Paper(id="test:1", abstract=text)])).mentions
    assert [mention.text for mention in found if mention.start >= 14_000] == ["BERT", "GLUE"]
