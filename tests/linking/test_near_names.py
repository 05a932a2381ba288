"""Names of one new thing that differ in an ending, a word or a general noun."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.linking.grouping import concept_of, group_mentions
from paperconcepts.linking.near_names import near_names
from paperconcepts.model import AnnotatedPaper, ConceptType, Mention, Paper, Role, Sentence
from paperconcepts.vocabulary import Vocabulary

Annotate = Callable[..., AnnotatedPaper]
TITLE = "Gated Pouch Hopping"


def _with_scores(annotated: AnnotatedPaper, *uses: str) -> AnnotatedPaper:
    """The reader thinks that everything is introduced, but for some names."""

    def scores(text: str) -> tuple[float, ...]:
        role = Role.USES if text in uses else Role.INTRODUCES
        return tuple(float(role is other) for other in Role)

    return replace(annotated, mentions=tuple(replace(m, role_scores=scores(m.text)) for m in annotated.mentions))


def _paper(annotate: Annotate, abstract: str, marks: dict[str, str], *uses: str) -> AnnotatedPaper:
    return _with_scores(annotate(abstract, {TITLE: "method", **marks}, title=TITLE), *uses)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("gated pouch hopping algorithm", "near spelling"),
        ("gated pouch hopped", "near spelling"),
        ("pouch hopping", "modifier"),
        ("gated hopping strategy", "modifier"),
    ],
)
def test_one_thing(annotate: Annotate, vocabulary: Vocabulary, name: str, reason: str) -> None:
    """Both names become one concept, which bears the fuller words, and the reason stays with the alias."""
    paper = _paper(annotate, f"We propose the {name}.", {name: "method"})
    assert [(one.text, reason) for one, _, reason in near_names(paper)] == [(name, reason)]
    [group] = group_mentions(paper, vocabulary)
    concept, aliases = concept_of(group, vocabulary, "test:1", introduced=True)
    assert concept.label == (TITLE if reason == "modifier" else name)
    assert {alias.text: alias.reason for alias in aliases} == {TITLE: "name", name: reason}


@pytest.mark.parametrize(
    ("abstract", "marks"),
    [
        ("We propose pouch tuning.", {"pouch tuning": "method"}),  # another last word
        ("We propose the pouch hopping.", {"pouch hopping": "data"}),  # another kind
        ("We propose the hopping.", {"hopping": "method"}),  # one word
        ("We propose pouch hopping 2.", {"pouch hopping 2": "method"}),  # a version
        ("We propose pouch hopping and tail hopping.", {"pouch hopping and tail hopping": "method"}),
        ("Gated pouch hopping has pouch hopping.", {"Gated pouch hopping": "method", "pouch hopping": "method"}),
        ("Use pouch hopping.", {"pouch hopping": "method tagger wombat-optimization"}),  # the catalogue's
    ],
)
def test_two_things(annotate: Annotate, abstract: str, marks: dict[str, str]) -> None:
    """Other things stay what they are."""
    assert list(near_names(_paper(annotate, abstract, marks))) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "We propose local token attention and global token attention.",
            ["local token attention", "global token attention"],
        ),
        (
            "An actor fusion module is new. An action fusion module is newer.",
            ["actor fusion module", "action fusion module"],
        ),
        ("Pouch net (small) is new. Pouch net (large) is newer.", ["Pouch net (small)", "Pouch net (large)"]),
        ("Pouch-A net is new. The pouch net is newer.", ["Pouch-A net", "pouch net"]),
        ("Learning to pouch is new. Learning from pouch is newer.", ["Learning to pouch", "Learning from pouch"]),
        (
            "Non-regressive tail hops is new. Regressive tail hops is newer.",
            ["Non-regressive tail hops", "Regressive tail hops"],
        ),
        ("Tail hop net is new. Tail hop II net is newer.", ["Tail hop net", "Tail hop II net"]),
        ("Gating tail hops is new and gated tail hops is newer.", ["Gating tail hops", "gated tail hops"]),
    ],
)
def test_other_words(annotate: Annotate, text: str, names: list[str]) -> None:
    """Words that tell things apart keep them apart, and so does one sentence that has both."""
    paper = _with_scores(annotate(text, dict.fromkeys(names, "method"), title="Local-Global Token Attention"))
    assert list(near_names(paper)) == []


def test_other_data_sets(annotate: Annotate) -> None:
    """A word more makes another data set of a data set."""
    paper = annotate("Wombat QA is new. Wombat Tail QA is newer.", {"Wombat QA": "data", "Wombat Tail QA": "data"})
    assert list(near_names(_with_scores(paper))) == []


def test_general_noun_first(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """Whichever stands first, the name without the noun is the one that both stand for."""
    names = ("Gated Tail Hopping Framework", "gated tail hopping")
    paper = annotate("We propose gated tail hopping. It hops.", dict.fromkeys(names, "method"), title=names[0])
    [group] = group_mentions(_with_scores(paper), vocabulary)
    assert group.key == "gated tail hopping"


def test_two_ways_to_two_names(annotate: Annotate) -> None:
    """Two shorter names of one longer are both things of their own."""
    names = dict.fromkeys(("Spatial Temporal Pruning Hops", "spatial pruning hops", "temporal pruning hops"), "method")
    paper = annotate(
        "Spatial pruning hops is new. We add temporal pruning hops.".lower(), names, title=next(iter(names))
    )
    assert list(near_names(_with_scores(paper))) == []


def test_two_fits(annotate: Annotate) -> None:
    """A shorter name that two longer ones may stand for is neither."""
    names = {"pouch hopping": "method", "Tail Pouch Hopping": "method"}
    paper = _paper(annotate, "We propose Tail Pouch Hopping. It beats pouch hopping.", names)
    assert list(near_names(paper)) == []


def test_three_ways_to_write_it(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """Whatever the number of names, one concept comes of them."""
    marks = dict.fromkeys(("gated pouch hopped", "gated pouch hopping strategy"), "method")
    paper = _paper(annotate, "We propose gated pouch hopped. The gated pouch hopping strategy hops.", marks)
    assert len(list(near_names(paper))) == 3
    assert len(group_mentions(paper, vocabulary)) == 1


def test_only_what_is_introduced(annotate: Annotate) -> None:
    """What the paper only uses keeps its own concept."""
    paper = _paper(annotate, "We build on pouch hopping.", {"pouch hopping": "method"}, "pouch hopping")
    assert list(near_names(paper)) == []


def test_unread_names(annotate: Annotate) -> None:
    """Where no reader has been, nothing is known to be introduced."""
    paper = annotate("We propose pouch hopping.", {TITLE: "method", "pouch hopping": "method"}, title=TITLE)
    assert list(near_names(paper)) == []


def test_defined_name(annotate: Annotate, vocabulary: Vocabulary) -> None:
    """The name that the paper defines is the one that stays."""
    marks = {TITLE: "method", "pouch hopping": "method", "PH": "method"}
    text = "We propose pouch hopping (PH). PH hops."
    paper = _with_scores(annotate(text, marks, title=TITLE, definitions=[("PH", "pouch hopping")]))
    [group] = group_mentions(paper, vocabulary)
    assert concept_of(group, vocabulary, "test:1", introduced=True)[0].label == "pouch hopping"


_NAMES = st.lists(st.text("ab -", min_size=1, max_size=9).filter(str.strip), min_size=1, max_size=8)


@given(names=_NAMES)
def test_whatever_the_names(names: list[str]) -> None:
    """Pairs are of two names of the paper, and the same each time."""
    text = ". ".join(names)
    place, mentions = 0, []
    for name in names:
        scores = (1.0, *[0.0] * 7)
        span = ("abstract", place, place + len(name), name)
        mentions.append(Mention(*span, ConceptType.METHOD, "tagger", 0.9, role_scores=scores))
        place += len(name) + 2
    sentences = (Sentence("abstract", 0, len(text)),)
    paper = AnnotatedPaper(Paper(id="x:1", abstract=text), sentences, tuple(mentions), ())
    found = list(near_names(paper))
    assert found == list(near_names(paper))
    assert all(one.text in names and other.text in names and one.text != other.text for one, other, _ in found)
