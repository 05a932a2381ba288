"""Write the site, page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from paperconcepts.errors import ConfigurationError
from paperconcepts.export.cleaning import clean_line, keep_web_url
from paperconcepts.export.page_parts import read_asset
from paperconcepts.export.palette import CONCEPT_COLOURS, PAPER_COLOUR
from paperconcepts.export.site.charts import time_axis
from paperconcepts.export.site.concept_page import concept_page
from paperconcepts.export.site.contents import Contents
from paperconcepts.export.site.data_files import DataFile, copy_file, data_page, find_data
from paperconcepts.export.site.folder import SiteFolder
from paperconcepts.export.site.frame import Frame, Page
from paperconcepts.export.site.html_parts import plural
from paperconcepts.export.site.index_page import index_page
from paperconcepts.export.site.list_pages import list_pages, list_paths
from paperconcepts.export.site.paper_page import paper_page
from paperconcepts.export.site.places import KIND_FOLDERS, Places
from paperconcepts.export.site.search_page import index_scripts, script_paths, search_page
from paperconcepts.export.site.trends_page import ConceptTrends, trends_page

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["WrittenSite", "write_site"]

_TITLE = "Papers and concepts"
# As many addresses as a sitemap may hold.
_MOST_ADDRESSES = 50_000


@dataclass(frozen=True, slots=True)
class WrittenSite:
    """What was written: the pages of the site, the files that were new or changed, and the old ones that are gone."""

    pages: int
    changed: int
    removed: int


def write_site(
    graph: "ResearchGraph",
    folder: str | Path,
    *,
    title: str = _TITLE,
    base_url: str = "",
    min_support: int = 1,
    trends: ConceptTrends | None = None,
    data: str | Path | None = None,
) -> WrittenSite:
    """Write ``graph`` into ``folder`` as a web site of plain files: pages of papers and concepts, lists, a search.

    The pages work on any web host and from a disk. They load nothing from elsewhere, and only the page of the search
    runs a script. The same graph gives the same bytes. Pages of an earlier site in this folder that the new one does
    not have are removed; other files are never touched.

    Args:
        graph: what to show.
        folder: where to write; it is made if it is missing.
        title: what the site is called.
        base_url: where on the web it will lie, for canonical addresses and a sitemap; "" for none of them.
        min_support: concepts of fewer papers have no page of their own and are no links where they are named.
        trends: the result of :func:`paperconcepts.query.concept_trends`, for a page of what rises and falls.
        data: a built folder whose files the site hands out, copied into ``data/``.

    Raises:
        ConfigurationError: ``base_url`` is no address of the web.
        OutputError: a file cannot be written, or one that no site wrote stands in its place.
        SourceError: ``data`` holds nothing to hand out.

    Examples:
        >>> import pathlib, tempfile
        >>> from paperconcepts.examples import example_graph
        >>> place = pathlib.Path(tempfile.mkdtemp())
        >>> write_site(example_graph(), place, min_support=5).removed
        0
        >>> (place / "concepts" / "imagenet.html").is_file()
        True
    """
    if min_support < 1:
        raise ConfigurationError(f"min_support is {min_support!r}; give a number of papers, 1 or more")
    site = _Site(graph, clean_line(title) or _TITLE, _checked_base(base_url), min_support, trends, data)
    target = SiteFolder(folder, site.paths())
    pages = changed = 0
    for page in site.pages():
        changed += target.write(page.path, site.frame.render(page))
        pages += 1
    for path, text in site.other_texts():
        changed += target.write(path, text)
    for file in site.data:
        place = target.place(file.path)
        copy_file(file.source, place)
    return WrittenSite(pages, changed, target.finish())


def _checked_base(url: str) -> str:
    if not url:
        return ""
    kept = keep_web_url(url)
    if not kept or "?" in kept or "#" in kept:
        raise ConfigurationError(f"{url!r} is not the address of a site; give one like https://example.org/papers/")
    return kept.rstrip("/") + "/"


class _Site:
    """The pages of a site, one after the other, and the paths of all of them before any is made."""

    def __init__(
        self, graph: "ResearchGraph", title: str, base_url: str, min_support: int, trends: ConceptTrends | None,
        data: str | Path | None,
    ) -> None:  # fmt: skip
        self._contents = Contents(graph)
        self._places = Places(graph, min_support=min_support)
        self._axis = time_axis(line.issued for line in self._contents.papers.values())
        self._trends = trends
        self.data: list[DataFile] = find_data(data) if data is not None else []
        papers, concepts = len(self._contents.papers), len(self._contents.concepts)
        facts = f"{plural(papers, 'paper')}, {plural(concepts, 'concept')}"
        self.frame = Frame(title, tuple(self._navigation()), facts, base_url)

    def _navigation(self) -> Iterator[tuple[str, str]]:
        yield "browse/papers.html", "Papers"
        for folder in KIND_FOLDERS.values():
            yield f"browse/{folder}.html", folder.capitalize()
        if self._trends is not None:
            yield "trends.html", "Trends"
        yield "search.html", "Search"
        if self.data:
            yield "download.html", "Download"

    def _page_paths(self) -> Iterator[str]:
        yield "index.html"
        yield "search.html"
        if self._trends is not None:
            yield "trends.html"
        if self.data:
            yield "download.html"
        yield from list_paths(self._contents, self._places)
        yield from self._places.concepts.values()
        yield from self._places.papers.values()

    def paths(self) -> set[str]:
        """Every file that will be written."""
        scripts = script_paths(self._contents, self._places)
        files = {"assets/site.css", "assets/site.js", *scripts, *(one.path for one in self.data)}
        return files | set(self._page_paths()) | set(self._sitemap_paths())

    def pages(self) -> Iterator[Page]:
        """Every page, made when it is asked for."""
        contents, places, axis = self._contents, self._places, self._axis
        yield index_page(contents, places, self.frame.title, axis)
        yield search_page(contents, places)
        if self._trends is not None:
            yield trends_page(contents, places, self._trends, axis)
        if self.data:
            yield data_page(self.data)
        yield from list_pages(contents, places)
        yield from (concept_page(contents, places, one, axis) for one in places.concepts)
        yield from (paper_page(contents, places, one) for one in places.papers)

    def other_texts(self) -> Iterator[tuple[str, str]]:
        """The stylesheet, the script, the index of the search and the sitemap, as (path, text)."""
        yield "assets/site.css", _style()
        yield "assets/site.js", read_asset("site.js") + "\n"
        yield from index_scripts(self._contents, self._places)
        yield from self._sitemaps()

    def _sitemap_paths(self) -> list[str]:
        if not self.frame.base_url:
            return []
        count = -(-sum(1 for _ in self._page_paths()) // _MOST_ADDRESSES)
        return ["sitemap.xml", *(f"sitemap-{number}.xml" for number in range(1, count + 1))]

    def _sitemaps(self) -> Iterator[tuple[str, str]]:
        """An index of sitemaps, and the sitemaps."""
        index, *parts = self._sitemap_paths() or [""]
        if not index:
            return
        yield index, _sitemap("sitemapindex", "sitemap", [self.frame.address(one) for one in parts])
        addresses = [self.frame.address(one) for one in self._page_paths()]
        for number, path in enumerate(parts):
            part = addresses[number * _MOST_ADDRESSES : (number + 1) * _MOST_ADDRESSES]
            yield path, _sitemap("urlset", "url", part)


def _sitemap(root: str, element: str, addresses: list[str]) -> str:
    rows = "".join(f"<{element}><loc>{escape(one)}</loc></{element}>\n" for one in addresses)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{space}">\n{rows}</{root}>\n'


def _style() -> str:
    colours = chain(
        ((str(kind).lower(), colour) for kind, colour in CONCEPT_COLOURS.items()), (("paper", PAPER_COLOUR),)
    )
    rules = "\n".join(f".{name}, .fill-{name} {{ --type: {colour}; }}" for name, colour in colours)
    return f"{read_asset('site.css')}\n\n/* The colours of kinds, the same in every viewer */\n\n{rules}\n"
