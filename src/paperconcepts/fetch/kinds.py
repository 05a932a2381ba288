"""The live sources by name. A new one is one module and one line here."""

from paperconcepts.fetch.arxiv import ArxivSource
from paperconcepts.fetch.crossref import CrossrefSource
from paperconcepts.fetch.hf_daily import DailyPapersSource
from paperconcepts.fetch.openalex import OpenAlexSource
from paperconcepts.fetch.semantic_scholar import SemanticScholarSource
from paperconcepts.fetch.source import Source

__all__ = ["KINDS"]

_ALL: tuple[type[Source], ...] = (
    ArxivSource, OpenAlexSource, SemanticScholarSource, DailyPapersSource, CrossrefSource,
)  # fmt: skip
KINDS: dict[str, type[Source]] = {kind.name: kind for kind in _ALL}
"""The sources that can be asked."""
