"""The page of a concept of any kind."""

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from paperconcepts.export.site.charts import TimeAxis, bar_chart
from paperconcepts.export.site.contents import finite
from paperconcepts.export.site.frame import Page
from paperconcepts.export.site.html_parts import (
    Links,
    fact_list,
    join_parts,
    left_out,
    plural,
    quote_evidence,
    section,
    text,
)
from paperconcepts.export.site.kind_parts import kind_sections
from paperconcepts.export.site.places import KIND_FOLDERS
from paperconcepts.export.site.relation_parts import best_evidence, related_groups
from paperconcepts.export.site.result_tables import RESULTS_NOTE, results_table
from paperconcepts.model import Alias, Assertion, ConceptType, Predicate, Role

if TYPE_CHECKING:
    from paperconcepts.export.site.contents import Contents
    from paperconcepts.export.site.places import Places

__all__ = ["concept_page"]

_MOST_PAPERS = 500
_MOST_NAMES = 100
_FEW = 5
_PAPERS_THAT = {
    Role.INTRODUCES: "Introduced by",
    Role.EVALUATES_ON: "Evaluated on by",
    Role.USES: "Used by",
    Role.COMPARES: "Compared by",
    Role.ADDRESSES: "Addressed by",
    Role.MEASURES: "Measured by",
    Role.STUDIES: "Studied by",
    Role.MENTIONS: "Mentioned by",
}


def concept_page(contents: "Contents", places: "Places", concept_id: str, axis: TimeAxis | None) -> Page:
    """The page of a concept: what it is, its papers by role, its years, names, relations, results and company."""
    links = Links(contents, places, "../")
    node = contents.concepts[concept_id]
    kind = node.concept.type
    label = contents.label(concept_id)
    assertions = contents.assertions_of_concept[concept_id]
    dates = [contents.papers[one].issued for one in dict.fromkeys(item.paper_id for item in assertions)]
    own_sections, told = kind_sections(contents, links, concept_id)
    chart = bar_chart(axis, dates, colour=str(kind).lower())
    # A table of results is wide; on the page of a dataset it is among the dataset's own sections.
    results = "" if kind is ConceptType.DATASET else _results(contents, links, concept_id)
    main = join_parts((
        f'<header class="title beside"><div>{_heading(contents, concept_id)}</div>{chart}</header>',
        _facts(contents, links, concept_id),
        own_sections,
        section("Results", results, note=RESULTS_NOTE),
        '<div class="with-aside"><div>',
        section("Papers", join_parts(_papers(contents, links, assertions)), note=_cut(len(assertions))),
        section("Relations", related_groups(contents, links, concept_id, skip=told)),
        '</div><div class="aside">',
        section("Related concepts", _company(contents, links, concept_id), note="With the papers they share."),
        section("Names", _names(contents, links, concept_id), note="Each with the reason why it means this."),
        "</div></div>",
    ))  # fmt: skip
    description = node.concept.definition or f"{kind} in {plural(node.support, 'paper')}"
    section_name = KIND_FOLDERS[kind].capitalize()
    return Page(places.concepts[concept_id], label, main, description=description, section=section_name)


def _heading(contents: "Contents", concept_id: str) -> str:
    concept = contents.concepts[concept_id].concept
    said = f'<p class="definition">{text(concept.definition)}</p>' if concept.definition else ""
    return (
        f'<p class="kind"><i class="dot {str(concept.type).lower()}"></i>'
        f'<a href="../browse/{KIND_FOLDERS[concept.type]}.html">{concept.type}</a></p>'
        f"<h1><bdi>{text(contents.label(concept_id))}</bdi></h1>{said}"
    )


def _facts(contents: "Contents", links: Links, concept_id: str) -> str:
    node = contents.concepts[concept_id]
    short = contents.short_forms(concept_id, _FEW)
    broader = [
        one.object
        for one in contents.relations_of_concept[concept_id]
        if one.predicate is Predicate.IS_A and one.subject == concept_id != one.object
    ]
    return fact_list((
        ("Papers", f"{node.support:,}"),
        ("First seen", text(node.first_seen or "")),
        ("Also called", ", ".join(f"<bdi>{text(one)}</bdi>" for one in short)),
        ("A kind of", " ".join(links.concept(one) for one in broader[:_FEW])),
        ("Known from", "catalogue" if node.concept.catalogued else "the texts"),
    ))  # fmt: skip


def _cut(count: int) -> str:
    return f"The {_MOST_PAPERS:,} newest of {count:,}." if count > _MOST_PAPERS else ""


def _papers(contents: "Contents", links: Links, assertions: list[Assertion]) -> Iterator[str]:
    """The papers under a heading for each role, newest first, each with its best sentence."""
    by_role: dict[Role, list[Assertion]] = defaultdict(list)
    for assertion in assertions[:_MOST_PAPERS]:
        by_role[assertion.role].append(assertion)
    for role in Role:
        if by_role[role]:
            items = "\n".join(_paper(contents, links, one) for one in by_role[role])
            count = f' <span class="count">{len(by_role[role]):,}</span>'
            yield f'<h3>{_PAPERS_THAT[role]}{count}</h3>\n<ul class="statements">\n{items}\n</ul>'


def _paper(contents: "Contents", links: Links, assertion: Assertion) -> str:
    best = best_evidence(contents, assertion.evidence, paper_id=assertion.paper_id)
    quoted = quote_evidence(contents, best) if best else ""
    return f"<li>{links.paper_line(assertion.paper_id)}{quoted}</li>"


def _names(contents: "Contents", links: Links, concept_id: str) -> str:
    """Each name with its surest reason and the paper that gave it."""
    best: dict[str, Alias] = {}
    for alias in sorted(
        contents.concepts[concept_id].aliases, key=lambda one: (-one.confidence, one.reason, one.paper_id)
    ):
        best.setdefault(alias.text, alias)
    items = []
    for name in sorted(best, key=lambda one: (one.casefold(), one))[:_MOST_NAMES]:
        alias = best[name]
        source = links.paper(alias.paper_id) if alias.paper_id in contents.papers else "catalogue"
        note = f" ({text(alias.note)})" if alias.note else ""
        items.append(
            f'<li><bdi>{text(name)}</bdi><p class="from">{text(alias.reason)}{note}, confidence '
            f"{finite(alias.confidence):.2f}: {source}</p></li>"
        )
    return f'<ul class="statements">{"".join(items)}</ul>{left_out(len(best), _MOST_NAMES)}' if items else ""


def _results(contents: "Contents", links: Links, concept_id: str) -> str:
    return results_table(contents, links, contents.results_of_concept[concept_id])


def _company(contents: "Contents", links: Links, concept_id: str) -> str:
    items = "".join(
        f'<li>{links.concept(one.concept_id)} <span class="count">{one.papers:,}</span></li>'
        for one in contents.related(concept_id)
    )
    return f'<ul class="chips">{items}</ul>' if items else ""
