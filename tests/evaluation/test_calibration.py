"""Calibration."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperconcepts.evaluation.calibration import calibrate


@pytest.mark.parametrize(
    ("confidence", "place"), [(0.0, 0), (0.0999, 0), (0.1, 1), (0.3, 3), (0.6, 6), (0.7, 7), (0.9, 9), (1.0, 9)]
)
def test_bins(confidence: float, place: int) -> None:
    """A bin holds its lower bound and not its upper one; the last holds 1.0 too."""
    table = calibrate([(confidence, True)])
    assert [item.count for item in table.bins] == [int(number == place) for number in range(10)]


def test_expected_error() -> None:
    """The gaps between confidence and share right are weighted by the number of predictions."""
    table = calibrate([(0.8, True), (0.8, True), (0.8, True), (0.8, False), (0.35, False)])
    # |0.75 - 0.8| four times and |0 - 0.35| once, of five.
    assert table.expected_error == pytest.approx((4 * 0.05 + 0.35) / 5)


def test_no_confidence() -> None:
    """Predictions without confidence are counted apart; with none left there is no error to speak of."""
    table = calibrate([(None, True), (None, False)])
    assert (table.without_confidence, table.expected_error) == (2, None)
    assert table.as_dict()["expected_calibration_error"] is None


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans())))
def test_everything_is_in_one_bin(judged: list[tuple[float | None, bool]]) -> None:
    """Every prediction is in the bin of its confidence, and the error is a share."""
    table = calibrate(judged)
    assert sum(item.count for item in table.bins) == len(judged)
    assert sum(item.right for item in table.bins) == sum(right for _, right in judged)
    for item in table.bins:
        if item.count:
            assert item.low - 1e-8 <= item.mean_confidence <= item.high + 1e-8
    assert table.expected_error is None or 0 <= table.expected_error <= 1
