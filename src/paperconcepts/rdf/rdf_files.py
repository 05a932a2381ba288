"""Read an RDF file of any syntax into one graph, for Oxigraph and for rdflib."""

from pathlib import Path
from typing import TYPE_CHECKING

from paperconcepts.errors import SourceError
from paperconcepts.rdf.namespaces import ONTOLOGY, PREFIXES
from paperconcepts.vocabulary.location import ontology_path

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

__all__ = ["ONTOLOGY_GRAPH", "SUFFIXES", "load_data", "load_ontology", "load_rdflib"]

ONTOLOGY_GRAPH = ONTOLOGY.removesuffix("#")
"""The named graph in which the ontology stands beside the data."""

SUFFIXES = (".ttl", ".nt", ".nq", ".trig", ".jsonld")
"""Turtle, N-Triples, N-Quads, TriG and JSON-LD; in a built folder, the first of these is read."""


def load_data(path: str | Path) -> "pyoxigraph.Store":
    r"""Return a store whose default graph holds the triples of a file, those of named graphs too, each once.

    A folder stands for the first of its files ``graph.ttl``, ``graph.nt``, ``graph.nq`` ...

    Raises:
        SourceError: the file is missing, malformed or of another format.

    Examples:
        >>> import pathlib, tempfile
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "two.nq"
        >>> _ = target.write_text("<a:s> <a:p> <a:o> <a:g> .\n<a:s> <a:p> <a:o> <a:h> .")
        >>> len(load_data(target))
        1
    """
    import pyoxigraph

    source = _existing(Path(path))
    form = _syntax(source)
    store = pyoxigraph.Store()
    try:
        if form.supports_datasets:
            # Oxigraph's union of graphs gives a triple once for each graph that has it, which would spoil the counts.
            quads = pyoxigraph.parse(path=str(source), format=form)
            store.bulk_extend(pyoxigraph.Quad(*quad.triple) for quad in quads)
        else:
            store.bulk_load(path=str(source), format=form)
    except (SyntaxError, ValueError, OSError) as error:
        raise SourceError(f"cannot be read as RDF: {error}", file=str(source)) from error
    return store


def _syntax(path: Path) -> "pyoxigraph.RdfFormat":
    import pyoxigraph

    return {
        ".ttl": pyoxigraph.RdfFormat.TURTLE,
        ".nt": pyoxigraph.RdfFormat.N_TRIPLES,
        ".nq": pyoxigraph.RdfFormat.N_QUADS,
        ".trig": pyoxigraph.RdfFormat.TRIG,
        ".jsonld": pyoxigraph.RdfFormat.JSON_LD,
    }[path.suffix.lower()]


def _existing(path: Path) -> Path:
    if path.is_dir():
        found = [path / f"graph{suffix}" for suffix in SUFFIXES if (path / f"graph{suffix}").is_file()]
        if not found:
            raise SourceError(f"no graph in this folder: none of {', '.join(SUFFIXES)}", file=str(path))
        return found[0]
    if path.suffix.lower() not in SUFFIXES:
        raise SourceError(f"{path.suffix or 'no suffix'} is none of {', '.join(SUFFIXES)}", file=str(path))
    if not path.is_file():
        raise SourceError("no such file", file=str(path))
    return path


def load_ontology(store: "pyoxigraph.Store") -> None:
    """Add the ontology to a store, as a named graph: queries of the data do not see it, invariants do.

    With it stand the consequences that invariants look up: every class is below itself, below what its superclasses
    are below and below each union that it is a member of, and excludes what its superclasses exclude.

    Examples:
        >>> import pyoxigraph
        >>> store = pyoxigraph.Store()
        >>> load_ontology(store)
        >>> bool(store.query("ASK { ?s ?p ?o }")), [graph.value for graph in store.named_graphs()]
        (False, ['https://w3id.org/paperconcepts/ontology'])
    """
    import pyoxigraph

    form = pyoxigraph.RdfFormat.TURTLE
    name = pyoxigraph.NamedNode(ONTOLOGY_GRAPH)
    store.bulk_load(path=str(ontology_path("paperconcepts.ttl")), format=form, to_graph=name)
    for rule in _CONSEQUENCES:
        store.update(f"{_PREFIXES} WITH {name} {rule}")


def load_rdflib(path: str | Path) -> "rdflib.Graph":
    """Return the triples of a file for rdflib, literals exactly as they are written.

    Read by Oxigraph, which is three times as fast as rdflib's parser, and not from its store, which gives numbers in
    another form. Reifiers of RDF 1.2, which rdflib does not know, are left out.

    Raises:
        SourceError: the file is missing, malformed or of another format.

    Examples:
        >>> import pathlib, tempfile
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "a.nt"
        >>> _ = target.write_text('<a:s> <a:p> "01"^^<http://www.w3.org/2001/XMLSchema#integer> .')
        >>> [str(term) for term in load_rdflib(target).objects()]
        ['01']
    """
    import pyoxigraph
    import rdflib

    names: dict[pyoxigraph.NamedNode, rdflib.URIRef] = {}

    def node(term: object) -> rdflib.term.Identifier:
        if isinstance(term, pyoxigraph.Literal):
            datatype = None if term.language or term.datatype.value == _STRING else rdflib.URIRef(term.datatype.value)
            return rdflib.Literal(term.value, datatype=datatype, lang=term.language, normalize=False)
        if isinstance(term, pyoxigraph.NamedNode):
            known = names.get(term)
            if known is None:
                known = names[term] = rdflib.URIRef(term.value)
            return known
        return rdflib.BNode(str(term)[2:])

    source = _existing(Path(path))
    graph = rdflib.Graph(bind_namespaces="none")
    try:
        for quad in pyoxigraph.parse(path=str(source), format=_syntax(source)):
            if not isinstance(quad.object, pyoxigraph.Triple):
                graph.add((node(quad.subject), node(quad.predicate), node(quad.object)))
    except (SyntaxError, ValueError, OSError) as error:
        raise SourceError(f"cannot be read as RDF: {error}", file=str(source)) from error
    return graph


_PREFIXES = " ".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>" for prefix in ("owl", "rdf", "rdfs"))
_CONSEQUENCES = (
    "INSERT { ?one rdfs:subClassOf ?union } WHERE { ?union owl:unionOf/rdf:rest*/rdf:first ?one }",
    "INSERT { ?one rdfs:subClassOf ?one } WHERE { ?one a owl:Class }",
    "INSERT { ?one rdfs:subClassOf ?all } WHERE { ?one rdfs:subClassOf+ ?all }",
    """INSERT { ?one owl:disjointWith ?two } WHERE {
        ?axiom owl:members ?list . ?list rdf:rest*/rdf:first ?first, ?second . FILTER (?first != ?second)
        ?one rdfs:subClassOf ?first . ?two rdfs:subClassOf ?second }""",
)
_STRING = "http://www.w3.org/2001/XMLSchema#string"
