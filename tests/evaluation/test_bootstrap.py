"""Confidence intervals."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.evaluation.bootstrap import bootstrap_intervals
from paperconcepts.evaluation.tallies import Tally, add_tallies

_TALLIES = st.builds(
    lambda right, wrong, found, missed: Tally(right, right + wrong, found, found + missed),
    *[st.integers(0, 20)] * 4,
)


def _rows(*rights: int) -> list[dict[str, Tally]]:
    return [{"m": Tally.matched(right, 10, 10)} for right in rights]


def test_known_interval() -> None:
    """The interval of a share over many equal papers is that of the binomial distribution."""
    interval = bootstrap_intervals(_rows(*[0, 10] * 200), ["m"])["m"].precision
    # Half of 400 papers: the standard error is 0.025.
    assert interval.low == pytest.approx(0.5 - 1.96 * 0.025, abs=0.01)
    assert interval.high == pytest.approx(0.5 + 1.96 * 0.025, abs=0.01)


def test_equal_papers() -> None:
    """Papers that do not differ leave no doubt."""
    intervals = bootstrap_intervals(_rows(3, 3, 3), ["m"])["m"]
    assert intervals.as_dict() == {"precision": [0.3, 0.3], "recall": [0.3, 0.3], "f1": [0.3, 0.3]}


def test_draws_are_fixed() -> None:
    """The same counts give the same intervals, in every run and on every machine."""
    rows = [{"m": Tally(3, 7, 2, 5)}, {"m": Tally(1, 4, 1, 6)}, {"m": Tally(5, 5, 4, 9)}, {"m": Tally(0, 3, 0, 2)}]
    assert bootstrap_intervals(rows, ["m"])["m"].as_dict() == {
        "precision": [0.1429, 0.8333],
        "recall": [0.125, 0.4286],
        "f1": [0.1333, 0.553],
    }


def test_intervals_need_papers() -> None:
    """Without papers, or without resamples, there are no intervals."""
    assert bootstrap_intervals([], ["m"]) == {}
    assert bootstrap_intervals(_rows(1, 2), ["m"], resamples=0) == {}


def test_undefined_draws() -> None:
    """Draws in which a figure has no meaning do not count for it; if all are such, the interval is that of zero."""
    rows = [{"m": Tally.matched(3, 4, 4)}, {"m": Tally()}]
    assert bootstrap_intervals(rows, ["m"])["m"].as_dict() == {
        "precision": [0.75, 0.75], "recall": [0.75, 0.75], "f1": [0.75, 0.75],
    }  # fmt: skip
    missed = bootstrap_intervals([{"m": Tally(gold=4)}], ["m"])["m"]
    assert (missed.precision, missed.recall, missed.f1) == ((0, 0), (0, 0), (0, 0))


def test_quick() -> None:
    """Two hundred papers, thirty measures and a thousand resamples take less than two seconds."""
    row = {str(number): Tally(3, 7, 2, 5) for number in range(30)}
    start = time.perf_counter()
    assert len(bootstrap_intervals([row] * 200, list(row))) == 30
    assert time.perf_counter() - start < 2


@given(st.lists(_TALLIES, min_size=1, max_size=8))
def test_intervals_are_ordered(tallies: list[Tally]) -> None:
    """Bounds are shares, in order, and lie between the worst and the best paper."""
    rows = [{"m": tally} for tally in tallies]
    intervals = bootstrap_intervals(rows, ["m"], resamples=40)["m"]
    for name in ("precision", "recall", "f1"):
        low, high = getattr(intervals, name)
        assert 0 <= low <= high <= 1
    precisions = [tally.scores.precision for tally in tallies if tally.predicted]
    if len(precisions) == len(tallies):
        assert min(precisions) - 1e-9 <= intervals.precision.low
        assert intervals.precision.high <= max(precisions) + 1e-9


@given(st.lists(_TALLIES, min_size=1, max_size=8))
def test_tallies_add_up(tallies: list[Tally]) -> None:
    """The tally of all papers is the sum of theirs, whatever the order."""
    total = add_tallies({"m": tally} for tally in tallies)["m"]
    assert total == add_tallies({"m": tally} for tally in reversed(tallies))["m"]
    assert total.gold == sum(tally.gold for tally in tallies)


def test_empty_scores() -> None:
    """Nothing predicted or nothing to find gives zeros, not an error."""
    assert tuple(Tally().scores) == (0.0, 0.0, 0.0)
    assert Tally(gold=3).scores.recall == 0.0
