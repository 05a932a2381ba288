"""The page of a paper."""

from collections import defaultdict
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from paperconcepts.export.cleaning import keep_web_url
from paperconcepts.export.marked_text import WrappedSpan, wrap_spans
from paperconcepts.export.site.frame import Page
from paperconcepts.export.site.html_parts import ROLE_NAMES, Links, fact_list, join_parts, quote_evidence, section, text
from paperconcepts.export.site.relation_parts import best_evidence, stated_relations
from paperconcepts.export.site.result_tables import RESULTS_NOTE, results_table
from paperconcepts.model import Assertion, ConceptType, Paper, Role

if TYPE_CHECKING:
    from paperconcepts.export.site.contents import Contents
    from paperconcepts.export.site.places import Places

__all__ = ["paper_page"]

_MOST_AUTHORS = 50
_MOST_LINKS = 5
_SHARED = 4
_SIMILAR_NOTE = "With the weightiest of the concepts that they share."


def paper_page(contents: "Contents", places: "Places", paper_id: str) -> Page:
    """The page of a paper: its record, its abstract with marked mentions, and what it does with which concepts."""
    links = Links(contents, places, "../")
    line = contents.papers[paper_id]
    paper = line.paper
    kinds = {contents.kind(one.concept_id) for one in contents.assertions_of_paper[paper_id]}
    results = results_table(contents, links, contents.results_of_paper[paper_id], hide=("Paper", "Date"))
    abstract = _abstract(contents, links, paper)
    similar = "\n".join(_similar(contents, links, paper_id))
    main = join_parts((
        '<header class="title"><p class="kind"><i class="dot paper"></i><a href="../browse/papers.html">Paper</a></p>',
        f"<h1><bdi>{text(line.title)}</bdi></h1></header>",
        _record(contents, paper_id),
        '<div class="with-aside"><div>',
        section("Abstract", abstract and _legend(kinds) + abstract),
        section("Results", results, note=RESULTS_NOTE),
        section("Concepts", join_parts(_roles(contents, links, paper_id))),
        section("Relations that it states", stated_relations(contents, links, paper_id)),
        '</div><div class="aside">',
        section("Similar papers", similar and f'<ul class="statements">{similar}</ul>', note=_SIMILAR_NOTE),
        "</div></div>",
    ))  # fmt: skip
    return Page(places.papers[paper_id], line.title, main, description=paper.abstract, section="Papers")


def _record(contents: "Contents", paper_id: str) -> str:
    line = contents.papers[paper_id]
    paper = line.paper
    # One more than the graph knows of: "and others".
    others = max(paper.author_count or 0, len(paper.authors)) - min(len(paper.authors), _MOST_AUTHORS)
    authors = ", ".join(f"<bdi>{text(author)}</bdi>" for author in paper.authors[:_MOST_AUTHORS])
    more = f" and {others} more" if others > 0 and authors else f"{others} authors" if others > 0 else ""
    source = f'<a href="{escape(line.url)}" rel="noopener">{escape(line.url)}</a>' if line.url else ""
    code = [kept for url in paper.code_urls if (kept := keep_web_url(url))]
    linked = [f'<a href="{escape(url)}" rel="noopener">{escape(url)}</a>' for url in code[:_MOST_LINKS]]
    linked += [f"and {len(code) - _MOST_LINKS} more"] if len(code) > _MOST_LINKS else []
    names = [one for one in paper.identifiers if one != paper.id]
    return fact_list((
        ("Date", text(line.issued)),
        ("Authors", authors + more),
        ("Published in", text(paper.venue or "")),
        ("Source", source),
        ("Code", "<br>".join(linked)),
        ("Identifiers", text(", ".join((paper.id, *names)))),
    ))  # fmt: skip


def _legend(kinds: set[ConceptType]) -> str:
    """The colours of the kinds that the paper has."""
    items = "".join(f'<li><i class="dot {str(kind).lower()}"></i>{kind}</li>' for kind in ConceptType if kind in kinds)
    return f'<ul class="legend" aria-label="Colours">{items}</ul>\n' if items else ""


def _abstract(contents: "Contents", links: Links, paper: Paper) -> str:
    spans = []
    for assertion in contents.assertions_of_paper[paper.id]:
        for mention in assertion.mentions:
            if mention.field == "abstract":
                spans.append(_mention(contents, links, assertion, mention.start, mention.end))
    spans.sort(key=lambda span: (span.start, -span.end, span.opening))
    # A link may not stand inside another: of mentions that overlap the first is shown.
    kept: list[WrappedSpan] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    marked = wrap_spans(paper.abstract, kept)
    return f'<p class="abstract" dir="auto">{marked}</p>' if marked.strip() else ""


def _mention(contents: "Contents", links: Links, assertion: Assertion, start: int, end: int) -> WrappedSpan:
    kind = str(contents.kind(assertion.concept_id))
    title = f'class="mention {kind.lower()}" title="{kind}: {text(contents.label(assertion.concept_id))}"'
    target = links.target(assertion.concept_id)
    if target:
        return WrappedSpan(start, end, f'<a href="{target}" {title}>', "</a>")
    return WrappedSpan(start, end, f"<span {title}>", "</span>")


def _roles(contents: "Contents", links: Links, paper_id: str) -> Iterator[str]:
    """A list for each role, the most believed concepts first."""
    by_role: dict[Role, list[Assertion]] = defaultdict(list)
    for assertion in contents.assertions_of_paper[paper_id]:
        by_role[assertion.role].append(assertion)
    for role in Role:
        found = sorted(by_role[role], key=lambda one: (-one.confidence, contents.label(one.concept_id), one.concept_id))
        if found:
            items = "\n".join(_item(contents, links, one) for one in found)
            yield f'<h3>{ROLE_NAMES[role]}</h3>\n<ul class="statements">\n{items}\n</ul>'


def _item(contents: "Contents", links: Links, assertion: Assertion) -> str:
    best = best_evidence(contents, assertion.evidence, paper_id=assertion.paper_id)
    quoted = quote_evidence(contents, best) if best else ""
    return f"<li>{links.concept(assertion.concept_id)}{quoted}</li>"


def _similar(contents: "Contents", links: Links, paper_id: str) -> Iterator[str]:
    for other in contents.similar(paper_id):
        shared = " ".join(links.concept(one) for one in other.shared[:_SHARED])
        more = f" and {len(other.shared) - _SHARED} more" if len(other.shared) > _SHARED else ""
        yield f'<li>{links.paper_line(other.paper_id)}<p class="from">{shared}{more}</p></li>'
