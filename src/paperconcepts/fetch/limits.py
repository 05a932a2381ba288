"""What a fetch may cost at most."""

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The hard limits of a fetch; a server that goes beyond one costs an error, never the memory or the day.

    ``tries`` counts the requests for one page. ``longest_wait`` is the longest time that a server may ask to wait
    (``Retry-After``); one that asks for more ends the fetch. Times are in seconds.
    """

    response_bytes: int = 64 << 20
    response_seconds: float = 300.0
    silence_seconds: float = 60.0
    pages: int = 10_000
    seconds: float = 12 * 3600.0
    tries: int = 6
    longest_wait: float = 300.0
    stale_pages: int = 3
