"""The SHA-256 of input files, so that a reader of the output can check that it has the same ones."""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from paperconcepts.errors import SourceError
from paperconcepts.sources.cleaning import repair_text
from paperconcepts.sources.formats import SUFFIXES
from paperconcepts.sources.inputs import expand_inputs

__all__ = ["digest_inputs", "file_digest"]

_BLOCK = 1 << 20


def file_digest(path: Path) -> bytes:
    """The SHA-256 of a file.

    Raises:
        SourceError: it cannot be read.
    """
    found = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                found.update(block)
    except OSError as error:
        raise SourceError(f"cannot be opened ({error.strerror})", file=repair_text(str(path))) from error
    return found.digest()


def digest_inputs(inputs: str | Path | Iterable[str | Path]) -> dict[str, str]:
    """The SHA-256 of each file that ``inputs`` stand for, by its name in the output, in hexadecimal.

    Standard input and pipes have none, as they cannot be read twice, nor has a file that cannot be read.

    Raises:
        SourceError: something named does not exist, or nothing is there to read.

    Examples:
        >>> from paperconcepts.examples import corpus_path
        >>> [(name, len(digest)) for name, digest in digest_inputs(corpus_path()).items()]
        [('corpus.jsonl', 64)]
    """
    found = {}
    for item in expand_inputs(inputs, suffixes=SUFFIXES):
        if item.path is not None and item.path.is_file():
            with suppress(SourceError):  # of one that a build leaves out, and says so
                found[item.name] = file_digest(item.path).hex()
    return found
