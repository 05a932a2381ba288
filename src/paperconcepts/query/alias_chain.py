"""The chain of reasons that leads from words in a paper to a concept."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from paperconcepts.graph import ConceptNode, ResearchGraph
from paperconcepts.model import Alias, Mention
from paperconcepts.vocabulary import normalise_form, singular

__all__ = ["AliasChain", "AliasStep", "alias_chain", "alias_chains", "chains_of_paper", "chains_of_papers"]

_OPENING = re.compile(r"\s*[(\[,]\s*[\"“‘']?\s*")
# Reasons that lead to another form of the name, and those that lead there because the form only adds a word to it.
_DEFINED = ("definition", "definition elsewhere")
_ADDED = ("head noun", "modifier")


@dataclass(frozen=True, slots=True)
class AliasStep:
    """One step of a chain: ``text`` means what comes next, for a reason.

    Attributes:
        text: the form as it is written.
        reason: why, see `paperconcepts.model.Alias`.
        paper_id: the paper whose text gives the reason, "" for the catalogue.
        confidence: how far the reason is trusted.
        field: where that paper first writes it, "" if nowhere.
        start: where it begins in that field, -1 if nowhere.
        end: where it ends in that field, -1 if nowhere.
        note: more on the reason, if there is more to say: the comment of a decision.
    """

    text: str
    reason: str
    paper_id: str
    confidence: float
    field: str
    start: int
    end: int
    note: str


@dataclass(frozen=True, slots=True)
class AliasChain:
    """How a form that papers write leads to a concept; ``papers`` are those that lead from this form by this chain."""

    steps: tuple[AliasStep, ...]
    concept_id: str
    catalogued: bool
    papers: tuple[str, ...]

    @property
    def surface(self) -> str:
        """The form that the chain begins with."""
        return self.steps[0].text

    def __str__(self) -> str:
        """The chain on one line: ``"LoRA" -definition in arxiv:2106.09685 0.97-> "Low-Rank Adaptation" -label ...``."""
        arrows = (f'"{" ".join(step.text.split())}" -{_because(step)}-> ' for step in self.steps)
        return "".join(arrows) + self.concept_id + ("" if self.catalogued else " (new)")


def _because(step: AliasStep) -> str:
    # Spelling and catalogue are the same in every paper; all else is told somewhere.
    told = step.paper_id and step.reason not in ("label", "catalogue", "name")
    note = f": {step.note}" if step.note else ""
    return f"{step.reason}{f' in {step.paper_id}' if told else ''} {step.confidence:.2f}{note}"


def alias_chain(graph: ResearchGraph, concept: str, surface: str, *, paper: str) -> AliasChain:
    """Return the chain from a form that a paper writes to the concept that it means there.

    A form that the paper defines leads to the long form, and this to the concept; a form with a word more leads to the
    one without it.

    Raises:
        UnknownNameError: no such concept or paper.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> chain = alias_chain(example_graph(), "low-rank-adaptation", "LoRA", paper="2106.09685")
        >>> [(step.text, step.reason) for step in chain.steps]
        [('LoRA', 'definition'), ('Low-Rank Adaptation', 'label')]
        >>> chain.concept_id
        'low-rank-adaptation'
    """
    return _Names(graph, graph.concept(concept)).chain(surface, graph.paper(paper).id)


def chains_of_paper(graph: ResearchGraph, concept: str, paper: str) -> list[AliasChain]:
    """The chains of all forms by which a paper names a concept, in order of their first place.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> [chain.surface for chain in chains_of_paper(example_graph(), "LoRA", "2106.09685")]
        ['LoRA', 'Low-Rank Adaptation']
    """
    return next(iter(chains_of_papers(graph, graph.concept(concept).concept.id, [graph.paper(paper).id])))


def chains_of_papers(graph: ResearchGraph, concept_id: str, papers: Iterable[str]) -> Iterator[list[AliasChain]]:
    """The chains of all forms by which each of these papers (their ids) names a concept, paper by paper.

    The names of the concept are gone through once, however many papers there are.
    """
    names = _Names(graph, graph.concept(concept_id))
    for paper_id in papers:
        surfaces = dict.fromkeys(mention.text for mention in names.mentions(paper_id))
        yield [names.chain(surface, paper_id) for surface in surfaces]


def alias_chains(graph: ResearchGraph, concept: str) -> list[AliasChain]:
    """The chains of all forms by which papers name a concept, those of most papers first.

    Chains of one form that give the same reasons are one, with all its papers; the steps are those of the first paper.

    Examples:
        >>> from paperconcepts.examples import example_graph
        >>> chain = alias_chains(example_graph(), "LoRA")[0]
        >>> chain.surface, len(chain.papers) > 1
        ('LoRA', True)
    """
    names = _Names(graph, graph.concept(concept))
    found: dict[tuple[object, ...], list[AliasChain]] = {}
    for paper_id in names.papers:
        for surface in dict.fromkeys(mention.text for mention in names.mentions(paper_id)):
            chain = names.chain(surface, paper_id)
            found.setdefault(_signature(chain, surface), []).append(chain)
    chains = [
        AliasChain(same[0].steps, same[0].concept_id, same[0].catalogued, tuple(c.papers[0] for c in same))
        for same in found.values()
    ]
    return sorted(chains, key=lambda c: (-len(c.papers), c.surface, [(s.text, s.reason, s.paper_id) for s in c.steps]))


def _signature(chain: AliasChain, surface: str) -> tuple[object, ...]:
    """What chains have in common that are told once: what papers do themselves, in any spelling but the first."""
    steps = (
        (normalise_form(step.text), step.reason, step.paper_id not in chain.papers and step.paper_id)
        for step in chain.steps
    )
    return (surface, *steps)


class _Names:
    """The forms of one concept: who writes them where, and why they mean it."""

    def __init__(self, graph: ResearchGraph, node: ConceptNode) -> None:
        self._graph = graph
        self._node = node
        self._mentions: dict[str, tuple[Mention, ...]] = {}
        for source, _, data in graph.graph.in_edges(node.concept.id, data=True):
            if data["kind"] == "assertion":
                self._mentions[source] = (*self._mentions.get(source, ()), *data["item"].mentions)
        # By text, of each paper and of all, best first: a concept may have a name in each of thousands of papers.
        self._own: dict[tuple[str, str], list[Alias]] = defaultdict(list)
        self._best: dict[tuple[str, bool], Alias] = {}
        for alias in sorted(node.aliases, key=lambda a: (-a.confidence, a.reason, a.paper_id)):
            self._own[alias.text, alias.paper_id].append(alias)
            self._best.setdefault((alias.text, True), alias)
            if alias.reason not in _DEFINED:
                self._best.setdefault((alias.text, False), alias)

    @property
    def papers(self) -> list[str]:
        return sorted(self._mentions)

    def mentions(self, paper_id: str) -> tuple[Mention, ...]:
        return self._mentions.get(paper_id, ())

    def chain(self, surface: str, paper_id: str) -> AliasChain:
        steps: list[AliasStep] = []
        text: str | None = surface
        where = paper_id
        while text is not None and text not in (step.text for step in steps):
            # That a long form is defined, too, leads back to where the chain comes from.
            defined = any(step.reason in _DEFINED for step in steps)
            alias = self._alias(text, where, may_define=not defined)
            # A definition in another paper goes on in that paper.
            where = alias.paper_id if alias.paper_id in self._mentions else where
            steps.append(self._step(alias, where))
            text = self._next(alias, where)
        concept = self._node.concept
        return AliasChain(tuple(steps), concept.id, concept.catalogued, (paper_id,))

    def _alias(self, text: str, paper_id: str, *, may_define: bool) -> Alias:
        """The best reason for a form: the paper's own, then what other papers say, then the catalogue."""
        for alias in self._own.get((text, paper_id), ()):
            if may_define or alias.reason not in _DEFINED:
                return alias
        known = self._best.get((text, may_define))
        if known is not None:
            return known
        concept = self._node.concept
        if concept.catalogued:
            return Alias(text, "label" if text == concept.label else "catalogue", "", 0.95)
        return Alias(text, "name", paper_id, 0.9)

    def _step(self, alias: Alias, paper_id: str) -> AliasStep:
        place = next((m for m in self.mentions(paper_id) if m.text == alias.text), None)
        field, start, end = (place.field, place.start, place.end) if place else ("", -1, -1)
        return AliasStep(alias.text, alias.reason, alias.paper_id, alias.confidence, field, start, end, alias.note)

    def _next(self, alias: Alias, paper_id: str) -> str | None:
        """The form that a reason leads to, None for the concept itself."""
        if alias.reason in _DEFINED:
            return self._long_form(alias.text, paper_id)
        if alias.reason in _ADDED:
            return self._shorter_form(alias.text, paper_id)
        return None

    def _long_form(self, short: str, paper_id: str) -> str | None:
        """The long form that a paper gives for a short one: what stands right before or in the brackets after it."""
        found = self.mentions(paper_id)
        paper = self._graph.graph.nodes[paper_id]["paper"]
        for first, second in pairwise(found):
            between = paper.text(first.field)[first.end : second.start] if first.field == second.field else ""
            texts = [singular(first.text), singular(second.text)]
            if singular(short) in texts and texts[0] != texts[1] and _OPENING.fullmatch(between):
                return second.text if texts[0] == singular(short) else first.text
        concept = self._node.concept
        label = normalise_form(concept.label)
        spelt = (mention.text for mention in found if normalise_form(mention.text) == label != normalise_form(short))
        # What a paper defines and the catalogue lacks is named by its long form.
        return next(spelt, None if concept.catalogued or normalise_form(short) == label else concept.label)

    def _shorter_form(self, text: str, paper_id: str) -> str | None:
        inside = [
            m.text for m in self.mentions(paper_id) if text.startswith(f"{m.text} ") or text.endswith(f" {m.text}")
        ]
        return max(sorted(inside), key=len, default=None)
