"""The concept catalogue as SKOS: a concept scheme of its own, in Turtle."""

from collections.abc import Iterator
from pathlib import Path

from paperconcepts.files import open_atomic
from paperconcepts.rdf.iris import encode_local
from paperconcepts.rdf.namespaces import DEFAULT_BASE, PREFIXES, check_base
from paperconcepts.rdf.terms import english, iri, string
from paperconcepts.version import __version__
from paperconcepts.vocabulary import CatalogueEntry, Vocabulary, load_catalogue

__all__ = ["catalogue_turtle", "write_catalogue"]

_USED = ("dcterms", "owl", "pc", "skos")
_LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"


def catalogue_turtle(vocabulary: Vocabulary | None = None, *, base: str = DEFAULT_BASE) -> Iterator[str]:
    """Yield the Turtle of a catalogue, by default the one that ships: the scheme, then each concept, by id.

    Concepts have the IRIs that graphs with this base give them. No concept bears a label that is also its preferred
    one, and a concept without a broader one is a top concept.

    Raises:
        ConfigurationError: ``base`` is not a usable IRI.

    Examples:
        >>> text = "".join(catalogue_turtle())
        >>> print(text[text.index("concept:low-rank-adaptation a ") :].split(" ;")[1].strip())
        skos:prefLabel "Low-Rank Adaptation"@en
    """
    entries = load_catalogue() if vocabulary is None else vocabulary
    yield "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in _USED)
    yield f"@prefix concept: <{check_base(base)}concept/> .\n"
    scheme = iri(f"{base}catalogue")
    narrower: dict[str, list[str]] = {}
    for entry in entries:
        for above in entry.concept.broader:
            narrower.setdefault(above, []).append(entry.concept.id)
    tops = [entry.concept.id for entry in entries if not entry.concept.broader]
    yield _block(scheme, _scheme_lines(tops))
    for entry in entries:
        yield _block(_name(entry.concept.id), _concept_lines(entry, scheme, narrower.get(entry.concept.id, [])))


def write_catalogue(path: str | Path, *, vocabulary: Vocabulary | None = None, base: str = DEFAULT_BASE) -> None:
    """Write a catalogue, by default the one that ships, as SKOS in Turtle, whole or not at all.

    Raises:
        ConfigurationError: ``base`` is not a usable IRI.
        OutputError: the file cannot be written.

    Examples:
        >>> import pathlib, tempfile
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "catalogue.ttl"
        >>> write_catalogue(target, vocabulary=Vocabulary([]), base="https://example.org/")
        >>> "<https://example.org/catalogue> a skos:ConceptScheme" in target.read_text()
        True
    """
    check_base(base)
    with open_atomic(path) as stream:
        stream.writelines(catalogue_turtle(vocabulary, base=base))


def _block(subject: str, lines: list[str]) -> str:
    body = " ;\n    ".join(lines)
    return f"\n{subject} {body} .\n"


def _name(concept_id: str) -> str:
    return f"concept:{encode_local(concept_id)}"


def _scheme_lines(tops: list[str]) -> list[str]:
    lines = [
        "a skos:ConceptScheme",
        f"dcterms:title {english('The paperconcepts catalogue')}",
        f"dcterms:description {english('Curated methods, models, datasets, tasks and metrics of research papers.')}",
        f"dcterms:creator {string('The paperconcepts authors')}",
        f"dcterms:license {iri(_LICENCE)}",
        f"owl:versionInfo {string(__version__)}",
    ]
    return [*lines, f"skos:hasTopConcept {', '.join(map(_name, tops))}"] if tops else lines


def _concept_lines(entry: CatalogueEntry, scheme: str, narrower: list[str]) -> list[str]:
    concept = entry.concept
    lines = [f"a skos:Concept, pc:Concept, pc:{concept.type}", f"skos:prefLabel {english(concept.label)}"]
    aliases = sorted(set(entry.aliases) - {concept.label})
    if aliases:
        lines.append(f"skos:altLabel {', '.join(map(english, aliases))}")
    if concept.definition:
        lines.append(f"skos:definition {english(concept.definition)}")
    if entry.context:
        words = ", ".join(entry.context)
        lines.append(f"skos:scopeNote {english(f'Of this name where a paper speaks of: {words}.')}")
    lines += [f"skos:inScheme {scheme}", "pc:catalogued true", f"skos:notation {string(concept.id)}"]
    if concept.broader:
        lines.append(f"skos:broader {', '.join(map(_name, sorted(concept.broader)))}")
    else:
        lines.append(f"skos:topConceptOf {scheme}")
    if narrower:
        lines.append(f"skos:narrower {', '.join(map(_name, sorted(narrower)))}")
    return lines
