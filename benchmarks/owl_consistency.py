"""Let an OWL reasoner look for a contradiction between the ontology and a real export: HermiT, by owlready2.

    python benchmarks/owl_consistency.py [INPUT...] [--level core|evidence|full] [--memory MB]

INPUT is what `paperconcepts build` reads; default: the seed documents, else the bundled corpus. Needs Java. Prints the
number of triples, the answer and the CPU seconds, and ends with 1 if there is a contradiction or an impossible class.
"""

import argparse
import resource
import sys
import tempfile
from pathlib import Path

import owlready2
import pyoxigraph

from paperconcepts.examples import corpus_path
from paperconcepts.pipeline import build
from paperconcepts.rdf import write_rdf
from paperconcepts.vocabulary.location import ontology_path

SEEDS = Path(__file__).resolve().parents[2] / "shared/data/seeds"


def reason(files: list[Path], folder: Path, memory: int) -> tuple[int, str]:
    """The number of triples of the files together, and what the reasoner says of them."""
    triples = {quad.triple for path in files for quad in pyoxigraph.parse(path=str(path))}
    target = folder / "all.nt"
    target.write_bytes(pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES) or b"")
    owlready2.reasoning.JAVA_MEMORY = memory
    world = owlready2.World()
    world.get_ontology(target.as_uri()).load()
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return len(triples), "inconsistent"
    impossible = sorted(str(one) for one in world.inconsistent_classes())
    return len(triples), f"impossible classes: {', '.join(impossible)}" if impossible else "consistent"


def main() -> int:
    """Build, export, reason, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", nargs="*", type=Path)
    parser.add_argument("--level", choices=["core", "evidence", "full"], default="full")
    parser.add_argument("--memory", type=int, default=8_000, help="megabytes for Java")
    options = parser.parse_args()
    inputs = options.inputs or ([SEEDS] if SEEDS.is_dir() else [corpus_path()])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_rdf(build(inputs), folder / "graph.nt", "nt", level=options.level)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        count, answer = reason([ontology_path("paperconcepts.ttl"), folder / "graph.nt"], folder, options.memory)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    names = ", ".join(path.name for path in inputs)
    print(f"{names}, level {options.level}: {count:,} triples, {answer}, {seconds:.0f} s")
    return answer != "consistent"


if __name__ == "__main__":
    sys.exit(main())
