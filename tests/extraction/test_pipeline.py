"""The extraction stage as a whole: what every annotated paper keeps to, whatever its text."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from paperconcepts.errors import ConfigurationError
from paperconcepts.extraction import PROFILES, build_nlp, extract, extract_paper
from paperconcepts.extraction.components import candidate_spans, span_merge
from paperconcepts.extraction.pipeline import annotated_paper
from paperconcepts.extraction.plausible_names import is_plausible_name
from paperconcepts.extraction.span_merge import Candidate
from paperconcepts.model import AnnotatedPaper, ConceptType, Paper

Annotator = Callable[..., AnnotatedPaper]
SNIPPETS = (
    "LoRA|GPT-4|HopNet|Low-Rank Adaptation (LoRA)|DPO (Direct Preference Optimization)|we propose |called |a method|"
    "-based|large language models|contrastive learning|: |. |, |(|)|[|]|'|’|\"|-|--|/|://|www.|$|^|_|\\|%|é|e\u0301|ﬁ|ß|İ|"
    "𝔸|𝐋𝐨𝐑𝐀|😀|👩‍🔬|模型|大型语言模型|مرحبا|שלום|\u202e|"
    "\u200b|\u00ad|\u00a0|\ufeff|\u2028|\n|\n\n|\t| |  |\x00|\x1c|\x85|\U0010ffff"
).split("|")
TEXT = st.lists(st.sampled_from(SNIPPETS) | st.text(max_size=5), max_size=25).map("".join)


def check(annotated: AnnotatedPaper) -> None:
    """Everything that the model promises of an annotated paper."""
    paper = annotated.paper
    sizes = {"title": len(paper.title), "abstract": len(paper.abstract)}
    for mention in annotated.mentions:
        assert 0 <= mention.start < mention.end <= sizes[mention.field]
        assert paper.text(mention.field)[mention.start : mention.end] == mention.text
        assert isinstance(mention.label, ConceptType)
        assert is_plausible_name(mention.text)
        assert 0 < mention.confidence <= 1
        assert mention.source
        assert mention.role_scores == () or sum(mention.role_scores) == pytest.approx(1.0, abs=0.001)
    places = [(m.field != "title", m.start, m.end) for m in annotated.mentions]
    assert places == sorted(places)
    assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(places))
    for field, size in sizes.items():
        text, position = paper.text(field), 0
        for sentence in (s for s in annotated.sentences if s.field == field):
            assert position <= sentence.start < sentence.end <= size
            assert not text[position : sentence.start].strip()
            position = sentence.end
        assert not text[position:].strip()
    for item in annotated.definitions:
        text = paper.text(item.field)
        assert text[item.short_start : item.short_end] == item.short_form != ""
        assert text[item.long_start : item.long_end] == item.long_form != ""


@pytest.mark.parametrize("profile", PROFILES)
@settings(deadline=None, max_examples=300)
@given(title=TEXT, abstract=TEXT)
def test_offsets(profile: str, title: str, abstract: str) -> None:
    """Mentions, sentences and definitions are exact slices of their field, in order and apart, for any text."""
    check(extract_paper(Paper(id="test:1", title=title, abstract=abstract), profile=profile))


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(TEXT, TEXT), max_size=4))
def test_stream_is_one_by_one(texts: list[tuple[str, str]]) -> None:
    """``extract`` gives what ``extract_paper`` gives, in order."""
    papers = [Paper(id=f"test:{i}", title=title, abstract=abstract) for i, (title, abstract) in enumerate(texts)]
    assert list(extract(papers)) == [extract_paper(paper) for paper in papers]


def test_long_stream() -> None:
    """Papers beyond a batch are annotated as those in it; the input is read as it is needed."""
    read: list[str] = []

    def stream() -> Iterator[Paper]:
        for number in range(1_100):
            paper = Paper(
                id=f"test:{number}", abstract=f"We propose Hop{number}Net, a model for hop{number} detection."
            )
            read.append(paper.id)
            yield paper

    result = extract(stream(), profile="fast")
    first = next(result)
    assert len(read) < 1_100
    rest = list(result)
    assert first.mentions[0].text == "Hop0Net"
    assert [item.mentions[0].text for item in rest] == [f"Hop{i}Net" for i in range(1, 1_100)]
    assert [item.paper.id for item in rest] == [f"test:{i}" for i in range(1, 1_100)]


def test_pipe_names() -> None:
    """A profile is these components in this order, each registered with spaCy under its name."""
    rules = ("abbreviation_definitions", "catalogue_matcher", "name_patterns")
    profiles = dict(PROFILES)
    assert profiles == {"default": (*rules, "concept_tagger", "span_ranking"), "fast": (*rules, "span_merge")}
    for profile, names in profiles.items():
        assert build_nlp(profile).pipe_names == list(names)
        assert all(Language.has_factory(name) for name in names)


def test_unknown_profile() -> None:
    """A profile that does not exist is refused, and those that do are named."""
    for use in (build_nlp, lambda profile: list(extract([], profile=profile))):
        with pytest.raises(ConfigurationError, match="no profile is named 'quick'; there are default, fast"):
            use("quick")


@pytest.mark.parametrize("profile", PROFILES)
def test_empty_paper(annotate: Annotator, profile: str) -> None:
    """A paper without text has no sentences, mentions or definitions."""
    annotated = annotate(profile=profile)
    assert (annotated.sentences, annotated.mentions, annotated.definitions) == ((), (), ())


@pytest.mark.parametrize("profile", PROFILES)
def test_title_only(annotate: Annotator, profile: str) -> None:
    """A title is one sentence, and its names are mentions of the title."""
    annotated = annotate(title="HopNet: A Model. Of Hops", profile=profile)
    assert [(s.field, s.start, s.end) for s in annotated.sentences] == [("title", 0, 24)]
    assert ("title", "HopNet") in {(m.field, m.text) for m in annotated.mentions}


@pytest.mark.parametrize("profile", PROFILES)
def test_fields_are_apart(annotate: Annotator, profile: str) -> None:
    """Nothing is found across the border of title and abstract; offsets count from the start of their field."""
    annotated = annotate("Neural Network (QNN) here. HopNet again.", title="HopNet and the Quokka", profile=profile)
    assert {(m.field, m.start) for m in annotated.mentions if m.text == "HopNet"} == {("title", 0), ("abstract", 27)}
    assert annotated.definitions == ()


def test_definition(annotate: Annotator) -> None:
    """Both sides of a definition are mentions of one type."""
    annotated = annotate("We use Wobbly Hop Optimization (WHO). WHO is good.")
    (definition,) = annotated.definitions
    assert (definition.short_form, definition.long_form) == ("WHO", "Wobbly Hop Optimization")
    found = {m.text: m for m in annotated.mentions}
    assert found["WHO"].label is found["Wobbly Hop Optimization"].label is ConceptType.METHOD
    assert [m.text for m in annotated.mentions].count("WHO") == 2


def test_open_type_is_marked(annotate: Annotator) -> None:
    """A name whose type nothing tells is a mention whose source ends with a question mark."""
    (mention,) = annotate("Then XyzzyQ hops.").mentions
    assert mention.source.endswith("?")


def test_another_component_takes_part() -> None:
    """What is added to ``doc.user_data["candidates"]`` before the merge is weighed with the finds of the rules."""
    nlp = build_nlp("fast")
    doc = nlp.make_doc("hopping about")
    doc.user_data["title_end"] = 0
    for name, component in nlp.pipeline:
        if name == "span_merge":
            doc.user_data["candidates"].append(Candidate(0, 7, ConceptType.TASK, "mine", 0.6))
        doc = component(doc)
    assert doc.user_data["mentions"] == [Candidate(0, 7, ConceptType.TASK, "mine", 0.6)]


@pytest.mark.parametrize("profile", PROFILES)
def test_no_half_a_bracket(profile: str) -> None:
    """A find with half a pair of brackets is no name; the one inside it still may be."""
    nlp = build_nlp(profile)
    text = "Hop (HP)-Net digs"
    doc = nlp.make_doc(text)
    doc.user_data["title_end"] = 0
    for _, component in nlp.pipeline[:-1]:
        doc = component(doc)
    places = ((0, 7), (5, 12), (9, 12))
    doc.user_data["candidates"] = [Candidate(*place, ConceptType.MODEL, "name:called", 0.99) for place in places]
    if profile == "fast":
        found = [(c.start, c.end) for c in span_merge(doc).user_data["mentions"]]
    else:
        found = [(span.start, span.end) for span in candidate_spans(doc)[0]]
    assert (9, 12) in found
    assert all(is_plausible_name(text[start:end]) for start, end in found)


@pytest.mark.parametrize("name", ["BLEU@4", "NDCG@10", "Pass@k"])
def test_value_at_a_rank_is_a_metric(name: str) -> None:
    """A name with @ and a number is a metric, whatever a find says of its type; other names keep theirs."""
    nlp = build_nlp("fast")
    paper = Paper(id="x:1", abstract=f"on {name} and me@home")
    doc = nlp.make_doc("\n" + paper.abstract)
    places = [(paper.abstract.index(part), part) for part in (name, "me@home")]
    doc.user_data["mentions"] = [
        Candidate(start + 1, start + 1 + len(part), ConceptType.DATASET, "tagger", 0.9) for start, part in places
    ]
    doc.user_data["definitions"] = []
    found = annotated_paper(paper, doc).mentions
    assert [(m.text, m.label) for m in found] == [(name, ConceptType.METRIC), ("me@home", ConceptType.DATASET)]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("device", ["NVIDIA T4", "NVIDIA RTX 4090", "Nvidia Titan Xp", "H100 GPUs", "NVIDIA A100 GPU"])
def test_hardware_is_no_concept(annotate: Annotator, device: str, profile: str) -> None:
    """What experiments run on is no concept; a maker's own models and tools are."""
    text = f"We evaluate HopNet and NVIDIA NeMo on an {device}, with 81.2% accuracy."
    assert device not in {mention.text for mention in annotate(text, profile=profile).mentions}
    assert is_plausible_name("NVIDIA NeMo")


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    ("text", "concept_id"),
    [
        ("a large language model", "large-language-model"),
        ("tested on GSM8K", "gsm8k"),
        ("the accuracy is high", "accuracy"),
    ],
)
def test_shipped_catalogue(annotate: Annotator, text: str, concept_id: str, profile: str) -> None:
    """Names that the shipped catalogue knows carry its ids."""
    assert concept_id in {mention.concept_id for mention in annotate(text, profile=profile).mentions}
