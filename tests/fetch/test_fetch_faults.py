"""Whatever a server does: a fault that passes costs time only, one that stays costs an error that says what to do."""

import gzip
import json
import threading
import zlib
from typing import Any

import pytest

from paperconcepts.errors import FetchError
from paperconcepts.fetch import Limits
from paperconcepts.fetch.waiting import parse_retry_after

from .conftest import NOON, SIZE, Fetch, Reply, Stage, atom_entry, atom_feed, essence, expected, scholar

HTML = {"Content-Type": "text/html"}
GZIP = {"Content-Encoding": "gzip"}
GOOD = json.dumps({"total": 1, "data": [scholar(1)]}).encode()

PASSING: list[tuple[str, Reply, str]] = [
    ("server error", Reply(b"", 500), "HTTP 500 (Internal Server Error)"),
    ("bad gateway", Reply(b"<html>", 502, HTML), "HTTP 502 (Bad Gateway)"),
    ("unavailable", Reply({"error": "busy"}, 503), "HTTP 503 (Service Unavailable: busy)"),
    ("too many requests", Reply(b"", 429), "HTTP 429 (Too Many Requests)"),
    ("cut off", Reply(GOOD, missing=500), "cut off after"),
    ("cut within a chunk", Reply(chunks=(GOOD[:20],)), "cut off"),
    ("half of it", Reply(GOOD[:60]), "not JSON"),
    ("no JSON", Reply(b"\x00\x01"), "not JSON"),
    ("deep", Reply(b"[" * 200_000), "not JSON"),
    ("a long number", Reply(b'{"data": [' + b"9" * 5_000 + b"]}"), "not JSON"),
    ("nothing", Reply(b""), "not JSON"),
    ("no list", Reply({"data": "x"}), "without the list data"),
    ("a list", Reply([1]), "without the list data"),
    ("a page for people", Reply(b"<html>Back soon</html>", headers=HTML), "of type 'text/html' instead of JSON"),
    ("no type", Reply(GOOD, headers={"Content-Type": ""}), "of type ''"),
    ("other bytes", Reply(b'{"data": ["\xff"]}'), "not UTF-8"),
    ("packed by halves", Reply(gzip.compress(GOOD)[:-15], headers=GZIP), "cut off"),
    ("badly packed", Reply(b"not packed at all", headers=GZIP), "damaged"),
    ("strangely packed", Reply(GOOD, headers={"Content-Encoding": "br"}), "packed as 'br'"),
]


@pytest.mark.parametrize(("reply", "reason"), [row[1:] for row in PASSING], ids=[row[0] for row in PASSING])
def test_faults_that_pass(stage: Stage, fetch: Fetch, reply: Reply, reason: str) -> None:
    """After a fault the page is asked for again, a little later, and the file is as if nothing had been."""
    stage.play("semantic-scholar")
    stage.faults = [None, reply, reply]
    report = fetch("semantic-scholar")
    assert (report.records, report.requests) == (SIZE, 5)
    assert fetch.clock.sleeps == [3.0, 3.0, 6.0, 3.0]
    assert sum(reason in line and "again in" in line for line in fetch.said) == 2
    from paperconcepts.sources import read_papers

    assert essence(list(read_papers(fetch.path("semantic-scholar")))) == expected()


@pytest.mark.parametrize(("reply", "reason"), [row[1:] for row in PASSING], ids=[row[0] for row in PASSING])
def test_faults_that_stay(stage: Stage, fetch: Fetch, reply: Reply, reason: str) -> None:
    """After six tries the fetch ends; what came before is kept, nothing appears under the final name."""
    stage.play("semantic-scholar")
    stage.faults = [None, *[reply] * 6]
    with pytest.raises(FetchError) as caught:
        fetch("semantic-scholar")
    assert reason in str(caught.value)
    assert ", 6 times; the same command goes on from here later" in str(caught.value)
    assert fetch.clock.sleeps == [3.0, 3.0, 6.0, 12.0, 24.0, 48.0]
    assert not fetch.path("semantic-scholar").exists()
    assert fetch.part("semantic-scholar").exists()
    assert fetch("semantic-scholar").resumed == 100


XML_FAULTS = {
    "cut": (atom_feed([atom_entry(1)], 1)[:-9], "not well-formed"),
    "page": ("<html><body>Rate exceeded.</body></html>", "no Atom feed"),
    "entities": ('<!DOCTYPE feed [<!ENTITY a "aa">]>' + atom_feed([atom_entry(1)], 1)[39:], "DOCTYPE"),
    "prefixes": (
        '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:id>http://arxiv.org/abs/1</a:id></a:entry></a:feed>',
        "not the Atom feed",
    ),
    "strange names": (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:q="http://q"><entry><q:x/></entry></feed>',
        "not well-formed",
    ),
    "empty within": (atom_feed([], SIZE), "an empty page after"),
    "error": (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/api/errors#x</id><summary>bad id'
        "</summary></entry></feed>",
        "an error: bad id",
    ),
}


@pytest.mark.parametrize("name", XML_FAULTS)
def test_faults_of_feeds(stage: Stage, fetch: Fetch, name: str) -> None:
    """A feed that is damaged, no feed, hostile or empty before its time is asked for again."""
    body, reason = XML_FAULTS[name]
    stage.play("arxiv")
    stage.faults = [None, Reply(body)]
    assert fetch().records == SIZE
    assert sum(reason in line for line in fetch.said) == 1
    stage.faults = [Reply(body)] * 6
    with pytest.raises(FetchError, match=reason):
        fetch(use_cache=False)


def test_slow_server(stage: Stage, fetch: Fetch) -> None:
    """A server that says nothing is asked again."""
    stage.play("crossref", 5)
    silent = threading.Event()
    stage.faults = [Reply(b"", wait=silent)]
    report = fetch("crossref", limits=Limits(silence_seconds=0.2))
    silent.set()
    assert (report.records, report.requests) == (5, 2)
    assert "no answer within 0.2 s" in fetch.said[0]


def test_answer_in_drops(stage: Stage, fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that comes, but too slowly, is given up and asked for again."""
    stage.play("crossref")
    hurry = fetch.clock.monotonic

    def monotonic() -> float:
        fetch.clock.time += 40.0 if len(stage.asked) == 1 else 0.0
        return hurry()

    monkeypatch.setattr(fetch.clock, "monotonic", monotonic)
    stage.faults = [Reply(b" " * 3_000_000)]
    assert fetch("crossref").records == SIZE
    assert any("not whole after 300 s" in line for line in fetch.said)


def test_nobody_there(stage: Stage, fetch: Fetch) -> None:
    """A port on which nobody answers is tried several times."""
    stage.close()
    with pytest.raises(FetchError, match="a broken connection") as caught:
        fetch("crossref")
    assert (caught.value.source, caught.value.status) == ("crossref", None)
    assert len(fetch.clock.sleeps) == 5
    assert not list(fetch.folder.glob("out*"))


def test_unknown_host(fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host without an address ends the fetch at once: the machine is likely offline."""
    import socket

    def fail(*_: Any, **__: Any) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    for name in ("http_proxy", "https_proxy", "HTTPS_PROXY", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(FetchError, match=r"the host cannot be found .*is this machine online"):
        fetch("arxiv", base_url=None)
    assert fetch.clock.sleeps == []


@pytest.mark.parametrize(
    ("value", "slept"),
    [
        ("17", 17.0),
        ("1", 3.0),  # never less than our own patience
        ("Thu, 09 Oct 2025 12:01:30 GMT", 90.0),
        ("Wed, 01 Jan 2020 00:00:00 GMT", 3.0),
        ("soon", 3.0),
        ("9" * 400, 3.0),
    ],
)
def test_retry_after(stage: Stage, fetch: Fetch, value: str, slept: float) -> None:
    """What a server says of when to come again is heeded, as seconds or as a date."""
    stage.play("crossref", 5)
    stage.faults = [Reply(b"", 429, {"Retry-After": value})]
    fetch.clock.time = NOON
    fetch("crossref")
    # Crossref's own pause is 1 s, the first back-off 2 s.
    assert fetch.clock.sleeps == [2.0 if slept == 3.0 else slept]


@pytest.mark.parametrize("value", ["301", "86400", "Fri, 10 Oct 2025 12:00:00 GMT"])
def test_retry_after_too_long(stage: Stage, fetch: Fetch, value: str) -> None:
    """Who asks for more patience than there is gets none; the message says when to come again."""
    stage.play("crossref", 250)
    stage.faults = [None, Reply(b"", 429, {"Retry-After": value})]
    with pytest.raises(FetchError, match=r"asks to wait [\d,]+ s; the same command goes on from here later") as caught:
        fetch("crossref")
    assert caught.value.status == 429
    assert len(stage.asked) == 2
    assert fetch("crossref").resumed == 100


def test_odd_dates() -> None:
    """A date that is none, or none that a computer knows, says nothing."""
    for value in ("", "Thu, 99 Oct 2025 12:00:00 GMT", "Thu, 09 Oct 99999 12:00:00 GMT", "-5", "\ud800", "٣"):
        assert parse_retry_after(value, now=NOON) is None


REFUSED: list[tuple[str, Reply, str]] = [
    ("crossref", Reply({"message": [{"message": "bad date"}]}, 400), "HTTP 400 (Bad Request: bad date)"),
    ("crossref", Reply({"detail": "x" * 999 + "\x1b[31m"}, 404), "HTTP 404 (Not Found: " + "x" * 200 + ")"),
    ("crossref", Reply(b"<html>No</html>", 403, HTML), "HTTP 403 (Forbidden)"),
    ("crossref", Reply(b"", 299), "HTTP 299 (unknown status)"),
    ("arxiv", Reply('<feed xmlns="x"><entry><summary>start must be positive</summary></entry></feed>', 400),
     "HTTP 400 (Bad Request: start must be positive)"),
    ("semantic-scholar", Reply({"message": "Forbidden"}, 403),
     "HTTP 403 (Forbidden: Forbidden); a key in SEMANTIC_SCHOLAR_API_KEY may be needed"),
    ("openalex", Reply({"message": "who?"}, 401), "(Unauthorized: who?); a key in OPENALEX_API_KEY may be needed"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "reply", "message"), REFUSED)
def test_refusals(stage: Stage, fetch: Fetch, source: str, reply: Reply, message: str) -> None:
    """A request that the server refuses is not repeated, and its reason is given in one printable line."""
    stage.faults = [reply]
    with pytest.raises(FetchError) as caught:
        fetch(source)
    assert message in str(caught.value)
    assert str(caught.value).isprintable()
    assert (caught.value.status, len(stage.asked)) == (reply.status, 1)


def test_openalex_403_passes(stage: Stage, fetch: Fetch) -> None:
    """OpenAlex says 403 to who asks too fast."""
    stage.play("openalex", 5)
    stage.faults = [Reply(b"", 403)]
    assert fetch("openalex").requests == 2


def test_key_may_be_needed(stage: Stage, fetch: Fetch) -> None:
    """Who is asked to slow down again and again is told of keys."""
    stage.faults = [Reply(b"", 429)] * 6
    with pytest.raises(FetchError, match="goes on from here later; a key in OPENALEX_API_KEY may be needed"):
        fetch("openalex")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_on_the_same_host(stage: Stage, fetch: Fetch, status: int) -> None:
    """A redirect is followed where it stays on the host."""
    stage.play("crossref", 5)
    stage.faults = [Reply(b"", status, {"Location": "/v2/api?offset=0&rows=100"})]
    assert fetch("crossref").records == 5
    assert [item.path for item in stage.asked] == ["/api", "/v2/api"]


ELSEWHERE = ["https://example.org/x", "http://127.0.0.1:1/x", "//evil.example/x", "file:///etc/passwd", "ftp://127.0.0.1/",
             "https://127.0.0.1/", "http://user@127.0.0.1/x", "http://[bad"]  # fmt: skip


@pytest.mark.parametrize("place", ELSEWHERE)
def test_redirect_elsewhere(stage: Stage, fetch: Fetch, place: str) -> None:
    """A redirect to another host, port or protocol is refused."""
    stage.play("crossref", 5)
    stage.faults = [Reply(b"", 302, {"Location": place})]
    with pytest.raises(FetchError, match="redirects to"):
        fetch("crossref")
    assert len(stage.asked) == 1


def test_redirects_without_end(stage: Stage, fetch: Fetch) -> None:
    """Redirects in a circle end."""
    stage.answer = lambda params, headers: Reply(b"", 302, {"Location": "/api"})
    with pytest.raises(FetchError, match="without end"):
        fetch("crossref")
    assert len(stage.asked) == 4


@pytest.mark.parametrize("packed", [False, True])
def test_huge_answers(stage: Stage, fetch: Fetch, packed: bool) -> None:
    """An answer beyond the limit is not read to its end, packed or not."""
    body = b" " * 3_000_000
    stage.faults = [Reply(zlib.compress(body, wbits=31) if packed else body, headers=GZIP if packed else {})]
    with pytest.raises(FetchError, match="more than 100,000 bytes"):
        fetch("crossref", limits=Limits(response_bytes=100_000))
    assert len(stage.asked) == 1


def test_packed_answers(stage: Stage, fetch: Fetch) -> None:
    """A gzip answer is unpacked."""
    stage.faults = [Reply(gzip.compress(GOOD), headers=GZIP)]
    assert fetch("semantic-scholar").records == 1
    assert stage.asked[0].headers["Accept-Encoding"] == "gzip"


def test_repeated_cursor(stage: Stage, fetch: Fetch) -> None:
    """A server that gives a cursor again is left."""
    pages = iter(range(100))
    stage.answer = lambda params, headers: Reply({"data": [scholar(next(pages))], "token": "same"})
    with pytest.raises(FetchError, match="the same page again and again"):
        fetch("semantic-scholar")
    assert len(stage.asked) == 2


def test_repeated_page(stage: Stage, fetch: Fetch) -> None:
    """A server that takes no notice of the place asked for is left after three pages without news."""
    stage.answer = lambda params, headers: Reply(atom_feed([atom_entry(number) for number in range(100)], 5_000))
    with pytest.raises(FetchError, match="the same page again and again"):
        fetch()
    assert len(stage.asked) == 4


def test_too_many_pages(stage: Stage, fetch: Fetch) -> None:
    """The number of pages has an end."""
    stage.play("crossref", 1_000)
    with pytest.raises(FetchError, match="more than 2 pages"):
        fetch("crossref", limits=Limits(pages=2))


def test_too_long(stage: Stage, fetch: Fetch) -> None:
    """The time of a fetch has an end; what came is kept."""
    stage.play("arxiv")
    with pytest.raises(FetchError, match="the 5 s that a fetch may last are over; the same command goes on"):
        fetch(limits=Limits(seconds=5.0))
    assert fetch().resumed == 200
