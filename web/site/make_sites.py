"""Write the sites that the browser check looks at: the bundled corpus, stated results, and hostile names."""

import runpy
import sys
from pathlib import Path

from paperconcepts.examples import example_graph
from paperconcepts.export.site import write_site
from paperconcepts.graph import build_graph
from paperconcepts.model import LinkedPaper
from paperconcepts.query import concept_trends
from paperconcepts.vocabulary import Vocabulary

TESTS = Path(__file__).resolve().parents[2] / "tests" / "export"


def _papers(module: str, function: str) -> list[LinkedPaper]:
    """The papers that a function of the tests writes."""
    papers: list[LinkedPaper] = runpy.run_path(str(TESTS / f"{module}.py"))[function]()
    return papers


def main(target: Path) -> None:
    """Write the sites into folders of ``target``."""
    graph = example_graph()
    write_site(graph, target / "corpus", trends=concept_trends(graph))
    nothing = Vocabulary([])
    write_site(build_graph(_papers("test_site_pages", "measured_papers"), vocabulary=nothing), target / "measured")
    write_site(build_graph(_papers("test_site_folder", "hostile_papers"), vocabulary=nothing), target / "hostile")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
