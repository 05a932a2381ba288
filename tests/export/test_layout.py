"""Where nodes stand."""

import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.export.layout import arrange, spread


def ring(count: int) -> tuple[list[str], list[int], list[int]]:
    return [f"n{number}" for number in range(count)], list(range(count)), [(n + 1) % count for n in range(count)]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 200])
def test_places_are_finite_and_centred(count: int) -> None:
    """Each node has a finite place, and the places surround the origin."""
    ids, sources, targets = ring(count)
    places = arrange(ids, sources, targets, [5.0] * count)
    assert len(places) == count
    assert all(math.isfinite(value) for place in places for value in place)
    if count:
        assert abs(sum(x for x, _ in places) / count) < 1
        assert abs(sum(y for _, y in places) / count) < 1


def test_nodes_without_edges_spread_out() -> None:
    """Gravity keeps nodes without edges near, and they do not fall onto one point."""
    places = arrange([f"n{number}" for number in range(100)], [], [], [5.0] * 100)
    assert len(set(places)) == 100
    assert max(abs(value) for place in places for value in place) < 2000


def test_neighbours_stand_nearer_than_strangers() -> None:
    """In two groups, members of one group stand nearer to each other than to the other group."""
    ids = [f"n{number}" for number in range(40)]
    pairs = [(a, b) for start in (0, 20) for a in range(start, start + 20) for b in range(a + 1, start + 20)]
    places = arrange(ids, [a for a, _ in pairs], [b for _, b in pairs], [5.0] * 40)

    def mean(group: list[tuple[float, float]]) -> tuple[float, float]:
        return sum(x for x, _ in group) / 20, sum(y for _, y in group) / 20

    spread = sum(math.dist(place, mean(places[:20])) for place in places[:20]) / 20
    assert math.dist(mean(places[:20]), mean(places[20:])) > spread


@settings(deadline=None, max_examples=15)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30))
def test_any_edges_give_finite_places_twice_the_same(pairs: list[tuple[int, int]]) -> None:
    """Loops, doubled edges and separate parts do no harm, and the same input gives the same places."""
    ids, sizes = [f"n{number}" for number in range(10)], [5.0] * 10
    sources, targets = [a for a, _ in pairs], [b for _, b in pairs]
    places = arrange(ids, sources, targets, sizes)
    assert all(math.isfinite(value) for place in places for value in place)
    assert arrange(ids, sources, targets, sizes) == places


def test_time_is_bounded() -> None:
    """A graph of 1,500 nodes and 4,500 edges is laid out within three seconds of processor time."""
    ids, sources, targets = ring(1500)
    sources, targets = sources * 3, targets + [(7 * n + 3) % 1500 for n in range(3000)]
    begin = time.process_time()
    arrange(ids, sources, targets, [5.0] * 1500)
    assert time.process_time() - begin < 3


def test_fixed_nodes_stay_and_others_make_room() -> None:
    """Of nodes on one spot those that are fixed do not move, and the others move apart from them."""
    places = spread([(0.0, 0.0)] * 6, [8.0] * 6, fixed=[0])
    assert places[0] == (0.0, 0.0)
    assert all(math.dist(places[0], place) > 3 for place in places[1:])


def test_time_grows_about_linearly() -> None:
    """Ten times the nodes take less than twenty times as long."""

    def seconds(count: int) -> float:
        ids, sources, targets = ring(count)
        begin = time.process_time()
        arrange(ids, sources * 3, targets + [(7 * n + 3) % count for n in range(2 * count)], [5.0] * count)
        return time.process_time() - begin

    seconds(100)  # the first call loads NumPy's FFT
    assert seconds(10_000) < 20 * max(seconds(1_000), 0.05)
