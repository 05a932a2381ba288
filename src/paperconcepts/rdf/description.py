"""The description of a data set, as VoID and DCAT have it, with counts of what was written."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from paperconcepts.rdf.detail import DetailLevel
from paperconcepts.rdf.iris import Iris
from paperconcepts.rdf.namespaces import ONTOLOGY, PREFIXES
from paperconcepts.rdf.terms import NAME, Pair, Term, english, integer, iri
from paperconcepts.version import __version__

__all__ = ["Counts", "describe_dataset"]

_TYPE = NAME["rdf:type"]
_VOCABULARIES = ("bibo", "dcterms", "fabio", "itsrdf", "nif", "pc", "prov", "schema", "skos")
# What `build` writes unless it is told otherwise, to be published below the base.
_DUMPS = ("graph.nt", "graph.ttl")
_HELD = {
    DetailLevel.CORE: "papers, concepts and the direct triples of roles and relations",
    DetailLevel.EVIDENCE: "papers, concepts, roles and relations with their evidence; of texts only the sentences that "
    "serve as evidence",
    DetailLevel.FULL: "papers with their texts, concepts, roles and relations with their evidence",
}
_RIGHTS = (
    "The licence is for the statements. Names, titles and quoted sentences of papers, and abstracts where they are "
    "given, are their authors'."
)


@dataclass(slots=True)
class Counts:
    """What has been written so far.

    Attributes:
        triples: distinct triples.
        subjects: distinct subjects.
        classes: subjects of each class.
    """

    triples: int = 0
    subjects: int = 0
    classes: Counter[Term] = field(default_factory=Counter)

    def add(self, pairs: Sequence[Pair]) -> None:
        """Count a subject, the first of whose pairs are those of its types."""
        self.triples += len(pairs)
        self.subjects += 1
        for predicate, term in pairs:
            if predicate != _TYPE:
                break
            self.classes[term] += 1


def describe_dataset(
    counts: Counts,
    edges: Mapping[str, int],
    examples: Iterable[str],
    iris: Iris,
    *,
    level: DetailLevel,
    licence: str,
) -> Iterator[tuple[Term, list[Pair]]]:
    """Yield the parts of the data set and the data set, sorted by subject; the counts hold these triples too.

    Args:
        counts: of all other triples.
        edges: the number of triples of each direct property, by its name with prefix.
        examples: IRIs of nodes to begin with.
        iris: the names of the export.
        level: what the export holds.
        licence: the IRI of the licence of its statements.
    """
    pc = "<" + ONTOLOGY
    parts = {name.removeprefix(pc)[:-1]: ("void:class", name, "void:entities") for name in counts.classes}
    parts = {name: row for name, row in parts.items() if row[1].startswith(pc)}
    numbers = {name: counts.classes[row[1]] for name, row in parts.items()}
    for name, number in edges.items():
        parts[name.removeprefix("pc:")] = ("void:property", NAME[name], "void:triples")
        numbers[name.removeprefix("pc:")] = number
    described = [
        (
            iri(iris.part(name)),
            [(_TYPE, NAME["void:Dataset"]), (NAME[kind], term), (NAME[counted], integer(numbers[name]))],
        )
        for name, (kind, term, counted) in parts.items()
    ]
    links = [
        (NAME["void:classPartition" if kind == "void:class" else "void:propertyPartition"], iri(iris.part(name)))
        for name, (kind, _, _) in sorted(parts.items())
    ]
    shown = [(NAME["void:exampleResource"], iri(one)) for one in examples]
    whole = [*_fixed_pairs(iris, level, licence), *shown, *links]
    triples = counts.triples + 3 * len(described) + len(whole) + 3
    whole += [
        (NAME["void:triples"], integer(triples)),
        (NAME["void:entities"], integer(counts.subjects + len(described) + 1)),
        (NAME["void:classes"], integer(len({*counts.classes, NAME["void:Dataset"], NAME["dcat:Dataset"]}))),
    ]
    yield from sorted([*described, (iri(iris.dataset), whole)])


def _fixed_pairs(iris: Iris, level: DetailLevel, licence: str) -> list[Pair]:
    home = iri(iris.base)
    # An IRI below a base that ends with a hash names no file.
    dumps = _DUMPS if iris.base.endswith("/") else ()
    return [
        (_TYPE, NAME["void:Dataset"]),
        (_TYPE, NAME["dcat:Dataset"]),
        (NAME["dcterms:title"], english("Research knowledge graph")),
        (NAME["dcterms:description"], english(f"Made by paperconcepts from abstracts, level {level}: {_HELD[level]}.")),
        (NAME["dcterms:license"], iri(licence)),
        (NAME["dcterms:rights"], english(_RIGHTS)),
        (NAME["dcterms:creator"], iri(iris.agent(__version__))),
        (NAME["prov:wasGeneratedBy"], iri(iris.run(__version__))),
        (NAME["dcat:landingPage"], home),
        (NAME["void:uriSpace"], f'"{iris.base}"'),
        *((NAME["void:vocabulary"], iri(PREFIXES[prefix])) for prefix in _VOCABULARIES),
        *((NAME["void:dataDump"], iri(iris.base + name)) for name in dumps),
    ]
