"""Check an RDF file against the rules of the ontology: shapes for single nodes, invariants for the whole graph."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from paperconcepts.errors import ConfigurationError
from paperconcepts.rdf.invariants import breaches, load_invariants
from paperconcepts.rdf.rdf_files import load_data, load_ontology, load_rdflib
from paperconcepts.vocabulary.location import ontology_path

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

__all__ = ["RdfFinding", "RdfReport", "Rules", "validate_rdf"]

Rules = Literal["all", "invariants", "shapes"]

_SHACL = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True, order=True)
class RdfFinding:
    """What is wrong with a node.

    Attributes:
        severity: "violation" or "warning".
        rule: the name of an invariant (``text-of-span``) or a shape and its constraint (``Paper/minCount``).
        node: the node, as N-Triples writes it.
        path: the property that the rule is about, or "".
        value: the value that breaks the rule, as N-Triples writes it, or "".
        message: what the rule says.
    """

    severity: str
    rule: str
    node: str
    path: str
    value: str
    message: str

    def __str__(self) -> str:
        path = f" {self.path}" if self.path else ""
        value = f" ({self.value})" if self.value else ""
        return f"{self.severity}: {self.node}{path}: {self.message}{value} [{self.rule}]"


@dataclass(frozen=True, slots=True)
class RdfReport:
    """The findings on one file: violations first, then by rule and node.

    Attributes:
        file: the file as it was named.
        triples: number of distinct triples in it.
        checks: number of rules that were applied.
        findings: what they found.
    """

    file: str
    triples: int
    checks: int
    findings: tuple[RdfFinding, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing but warnings was found."""
        return self.count("violation") == 0

    def count(self, severity: str) -> int:
        """How many findings are of this severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        return {
            "file": self.file,
            "triples": self.triples,
            "checks": self.checks,
            "conforms": self.conforms,
            "violations": self.count("violation"),
            "warnings": self.count("warning"),
            "findings": [asdict(finding) for finding in self.findings],
        }


def validate_rdf(path: str | Path, *, rules: Rules = "all") -> RdfReport:
    """Check a Turtle, N-Triples, N-Quads, TriG or JSON-LD export of any level; named graphs are read as one graph.

    Invariants are queries over the whole graph and take a second for 250,000 triples. The shapes need pyshacl, which
    takes about 60 microseconds a triple.

    Args:
        path: the file, or a folder that ``build`` wrote.
        rules: "all", or only "invariants" or "shapes".

    Raises:
        ConfigurationError: ``rules`` is unknown, or shapes are to be checked and pyshacl is not installed.
        SourceError: the file is missing, malformed or of another format.

    Examples:
        >>> import pathlib, tempfile
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "bad.ttl"
        >>> _ = target.write_text("<http://a/x> <http://www.w3.org/2002/07/owl#sameAs> <http://a/y> .")
        >>> print(validate_rdf(target, rules="invariants").findings[0])
        violation: <http://a/x>: owl:sameAs would merge ... (<http://a/y>) [same-as]
    """
    if rules not in ("all", "invariants", "shapes"):
        raise ConfigurationError(f"unknown rules {rules!r}; use all, invariants or shapes")
    store = load_data(path)
    if rules != "invariants":
        _require_pyshacl()
    triples = len(store)
    findings: list[RdfFinding] = []
    checks = 0
    if rules != "shapes":
        load_ontology(store)
        findings += _check_invariants(store)
        checks += len(load_invariants())
    if rules != "invariants":
        shapes = _load_shapes()
        findings += _check_shapes(load_rdflib(path), shapes)
        checks += _count_constraints(shapes)
    return RdfReport(str(path), triples, checks, tuple(sorted(set(findings))))


def _require_pyshacl() -> None:
    from importlib.util import find_spec

    if find_spec("pyshacl") is None:
        raise ConfigurationError(
            "the shapes need pyshacl, which is not installed; run pip install 'paperconcepts[shacl]', or check only "
            'the invariants: --only invariants (rules="invariants")'
        )


def _check_invariants(store: "pyoxigraph.Store") -> Iterator[RdfFinding]:
    for rule in load_invariants():
        for node, value in breaches(store, rule):
            yield RdfFinding(rule.severity, rule.name, node, "", value, rule.message)


def _load_shapes() -> "rdflib.Graph":
    import rdflib

    return rdflib.Graph().parse(ontology_path("shapes.ttl"))


def _check_shapes(data: "rdflib.Graph", shapes: "rdflib.Graph") -> Iterator[RdfFinding]:
    import pyshacl
    import rdflib

    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True, advanced=False)
    shacl = rdflib.Namespace(_SHACL)
    for result in report.objects(None, shacl.result):
        severity = str(report.value(result, shacl.resultSeverity)).rpartition("#")[2].lower()
        path = report.value(result, shacl.resultPath)
        value = report.value(result, shacl.value)
        messages = sorted(str(message) for message in report.objects(result, shacl.resultMessage))
        yield RdfFinding(
            severity,
            _rule_of(result, report, shapes),
            _shown(report.value(result, shacl.focusNode)),
            _shown(path),
            _shown(value),
            "; ".join(messages),
        )


def _rule_of(result: "rdflib.term.Node", report: "rdflib.Graph", shapes: "rdflib.Graph") -> str:
    """The name of the shape, then the parameter of the constraint that was broken, as in ``Paper/minCount``."""
    import rdflib

    shacl = rdflib.Namespace(_SHACL)
    source = report.value(result, shacl.sourceShape)
    owner = shapes.value(None, shacl.property, source) or source
    component = str(report.value(result, shacl.sourceConstraintComponent)).removeprefix(_SHACL)
    parameter = component.removesuffix("ConstraintComponent")
    return f"{str(owner).rpartition('#')[2]}/{parameter[:1].lower()}{parameter[1:]}"


def _shown(term: "rdflib.term.Node | None") -> str:
    return "" if term is None else str(term.n3())


def _count_constraints(shapes: "rdflib.Graph") -> int:
    import rdflib

    # What describes a shape; all else that a shape states is a constraint.
    rest = {rdflib.URIRef(_SHACL + name) for name in ("path", "message", "property", "targetClass", "severity")}
    properties = set(shapes.objects(None, rdflib.URIRef(_SHACL + "property")))
    owners = properties | set(shapes.subjects(rdflib.RDF.type, rdflib.URIRef(_SHACL + "NodeShape")))
    return sum(str(p).startswith(_SHACL) and p not in rest for owner in owners for p in shapes.predicates(owner))
