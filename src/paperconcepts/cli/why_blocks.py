"""Explanations as blocks of plain text, for the terminal and for a page."""

from collections.abc import Iterator

from paperconcepts.export.explanation_page import ExplanationBlock, MarkedSentence
from paperconcepts.model import Status
from paperconcepts.query import (
    AliasChain,
    ConceptExplanation,
    EdgeExplanation,
    PaperExplanation,
    Quotation,
    WhyAnswer,
)

__all__ = ["why_blocks"]


def why_blocks(answer: WhyAnswer, *, listed: int) -> list[ExplanationBlock]:
    """The blocks that tell an answer; lists of names and papers are cut after ``listed``."""
    found = answer.found
    if isinstance(found, ConceptExplanation):
        return [_concept(found, listed), *(_edge(edge, sentences=1) for edge in found.best)]
    if isinstance(found, PaperExplanation):
        return [_paper(found), *(_edge(edge, sentences=1, heading=False) for edge in found.edges)]
    return [_edge(edge) for edge in found]


def _edge(edge: EdgeExplanation, *, sentences: int | None = None, heading: bool = True) -> ExplanationBlock:
    quoted = edge.quotations[:sentences]
    more = len(edge.quotations) - len(quoted)
    facts = [("confidence", f"{edge.confidence:.2f}{_support(edge)}")] if edge.kind != "unasserted" else []
    if edge.catalogue:
        facts.append(("catalogue", f"entry {edge.catalogue[0]}: {' is_a '.join(edge.catalogue)}"))
    if more:
        plural = "s" * (more > 1)
        facts.append(("more", f"{more} further piece{plural} of evidence: why DIR {edge.subject} {edge.object}"))
    # For a part of the evidence, the chains of what is marked in it.
    marked = {item.sentence[start:end] for item in quoted for start, end in item.spans}
    facts += [("name", str(chain)) for chain in edge.chains if sentences is None or chain.surface in marked]
    head = f"{edge.subject}  {edge.subject_label}"
    claim = f"{edge.relation} {edge.object_label} [{edge.object_type}]"
    return ExplanationBlock(
        head if heading else "",
        claim if edge.kind == "assertion" else f"{claim} {edge.object}{_denial(edge)}",
        tuple(_sentence(item, edge) for item in quoted),
        tuple(facts),
    )


def _denial(edge: EdgeExplanation) -> str:
    ways = sorted({str(item.evidence.status) for item in edge.quotations})
    return f" — no edge: only {' or '.join(ways)}" if edge.kind == "unasserted" else ""


def _support(edge: EdgeExplanation) -> str:
    if edge.kind == "assertion":
        return ""
    papers = f"{edge.support} paper{'s' * (edge.support != 1)}"
    return (
        f", from {papers} and the catalogue"
        if edge.catalogue and edge.support
        else (", from the catalogue" if edge.catalogue else f", from {papers}")
    )


def _sentence(item: Quotation, edge: EdgeExplanation) -> MarkedSentence:
    evidence = item.evidence
    source = f"{evidence.paper_id} {edge.titles[evidence.paper_id]}: " if edge.kind != "assertion" else ""
    kind, name = (
        ("model", evidence.rule.removeprefix("model:"))
        if evidence.rule.startswith("model:")
        else ("rule", evidence.rule)
    )
    parts = [
        f"{source}{evidence.field} {evidence.start}-{evidence.end}",
        f"{kind} {name} v{evidence.version}",
        *([f"cue '{evidence.cue.strip()}'"] if evidence.cue else []),
        *([str(evidence.status)] if evidence.status is not Status.ASSERTED else []),
        f"confidence {evidence.confidence:.2f}",
    ]
    return MarkedSentence(item.sentence, item.spans, item.cue, ", ".join(parts))


def _concept(found: ConceptExplanation, listed: int) -> ExplanationBlock:
    first = f"; first {found.first_seen}" if found.first_seen else ""
    facts = [
        *([("definition", found.definition)] if found.definition else []),
        ("type", _type(found)),
        *_names(found.chains, listed),
        ("papers", f"{found.support}: {', '.join(f'{role} {n}' for role, n in found.roles.items())}{first}"),
    ]
    for row in found.papers[:listed]:
        facts.append(("paper", f"{row.issued or '-'}  {row.role}  {row.paper_id}  {row.title}"))
    if len(found.papers) > listed:
        facts.append(("paper", f"… and {len(found.papers) - listed} more"))
    origin = "catalogue" if found.catalogued else "found in the corpus"
    return ExplanationBlock(f"{found.label}  [{found.type}]  {found.id}  ({origin})", facts=tuple(facts))


def _type(found: ConceptExplanation) -> str:
    votes = "; ".join(
        f"{vote.mentions} mention{'s' * (vote.mentions != 1)} in {vote.papers} paper{'s' * (vote.papers != 1)} "
        f"read as {vote.type} (weight {vote.weight:.2f})"
        for vote in found.votes
    )
    return f"{found.type}, {'as the catalogue says' if found.catalogued else 'as the papers were read'}; {votes}"


def _names(chains: tuple[AliasChain, ...], listed: int) -> Iterator[tuple[str, str]]:
    for chain in chains[:listed]:
        yield "name", f"{chain}  ({len(chain.papers)} paper{'s' * (len(chain.papers) != 1)})"
    if len(chains) > listed:
        yield "name", f"… and {len(chains) - listed} more"


def _paper(found: PaperExplanation) -> ExplanationBlock:
    facts = [
        *([("date", found.issued)] if found.issued else []),
        *(("read from", f"{s.file} #{s.number} ({s.format}), record {s.record}") for s in found.sources),
        *([("identifiers", ", ".join(found.identifiers))] if found.identifiers else []),
        ("concepts", str(len(found.edges)) if found.edges else "none: nothing was drawn from its text"),
    ]
    return ExplanationBlock(f"{found.id}  {found.label}", facts=tuple(facts))
