"""One graph of the bundled corpus for all pictures."""

import pytest

from paperconcepts.examples import example_graph
from paperconcepts.graph import ResearchGraph


@pytest.fixture(scope="session")
def corpus_graph() -> ResearchGraph:
    """The graph of the bundled corpus; shared by all tests, so do not change it."""
    return example_graph()
