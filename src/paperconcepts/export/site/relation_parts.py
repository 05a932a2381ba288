"""Relations between concepts, grouped by what they say, each with its best sentence."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from paperconcepts.export.presentation import sort_evidence
from paperconcepts.export.site.contents import finite
from paperconcepts.export.site.html_parts import Links, join_parts, left_out, plural, quote_evidence
from paperconcepts.model import Evidence, Predicate, Relation

if TYPE_CHECKING:
    from paperconcepts.export.site.contents import Contents

__all__ = ["best_evidence", "evidence_item", "related_groups", "stated_relations"]

_MOST = 100
_WORDS = {
    Predicate.IS_A: ("Is a kind of", "Kinds of it"),
    Predicate.PART_OF: ("Part of", "Parts of it"),
    Predicate.EXTENDS: ("Extends", "Extended by"),
    Predicate.USED_FOR: ("Used for", "Methods and models used for it"),
    Predicate.EVALUATED_ON: ("Evaluated on", "Evaluated on it"),
    Predicate.TRAINED_ON: ("Trained on", "Trained on it"),
    Predicate.OUTPERFORMS: ("Reported to outperform", "Reported to be outperformed by"),
    Predicate.COMPARED_WITH: ("Compared with", "Compared with"),
}


def best_evidence(contents: "Contents", evidence: Iterable[Evidence], *, paper_id: str = "") -> Evidence | None:
    """The most trusted piece that a paper gives, or that this paper gives; None if it is the catalogue alone."""
    return next(
        (
            one
            for one in sort_evidence(evidence)
            if one.paper_id in contents.papers and one.paper_id == (paper_id or one.paper_id)
        ),
        None,
    )


def evidence_item(contents: "Contents", links: Links, other: str, relation: Relation) -> str:
    """A list item: the concept at the other end, the best sentence and its paper."""
    best = best_evidence(contents, relation.evidence)
    papers = {one.paper_id for one in relation.evidence} & contents.papers.keys()
    more = f", {plural(len(papers), 'paper')}" if len(papers) > 1 else ""
    if best is None:
        return f'<li>{links.concept(other)} <span class="from">catalogue</span></li>'
    source = f'<p class="line from">{links.paper(best.paper_id)} {links.date(best.paper_id)}{more}</p>'
    return f"<li>{links.concept(other)}{quote_evidence(contents, best)}{source}</li>"


def related_groups(contents: "Contents", links: Links, concept_id: str, *, skip: Iterable[str] = ()) -> str:
    """The relations of a concept under a heading for each predicate and direction, without the groups to skip."""
    groups: dict[str, list[tuple[str, Relation]]] = defaultdict(list)
    for relation in contents.relations_of_concept[concept_id]:
        leaving = relation.subject == concept_id
        heading = _WORDS[relation.predicate][0 if leaving else 1]
        groups[heading].append((relation.object if leaving else relation.subject, relation))
    shown = [heading for words in _WORDS.values() for heading in words if heading in groups]
    return join_parts(
        _group(contents, links, heading, groups[heading]) for heading in dict.fromkeys(shown) if heading not in skip
    )


def _group(contents: "Contents", links: Links, heading: str, found: list[tuple[str, Relation]]) -> str:
    found.sort(key=lambda one: (-finite(one[1].confidence), contents.label(one[0]).casefold(), one[0]))
    quoted = [one for one in found if best_evidence(contents, one[1].evidence)]
    items = "\n".join(evidence_item(contents, links, other, relation) for other, relation in quoted[:_MOST])
    known = [other for other, relation in found if not best_evidence(contents, relation.evidence)]
    chips = "".join(f"<li>{links.concept(other)}</li>" for other in known)
    of_catalogue = f'<ul class="chips" aria-label="From the catalogue">{chips}</ul>' if chips else ""
    listed = f'<ul class="statements">\n{items}\n</ul>' if items else ""
    return f"<h3>{heading}</h3>\n{of_catalogue}{listed}{left_out(len(quoted), _MOST)}"


def stated_relations(contents: "Contents", links: Links, paper_id: str) -> str:
    """What one paper says of how concepts are related, with the sentence of each."""
    items = []
    statements = contents.statements_of_paper[paper_id]
    for relation, evidence in statements[:_MOST]:
        best = best_evidence(contents, evidence)
        if best is not None:
            verb = _WORDS[relation.predicate][0].lower()
            said = f"{links.concept(relation.subject)} {verb} {links.concept(relation.object)}"
            items.append(f"<li>{said}{quote_evidence(contents, best)}</li>")
    if not items:
        return ""
    return '<ul class="statements">\n' + "\n".join(items) + "\n</ul>" + left_out(len(statements), _MOST)
