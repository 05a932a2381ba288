"""The first page: how much there is, what is new, what most papers share."""

from typing import TYPE_CHECKING

from paperconcepts.export.site.charts import TimeAxis, bar_chart
from paperconcepts.export.site.frame import Page
from paperconcepts.export.site.html_parts import Links, join_parts, plural, section, text
from paperconcepts.export.site.places import KIND_FOLDERS
from paperconcepts.model import ConceptType, Role

if TYPE_CHECKING:
    from paperconcepts.export.site.contents import Contents
    from paperconcepts.export.site.places import Places

__all__ = ["index_page"]

_NEWEST = 8
_SHARED = 10
_NAMED = 4
_ABOUT = {
    ConceptType.METHOD: "techniques",
    ConceptType.MODEL: "trained systems",
    ConceptType.DATASET: "benchmarks",
    ConceptType.TASK: "problems",
    ConceptType.METRIC: "measures",
}


def index_page(contents: "Contents", places: "Places", title: str, axis: TimeAxis | None) -> Page:
    """The first page of the site."""
    links = Links(contents, places, "")
    dates = [line.issued for line in contents.papers.values()]
    concepts = len(contents.concepts)
    said = f"{plural(len(dates), 'paper')} and the {concepts:,} methods, models, datasets, tasks and metrics in them."
    main = join_parts((
        f'<header class="title"><h1>{text(title)}</h1><p class="lead">{said}</p></header>',
        _cards(contents, places),
        '<div class="columns"><div>',
        section("Newest papers", _newest(contents, links)),
        section("Papers over time", bar_chart(axis, dates, colour="paper")),
        "</div><div>",
        join_parts(_shared(contents, links, kind) for kind in ConceptType),
        "</div></div>",
    ))  # fmt: skip
    return Page("index.html", title, main, description=said, section="Home")


def _cards(contents: "Contents", places: "Places") -> str:
    cards = [("papers", "paper", "Papers", len(contents.papers), "newest first")]
    for kind, folder in KIND_FOLDERS.items():
        count = sum(one in places.concepts for one in contents.by_support[kind])
        cards.append((folder, str(kind).lower(), folder.capitalize(), count, _ABOUT[kind]))
    items = "".join(
        f'<li class="{colour}"><a href="browse/{path}.html"><span class="name">{name}</span>'
        f'<strong>{count:,}</strong><span class="what">{what}</span></a></li>'
        for path, colour, name, count, what in cards
    )
    return f'<ul class="cards">{items}</ul>'


def _newest(contents: "Contents", links: Links) -> str:
    items = []
    for paper_id in list(contents.papers)[:_NEWEST]:
        strong = [one for one in contents.assertions_of_paper[paper_id] if one.role is not Role.MENTIONS]
        named = " ".join(links.concept(one.concept_id) for one in strong[:_NAMED])
        note = f'<p class="from">{named}</p>' if named else ""
        items.append(f"<li>{links.paper_line(paper_id)}{note}</li>")
    more = '<p class="more"><a href="browse/papers.html">All papers</a></p>'
    return f'<ul class="statements">{"".join(items)}</ul>{more}' if items else ""


def _shared(contents: "Contents", links: Links, kind: ConceptType) -> str:
    shown = contents.by_support[kind][:_SHARED]
    items = "".join(
        f'<li>{links.concept(one)} <span class="count">{contents.concepts[one].support:,}</span></li>' for one in shown
    )
    folder = KIND_FOLDERS[kind]
    more = f'<p class="more"><a href="browse/{folder}.html">All {folder}</a></p>'
    return section(f"Most shared {folder}", f'<ul class="chips">{items}</ul>{more}' if items else "")
