"""Where each page of the site lies: names that every file system and web server takes, and the links to them."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

from paperconcepts.export.file_names import unique_file_names
from paperconcepts.model import ConceptType

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["KIND_FOLDERS", "Places", "href", "page_of_list"]

KIND_FOLDERS = {
    ConceptType.METHOD: "methods",
    ConceptType.MODEL: "models",
    ConceptType.DATASET: "datasets",
    ConceptType.TASK: "tasks",
    ConceptType.METRIC: "metrics",
}
"""The name that a kind of concepts bears in lists and addresses."""

_NOT_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")


class Places:
    """The paths of the pages of papers and concepts, from the top of the site.

    A concept of fewer than ``min_support`` papers has no page; where it is named, it is no link.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> places = Places(example_graph())
        >>> places.papers["arxiv:2106.09685"], places.concepts["low-rank-adaptation"]
        ('papers/arxiv-2106.09685.html', 'concepts/low-rank-adaptation.html')
    """

    def __init__(self, graph: "ResearchGraph", *, min_support: int = 1) -> None:
        self.papers = _pages("papers", (paper.id for paper in graph.papers()))
        kept = (node.concept.id for node in graph.concepts() if node.support >= min_support)
        self.concepts = _pages("concepts", kept)


def _pages(folder: str, ids: Iterable[str]) -> dict[str, str]:
    # Of ids, not of titles: an address outlives a corrected title. Plain letters need no escape in any link.
    names = unique_file_names({one: _NOT_PLAIN.sub("-", one) for one in ids}, taken=("index",))
    return {one: f"{folder}/{name}.html" for one, name in names.items()}


def page_of_list(name: str, number: int) -> str:
    """The path of a page of a long list; pages count from 1.

    Examples:
        >>> page_of_list("methods", 1), page_of_list("methods", 2)
        ('browse/methods.html', 'browse/methods-2.html')
    """
    return f"browse/{name}.html" if number == 1 else f"browse/{name}-{number}.html"


def href(path: str, top: str) -> str:
    """The link to ``path`` from a page whose way to the top of the site is ``top`` ("" or "../").

    Examples:
        >>> href("papers/x (1f).html", "../")
        '../papers/x%20%281f%29.html'
    """
    return f"{top}{quote(path)}"
