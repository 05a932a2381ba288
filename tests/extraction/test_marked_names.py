"""What may be a name by its marks or its capitals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.extraction.marked_names import find_marked_names


def _found(text: str, title_end: int = 0) -> dict[str, str]:
    return {text[n.start : n.end]: n.rule.partition(":")[2] for n in find_marked_names(text, title_end)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('The "Pouch Monologue" helps.', {"Pouch Monologue": "quoted"}),
        ("A “hop-then-rest” scheme.", {"hop-then-rest": "quoted"}),
        ("We ask ``how to hop,'' they say.", {"how to hop": "quoted"}),
        ("It is named **Div-Hop**, and *ART: Ask, Rest* too.", {"Div-Hop": "quoted", "ART: Ask, Rest": "quoted"}),
        ("The joeys' and wallabies' hops, it's theirs.", {}),
        ("The ‘quiet hop’ of joeys’ feet", {"quiet hop": "quoted"}),
        ('They said "this is far too long to be a name of anything".', {}),
        ('They said "the".', {}),
        ('The "Pouch Net " and **Joeys:** "Hop Net?"', {"Pouch Net": "quoted", "Joeys": "quoted", "Hop Net": "quoted"}),
        ("by the Fréchet Hop Distance", {"Fréchet Hop Distance": "capitals"}),
        ("2 * 3 * 4 and a*b*c", {}),
        ("We learn P(IK) and (P(True)).", {"P(IK)": "notation", "P(True)": "notation"}),
        ("In O(N) steps f(x), GPT(s) and SO(3) hop.", {}),
        ("Between Pouch Neurons and Hop Tokens.", {"Pouch Neurons": "capitals", "Hop Tokens": "capitals"}),
        ("Pouch Neurons hop. Joey Tokens rest.", {}),
        ("The Single capital, a Re-Hop Net-based one.", {}),
    ],
)
def test_marks(text: str, found: dict[str, str]) -> None:
    """Quotes, stars, the notation of a function and capitals inside a sentence make a name possible."""
    assert _found(text) == found


def test_capitals_of_a_title_say_nothing() -> None:
    """Titles are written in capitals; quotes count there too."""
    title = 'On the Hop Neurons of "Pouch Nets"'
    assert _found(title + "\nOn the Hop Neurons.", len(title)) == {"Pouch Nets": "quoted", "Hop Neurons": "capitals"}


@given(st.text(alphabet="aB \"“”*`'()-.,\n", max_size=80))
def test_spans_are_inside(text: str) -> None:
    """Whatever the text, a find is a piece of it without blanks at its ends."""
    for name in find_marked_names(text, 0):
        assert 0 <= name.start < name.end <= len(text)
        assert text[name.start : name.end] == text[name.start : name.end].strip()
