"""All triples of a graph, subject by subject. Every export is made from this one stream.

Subjects come in the order of N-Triples lines: kind by kind, and within a kind paper by paper where the kind is of
papers, so that no more than the subjects of one paper or of one kind are held.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from operator import itemgetter
from typing import NamedTuple, TypeAlias, TypeVar

from paperconcepts.graph import ResearchGraph
from paperconcepts.model import Assertion, Evidence, Relation, Result
from paperconcepts.rdf.claims import assertion_pairs, reifier_pair, relation_pairs, result_pairs
from paperconcepts.rdf.contents import Contents, PaperClaims
from paperconcepts.rdf.description import Counts, describe_dataset
from paperconcepts.rdf.detail import DEFAULT_LICENCE, DetailLevel, check_level, check_licence
from paperconcepts.rdf.iris import Iris
from paperconcepts.rdf.namespaces import PREDICATE_NAMES, ROLE_NAMES
from paperconcepts.rdf.passages import evidence_pairs, mention_pairs, span_pairs, text_pairs
from paperconcepts.rdf.provenance import agent_pairs, run_pairs, source_pairs
from paperconcepts.rdf.records import authorship_pairs, concept_pairs, paper_pairs, scheme_pairs
from paperconcepts.rdf.terms import Pair, Term, iri
from paperconcepts.version import __version__

__all__ = ["Described", "describe_graph"]

# A subject, what will describe it and the graphs it is in: the triples are made one subject at a time.
_Told: TypeAlias = tuple[Callable[[], list[Pair]], tuple[Term, ...]]
_Entry: TypeAlias = tuple[Term, Callable[[], list[Pair]], tuple[Term, ...]]
_T = TypeVar("_T")
_PORTION = 256


class Described(NamedTuple):
    """A subject with its pairs, each once, those of types first, and its named graphs, sorted (none: the default)."""

    subject: Term
    pairs: list[Pair]
    graphs: tuple[Term, ...]


def describe_graph(
    graph: ResearchGraph, *, base: str, level: str = DetailLevel.FULL, licence: str = DEFAULT_LICENCE,
    reifiers: bool = False,
) -> Iterator[Described]:  # fmt: skip
    """Yield each subject of the RDF of a graph once, with all its triples. No blank nodes.

    Subjects come sorted as N-Triples lines are, but for the description of the data set, which counts the others and
    comes last.

    Args:
        graph: what to describe.
        base: what the IRIs of the data begin with.
        level: how much to tell, see :class:`DetailLevel`.
        licence: the IRI of the licence of the statements.
        reifiers: whether nodes of statements name their triple as RDF 1.2 does.

    Raises:
        ConfigurationError: ``base`` or ``licence`` is not a usable IRI, or there is no such level.
    """
    # Wrong settings are told here, not when the first subject is asked for.
    chosen, known = check_level(level), check_licence(licence)
    return _described(_Export(Contents(graph, Iris(base), chosen), reifiers=reifiers), known)


def _described(export: "_Export", licence: str) -> Iterator[Described]:
    counts = Counts()
    for entries in export.sections():
        for found in _in_order(entries):
            counts.add(found.pairs)
            yield found
    for subject, pairs in export.dataset(counts, licence):
        yield Described(subject, pairs, ())


def _in_order(entries: Iterable[_Entry]) -> Iterator[Described]:
    """Sort the entries of a section by subject, and join those of one subject."""
    waiting = sorted(entries, key=itemgetter(0))
    waiting.reverse()
    while waiting:
        subject, describe, graphs = waiting.pop()
        pairs = describe()
        while waiting and waiting[-1][0] == subject:
            pairs += waiting.pop()[1]()
        yield Described(subject, list(dict.fromkeys(pairs)), graphs)


def _portions(found: Mapping[Term, _T], tell: Callable[[_T], _Told]) -> Iterator[list[_Entry]]:
    """What is to be told of each subject, in order, a few hundred at a time: all at once would not be flat."""
    names = sorted(found)
    for start in range(0, len(names), _PORTION):
        yield [(name, *tell(found[name])) for name in names[start : start + _PORTION]]


class _Export:
    """The sections of an export, in the order of their subjects."""

    def __init__(self, contents: Contents, *, reifiers: bool) -> None:
        self._contents, self._reifiers = contents, reifiers
        self._iris, self._level = contents.iris, contents.level
        self._concepts_graph = (iri(self._iris.concepts_graph),)

    def sections(self) -> Iterator[Iterable[_Entry]]:
        """The entries of each kind, those of papers in portions."""
        evidence, texts = self._level.has_evidence, self._level.has_texts
        yield [(iri(self._iris.agent(__version__)), agent_pairs, ())]
        if evidence:
            yield from self._by_paper(self._assertions)
        if texts:
            yield from self._by_paper(self._authorships)
        yield from self._concepts()
        yield [(iri(self._iris.scheme), scheme_pairs, self._concepts_graph)]
        if evidence:
            yield from self._evidence()
            yield from self._by_paper(self._mentions)
        yield from self._papers()
        if evidence:
            yield from self._relations()
            yield from self._results()
        yield [(iri(self._iris.run(__version__)), self._run, ())]
        if evidence:
            yield from self._by_paper(self._sentences)
        yield self._sources()
        if evidence:
            yield from self._by_paper(self._texts)

    def dataset(self, counts: Counts, licence: str) -> Iterator[tuple[Term, list[Pair]]]:
        """The description of the data set, when all else has been counted."""
        contents, iris = self._contents, self._iris
        names = Counter("pc:" + ROLE_NAMES[item.role] for item in contents.assertions)
        names.update("pc:" + PREDICATE_NAMES[item.predicate] for item in contents.relations)
        first = [iris.paper(paper.id) for paper in contents.first_papers]
        first += [iris.concept(node.concept.id) for node in contents.nodes[:1]]
        return describe_dataset(counts, names, first, iris, level=self._level, licence=licence)

    def _by_paper(self, section: Callable[[PaperClaims], Iterable[_Entry]]) -> Iterator[list[_Entry]]:
        for portion in self._contents.portions():
            yield [entry for claims in portion for entry in section(claims)]

    def _assertions(self, claims: PaperClaims) -> Iterator[_Entry]:
        whole = self._level.has_texts
        spans = set() if whole else claims.spans()
        for item in claims.assertions:
            owner = self._iris.assertion(item)
            places = {(mention.field, mention.start, mention.end) for mention in item.mentions}
            kept = places if whole else places & spans
            mentions = [self._iris.mention(item.paper_id, *place) for place in kept]
            evidence = self._contents.evidence_of[owner]
            describe = partial(assertion_pairs, item, evidence, mentions, self._iris, all_mentions=whole)
            yield iri(owner), self._reified(item, describe), claims.graphs

    def _reified(self, item: Assertion | Relation, describe: Callable[[], list[Pair]]) -> Callable[[], list[Pair]]:
        if not self._reifiers:
            return describe
        return lambda: [*describe(), reifier_pair(item, self._iris)]

    def _authorships(self, claims: PaperClaims) -> Iterator[_Entry]:
        paper = claims.paper
        for number, name in enumerate(filter(None, paper.authors), 1):
            subject = iri(self._iris.authorship(paper.id, number))
            yield subject, partial(authorship_pairs, paper, number, name, self._iris), claims.graphs

    def _concepts(self) -> Iterator[list[_Entry]]:
        found = {iri(self._iris.concept(item[0].concept.id)): item for item in self._contents.concepts()}
        return _portions(found, lambda item: (partial(concept_pairs, *item, self._iris), self._concepts_graph))

    def _evidence(self) -> Iterator[list[_Entry]]:
        return _portions(self._contents.evidence(), self._piece)

    def _piece(self, piece: Evidence) -> _Told:
        located = piece.paper_id in self._contents.graphs
        graphs = self._contents.graphs.get(piece.paper_id, self._concepts_graph)
        return partial(evidence_pairs, piece, self._iris, located=located), graphs

    def _mentions(self, claims: PaperClaims) -> Iterator[_Entry]:
        paper, iris = claims.paper, self._iris
        known = [(item.concept_id, mention) for item in claims.assertions for mention in item.mentions]
        places = {(mention.field, mention.start, mention.end) for _, mention in known}
        places = claims.spans() | places if self._level.has_texts else claims.spans()
        for place in places:
            describe = partial(span_pairs, "Mention", paper, *place, iris)
            yield iri(iris.mention(paper.id, *place)), describe, claims.graphs
        for concept_id, mention in known:
            place = (mention.field, mention.start, mention.end)
            if place in places:
                subject = iri(iris.mention(paper.id, *place))
                yield subject, partial(mention_pairs, mention, concept_id, iris), claims.graphs

    def _papers(self) -> Iterator[list[_Entry]]:
        # Not by paper: a paper's own name ends where the names made from it go on, which is another order.
        found = {iri(self._iris.paper(claims.paper.id)): claims for p in self._contents.portions() for claims in p}
        return _portions(found, self._paper)

    def _paper(self, claims: PaperClaims) -> _Told:
        return partial(paper_pairs, claims.paper, claims.assertions, self._iris, self._level), claims.graphs

    def _relations(self) -> Iterator[list[_Entry]]:
        found = {iri(self._iris.relation(item)): item for item in self._contents.relations}
        return _portions(found, self._relation)

    def _relation(self, item: Relation) -> _Told:
        evidence = self._contents.evidence_of[self._iris.relation(item)]
        describe = partial(relation_pairs, item, evidence, self._iris)
        return self._reified(item, describe), self._concepts_graph

    def _results(self) -> Iterator[list[_Entry]]:
        return _portions({iri(self._iris.result(item)): item for item in self._contents.results}, self._result)

    def _result(self, item: Result) -> _Told:
        evidence = self._contents.evidence_of[self._iris.result(item)]
        return partial(result_pairs, item, evidence, self._iris), self._contents.graphs[item.paper_id]

    def _run(self) -> list[Pair]:
        return run_pairs(self._contents.files, self._iris, configuration=self._contents.configuration)

    def _sentences(self, claims: PaperClaims) -> Iterator[_Entry]:
        for place in claims.sentences():
            subject = iri(self._iris.sentence(claims.paper.id, *place))
            yield subject, partial(span_pairs, "Sentence", claims.paper, *place, self._iris), claims.graphs

    def _sources(self) -> Iterator[_Entry]:
        for file, records in self._contents.files.items():
            digest = self._contents.digest(file)
            graphs = (iri(self._iris.source_graph(file)),)
            yield iri(self._iris.source(file)), partial(source_pairs, records, sha256=digest), graphs

    def _texts(self, claims: PaperClaims) -> Iterator[_Entry]:
        paper = claims.paper
        for field in ("title", "abstract"):
            if paper.text(field):
                subject = iri(self._iris.text(paper.id, field))
                yield subject, partial(text_pairs, paper, field, self._iris, self._level), claims.graphs
