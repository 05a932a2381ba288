"""A server on this machine that plays the APIs with invented papers, and a clock on which nobody waits."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from paperconcepts.fetch import KINDS, Clock, FetchReport, Limits, fetch_records
from paperconcepts.model import Paper

NOON = 1_760_011_200.0  # 2025-10-09, 12:00 UTC
SIZE = 230
WORDS = dict.fromkeys(KINDS, "wombat") | {"hf-daily": "2025-09-01..2025-09-10"}
SUFFIX = dict.fromkeys(KINDS, ".jsonl") | {"arxiv": ".atom"}
Params = dict[str, str]


class FakeClock(Clock):
    """Time that passes only while one sleeps."""

    def __init__(self) -> None:
        self.time = NOON
        self.sleeps: list[float] = []

    def now(self) -> float:
        return self.time

    def monotonic(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(round(seconds, 6))
        self.time += seconds


@dataclass
class Reply:
    """What the server says; ``body`` may be a value, which is sent as JSON, or a text, which is sent as Atom."""

    body: Any = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    missing: int = 0  # bytes that are announced and never come
    chunks: tuple[bytes, ...] = ()  # sent as a chunked body that does not end
    wait: threading.Event | None = None  # nothing is sent before it is set

    def encoded(self) -> tuple[bytes, str]:
        if isinstance(self.body, bytes):
            return self.body, "application/json"
        if isinstance(self.body, str):
            return self.body.encode(), "application/atom+xml; charset=utf-8"
        return json.dumps(self.body).encode(), "application/json; charset=utf-8"


@dataclass
class Asked:
    """A request that arrived."""

    path: str
    query: str
    params: Params
    headers: Message


class Stage:
    """The server. ``faults`` are given before what ``answer`` has to say, one a request; None lets it speak."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.faults: list[Reply | None] = []
        self.answer: Callable[[Params, Message], Reply] = lambda params, headers: Reply({}, 404)
        stage = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # an answer goes out in one piece
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                params = dict(parse_qsl(parts.query, keep_blank_values=True))
                stage.asked.append(Asked(parts.path, parts.query, params, self.headers))
                reply = (stage.faults.pop(0) if stage.faults else None) or stage.answer(params, self.headers)
                with suppress(OSError):  # who asked may have gone
                    self._send(reply)
                self.close_connection = True

            def _send(self, reply: Reply) -> None:
                if reply.wait:
                    reply.wait.wait(20)
                body, kind = reply.encoded()
                self.send_response(reply.status)
                headers = {"Content-Type": kind, **reply.headers}
                if reply.chunks:
                    headers["Transfer-Encoding"] = "chunked"
                else:
                    headers["Content-Length"] = str(len(body) + reply.missing)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for chunk in reply.chunks:
                    self.wfile.write(b"%x\r\n%b\r\n" % (len(chunk), chunk))
                if not reply.chunks:
                    self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api"

    def play(self, source: str, size: int = SIZE) -> None:
        """Play the API of a source that has so many papers."""
        self.answer = _PLAYERS[source](size)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def paper(number: int) -> dict[str, str]:
    """An invented paper."""
    return {
        "arxiv": f"2509.{number:05d}",
        "title": f"Wombat Networks & Burrows, Part {number}",
        "abstract": f"We dig burrow number {number}, with α < β. It holds.",
        "author": f"Ada Börk-{number}",
        "date": str(date(2025, 9, 1) + timedelta(days=number % 10)),
    }


def atom_entry(number: int, *, version: int = 2) -> str:
    item = {key: value.replace("&", "&amp;").replace("<", "&lt;") for key, value in paper(number).items()}
    return (
        f"<entry>\n <id>http://arxiv.org/abs/{item['arxiv']}v{version}</id>\n <updated>2025-10-01T00:00:00Z</updated>"
        f"\n <published>{item['date']}T08:00:00Z</published>\n <title>{item['title']}</title>"
        f"<summary>  {item['abstract']}\n</summary><author><name>{item['author']}</name></author>"
        '<arxiv:primary_category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>'
        '<category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/></entry>'
    )


def atom_feed(entries: list[str], total: int) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"'
        ' xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom">'
        "<title>arXiv Query</title><id>http://arxiv.org/api/x</id><updated>2025-10-09T00:00:00Z</updated>"
        f"<opensearch:totalResults>{total}</opensearch:totalResults>\n" + "\n".join(entries) + "</feed>"
    )


def _arxiv(size: int) -> Callable[[Params, Message], Reply]:
    def answer(params: Params, headers: Message) -> Reply:
        start, rows = int(params["start"]), int(params["max_results"])
        return Reply(atom_feed([atom_entry(number) for number in range(start, min(start + rows, size))], size))

    return answer


def work(number: int) -> dict[str, Any]:
    item = paper(number)
    index: dict[str, list[int]] = {}
    for place, word in enumerate(item["abstract"].split()):
        index.setdefault(word, []).append(place)
    return {
        "id": f"https://openalex.org/W{number + 1}",
        "title": item["title"],
        "publication_date": item["date"],
        "abstract_inverted_index": index,
        "authorships": [{"author": {"display_name": item["author"]}}],
        "primary_location": {"landing_page_url": f"https://arxiv.org/abs/{item['arxiv']}"},
    }


def _openalex(size: int) -> Callable[[Params, Message], Reply]:
    def answer(params: Params, headers: Message) -> Reply:
        rows = int(params["per_page"])
        if "cursor" in params:
            if not params.get("api_key"):
                return Reply({"error": "Unauthorized", "message": "Cursor paging needs an API key"}, 401)
            start = 0 if params["cursor"] == "*" else int(params["cursor"].removeprefix("c="))
        else:
            start = (int(params["page"]) - 1) * rows
        assert rows <= 100
        works = [work(number) for number in range(start, min(start + rows, size))]
        following = f"c={start + rows}" if works else None
        return Reply({"meta": {"count": size, "next_cursor": following}, "results": works})

    return answer


def scholar(number: int) -> dict[str, Any]:
    item = paper(number)
    return {
        "paperId": f"{number:040x}",
        "corpusId": number + 1,
        "externalIds": {"ArXiv": item["arxiv"]},
        "title": item["title"],
        "abstract": item["abstract"],
        "authors": [{"authorId": "1", "name": item["author"]}],
        "publicationDate": item["date"],
    }


def _semantic_scholar(size: int) -> Callable[[Params, Message], Reply]:
    def answer(params: Params, headers: Message) -> Reply:
        start = int(params.get("token", "t0")[1:])
        papers = [scholar(number) for number in range(start, min(start + 100, size))]
        token = {"token": f"t{start + 100}"} if start + 100 < size else {}
        return Reply({"total": size, "data": papers, **token})

    return answer


def _hf_daily(size: int) -> Callable[[Params, Message], Reply]:
    def answer(params: Params, headers: Message) -> Reply:
        items = [paper(number) for number in range(size)]
        found = [item for item in items if item["date"] == params["date"]]
        start, rows = int(params["p"]) * int(params["limit"]), int(params["limit"])
        return Reply([
            {"numComments": 0, "publishedAt": f"{item['date']}T00:00:00.000Z", "title": item["title"],
             "paper": {"id": item["arxiv"], "title": item["title"], "summary": item["abstract"], "upvotes": 3,
                       "publishedAt": f"{item['date']}T00:00:00.000Z", "authors": [{"name": item["author"]}]}}
            for item in found[start : start + rows]
        ])  # fmt: skip

    return answer


def crossref_work(number: int) -> dict[str, Any]:
    item = paper(number)
    year, month, day = map(int, item["date"].split("-"))
    text = item["abstract"].replace("<", "&lt;")
    return {
        "DOI": f"10.1000/WOMBAT.{number}",
        "prefix": "10.1000",
        "title": [item["title"].replace("&", "&amp;")],
        "abstract": f"<jats:p>{text}</jats:p>",
        "author": [{"given": "Ada", "family": item["author"].removeprefix("Ada ")}],
        "issued": {"date-parts": [[year, month, day]]},
        "reference": [{"key": str(place), "unstructured": "A long reference."} for place in range(30)],
    }


def _crossref(size: int) -> Callable[[Params, Message], Reply]:
    def answer(params: Params, headers: Message) -> Reply:
        start, rows = int(params["offset"]), int(params["rows"])
        assert start + rows <= 10_000
        works = [crossref_work(number) for number in range(start, min(start + rows, size))]
        return Reply({"status": "ok", "message": {"total-results": size, "items": works}})

    return answer


_PLAYERS: dict[str, Callable[[int], Callable[[Params, Message], Reply]]] = {
    "arxiv": _arxiv,
    "openalex": _openalex,
    "semantic-scholar": _semantic_scholar,
    "hf-daily": _hf_daily,
    "crossref": _crossref,
}


def essence(papers: list[Paper]) -> list[tuple[str, str, tuple[str, ...], str | None]]:
    """What each paper must say, whatever the source."""
    return sorted((item.title, item.abstract, item.authors, item.issued) for item in papers)


def expected(size: int = SIZE) -> list[tuple[str, str, tuple[str, ...], str | None]]:
    items = [paper(number) for number in range(size)]
    return sorted((item["title"], item["abstract"], (item["author"],), item["date"]) for item in items)


@pytest.fixture
def stage() -> Iterator[Stage]:
    """The server."""
    made = Stage()
    yield made
    made.close()


@pytest.fixture
def clock() -> FakeClock:
    """The clock."""
    return FakeClock()


class Fetch:
    """Fetches from the stage, with everything else in a folder of the test."""

    def __init__(self, stage: Stage, clock: FakeClock, folder: Path) -> None:
        self.stage, self.clock, self.folder = stage, clock, folder
        self.environment: dict[str, str] = {}
        self.said: list[str] = []

    def __call__(self, source: str = "arxiv", query: str | None = None, **options: Any) -> FetchReport:
        given: dict[str, Any] = {
            "base_url": self.stage.url, "cache": self.folder / "cache", "clock": self.clock,
            "environment": self.environment, "limits": Limits(silence_seconds=5.0), "progress": self.said.append,
        }  # fmt: skip
        return fetch_records(
            source, query if query is not None else WORDS.get(source, "x"), self.path(source), **(given | options)
        )

    def path(self, source: str = "arxiv") -> Path:
        """The final file."""
        return self.folder / f"out{SUFFIX.get(source)}"

    def part(self, source: str = "arxiv") -> Path:
        """The unfinished file."""
        return self.folder / f"out{SUFFIX[source]}.part"


@pytest.fixture
def fetch(stage: Stage, clock: FakeClock, tmp_path: Path) -> Fetch:
    """A function that fetches from the stage."""
    return Fetch(stage, clock, tmp_path)
