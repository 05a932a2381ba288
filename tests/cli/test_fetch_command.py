"""``paperconcepts fetch`` on the command line; what it fetches is tested in tests/fetch."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
PAGE = {
    "message": {
        "total-results": 2,
        "items": [
            {
                "DOI": f"10.1000/{number}",
                "prefix": "10.1000",
                "title": [f"Wombat Tuning {number}"],
                "abstract": "We use LoRA on ImageNet.",
            }
            for number in (1, 2)
        ],
    }
}


@pytest.fixture
def address() -> Iterator[str]:
    """A server with one page."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(PAGE).encode()
            self.send_response(418 if "teapot" in self.path else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_fetch_then_extract(run: Run, address: str, tmp_path: Path) -> None:
    """What is fetched can be extracted from as it is; a second time the cache answers."""
    out, cache = tmp_path / "w.jsonl", tmp_path / "cache"
    options = ("-o", out, "--base-url", address, "--cache", cache)
    result = run("fetch", "crossref", "wombat", *options)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "fetched    2 of 2 records: w.jsonl\nrequests   1, and 0 pages from the cache\n"
    again = json.loads(run("fetch", "crossref", "wombat", *options, "--json", "--limit", "1").stdout)
    assert (again["records"], again["requests"], again["cached"]) == (1, 0, 1)
    assert run("fetch", "crossref", "wombat", *options, "-q").stdout == ""
    rows = [json.loads(line) for line in run("extract", out, "--profile", "fast").stdout.splitlines()]
    assert [row["title"] for row in rows] == ["Wombat Tuning 1", "Wombat Tuning 2"]


def test_exit_codes(run: Run, address: str, tmp_path: Path) -> None:
    """A server that refuses is 69, a wrong setting 6, wrong usage 2; nothing is written."""
    options = ("-o", tmp_path / "w.jsonl", "--no-cache", "--cache", tmp_path)
    result = run("fetch", "crossref", "teapot", *options, "--base-url", address)
    assert (result.exit_code, result.stdout) == (69, "")
    assert result.stderr.startswith("error: crossref: refuses: HTTP 418 (I'm a Teapot")
    assert run("fetch", "crossref", "x", *options, "--since", "tomorrow").exit_code == 6
    assert run("fetch", "pubmed", "x", *options).exit_code == 2
    assert run("fetch", "arxiv", "x").exit_code == 2
    assert not (tmp_path / "w.jsonl").exists()


@pytest.mark.parametrize(("age", "code"), [("0", 69), ("90s", 69), ("12h", 69), ("7d", 69), ("soon", 2), ("1w", 2)])
def test_ages(run: Run, address: str, tmp_path: Path, age: str, code: int) -> None:
    """An age is a number of seconds, minutes, hours or days."""
    result = run("fetch", "crossref", "teapot", "-o", tmp_path / "w", "--base-url", address, "--max-age", age,
                 "--cache", tmp_path / "c")  # fmt: skip
    assert result.exit_code == code
