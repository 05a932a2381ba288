"""Files for people and viewers: a research graph as GEXF, GraphML, Cytoscape JSON, CSV, JSONL, HTML and RDF."""

from paperconcepts.export.cytoscape import write_cytoscape_json
from paperconcepts.export.explorer import write_html
from paperconcepts.export.formats import EXPORTS, Export, export_graph
from paperconcepts.export.gexf import write_gexf
from paperconcepts.export.graphml import write_graphml
from paperconcepts.export.presentation import Edge, Node, PropertyGraph, present
from paperconcepts.export.tables import write_csv_tables

__all__ = [
    "EXPORTS",
    "Edge",
    "Export",
    "Node",
    "PropertyGraph",
    "export_graph",
    "present",
    "write_csv_tables",
    "write_cytoscape_json",
    "write_gexf",
    "write_graphml",
    "write_html",
]
