"""Build a research knowledge graph from paper abstracts, every edge with its sentence."""

__version__ = "0.1.0"
