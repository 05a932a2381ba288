"""What extracts, as one digest: two equal digests give equal finds for equal texts."""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from paperconcepts.library.linked_rows import ROW_FORMAT
from paperconcepts.version import __version__
from paperconcepts.vocabulary import ontology_path

__all__ = ["Extractor", "describe_extractor", "digest_of_package", "digest_of_reader"]

_PACKAGE = Path(__file__).resolve().parents[1]
# The bundled corpus is input, not part of what reads it.
_NO_PART = frozenset({"corpus.jsonl", "README.md"})
_STAGES = ("data", "extraction", "linking", "model", "vocabulary")


@dataclass(frozen=True, slots=True)
class Extractor:
    """A profile with the version of rules, models and catalogue behind it.

    Attributes:
        profile: ``default`` or ``fast``.
        version: what a person is told: the version of the package and the beginning of the digest.
        digest: changes with every file that can change what is found.
    """

    profile: str
    version: str
    digest: bytes


@cache
def describe_extractor(profile: str) -> Extractor:
    """The extractor of this installation with this profile.

    A released version would be told by its number; in a checkout, or with a catalogue of one's own, only the content of
    the files says whether two runs can differ, so that this is what counts.

    Examples:
        >>> describe_extractor("fast").digest == describe_extractor("default").digest
        False
    """
    folders = [_PACKAGE / stage for stage in _STAGES]
    facts = [profile, str(ROW_FORMAT), unicodedata.unidata_version, _version_of("spacy")]
    found = _digest([*folders, ontology_path("concepts")], facts)
    return Extractor(profile, f"{__version__} ({found.hex()[:8]})", found)


@cache
def digest_of_reader() -> bytes:
    """Changes with every file of what reads and merges records."""
    return _digest([_PACKAGE / "sources", _PACKAGE / "model"], [unicodedata.unidata_version])


@cache
def digest_of_package() -> bytes:
    """Changes with every file of the package and the ontology, and with the libraries that write files."""
    libraries = ("networkx", "numpy", "pydantic", "pyoxigraph", "rdflib")
    return _digest([_PACKAGE, ontology_path()], [f"{name} {_version_of(name)}" for name in libraries])


def _version_of(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _digest(folders: Iterable[Path], facts: Iterable[str]) -> bytes:
    found = hashlib.sha256("\n".join(facts).encode())
    for folder in folders:
        files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        for name, path in sorted((path.relative_to(folder).as_posix(), path) for path in files):
            if path.name not in _NO_PART and not path.name.startswith("."):
                found.update(f"\n{folder.name}/{name}\n".encode())
                found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.digest()[:16]
