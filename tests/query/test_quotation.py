"""Quotations: a sentence in pieces, each marked once."""

from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.model import Evidence, Paper
from paperconcepts.query import quote, split_marked

PAPER = Paper(id="x:1", title="On cats", abstract="Dogs bark. CatNet (a net) extends, in part, DogNet.")
SENTENCE = "CatNet (a net) extends, in part, DogNet."
EVIDENCE = Evidence(
    "x:1", "abstract", 11, 51, ((11, 17), (44, 50)), " (a net) extends, in part, ", 17, 44, "relation:extends", "1", 0.6
)


def test_places_count_from_the_sentence() -> None:
    """The sentence is cut from its field; spans and cue count from its beginning."""
    found = quote(PAPER, EVIDENCE)
    assert found.sentence == SENTENCE
    assert [found.sentence[start:end] for start, end in found.spans] == ["CatNet", "DogNet"]
    assert found.evidence is EVIDENCE


def test_cue_is_words() -> None:
    """A cue is marked without the blanks and brackets around its words; one without words is none."""
    found = quote(PAPER, EVIDENCE)
    assert found.cue is not None
    assert found.sentence[slice(*found.cue)] == "a net) extends, in part"
    bare = Evidence("x:1", "abstract", 11, 51, (), " (", 17, 19, "relation:extends", "1", 0.6)
    assert quote(PAPER, bare).cue is None
    assert quote(PAPER, Evidence("x:1", "title", 0, 7, (), "", -1, -1, "default:title", "1", 0.5)).cue is None


def test_marks() -> None:
    """Mentions and cue have marks of their own; without marks for the cue it stands as it is."""
    found = quote(PAPER, EVIDENCE)
    assert found.marked(cue_opening="{", cue_closing="}") == "[CatNet] ({a net) extends, in part}, [DogNet]."
    assert found.marked() == "[CatNet] (a net) extends, in part, [DogNet]."
    assert found.marked("", "") == SENTENCE


def test_a_mention_is_no_cue() -> None:
    """Where a cue holds a mention, the mention is marked and the cue around it."""
    pieces = split_marked("we call it X here", [(11, 12)], (3, 17))
    assert pieces == [("", "we "), ("cue", "call it"), ("", " "), ("mention", "X"), ("", " "), ("cue", "here")]
    assert split_marked("X", [(0, 1)], (0, 1)) == [("mention", "X")]


SPANS = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (min(pair), max(pair)))


@given(st.text(max_size=30), st.lists(SPANS, max_size=5), st.none() | SPANS)
def test_nothing_is_lost(text: str, spans: list[tuple[int, int]], cue: tuple[int, int] | None) -> None:
    """Whatever the spans, the pieces together are the sentence."""
    inside = [(start, min(end, len(text))) for start, end in spans if start <= len(text)]
    within = cue if cue is None or cue[0] <= len(text) else None
    pieces = split_marked(text, inside, within and (within[0], min(within[1], len(text))))
    assert "".join(piece for _, piece in pieces) == text
    assert {kind for kind, _ in pieces} <= {"", "mention", "cue"}
