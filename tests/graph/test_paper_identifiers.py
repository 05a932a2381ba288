"""Papers are found by what people copy: addresses, prefixes and versions."""

import pytest

from paperconcepts.errors import UnknownNameError
from paperconcepts.examples import example_graph
from paperconcepts.graph import ResearchGraph


@pytest.fixture(scope="module")
def corpus_graph() -> ResearchGraph:
    """The graph of the bundled corpus."""
    return example_graph()


@pytest.mark.parametrize(
    "name",
    [
        "2106.09685", "2106.09685v2", "arXiv:2106.09685v1", "ARXIV: 2106.09685", "https://arxiv.org/abs/2106.09685",
        "http://arxiv.org/pdf/2106.09685v2.pdf", "arxiv.org/abs/2106.09685", "https://huggingface.co/papers/2106.09685",
        "https://arxiv.org/abs/2106.09685?context=cs.CL", "https://doi.org/10.48550/arXiv.2106.09685#x",
    ],
)  # fmt: skip
def test_copied_names(corpus_graph: ResearchGraph, name: str) -> None:
    """Each way to write an identifier finds its paper, if the paper has that identifier."""
    if "10.48550" in name:
        with pytest.raises(UnknownNameError):
            corpus_graph.paper(name)
        return
    assert corpus_graph.paper(name).id == "arxiv:2106.09685"


def test_titles_with_versions_stay(corpus_graph: ResearchGraph) -> None:
    """What is no identifier is not cut: a title that ends in a version is another name."""
    with pytest.raises(UnknownNameError):
        corpus_graph.paper("LoRA: Low-Rank Adaptation of Large Language Models v2")
