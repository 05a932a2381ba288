"""Check an RDF file against the SHACL shapes of the ontology."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from paperconcepts.errors import ConfigurationError, SourceError
from paperconcepts.rdf.namespaces import PREFIXES
from paperconcepts.vocabulary.location import ontology_path

if TYPE_CHECKING:
    import rdflib

__all__ = ["validate_rdf"]

_SHACL = "http://www.w3.org/ns/shacl#"
_FORMATS = {".ttl": "turtle", ".nt": "nt"}


def validate_rdf(path: str | Path) -> list[str]:
    """Return what is wrong with a Turtle or N-Triples export, a line a finding, sorted; an empty list if nothing is.

    A line has the severity (Violation or Warning), the node, the path and the message. Needs pyshacl.

    Raises:
        ConfigurationError: pyshacl is not installed.
        SourceError: the file is missing, malformed or of another format.

    Examples:
        >>> import pathlib, tempfile
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "bad.ttl"
        >>> _ = target.write_text("<http://a/x> a <https://w3id.org/paperconcepts/ontology#Paper> .")
        >>> print(validate_rdf(target)[0])
        Violation: <http://a/x> http://purl.org/dc/terms/identifier: ...
    """
    try:
        import pyshacl
    except ImportError as error:
        raise ConfigurationError("validation needs the package pyshacl, which is not installed: install it") from error
    import rdflib

    data = _read_graph(Path(path))
    shapes = rdflib.Graph().parse(ontology_path("shapes.ttl"))
    # Subclasses that the ontology declares must count in sh:class, so that external kinds of text and span fit.
    ontology = rdflib.Graph().parse(ontology_path("paperconcepts.ttl"))
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, ont_graph=ontology, inplace=True, advanced=False)
    return sorted(_findings(report))


def _read_graph(path: Path) -> "rdflib.Graph":
    import rdflib

    form = _FORMATS.get(path.suffix.lower())
    if form is None:
        raise SourceError(f"{path.suffix or 'no suffix'} is none of {', '.join(sorted(_FORMATS))}", file=str(path))
    if not path.is_file():
        raise SourceError("no such file", file=str(path))
    try:
        return rdflib.Graph().parse(path, format=form)
    except Exception as error:
        # rdflib's parsers raise a dozen unrelated kinds of exception for bad input.
        raise SourceError(f"cannot be read as RDF: {error}", file=str(path)) from error


def _findings(report: "rdflib.Graph") -> Iterator[str]:
    import rdflib

    shacl = rdflib.Namespace(_SHACL)
    for result in report.subjects(rdflib.URIRef(PREFIXES["rdf"] + "type"), shacl.ValidationResult):
        severity = str(report.value(result, shacl.resultSeverity)).rpartition("#")[2]
        node = report.value(result, shacl.focusNode)
        path = report.value(result, shacl.resultPath) or ""
        messages = "; ".join(sorted(str(message) for message in report.objects(result, shacl.resultMessage)))
        value = report.value(result, shacl.value)
        shown = "" if value is None else f" ({value.n3()})"
        yield f"{severity}: <{node}> {path}: {messages}{shown}"
