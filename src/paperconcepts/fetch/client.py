"""Asks a source for pages: not too often, again after a fault that may pass, and not at all for what is kept."""

import http.client
import json
import re
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, quote_plus

from paperconcepts.errors import FetchError
from paperconcepts.fetch.cache import Cache
from paperconcepts.fetch.limits import Limits
from paperconcepts.fetch.pages import Page, PageError, Request
from paperconcepts.fetch.source import Source
from paperconcepts.fetch.transport import Answer, Transport
from paperconcepts.fetch.turns import Turns
from paperconcepts.fetch.waiting import Clock, backoff, granted_pause, parse_retry_after
from paperconcepts.version import __version__

__all__ = ["Client", "explain_body", "user_agent"]

_PASSING = frozenset((408, 425, 429, 500, 502, 503, 504))
_LONGEST_REASON = 200
_AGAIN = "the same command goes on from here later"
_SUMMARY = re.compile(r"<summary[^<>]{0,200}>([^<]{1,2000})</summary>")
_MEDIA = {"json": ("json",), "xml": ("xml", "atom")}


def user_agent(contact: str = "") -> str:
    """How we present ourselves: program, version, and who can be written to.

    Examples:
        >>> user_agent("ada@example.org").partition(" ")[2]
        '(mailto:ada@example.org)'
    """
    return f"paperconcepts/{__version__}" + (f" (mailto:{contact})" if contact else "")


def explain_body(body: str) -> str:
    """What an answer that refuses says of the reason, in one line; empty if it is a page for people.

    Examples:
        >>> explain_body('{"error": "Invalid filter", "message": "Unknown field: x"}')
        'Unknown field: x'
        >>> explain_body('{"message": [{"type": "date", "message": "not a date"}]}'), explain_body("<html><p>no</p>")
        ('not a date', '')
    """
    found = _SUMMARY.search(body)
    text = found[1] if found else ""
    with suppress(ValueError, RecursionError):
        value = json.loads(body)
        while isinstance(value, dict | list):
            if isinstance(value, list):
                value = value[0] if value else ""
            else:
                value = next((value[key] for key in ("message", "error", "detail") if value.get(key)), "")
        text = value if isinstance(value, str) else ""
    return "".join(sign if sign.isprintable() else " " for sign in " ".join(text.split()))


class Client:
    """The one connection to a source. ``requests`` counts what was asked for, ``kept`` what the cache had.

    The pause between two requests holds across commands too, as does that there is one at a time: see `Turns`, whose
    file lies in ``folder``.
    """

    def __init__(
        self, source: Source, *, folder: Path, cache: Cache | None, limits: Limits, clock: Clock,
        tell: Callable[[str], None],
    ) -> None:  # fmt: skip
        self.requests = 0
        self.kept = 0
        self._source = source
        self._cache = cache
        self._limits = limits
        self._clock = clock
        self._tell = tell
        self._transport = Transport(source.name, limits=limits, clock=clock)
        self._pause = source.pause
        self._turns = Turns(
            folder / "last-request", clock=clock, wait=self._wait, tell=lambda line: tell(f"{source.name}: {line}")
        )
        self._begin = self._next = clock.monotonic()

    def get_page(self, cursor: str) -> Page:
        """The page at a cursor.

        Raises:
            FetchError: the source refuses, or every try failed, or the time is up.
        """
        request = self._source.request(cursor)
        if self._cache and (body := self._cache.find(request.public_url)) is not None:
            with suppress(PageError):
                page = self._source.read(cursor, body)
                self.kept += 1
                return page
        for attempt in range(self._limits.tries):
            try:
                body = self._send(request)
                page = self._source.read(cursor, body)
            except PageError as error:
                self._rest_after(attempt, error)
                continue
            if self._cache and self.hide(body) == body:
                self._cache.keep(request.public_url, body)
            return page
        raise AssertionError("the last try raises")

    def _rest_after(self, attempt: int, error: PageError) -> None:
        reason = self.hide(str(error))
        if attempt + 1 == self._limits.tries:
            raise self._fail(
                f"{reason}, {attempt + 1} times; {_AGAIN}{self._hint(error.status)}", error.status
            ) from None
        if error.wait is not None and error.wait > self._limits.longest_wait:
            asked = f"and asks to wait {error.wait:,.0f} s"
            raise self._fail(f"{reason}, {asked}; {_AGAIN}{self._hint(error.status)}", error.status) from None
        seconds = max(backoff(attempt, self._pause), error.wait or 0.0)
        self._tell(f"{self._source.name}: {reason}; again in {seconds:g} s")
        self._next = max(self._next, self._clock.monotonic() + seconds)

    def _send(self, request: Request) -> str:
        # Before it is our turn, so that others may have theirs meanwhile.
        self._wait(self._next - self._clock.monotonic())
        headers = {
            "User-Agent": user_agent(self._source.access.contact),
            "Accept": "application/atom+xml" if self._source.media == "xml" else "application/json",
            "Accept-Encoding": "gzip",
            **dict(request.headers),
        }
        with self._turns.take(self._pause):
            self.requests += 1
            try:
                answer = self._transport.send(request.full_url, headers)
            finally:
                self._next = self._clock.monotonic() + self._pause
        self._pause = max(self._pause, granted_pause(answer.headers))
        self._next = self._clock.monotonic() + self._pause
        return self._check(answer)

    def _check(self, answer: Answer) -> str:
        status = answer.status
        if status != HTTPStatus.OK:
            phrase = http.client.responses.get(status, "unknown status")
            # The key goes before the text is cut: half of it would be found by nobody.
            said = self.hide(explain_body(answer.body[:100_000].decode("utf-8", "replace")))[:_LONGEST_REASON]
            reason = f"HTTP {status} ({phrase}{': ' + said if said else ''})"
            if status in _PASSING or status in self._source.passing:
                wait = parse_retry_after(answer.headers.get("retry-after"), now=self._clock.now())
                raise PageError(reason, wait=wait, status=status)
            raise self._fail(f"refuses: {reason}{self._hint(status)}", status)
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if not any(word in kind for word in _MEDIA[self._source.media]):
            raise PageError(f"an answer of type {kind[:60]!r} instead of {self._source.media.upper()}", status=status)
        try:
            return answer.body.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise PageError("an answer that is not UTF-8", status=status) from None

    def _hint(self, status: int | None) -> str:
        variable = self._source.key_variable
        if variable is None or status not in (401, 403, 429):
            return ""
        if self._source.access.key:
            return "" if status == HTTPStatus.TOO_MANY_REQUESTS else f"; is the key in {variable} right?"
        return f"; a key in {variable} may be needed"

    def _fail(self, reason: str, status: int | None) -> FetchError:
        return FetchError(self.hide(reason), source=self._source.name, status=status)

    def hide(self, text: str) -> str:
        """A text without the key, however a server may have quoted it."""
        key = self._source.access.key
        for form in {key, quote(key), quote(key, safe=""), quote_plus(key)} - {""}:
            text = text.replace(form, "***")
        return text

    def _wait(self, seconds: float) -> None:
        """Wait, if there is something to wait for and time for it."""
        seconds = max(seconds, 0.0)
        if self._clock.monotonic() + seconds - self._begin > self._limits.seconds:
            raise self._fail(f"the {self._limits.seconds:,.0f} s that a fetch may last are over; {_AGAIN}", None)
        if seconds:
            self._clock.sleep(seconds)
