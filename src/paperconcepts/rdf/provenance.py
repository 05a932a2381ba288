"""The triples of the run: what it was, which software made it and what it read."""

from collections.abc import Iterable

from paperconcepts.model import SourceRecord
from paperconcepts.rdf.iris import Iris
from paperconcepts.rdf.terms import NAME, Pair, iri, string
from paperconcepts.version import __version__

__all__ = ["agent_pairs", "run_pairs", "source_pairs"]

_TYPE, _LABEL = NAME["rdf:type"], NAME["rdfs:label"]
_SOFTWARE = f"paperconcepts {__version__}"


def run_pairs(files: Iterable[str], iris: Iris, *, configuration: str = "") -> list[Pair]:
    """Describe the run: the version of this package and the files it read. No time, so that equal runs are equal.

    ``configuration`` is the SHA-256 of the settings that shaped the graph, where it is known.
    """
    pairs = [
        (_TYPE, NAME["pc:Run"]),
        (_TYPE, NAME["prov:Activity"]),
        (_LABEL, string(_SOFTWARE)),
        (NAME["pc:version"], string(__version__)),
        (NAME["prov:wasAssociatedWith"], iri(iris.agent(__version__))),
    ]
    if configuration:
        pairs.append((NAME["pc:configuration"], string(configuration)))
    pairs += [(NAME["prov:used"], iri(iris.source(file))) for file in sorted(set(files))]
    return pairs


def agent_pairs() -> list[Pair]:
    """Describe the software."""
    return [
        (_TYPE, NAME["prov:SoftwareAgent"]),
        (_LABEL, string(_SOFTWARE)),
        (NAME["schema:softwareVersion"], string(__version__)),
    ]


def source_pairs(records: Iterable[SourceRecord], *, sha256: str = "") -> list[Pair]:
    """Describe an input file by the records that were read from it, and by the SHA-256 of its bytes, if known."""
    names = {(record.file, record.format) for record in records}
    pairs = [
        (_TYPE, NAME["pc:SourceDocument"]),
        *((_LABEL, string(file)) for file in sorted({file for file, _ in names})),
        *((NAME["dcterms:format"], string(form)) for form in sorted({form for _, form in names})),
    ]
    if sha256:
        pairs.append((NAME["pc:sha256"], string(sha256)))
    return pairs
