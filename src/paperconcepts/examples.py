"""The bundled corpus: well-known papers with true titles, ids and dates, and abstracts in our own words."""

import functools
from pathlib import Path

from paperconcepts.graph import ResearchGraph
from paperconcepts.pipeline import build

__all__ = ["corpus_path", "example_graph"]


def corpus_path() -> Path:
    """The path of the bundled corpus, a JSONL file.

    Examples:
        >>> corpus_path().name
        'corpus.jsonl'
    """
    return Path(__file__).parent / "data" / "corpus.jsonl"


@functools.cache
def example_graph() -> ResearchGraph:
    """The research graph of the bundled corpus; the same object at each call, so do not change it."""
    return build(corpus_path())
