"""The research graph: papers and concepts over a NetworkX MultiDiGraph."""

from paperconcepts.graph.build import build_graph
from paperconcepts.graph.names import NameIndex
from paperconcepts.graph.questions import CoOccurrence, PaperRow, TimelineRow
from paperconcepts.graph.research_graph import ConceptNode, ResearchGraph

__all__ = ["CoOccurrence", "ConceptNode", "NameIndex", "PaperRow", "ResearchGraph", "TimelineRow", "build_graph"]
