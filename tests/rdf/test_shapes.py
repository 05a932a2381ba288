"""Each constraint of each shape fires on its own damage to a small export, and nothing else does."""

from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib import RDF, SH, XSD

from paperconcepts.rdf import ONTOLOGY
from paperconcepts.rdf.validation import validate_rdf
from paperconcepts.vocabulary.location import ontology_path

VALID = Path(__file__).with_name("valid_export.ttl")
PC = rdflib.Namespace(ONTOLOGY)
D = rdflib.Namespace("https://example.org/")
SHAPE = rdflib.Namespace("https://w3id.org/paperconcepts/shapes#")
SHAPES = rdflib.Graph().parse(ontology_path("shapes.ttl"))
NOT_CONSTRAINTS = {SH.path, SH.message, SH.property, SH.targetClass, RDF.type}

Node = rdflib.term.Node
Case = tuple[str, Node, str]


def cases() -> list[Case]:
    """Every constraint: name of the shape, the property shape or node shape, the name of the parameter."""
    found: list[Case] = []
    for shape in SHAPES.subjects(RDF.type, SH.NodeShape):
        for owner in (shape, *SHAPES.objects(shape, SH.property)):
            for parameter in set(SHAPES.predicates(owner)) - NOT_CONSTRAINTS:
                found.append((str(shape).removeprefix(SHAPE), owner, str(parameter).removeprefix(str(SH))))
    return sorted(found, key=lambda case: (case[0], str(SHAPES.value(case[1], SH.path)), case[2]))


CASES = cases()


def name_of(case: Case) -> str:
    path = str(SHAPES.value(case[1], SH.path) or "")
    return f"{case[0]}-{path.rpartition('#')[2].rpartition('/')[2]}-{case[2]}"


def find_target(data: rdflib.Graph, shape: str, path: Node) -> rdflib.URIRef:
    """A node that the shape is for and that has the property."""
    classes = set(SHAPES.objects(SHAPE[shape], SH.targetClass))
    nodes = [node for kind in classes for node in data.subjects(RDF.type, kind) if isinstance(node, rdflib.URIRef)]
    # Evidence with a cue shows most.
    return min(
        nodes, key=lambda node: ((node, path, None) not in data, (node, PC.cueBegin, None) not in data, str(node))
    )


EXTRA_LITERALS = {
    XSD.string: rdflib.Literal("another"),
    XSD.decimal: rdflib.Literal("0.123", datatype=XSD.decimal),
    XSD.integer: rdflib.Literal("7", datatype=XSD.integer),
    XSD.nonNegativeInteger: rdflib.Literal("1", datatype=XSD.nonNegativeInteger),
    XSD.boolean: rdflib.Literal("true", datatype=XSD.boolean),
    XSD.date: rdflib.Literal("2024-01-03", datatype=XSD.date),
}
WRONG_TYPE = {
    XSD.string: rdflib.Literal("text", lang="en"),
    RDF.langString: rdflib.Literal("text"),
    XSD.decimal: rdflib.Literal("0.5", datatype=XSD.double),
    XSD.integer: rdflib.Literal("1", datatype=XSD.long),
    XSD.nonNegativeInteger: rdflib.Literal("1", datatype=XSD.long),
    XSD.boolean: rdflib.Literal("true"),
    XSD.date: rdflib.Literal("2024-01", datatype=XSD.gYearMonth),
}


def one_more(data: rdflib.Graph, owner: Node, node: Node, path: Node) -> None:
    """Add valid values until there is one too many."""
    most = int(str(SHAPES.value(owner, SH.maxCount)))
    kind, datatype = SHAPES.value(owner, SH["class"]), SHAPES.value(owner, SH.datatype)
    listed = SHAPES.value(owner, SH["in"])
    if listed is not None:
        values = list(rdflib.collection.Collection(SHAPES, listed))
    elif kind is not None:
        # A new node with the whole description of one that is there.
        known = next(data.subjects(RDF.type, kind))
        values = [D[f"copy{number}"] for number in range(3)]
        for value in values:
            for predicate, term in list(data.predicate_objects(known)):
                data.add((value, predicate, term))
    elif SHAPES.value(owner, SH.pattern) is not None:
        values = [rdflib.Literal("0" * 64), rdflib.Literal("1" * 64)]
    elif SHAPES.value(owner, SH.nodeKind) is not None:
        values = [D.other]
    elif datatype == XSD.nonNegativeInteger or SHAPES.value(owner, SH.hasValue) is not None:
        numbers = (900,) if str(path).endswith("End") or str(path).endswith("endIndex") else (1, 2)
        values = [rdflib.Literal(str(number), datatype=XSD.nonNegativeInteger) for number in numbers]
    else:
        assert isinstance(datatype, rdflib.URIRef)
        values = [EXTRA_LITERALS[datatype]]
    for value in values:
        if len(set(data.objects(node, path))) <= most:
            data.add((node, path, value))


def break_property(data: rdflib.Graph, owner: Node, parameter: str, node: Node) -> None:
    """Break one constraint of a property shape at a node, and no other one."""
    path = SHAPES.value(owner, SH.path)
    assert path is not None
    # The value of the parameter is a number, a property, a class or a datatype.
    limit: Any = SHAPES.value(owner, SH[parameter])
    numeric: Any = SHAPES.value(owner, SH.datatype)
    if parameter == "maxCount":
        return one_more(data, owner, node, path)
    if parameter == "uniqueLang":
        known = next(data.objects(node, path), rdflib.Literal("x", lang="en"))
        data.add((node, path, known))
        data.add((node, path, rdflib.Literal("another", lang="en")))
        return None
    if parameter == "disjoint":
        data.set((node, limit, next(data.objects(node, path))))
        return None
    broken: dict[str, Node | None] = {
        "minCount": None,
        "class": D.nothing,
        "pattern": rdflib.Literal("no such form"),
        "in": PC.version if path not in (PC.field, PC.direction) else rdflib.Literal("sideways"),
        "minLength": rdflib.Literal("", lang="en" if SHAPES.value(owner, SH.datatype) == RDF.langString else None),
        "minInclusive": rdflib.Literal("-1", datatype=numeric if parameter == "minInclusive" else None),
        "maxInclusive": rdflib.Literal("1.5", datatype=XSD.decimal),
        "nodeKind": rdflib.Literal("a licence"),
        "hasValue": EXTRA_LITERALS[XSD.nonNegativeInteger],
        "datatype": WRONG_TYPE.get(limit),
        "lessThan": next(data.objects(node, limit), None) if parameter == "lessThan" else None,
    }
    if parameter == "datatype" and (node, path, None) in data:
        # Keep what other constraints look at: the number, or its place before the end.
        digits = str(next(data.objects(node, path)))
        if limit in (XSD.nonNegativeInteger, XSD.integer, XSD.decimal):
            broken["datatype"] = rdflib.Literal(digits, datatype=XSD.double if limit == XSD.decimal else XSD.long)
    data.remove((node, path, None))
    value = broken[parameter]
    if value is not None:
        data.add((node, path, value))
    return None


def break_node(data: rdflib.Graph, parameter: str) -> rdflib.URIRef:
    """Break what a shape asks of a node as a whole."""
    if parameter == "xone":
        data.add((D.tool, RDF.type, PC.Model))
        return D.tool
    assert parameter == "or"
    data.remove((D.title1, None, rdflib.Literal("SpoonNet")))
    data.remove((D.title1, PC.sha256, None))
    return D.title1


def damaged(case: Case) -> tuple[rdflib.Graph, tuple[str, str, str]]:
    """The small export with one constraint broken; the rule, node and path of the one finding that it must have."""
    shape, owner, parameter = case
    data = rdflib.Graph().parse(VALID)
    path = SHAPES.value(owner, SH.path)
    if path is None:
        node = break_node(data, parameter)
    else:
        node = find_target(data, shape, path)
        break_property(data, owner, parameter, node)
    return data, (f"{shape}/{parameter}", f"<{node}>", "" if path is None else f"<{path}>")


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_each_constraint_fires_alone(case: Case, tmp_path: Path) -> None:
    """Damage to one constraint gives that finding at that node and no other finding."""
    data, finding = damaged(case)
    data.serialize(tmp_path / "bad.nt", format="nt", encoding="utf-8")
    found = {(item.rule, item.node, item.path) for item in validate_rdf(tmp_path / "bad.nt", rules="shapes").findings}
    assert found == {finding}


def test_every_class_has_a_shape() -> None:
    """No class of the ontology that data state is left without a shape; kinds are in the shape of concepts."""
    ontology = rdflib.Graph().parse(ontology_path("paperconcepts.ttl"))
    classes = {node for node in ontology.subjects(RDF.type, rdflib.OWL.Class) if str(node).startswith(ONTOLOGY)}
    kinds = set(ontology.subjects(rdflib.RDFS.subClassOf, PC.Concept))
    targets = set(SHAPES.objects(None, SH.targetClass))
    # pc:Statement is stated by its subclasses only; the individuals of pc:Status stand in a list.
    assert classes - kinds - targets == {PC.Statement, PC.Status}


def test_shapes_are_core_and_stand_alone() -> None:
    """No SPARQL in the shapes, and each constraint says in words what it asks."""
    assert not [p for p in SHAPES.predicates() if p in (SH.sparql, SH.select, SH.rule, SH.js)]
    for _, owner, _ in CASES:
        assert SHAPES.value(owner, SH.message) is not None
    assert len(CASES) > 200
