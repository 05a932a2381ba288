"""Make IRIs that every parser accepts, from ids that may hold anything."""

import hashlib
import re
from dataclasses import dataclass, fields
from functools import lru_cache
from operator import attrgetter
from urllib.parse import quote, unquote

from paperconcepts.model import Assertion, Evidence, Relation, Result
from paperconcepts.rdf.namespaces import PREDICATE_NAMES, ROLE_NAMES, check_base

__all__ = ["Iris", "decode_curie", "encode_curie", "encode_local", "web_iri"]

_WEB_IRI = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?"
    r"(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?"
    r"(?:\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?"
    r"(?:#(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?\Z"
)
_EDGE_DOTS = re.compile(r"\A\.+|\.+\Z")
# All that a piece of evidence and a result say, in the order of their fields.
_said = attrgetter(*(item.name for item in fields(Evidence)))
_stated = attrgetter(*(item.name for item in fields(Result) if item.name != "evidence"))
# Names of graphs that no input file may take.
_OWN_GRAPHS = frozenset({"concepts", "papers"})


@lru_cache(maxsize=65536)
def encode_local(text: str) -> str:
    """Percent-encode all but ASCII letters, digits, ``_ . - ~``; dots at the ends too (``..`` is a path step).

    Different texts give different names.

    Examples:
        >>> encode_local("10.1145/x<y>")
        '10.1145%2Fx%3Cy%3E'
        >>> encode_local("..")
        '%2E%2E'
    """
    return _EDGE_DOTS.sub(lambda dots: "%2E" * len(dots[0]), quote(text, safe="", errors="replace"))


@lru_cache(maxsize=65536)
def encode_curie(curie: str) -> str:
    """Turn a CURIE into a local name: its colon becomes the first underscore. Different ids give different names.

    Not a dot: Oxigraph reads prefixed names with two dots (``paper:arxiv.2305.18290``) wrongly.

    Examples:
        >>> encode_curie("arxiv:2305.18290")
        'arxiv_2305.18290'
        >>> encode_curie("a_b:c"), encode_curie("a:b_c"), encode_curie("b_c")
        ('a%5Fb_c', 'a_b_c', 'b%5Fc')
    """
    scheme, _, rest = curie.partition(":")
    if scheme and rest:
        return f"{encode_local(scheme).replace('_', '%5F')}_{encode_local(rest)}"
    return encode_local(curie).replace("_", "%5F")


def decode_curie(local: str) -> str:
    """Return the CURIE of a local name that :func:`encode_curie` made.

    Examples:
        >>> decode_curie("arxiv_2305.18290"), decode_curie("a%5Fb_c_d"), decode_curie("b%5Fc")
        ('arxiv:2305.18290', 'a_b:c_d', 'b_c')
    """
    scheme, underscore, rest = local.partition("_")
    return unquote(scheme) + (":" if underscore else "") + unquote(rest)


def web_iri(text: str) -> str | None:
    """Return ``text`` if it is an http(s) IRI in plain ASCII, else None.

    Examples:
        >>> web_iri("https://example.org/a?b=1#c")
        'https://example.org/a?b=1#c'
        >>> web_iri("https://example.org/a b") is None
        True
    """
    return text if _WEB_IRI.match(text) else None


@dataclass(frozen=True, slots=True)
class Iris:
    """The IRIs of one export, all below ``base``.

    Examples:
        >>> iris = Iris("https://example.org/")
        >>> iris.text("arxiv:2305.18290", "title")
        'https://example.org/text/arxiv_2305.18290_title'
        >>> iris.mention("arxiv:2305.18290", "title", 0, 4)
        'https://example.org/mention/arxiv_2305.18290_title_0_4'
    """

    base: str

    def __post_init__(self) -> None:
        check_base(self.base)

    @property
    def scheme(self) -> str:
        """The concept scheme that all concepts are in."""
        return f"{self.base}concepts"

    @property
    def dataset(self) -> str:
        """The data set: all that an export holds."""
        return f"{self.base}dataset"

    def part(self, name: str) -> str:
        """The IRI of a part of the data set: the nodes of a class, the triples of a property."""
        return f"{self.base}dataset/{encode_local(name)}"

    @property
    def concepts_graph(self) -> str:
        """The named graph of the scheme, the concepts and their relations."""
        return f"{self.base}graph/concepts"

    @property
    def papers_graph(self) -> str:
        """The named graph of papers that were not read from a file."""
        return f"{self.base}graph/papers"

    def source_graph(self, file: str) -> str:
        """The named graph of what the papers of an input file say.

        Examples:
            >>> Iris("https://example.org/").source_graph("in/a.jsonl")
            'https://example.org/graph/in%2Fa.jsonl'
        """
        name = encode_local(file)
        # A file without suffix could be called "concepts".
        return f"{self.base}graph/{f'%{ord(name[0]):02X}{name[1:]}' if name in _OWN_GRAPHS else name}"

    def paper(self, paper_id: str) -> str:
        """The IRI of a paper."""
        return f"{self.base}paper/{encode_curie(paper_id)}"

    def concept(self, concept_id: str) -> str:
        """The IRI of a concept."""
        return f"{self.base}concept/{encode_local(concept_id)}"

    def source(self, file: str) -> str:
        """The IRI of an input file."""
        return f"{self.base}source/{encode_local(file)}"

    def run(self, version: str) -> str:
        """The IRI of the run of a version of this package."""
        return f"{self.base}run/paperconcepts-{encode_local(version)}"

    def agent(self, version: str) -> str:
        """The IRI of the software of that run."""
        return f"{self.base}agent/paperconcepts-{encode_local(version)}"

    def authorship(self, paper_id: str, position: int) -> str:
        """The IRI of the place of a name among the authors of a paper, from 1."""
        return f"{self.base}authorship/{encode_curie(paper_id)}_{position}"

    def text(self, paper_id: str, field: str) -> str:
        """The IRI of a field of a paper."""
        return f"{self.base}text/{encode_curie(paper_id)}_{encode_local(field)}"

    def sentence(self, paper_id: str, field: str, start: int, end: int) -> str:
        """The IRI of a sentence."""
        return f"{self.base}sentence/{encode_curie(paper_id)}_{encode_local(field)}_{start}_{end}"

    def mention(self, paper_id: str, field: str, start: int, end: int) -> str:
        """The IRI of a span that names a concept."""
        return f"{self.base}mention/{encode_curie(paper_id)}_{encode_local(field)}_{start}_{end}"

    def assertion(self, item: Assertion) -> str:
        """The IRI of an assertion: its triple, so that new evidence keeps it."""
        paper, concept = encode_curie(item.paper_id), encode_local(item.concept_id)
        return f"{self.base}assertion/{paper}_{ROLE_NAMES[item.role]}_{concept}"

    def relation(self, item: Relation) -> str:
        """The IRI of a relation: its triple, so that new evidence keeps it."""
        subject, target = encode_local(item.subject), encode_local(item.object)
        return f"{self.base}relation/{subject}_{PREDICATE_NAMES[item.predicate]}_{target}"

    def evidence(self, owner: str, item: Evidence) -> str:
        """The IRI of a piece of evidence for the triple whose IRI is ``owner``: a digest of all it says."""
        return f"{self.base}evidence/{_digest((owner.removeprefix(self.base), _said(item)))}"

    def result(self, item: Result) -> str:
        """The IRI of a result: a digest of all it says."""
        return f"{self.base}result/{_digest((_stated(item), _said(item.evidence)))}"


def _digest(said: tuple[object, ...]) -> str:
    return hashlib.sha256(repr(said).encode("utf-8", "backslashreplace")).hexdigest()[:20]
