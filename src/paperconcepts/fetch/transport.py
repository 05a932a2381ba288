"""One request and its answer over HTTP, with everything bounded: size, time, redirects, where they lead."""

import http.client
import socket
import ssl
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, UnknownHandler
from urllib.request import Request as HttpRequest

from paperconcepts.errors import ConfigurationError, FetchError
from paperconcepts.fetch.limits import Limits
from paperconcepts.fetch.pages import PageError
from paperconcepts.fetch.waiting import Clock

__all__ = ["Answer", "Transport", "check_address", "is_local"]

_BLOCK = 1 << 16
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_MOST_REDIRECTS = 3
_LOCAL = frozenset(("127.0.0.1", "localhost", "::1"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class _Reply(Protocol):
    status: int
    headers: http.client.HTTPMessage

    def read1(self, size: int, /) -> bytes: ...

    def close(self) -> None: ...


def is_local(address: str) -> bool:
    """Whether an address is one of this machine.

    Examples:
        >>> is_local("http://127.0.0.1:80/x"), is_local("https://127.0.0.1.example.org/")
        (True, False)
    """
    return urlsplit(address).hostname in _LOCAL


def check_address(address: str) -> str:
    """The address of an API if it may be asked: https, or http on this machine.

    Raises:
        ConfigurationError: it is another protocol, or no address.

    Examples:
        >>> check_address("https://export.arxiv.org/api/query")
        'https://export.arxiv.org/api/query'
        >>> check_address("file:///etc/passwd")
        Traceback (most recent call last):
        ...
        paperconcepts.errors.ConfigurationError: 'file:///etc/passwd' cannot be asked; give an https address
        without query
    """
    try:
        parts = urlsplit(address)
        good = (
            bool(parts.hostname)
            and address.isascii()
            and " " not in address
            and parts.port != 0
            and not (parts.query or parts.fragment or parts.username)
        )
    except ValueError:
        good = False
    if not good or not (parts.scheme == "https" or (parts.scheme == "http" and is_local(address))):
        raise ConfigurationError(f"{address[:100]!r} cannot be asked; give an https address without query")
    return address


class Transport:
    """Sends requests. Environment variables name the proxy, as usual; nothing but HTTP and HTTPS is known to it."""

    def __init__(self, source: str, *, limits: Limits, clock: Clock) -> None:
        self._source = source
        self._limits = limits
        self._clock = clock
        self._openers: dict[tuple[bool, bool], OpenerDirector] = {}

    def send(self, url: str, headers: Mapping[str, str]) -> Answer:
        """The answer to a GET request, after redirects on the same host.

        Raises:
            PageError: it was late, cut off, or nobody answered.
            FetchError: it is too large, leads to another host, or the host is unknown or cannot prove its name.
        """
        for _ in range(_MOST_REDIRECTS + 1):
            reply = self._open(url, headers)
            try:
                if reply.status not in _REDIRECTS:
                    return self._read(reply)
                url = self._redirect(url, reply.headers.get("Location") or "")
            finally:
                reply.close()
        raise FetchError("redirects without end", source=self._source)

    def _redirect(self, url: str, location: str) -> str:
        try:
            target = urljoin(url, location)
            old, new = urlsplit(url), urlsplit(target)
        except ValueError:
            raise FetchError("redirects to what is no address", source=self._source) from None
        if (new.scheme, new.netloc) != (old.scheme, old.netloc):
            place = ascii(f"{new.scheme}://{new.netloc}"[:100])
            raise FetchError(f"redirects to {place}, which is not asked; see --base-url", source=self._source)
        return target

    def _open(self, url: str, headers: Mapping[str, str]) -> _Reply:
        request = HttpRequest(url, headers=dict(headers))  # noqa: S310 - check_address has seen it
        # Errors are not chained: what http.client says may quote the address, and with it the key.
        try:
            reply: _Reply = self._opener(url).open(request, timeout=self._limits.silence_seconds)
        except URLError as error:
            raise self._explain(error.reason if isinstance(error.reason, Exception) else error) from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise self._explain(error) from None
        return reply

    def _opener(self, url: str) -> OpenerDirector:
        """What opens addresses: no handler for files or FTP, none that follows redirects or raises for a status."""
        secure, local = urlsplit(url).scheme == "https", is_local(url)
        if (secure, local) not in self._openers:
            opener = OpenerDirector()
            opener.add_handler(UnknownHandler())
            opener.add_handler(ProxyHandler({} if local else None))
            opener.add_handler(HTTPSHandler(context=ssl.create_default_context()) if secure else HTTPHandler())
            self._openers[secure, local] = opener
        return self._openers[secure, local]

    def _explain(self, error: Exception) -> Exception:
        if isinstance(error, socket.gaierror):
            return FetchError(f"{self._host_unknown(error)}; is this machine online?", source=self._source)
        if isinstance(error, ssl.SSLCertVerificationError):
            return FetchError(f"cannot prove its name ({error.verify_message})", source=self._source)
        if isinstance(error, http.client.InvalidURL):
            return FetchError("the address cannot be asked", source=self._source)
        if isinstance(error, TimeoutError):
            return PageError(f"no answer within {self._limits.silence_seconds:g} s")
        if isinstance(error, http.client.IncompleteRead):
            return PageError("an answer that was cut off")
        reason = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
        return PageError(f"a broken connection ({reason})")

    def _host_unknown(self, error: socket.gaierror) -> str:
        return f"the host cannot be found ({error.strerror or error})"

    def _read(self, reply: _Reply) -> Answer:
        headers = {name.lower(): value for name, value in reply.headers.items()}
        encoding = headers.get("content-encoding", "identity").strip().lower()
        if encoding not in ("identity", "", "gzip"):
            raise PageError(f"an answer packed as {encoding[:40]!r}", status=reply.status)
        end = self._clock.monotonic() + self._limits.response_seconds
        inflate = zlib.decompressobj(16 + zlib.MAX_WBITS) if encoding == "gzip" else None
        received, pieces, size = 0, list[bytes](), 0
        try:
            while block := reply.read1(_BLOCK):
                received += len(block)
                room = self._limits.response_bytes + 1 - size
                piece = inflate.decompress(block, room) if inflate else block
                pieces.append(piece)
                size += len(piece)
                if max(size, received) > self._limits.response_bytes:
                    most = self._limits.response_bytes
                    raise FetchError(f"answers with more than {most:,} bytes, which are not read", source=self._source)
                if self._clock.monotonic() > end:
                    raise PageError(f"an answer that was not whole after {self._limits.response_seconds:g} s")
        except zlib.error:
            raise PageError("a packed answer that is damaged") from None
        except (OSError, http.client.HTTPException) as error:
            if isinstance(error, FetchError):
                raise
            raise self._explain(error) from None
        declared = headers.get("content-length", "")
        if (declared.isdecimal() and received < int(declared[:12])) or (inflate and received and not inflate.eof):
            raise PageError(f"an answer that was cut off after {received:,} bytes", status=reply.status)
        return Answer(reply.status, headers, b"".join(pieces))
