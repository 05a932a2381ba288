"""Time: the clock, the waits between tries, and what servers say about waiting."""

import re
import time
from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime

__all__ = ["Clock", "backoff", "granted_pause", "parse_retry_after"]

_LONGEST_BACKOFF = 120.0
_SECONDS = re.compile(r"\s{0,9}(\d{1,9})(?:\.\d{1,9})?\s{0,9}", re.ASCII)
_INTERVAL = re.compile(r"\s{0,9}(\d{1,6})\s{0,9}(ms|s|m|h)?\s{0,9}", re.ASCII)
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, None: 1.0}


class Clock:
    """The system's time; tests bring one of their own."""

    def now(self) -> float:
        """Seconds since 1970, as dates count them."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Do nothing for so long."""
        time.sleep(seconds)


def backoff(attempt: int, pause: float) -> float:
    """How long to wait after try number ``attempt`` (from 0) has failed; without chance, so that runs can be repeated.

    Examples:
        >>> [backoff(attempt, 3.0) for attempt in range(4)], backoff(9, 3.0), backoff(0, 0.1)
        ([3.0, 6.0, 12.0, 24.0], 120.0, 2.0)
    """
    first = max(pause, 2.0)
    return float(min(first * 2**attempt, _LONGEST_BACKOFF))


def parse_retry_after(value: str | None, *, now: float) -> float | None:
    """The seconds that a ``Retry-After`` header asks for: a number or an HTTP date (RFC 9110, section 10.2.3).

    Examples:
        >>> parse_retry_after("120", now=0.0), parse_retry_after("Thu, 01 Jan 1970 00:01:00 GMT", now=10.0)
        (120.0, 50.0)
        >>> parse_retry_after("soon", now=0.0) is None, parse_retry_after("Thu, 01 Jan 1970 00:01:00 GMT", now=99.0)
        (True, 0.0)
    """
    if value is None:
        return None
    if match := _SECONDS.fullmatch(value):
        return float(match[1])
    try:
        moment = parsedate_to_datetime(value)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return max(0.0, moment.timestamp() - now)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def granted_pause(headers: Mapping[str, str]) -> float:
    """The pause between requests that ``X-Rate-Limit-Limit`` and ``-Interval`` ask for, as Crossref sends them.

    Examples:
        >>> granted_pause({"x-rate-limit-limit": "2", "x-rate-limit-interval": "10s"}), granted_pause({})
        (5.0, 0.0)
    """
    limit = _INTERVAL.fullmatch(headers.get("x-rate-limit-limit", ""))
    interval = _INTERVAL.fullmatch(headers.get("x-rate-limit-interval", ""))
    if limit is None or interval is None or not int(limit[1]):
        return 0.0
    return min(int(interval[1]) * _UNITS[interval[2]] / int(limit[1]), _LONGEST_BACKOFF)
