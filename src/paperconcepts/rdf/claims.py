"""The triples of what is claimed: assertions, relations and results, each leading to its evidence."""

from collections.abc import Iterable

from paperconcepts.graph.belief import support_of
from paperconcepts.model import Assertion, Relation, Result
from paperconcepts.rdf.iris import Iris
from paperconcepts.rdf.namespaces import PREDICATE_NAMES, ROLE_NAMES
from paperconcepts.rdf.terms import NAME, Pair, count, decimal, iri, plain_number, string
from paperconcepts.version import __version__

__all__ = ["assertion_pairs", "reifier_pair", "relation_pairs", "result_pairs"]

_TYPE = NAME["rdf:type"]


def assertion_pairs(
    item: Assertion, evidence: Iterable[str], mentions: Iterable[str], iris: Iris, *, all_mentions: bool
) -> list[Pair]:
    """Describe an assertion; ``evidence`` and ``mentions`` are the IRIs of its parts."""
    spans = sorted(set(mentions))
    pairs = [
        (_TYPE, NAME["pc:Assertion"]),
        (NAME["pc:paper"], iri(iris.paper(item.paper_id))),
        (NAME["pc:role"], NAME["pc:" + ROLE_NAMES[item.role]]),
        (NAME["pc:concept"], iri(iris.concept(item.concept_id))),
        *_belief_pairs(item, evidence, iris),
    ]
    if all_mentions:
        pairs.append((NAME["pc:mentionCount"], count(len(spans))))
    pairs += [(NAME["pc:hasMention"], iri(span)) for span in spans]
    return pairs


def relation_pairs(item: Relation, evidence: Iterable[str], iris: Iris) -> list[Pair]:
    """Describe a relation between two concepts; ``evidence`` holds the IRIs of its evidence."""
    return [
        (_TYPE, NAME["pc:ConceptRelation"]),
        (NAME["pc:subject"], iri(iris.concept(item.subject))),
        (NAME["pc:predicate"], NAME["pc:" + PREDICATE_NAMES[item.predicate]]),
        (NAME["pc:object"], iri(iris.concept(item.object))),
        *_belief_pairs(item, evidence, iris),
    ]


def _belief_pairs(item: Assertion | Relation, evidence: Iterable[str], iris: Iris) -> list[Pair]:
    parts = sorted(set(evidence))
    return [
        (NAME["pc:confidence"], decimal(item.confidence)),
        (NAME["pc:support"], count(support_of(item.evidence))),
        (NAME["pc:evidenceCount"], count(len(parts))),
        *((NAME["pc:hasEvidence"], iri(part)) for part in parts),
        (NAME["prov:wasGeneratedBy"], iri(iris.run(__version__))),
    ]


def reifier_pair(item: Assertion | Relation, iris: Iris) -> Pair:
    """Name the direct triple that a node stands for, as RDF 1.2 does it."""
    if isinstance(item, Assertion):
        ends = iris.paper(item.paper_id), ROLE_NAMES[item.role], iris.concept(item.concept_id)
    else:
        ends = iris.concept(item.subject), PREDICATE_NAMES[item.predicate], iris.concept(item.object)
    subject, name, target = ends
    return NAME["rdf:reifies"], f"<<( {iri(subject)} {NAME['pc:' + name]} {iri(target)} )>>"


def result_pairs(item: Result, evidence: Iterable[str], iris: Iris) -> list[Pair]:
    """Describe a result; a concept that its sentence does not name is left out."""
    parties = (
        ("pc:achievedBy", item.subject),
        ("pc:onDataset", item.dataset),
        ("pc:byMetric", item.metric),
        ("pc:overBaseline", item.baseline),
    )
    pairs: list[Pair] = [
        (_TYPE, NAME["pc:Result"]),
        (NAME["pc:paper"], iri(iris.paper(item.paper_id))),
        *((NAME[name], iri(iris.concept(concept))) for name, concept in parties if concept is not None),
        (NAME["pc:value"], string(item.value)),
    ]
    number = plain_number(item.value)
    if number is not None:
        pairs.append((NAME["pc:number"], number))
    if item.unit:
        pairs.append((NAME["pc:unit"], string(item.unit)))
    pairs.append((NAME["pc:direction"], string(item.direction)))
    pairs += [(NAME["pc:hasEvidence"], iri(part)) for part in evidence]
    pairs.append((NAME["prov:wasGeneratedBy"], iri(iris.run(__version__))))
    return pairs
