"""A static web site of a graph: a page for each paper and concept, lists, trends and a search, all plain files."""

from paperconcepts.export.site.writing import WrittenSite, write_site

__all__ = ["WrittenSite", "write_site"]
