"""Names that no catalogue would hold, told by their form."""

import pytest

from paperconcepts.linking.vague_names import is_vague
from paperconcepts.vocabulary import Vocabulary


@pytest.mark.parametrize(
    "label",
    [
        "vanilla hopper", "random selection", "out-of-vocabulary", "in-domain", "rule-based", "QuollNet-based encoder",
        "PouT-initialized model", "7B-13B", "321B-parameter", "100X-1000X", "top-20", "2K+", "November 2021", "EN-DE",
        "De-En", "“open quote", "Twitter", "Covid-19", "QuollNet hop parsing",
    ],
)  # fmt: skip
def test_vague(label: str, vocabulary: Vocabulary) -> None:
    """Descriptions, attributes, sizes, dates, language pairs, broken quotes and known names put together are vague."""
    assert is_vague(label, vocabulary)


@pytest.mark.parametrize(
    "label",
    [
        "EchidnaSet", "aspect-based hopping", "3D hopping", "1D-ARC", "FP-8 tuning", "non-autoregressive hopping",
        "QuollNet tuning", "joint hop parsing", "“Hop” test", "May", "AA-AA",
    ],
)  # fmt: skip
def test_not_vague(label: str, vocabulary: Vocabulary) -> None:
    """What could be a name or a term stays."""
    assert not is_vague(label, vocabulary)
