"""The map of concepts in the interactive page."""

import math
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.export.explorer_map import map_concepts


def test_concepts_are_linked_by_the_papers_that_share_them() -> None:
    """A link tells how many papers share two concepts; concepts without a common paper have none."""
    found = map_concepts(["a", "b", "c", "d"], [[0, 1], [0, 1, 2], [3], [3]])
    assert (0, 1, 2) in found.links
    assert not any(3 in link[:2] for link in found.links)


def test_a_concept_of_all_papers_does_not_take_all_links() -> None:
    """Where a common and a rare concept compete, the rare one that always comes along is the stronger tie."""
    papers = [[0, 1, 2]] * 3 + [[0, number] for number in range(3, 40) for _ in range(2)]
    links = map_concepts([f"c{number}" for number in range(40)], papers).links
    assert (1, 2, 3) in links
    assert len(links) < 2 * 40


def test_topics_hold_their_leading_concepts() -> None:
    """Two circles of papers about different things are two topics, named by concepts of their own."""
    papers = [[0, 1, 2, 3, 4]] * 4 + [[5, 6, 7, 8]] * 4
    found = map_concepts([f"c{number}" for number in range(9)], papers)
    assert found.topic_of == (0, 0, 0, 0, 0, 1, 1, 1, 1)
    assert set(found.topics[0]) <= set(range(5))
    assert set(found.topics[1]) <= set(range(5, 9))


def test_papers_stand_among_their_concepts() -> None:
    """A paper is nearer to its own concepts than to those of papers about something else."""
    groups = [range(start, start + 6) for start in (0, 6, 12)]
    papers = [[*group] for group in groups for _ in range(5)]
    found = map_concepts([f"c{number}" for number in range(18)], papers)

    def mean_distance(paper: int, group: range) -> float:
        return sum(math.dist(found.paper_places[paper], found.concept_places[one]) for one in group) / len(group)

    for paper in range(15):
        own, *others = sorted(groups, key=lambda group: group is not groups[paper // 5])
        assert mean_distance(paper, own) < min(mean_distance(paper, group) for group in others)


@settings(deadline=None, max_examples=8)
@given(st.lists(st.sets(st.integers(0, 8)), max_size=12), st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8))))
def test_any_graph_has_finite_places_twice_the_same(papers: list[set[int]], relations: list[tuple[int, int]]) -> None:
    """Every concept and paper has a finite place, every topic a name, and the same input gives the same map."""
    names, members = [f"c{number}" for number in range(9)], [sorted(one) for one in papers]
    found = map_concepts(names, members, relations)
    assert len(found.concept_places) == 9
    assert len(found.paper_places) == len(papers)
    assert all(math.isfinite(value) for place in (*found.concept_places, *found.paper_places) for value in place)
    assert all(topic for topic in found.topics)
    assert max(found.topic_of) < max(len(found.topics), 1)
    assert map_concepts(names, members, relations) == found


def test_time_is_bounded() -> None:
    """1,000 papers with ten of 4,000 concepts each are mapped within four seconds of processor time."""
    papers = [sorted({(7 * n + step * step * 31) % 4000 for step in range(10)}) for n in range(1000)]
    begin = time.process_time()
    map_concepts([f"c{number}" for number in range(4000)], papers)
    assert time.process_time() - begin < 4
