"""Pauses, presentation, the cache, and keys that nobody sees."""

import json
import logging
import os
from pathlib import Path
from typing import Any

import pytest

from paperconcepts.errors import ConfigurationError, FetchError
from paperconcepts.fetch import KINDS
from paperconcepts.fetch.cache import Cache, default_folder
from paperconcepts.fetch.waiting import granted_pause

from .conftest import SIZE, FakeClock, Fetch, Reply, Stage

KEY = "sk+very/s3cret=Key"
VARIABLES = {"openalex": "OPENALEX_API_KEY", "semantic-scholar": "SEMANTIC_SCHOLAR_API_KEY"}
PAUSES = {"arxiv": 3.0, "openalex": 0.2, "semantic-scholar": 3.0, "hf-daily": 1.0, "crossref": 1.0}


@pytest.mark.parametrize("source", KINDS)
def test_pauses(stage: Stage, fetch: Fetch, source: str) -> None:
    """Between two requests there is the pause that the source asks for, also between two commands."""
    stage.play(source)
    fetch(source, use_cache=False)
    assert fetch.clock.sleeps == [PAUSES[source]] * (len(stage.asked) - 1)
    fetch.clock.sleeps.clear()
    fetch.clock.time += 0.05
    fetch(source, use_cache=False, limit=1)
    assert fetch.clock.sleeps[0] == pytest.approx(PAUSES[source] - 0.05, abs=1e-5)


def test_pause_with_a_key(stage: Stage, fetch: Fetch) -> None:
    """Semantic Scholar may be asked more often with a key."""
    stage.play("semantic-scholar")
    fetch.environment["SEMANTIC_SCHOLAR_API_KEY"] = KEY
    fetch("semantic-scholar")
    assert fetch.clock.sleeps == [1.0, 1.0]


def test_limits_in_headers(stage: Stage, fetch: Fetch) -> None:
    """A server that says how often it may be asked is asked no more often."""
    stage.play("crossref")
    honest = stage.answer

    def strict(params: dict[str, str], headers: Any) -> Reply:
        reply = honest(params, headers)
        reply.headers = {"X-Rate-Limit-Limit": "1", "X-Rate-Limit-Interval": "7s"}
        return reply

    stage.answer = strict
    fetch("crossref")
    assert fetch.clock.sleeps == [7.0, 7.0]


def test_limits_that_make_no_sense() -> None:
    """A limit of nothing, or of no number, is no limit; an endless pause has an end."""
    for limit, interval in (("0", "1s"), ("x", "1s"), ("5", ""), ("-1", "1s"), ("1", "1 fortnight")):
        assert granted_pause({"x-rate-limit-limit": limit, "x-rate-limit-interval": interval}) == 0.0
    assert granted_pause({"x-rate-limit-limit": "1", "x-rate-limit-interval": "999h"}) == 120.0


@pytest.mark.parametrize("source", KINDS)
def test_presentation(stage: Stage, fetch: Fetch, source: str) -> None:
    """Each request says what program asks and, where it is given, who can be written to."""
    stage.play(source, 10)
    fetch(source, use_cache=False, limit=1)
    assert stage.asked[-1].headers["User-Agent"].startswith("paperconcepts/")
    assert "mailto" not in stage.asked[-1].headers["User-Agent"] + stage.asked[-1].query
    fetch.environment["PAPERCONCEPTS_CONTACT"] = "env@example.org"
    fetch(source, use_cache=False, limit=1)
    assert stage.asked[-1].headers["User-Agent"].endswith("(mailto:env@example.org)")
    fetch(source, use_cache=False, limit=1, contact="ada+x@example.org")
    assert stage.asked[-1].headers["User-Agent"].endswith("(mailto:ada+x@example.org)")
    assert stage.asked[-1].params.get("mailto") == ("ada+x@example.org" if source == "crossref" else None)


@pytest.mark.parametrize("source", KINDS)
def test_cached_answers(stage: Stage, fetch: Fetch, source: str) -> None:
    """The same query a little later asks for nothing and waits for nothing, and gives the same file."""
    stage.play(source)
    fetch(source)
    whole, asked = fetch.path(source).read_bytes(), len(stage.asked)
    fetch.clock.sleeps.clear()
    fetch.clock.time += 86_000
    report = fetch(source)
    assert (report.requests, report.cached, len(stage.asked)) == (0, asked, asked)
    assert fetch.path(source).read_bytes() == whole
    assert fetch.clock.sleeps == []


def test_age_of_the_cache(stage: Stage, fetch: Fetch) -> None:
    """An answer that is too old, or of tomorrow, is asked for again; without a cache every one is."""
    stage.play("crossref", 5)
    fetch("crossref")
    fetch.clock.time += 100
    assert fetch("crossref", max_age=99).requests == 1
    assert fetch("crossref", use_cache=False).requests == 1
    assert fetch("crossref", max_age=0).requests == 1
    fetch.clock.time -= 1_000
    assert fetch("crossref").requests == 1


def test_nothing_bad_is_kept(stage: Stage, fetch: Fetch) -> None:
    """What was no page is not kept; without a cache nothing is."""
    stage.play("crossref", 5)
    stage.faults = [Reply(b"", 500), Reply(b"{"), Reply({"message": {}})]
    fetch("crossref")
    assert len(list(fetch.folder.rglob("*.cached"))) == 1
    fetch("crossref", "other", use_cache=False)
    assert len(list(fetch.folder.rglob("*.cached"))) == 1


@pytest.mark.parametrize("damage", [b"", b"x", b"{}\n", b"[1]\nx", b'{"version":1}\n', b"\xff\xfe"])
def test_damaged_cache(stage: Stage, fetch: Fetch, damage: bytes) -> None:
    """A kept answer that is damaged, by cutting or otherwise, is asked for again."""
    stage.play("crossref", 5)
    fetch("crossref")
    [path] = fetch.folder.rglob("*.cached")
    whole = path.read_bytes()
    for content in (damage, whole[:-5], whole.replace(b"burrow", b"barrow")):
        path.write_bytes(content)
        assert fetch("crossref").requests == 1
    assert fetch("crossref").requests == 0


def test_cache_that_cannot_be_written(stage: Stage, fetch: Fetch) -> None:
    """Without a place for the cache the fetch goes on."""
    stage.play("crossref")
    (fetch.folder / "file").write_text("")
    assert fetch("crossref", cache=fetch.folder / "file").records == SIZE


def test_old_answers_go(tmp_path: Path) -> None:
    """Answers of more than 30 days ago are removed, others and other files stay."""
    clock = FakeClock()
    cache = Cache(tmp_path, max_age=10.0, clock=clock)
    cache.keep("https://a.org/", "a")
    cache.keep("https://b.org/", "b\r\n\u2028")
    (tmp_path / "mine.txt").write_text("")
    old, young = sorted(tmp_path.glob("*.cached"))
    os.utime(old, (clock.time - 31 * 86_400,) * 2)
    os.utime(young, (clock.time - 29 * 86_400,) * 2)
    cache.tidy()
    assert {path.name for path in tmp_path.iterdir()} == {young.name, "mine.txt"}
    assert {cache.find("https://a.org/"), cache.find("https://b.org/")} in ({None, "a"}, {None, "b\r\n\u2028"})


def test_default_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each platform has its place; a relative one does not count."""
    monkeypatch.setattr(Path, "home", lambda: Path("/home/ada"))
    for environment in ({}, {"XDG_CACHE_HOME": "here"}, {"XDG_CACHE_HOME": ""}):
        assert default_folder(environment, platform="linux").as_posix() == "/home/ada/.cache/paperconcepts/fetch"
    assert default_folder({}, platform="darwin").as_posix() == "/home/ada/Library/Caches/paperconcepts/fetch"


@pytest.mark.parametrize("source", VARIABLES)
def test_keys_are_sent_and_nowhere_else(
    stage: Stage, fetch: Fetch, source: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """A key goes to the server, and into no file, message, log, traceback or report, whatever a server does with it."""
    import traceback

    caplog.set_level(logging.DEBUG)
    stage.play(source)
    fetch.environment[VARIABLES[source]] = f" {KEY}\n"
    told = {"message": f"{'x' * 180} bad key {KEY}; you asked for {{url}}?api_key=sk%2Bvery%2Fs3cret%3DKey"}
    stage.faults = [None, Reply(told, 500), Reply(told, 400)]
    with pytest.raises(FetchError) as caught:
        fetch(source)
    asked = stage.asked[0]
    assert KEY in (asked.params.get("api_key"), asked.headers.get("x-api-key"))
    report = fetch(source, use_cache=True)
    shown = [
        str(caught.value),
        "".join(traceback.format_exception(caught.value)),
        *fetch.said,
        repr(report),
        caplog.text,
    ]
    shown += [repr(caught.value), *capfd.readouterr()]
    shown += [path.read_text(encoding="utf-8") for path in fetch.folder.rglob("*") if path.is_file()]
    assert "bad key ***" in shown[0]
    for text in shown:
        assert "s3cret" not in text
    kept = list(fetch.folder.rglob("*.cached"))
    assert kept
    assert all("api_key" not in path.read_text(encoding="utf-8") for path in kept)


def test_keys_of_unfinished_fetches(stage: Stage, fetch: Fetch) -> None:
    """Neither a key nor a contact stands in the unfinished file."""
    stage.play("crossref")
    fetch.environment |= {"OPENALEX_API_KEY": KEY, "PAPERCONCEPTS_CONTACT": "ada@example.org"}
    for source in ("openalex", "crossref"):
        stage.play(source)
        stage.faults = [None, Reply(b"", 418)]
        with pytest.raises(FetchError):
            fetch(source)
        text = fetch.part(source).read_text(encoding="utf-8")
        assert json.loads(text.partition("\n")[0])["task"]["source"] == source
        assert "s3cret" not in text
        assert "ada@" not in text
    assert all("ada@" not in path.read_text(encoding="utf-8") for path in fetch.folder.rglob("*.cached"))


def test_answers_that_quote_a_key_are_not_kept(stage: Stage, fetch: Fetch) -> None:
    """A good answer in which the server repeats the key stays out of the cache."""
    fetch.environment["SEMANTIC_SCHOLAR_API_KEY"] = KEY
    page = {"total": 1, "data": [{"paperId": "a", "title": "x"}], "you": KEY}
    stage.answer = lambda params, headers: Reply(page)
    assert fetch("semantic-scholar").records == 1
    assert not list(fetch.folder.rglob("*.cached"))
    assert "s3cret" not in fetch.path("semantic-scholar").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", ["two words", "new\nline", "ключ", "x" * 501])
def test_keys_that_are_none(stage: Stage, fetch: Fetch, key: str) -> None:
    """A key that cannot be one is an error that does not show it."""
    fetch.environment["OPENALEX_API_KEY"] = key
    with pytest.raises(ConfigurationError, match="the key in OPENALEX_API_KEY has characters") as caught:
        fetch("openalex")
    assert key not in str(caught.value)
    assert stage.asked == []


def test_keys_for_mirrors(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key is for the source itself: another host does not get it."""
    from paperconcepts.fetch.fetching import _key

    kind = KINDS["openalex"]
    environment = {"OPENALEX_API_KEY": KEY}
    assert _key(kind, kind.address, environment) == KEY
    assert _key(kind, "https://api.openalex.org/v2/works", environment) == KEY
    assert _key(kind, "https://mirror.example/works", environment) == ""
    assert _key(kind, "https://api.openalex.org.example/works", environment) == ""


@pytest.mark.parametrize("kind", KINDS.values())
def test_addresses(kind: Any) -> None:
    """Every source is asked over https."""
    assert kind.address.startswith("https://")
