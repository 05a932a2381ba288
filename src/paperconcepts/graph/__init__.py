"""The research graph: papers and concepts over a NetworkX MultiDiGraph."""

from paperconcepts.graph.belief import combined_confidence, support_of
from paperconcepts.graph.build import build_graph
from paperconcepts.graph.filtering import keep_believed
from paperconcepts.graph.names import NameIndex
from paperconcepts.graph.questions import CoOccurrence, PaperRow, TimelineRow
from paperconcepts.graph.research_graph import ConceptNode, ResearchGraph
from paperconcepts.graph.statements import among_concepts

__all__ = [
    "CoOccurrence",
    "ConceptNode",
    "NameIndex",
    "PaperRow",
    "ResearchGraph",
    "TimelineRow",
    "among_concepts",
    "build_graph",
    "combined_confidence",
    "keep_believed",
    "support_of",
]
