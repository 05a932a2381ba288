"""Papers as stored rows: JSON that gives back exactly what went in, compressed. Never pickle."""

import hashlib
import json
import zlib
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from paperconcepts.model import Paper, SourceRecord

__all__ = ["DamagedRowError", "damage_told", "digest", "pack", "pack_paper", "text_key", "unpack", "unpack_paper"]

_Given = ParamSpec("_Given")
_Read = TypeVar("_Read")

# Enough that no two of a billion texts share it by chance.
_DIGEST_BYTES = 16


class DamagedRowError(ValueError):
    """A row is not what was stored; who opened the library makes it an error that names the file."""


def damage_told(read: Callable[_Given, _Read]) -> Callable[_Given, _Read]:
    """Make every error of ``read``, which turns stored bytes into data, a `DamagedRowError`."""

    @wraps(read)
    def told(*given: _Given.args, **named: _Given.kwargs) -> _Read:
        try:
            return read(*given, **named)
        except DamagedRowError:
            raise
        except (zlib.error, ValueError, TypeError, LookupError) as error:
            raise DamagedRowError(f"{type(error).__name__}: {error}") from error

    return told


def pack(value: Any) -> bytes:
    r"""JSON-ready ``value`` as compressed bytes; equal values give equal bytes.

    ASCII with escapes, so that half a surrogate pair, which no UTF-8 can hold, comes back as it was.

    Examples:
        >>> unpack(pack({"a": ["\ud800", 0.1, None]}))
        {'a': ['\ud800', 0.1, None]}
    """
    return zlib.compress(_dump(value), 6)


@damage_told
def unpack(data: bytes) -> Any:
    """What `pack` was given.

    Raises:
        DamagedRowError: it is not what `pack` made.
    """
    return json.loads(zlib.decompress(data))


def _dump(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("ascii")


def digest(value: Any) -> bytes:
    """128 bits of the SHA-256 of JSON-ready ``value``."""
    return hashlib.sha256(_dump(value)).digest()[:_DIGEST_BYTES]


def text_key(paper: Paper) -> bytes:
    """The key of what extraction reads of a paper: title and abstract, nothing else.

    Examples:
        >>> first, second = Paper(id="x:1", title="LoRA", issued="2021"), Paper(id="x:2", title="LoRA")
        >>> text_key(first) == text_key(second), text_key(first) == text_key(Paper(id="x:1", abstract="LoRA"))
        (True, False)
    """
    return digest([paper.title, paper.abstract])


def pack_paper(paper: Paper, *, sources: bool) -> tuple[bytes, bytes]:
    """The stored form of a paper and its digest, with the records that it was read from or without them.

    ``raw``, the text before cleaning, is left out: merged papers have none.
    """
    left_out = {"raw"} if sources else {"raw", "sources"}
    fields = paper.model_dump(exclude=left_out, exclude_defaults=True)
    return pack(fields), digest(fields)


@damage_told
def unpack_paper(data: bytes, *, sources: tuple[SourceRecord, ...] | None = None) -> Paper:
    """The paper that `pack_paper` was given; ``sources`` takes the place of those that were left out.

    Raises:
        DamagedRowError: it is not what `pack_paper` made.

    Examples:
        >>> paper = Paper(id="x:1", title="LoRA", authors=("A. Hu",), extra={"score": 1})
        >>> unpack_paper(pack_paper(paper, sources=True)[0]) == paper
        True
    """
    fields = unpack(data)
    if sources is not None:
        fields["sources"] = sources
    return Paper.model_validate(fields)
