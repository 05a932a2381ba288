"""Let an OWL reasoner look for a contradiction between the ontology and a real export: HermiT, by owlready2.

    python benchmarks/owl_consistency.py [INPUT...] [--level core|evidence|full] [--parts N] [--memory MB]

INPUT is what `paperconcepts build` reads; default: the seed documents, else the bundled corpus. Needs Java. Prints the
number of triples, the answer and the CPU seconds, and ends with 1 if there is a contradiction or an impossible class.

HermiT's time grows faster than the graph, so a large export can be looked at in parts: each holds the ontology, some of
the papers with all that belongs to them alone, and what is said of the concepts, runs and files that these refer to.
Each triple is in a part at least. A contradiction is found if one part suffices for it; the axioms speak of a node and
its neighbours, so one that needs facts of several papers would be one about a concept, which `--level core` looks at.
"""

import argparse
import resource
import sys
import tempfile
from collections import defaultdict
from collections.abc import Set
from pathlib import Path
from typing import Any

import networkx
import owlready2
import pyoxigraph

from paperconcepts.examples import corpus_path
from paperconcepts.pipeline import build
from paperconcepts.rdf import write_rdf
from paperconcepts.vocabulary.location import ontology_path

Triples = set[Any]  # of pyoxigraph, without RDF 1.2

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
# What many papers refer to.
_COMMON = {
    "http://www.w3.org/2004/02/skos/core#Concept",
    "http://www.w3.org/2004/02/skos/core#ConceptScheme",
    "http://www.w3.org/ns/dcat#Dataset",
    "http://www.w3.org/ns/prov#SoftwareAgent",
    "https://w3id.org/paperconcepts/ontology#ConceptRelation",
    "https://w3id.org/paperconcepts/ontology#Run",
    "https://w3id.org/paperconcepts/ontology#SourceDocument",
}
SEEDS = Path(__file__).resolve().parents[2] / "shared/data/seeds"


def load(path: Path) -> Triples:
    """The triples of a file."""
    return {quad.triple for quad in pyoxigraph.parse(path=str(path))}


def split(triples: Triples, count: int) -> list[Triples]:
    """The triples in parts, by papers; see above."""
    types: dict[str, Triples] = defaultdict(set)
    for one in triples:
        if one.predicate.value == _TYPE:
            types[one.subject.value].add(one)
    common = {node for node, said in types.items() if not _COMMON.isdisjoint(one.object.value for one in said)}
    place = _place_by_papers(triples, types.keys() - common, count)
    parts: list[Triples] = [set() for _ in range(count)]
    about: dict[str, Triples] = defaultdict(set)
    speaks: list[set[str]] = [set() for _ in range(count)]  # nodes of common that are met in each part
    for one in triples:
        subject, other = one.subject.value, one.object.value
        if subject in place:
            parts[place[subject]].add(one)
            speaks[place[subject]].add(other)
        else:
            about[subject].add(one)
            if other in place:
                speaks[place[other]].add(subject)
    for number, part in enumerate(parts):
        for node in speaks[number] & about.keys():
            part |= {one for one in about[node] if place.get(one.object.value, number) == number}
        part |= {said for one in list(part) for said in types.get(one.object.value, ()) if one.object.value in common}
    parts[0] |= triples.difference(*parts)
    return parts


def _place_by_papers(triples: Triples, own: Set[str], count: int) -> dict[str, int]:
    """The part of each node that belongs to a paper: what is linked, other than through what is common, is together."""
    linked = networkx.Graph()
    linked.add_nodes_from(own)
    linked.add_edges_from(
        (one.subject.value, one.object.value) for one in triples if {one.subject.value, one.object.value} <= own
    )
    groups = sorted(networkx.connected_components(linked), key=min)
    return {node: number % count for number, group in enumerate(groups) for node in group}


def reason(triples: Triples, folder: Path, memory: int) -> str:
    """What the reasoner says of these triples."""
    target = folder / "part.nt"
    target.write_bytes(pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES) or b"")
    owlready2.reasoning.JAVA_MEMORY = memory
    world = owlready2.World()
    world.get_ontology(target.as_uri()).load()
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return "inconsistent"
    impossible = sorted(str(one) for one in world.inconsistent_classes())
    return f"impossible classes: {', '.join(impossible)}" if impossible else "consistent"


def main() -> int:
    """Build, export, reason, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", nargs="*", type=Path)
    parser.add_argument("--level", choices=["core", "evidence", "full"], default="full")
    parser.add_argument("--parts", type=int, default=1)
    parser.add_argument("--memory", type=int, default=8_000, help="megabytes for Java")
    options = parser.parse_args()
    inputs = options.inputs or ([SEEDS] if SEEDS.is_dir() else [corpus_path()])
    ontology = load(ontology_path("paperconcepts.ttl"))
    answers = set()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_rdf(build(inputs), folder / "graph.nt", "nt", level=options.level)
        triples = load(folder / "graph.nt")
        print(f"{', '.join(path.name for path in inputs)}, level {options.level}: {len(triples):,} triples")
        for number, part in enumerate(split(triples, options.parts) if options.parts > 1 else [triples], start=1):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            answer = reason(part | ontology, folder, options.memory)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            print(f"part {number} of {options.parts}: {len(part):,} triples, {answer}, {seconds:.0f} s", flush=True)
            answers.add(answer)
    return answers != {"consistent"}


if __name__ == "__main__":
    sys.exit(main())
