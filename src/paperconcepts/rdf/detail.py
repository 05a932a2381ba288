"""How much of a graph an RDF export tells, and under which licence."""

from enum import StrEnum

from paperconcepts.errors import ConfigurationError
from paperconcepts.rdf.iris import web_iri

__all__ = ["DEFAULT_LICENCE", "DetailLevel", "check_level", "check_licence"]

DEFAULT_LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
"""The statements of an export are facts, in which no rights are claimed; texts stay with their authors."""


class DetailLevel(StrEnum):
    """What an export holds; each level holds the one before it.

    Attributes:
        CORE: papers, concepts, the direct triples of roles and relations, the description of the data set and the run.
        EVIDENCE: also the nodes of assertions, relations, results and evidence with their sentences and the mentions in
            them; of each text its SHA-256 in place of its words, so that no abstract is republished.
        FULL: also the texts, every mention, authorships and the numbers of records.
    """

    CORE = "core"
    EVIDENCE = "evidence"
    FULL = "full"

    @property
    def has_evidence(self) -> bool:
        """Whether statements have nodes of their own."""
        return self is not DetailLevel.CORE

    @property
    def has_texts(self) -> bool:
        """Whether texts stand in full."""
        return self is DetailLevel.FULL


def check_level(level: str) -> DetailLevel:
    """Return the level of this name.

    Raises:
        ConfigurationError: there is none.

    Examples:
        >>> check_level("core")
        <DetailLevel.CORE: 'core'>
        >>> check_level("all")
        Traceback (most recent call last):
        ...
        paperconcepts.errors.ConfigurationError: RDF level 'all' is none of core, evidence, full
    """
    try:
        return DetailLevel(level)
    except ValueError:
        raise ConfigurationError(f"RDF level {level!r} is none of {', '.join(DetailLevel)}") from None


def check_licence(licence: str) -> str:
    """Return the IRI of a licence.

    Raises:
        ConfigurationError: it is no http(s) IRI.

    Examples:
        >>> check_licence("CC0")
        Traceback (most recent call last):
        ...
        paperconcepts.errors.ConfigurationError: licence 'CC0' must be an http(s) IRI, for example https://...
    """
    if web_iri(licence) is None:
        raise ConfigurationError(f"licence {licence!r} must be an http(s) IRI, for example {DEFAULT_LICENCE}")
    return licence
