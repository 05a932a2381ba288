"""Paper -> mentions: a spaCy pipeline of components. The only home of spaCy."""

from paperconcepts.extraction.pipeline import PROFILES, build_nlp, extract, extract_paper, load_pipeline

__all__ = ["PROFILES", "build_nlp", "extract", "extract_paper", "load_pipeline"]
