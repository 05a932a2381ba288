"""Every source: its file is read as it is, and its API is asked as its documentation says."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperconcepts.cli.fetch import command
from paperconcepts.errors import ConfigurationError, UnknownNameError
from paperconcepts.fetch import KINDS
from paperconcepts.fetch.arxiv import build_search
from paperconcepts.fetch.pages import Access, PageError, Query
from paperconcepts.sources import ReadReport, read_papers

from .conftest import SIZE, WORDS, Fetch, Reply, Stage, atom_entry, atom_feed, essence, expected, paper, work

_KEYS = "results data items message meta next_cursor token total count id DOI paperId paper total-results".split()
FORMATS = {name: name for name in KINDS} | {"arxiv": "arxiv-atom", "hf-daily": "hf-api"}


@pytest.mark.parametrize("source", KINDS)
def test_the_file_is_read_as_it_is(stage: Stage, fetch: Fetch, source: str) -> None:
    """Of every source, read_papers gives all papers of all pages, with nothing skipped and nothing doubtful."""
    stage.play(source)
    report = fetch(source)
    seen = ReadReport()
    papers = list(read_papers(fetch.path(source), report=seen, strict=True))
    assert essence(papers) == expected()
    assert (seen.skipped, dict(seen.warnings), dict(seen.records)) == ([], {}, {FORMATS[source]: SIZE})
    if source != "crossref":
        assert {item.id for item in papers} == {f"arxiv:{paper(number)['arxiv']}" for number in range(SIZE)}
    assert (report.records, report.skipped, report.resumed, report.cached) == (SIZE, 0, 0, 0)
    assert report.total == (None if source == "hf-daily" else SIZE)
    assert not fetch.part(source).exists()


@pytest.mark.parametrize("source", KINDS)
def test_same_answers_same_bytes(stage: Stage, fetch: Fetch, source: str) -> None:
    """The file depends on the answers only, and a record that comes twice stands there once."""
    stage.play(source)
    fetch(source, use_cache=False)
    first = fetch.path(source).read_bytes()
    honest = stage.answer

    def doubled(params: dict[str, str], headers: Any) -> Reply:
        reply = honest(params, headers)
        body = reply.body
        if isinstance(body, str):
            start, rows = max(0, int(params["start"]) - 7), int(params["max_results"])
            reply.body = atom_feed([atom_entry(number) for number in range(start, min(start + rows, SIZE))], SIZE)
        elif source == "hf-daily":
            reply.body = [item for item in body for _ in range(2)]
        else:
            holder = body.get("message", body)
            [key] = [key for key in ("results", "data", "items") if key in holder]
            holder[key] = [holder[key][0], *holder[key]]
        return reply

    stage.answer = doubled
    fetch.clock.time += 1_000_000
    fetch(source, use_cache=False)
    assert fetch.path(source).read_bytes() == first


@pytest.mark.parametrize("source", KINDS)
def test_limit(stage: Stage, fetch: Fetch, source: str) -> None:
    """A limit ends the fetch within a page, and no more pages are asked for than are needed."""
    stage.play(source)
    report = fetch(source, limit=30)
    assert report.records == 30
    assert len(list(read_papers(fetch.path(source)))) == 30
    assert report.requests == (2 if source == "hf-daily" else 1)


@pytest.mark.parametrize("source", KINDS)
def test_nothing_found(stage: Stage, fetch: Fetch, source: str) -> None:
    """A query without a result is an error, and an earlier file stays."""
    stage.play(source, 0)
    fetch.path(source).write_text("earlier")
    with pytest.raises(UnknownNameError, match="No paper '"):
        fetch(source)
    assert fetch.path(source).read_text() == "earlier"
    assert not fetch.part(source).exists()


DATES = {
    "arxiv": {"search_query": "(all:wombat) AND submittedDate:[202502010000 TO 202503312359]"},
    "openalex": {"filter": "from_publication_date:2025-02-01,to_publication_date:2025-03-31", "search": "wombat"},
    "semantic-scholar": {"publicationDateOrYear": "2025-02-01:2025-03-31", "query": "wombat"},
    "crossref": {"filter": "from-pub-date:2025-02-01,until-pub-date:2025-03-31", "query": "wombat"},
}
NEWEST = {
    "arxiv": {"sortBy": "submittedDate", "sortOrder": "descending"},
    "openalex": {"sort": "publication_date:desc"},
    "semantic-scholar": {"sort": "publicationDate:desc"},
    "crossref": {"sort": "published", "order": "desc"},
}


@pytest.mark.parametrize("source", DATES)
def test_dates_and_order(stage: Stage, fetch: Fetch, source: str) -> None:
    """Days and order go into the request as the API has them, and are not there unasked."""
    stage.play(source, 5)
    fetch(source, since="2025-02", until="2025-03", sort="newest")
    params = stage.asked[0].params
    assert DATES[source].items() <= params.items()
    assert NEWEST[source].items() <= params.items()
    fetch(source)
    assert not (NEWEST[source].keys() | {"filter", "publicationDateOrYear"}) & stage.asked[1].params.keys()


def test_days_of_daily_papers(stage: Stage, fetch: Fetch) -> None:
    """A period is asked for day by day, from the first day that there is until today."""
    stage.play("hf-daily", 10)
    fetch("hf-daily", "2025-W36", since="2025-09-02")
    assert [item.params["date"] for item in stage.asked] == [f"2025-09-0{day}" for day in range(2, 8)]
    stage.asked.clear()
    stage.answer = lambda params, headers: Reply([{"paper": {"id": params["date"], "title": "x", "summary": "y"}}])
    fetch("hf-daily", "2025-10")
    assert [item.params["date"] for item in stage.asked] == [f"2025-10-{day:02d}" for day in range(1, 10)]
    with pytest.raises(ConfigurationError, match="begin with 2023-05-04"):
        fetch("hf-daily", "2022")


def test_full_days(stage: Stage, fetch: Fetch) -> None:
    """A day with more papers than a page holds has further pages."""
    stage.play("hf-daily", 2_050)
    assert fetch("hf-daily", "2025-09-01", limit=3_000).records == 205
    assert [item.params["p"] for item in stage.asked] == ["0", "1", "2"]


def test_openalex_with_a_key(stage: Stage, fetch: Fetch) -> None:
    """With a key cursors are used, without one page numbers, to the same file."""
    stage.play("openalex")
    fetch("openalex", use_cache=False)
    assert [item.params.get("page") for item in stage.asked] == ["1", "2", "3"]
    first = fetch.path("openalex").read_bytes()
    stage.asked.clear()
    fetch.environment["OPENALEX_API_KEY"] = "k3y"
    fetch("openalex", use_cache=False)
    assert [item.params.get("cursor") for item in stage.asked] == ["*", "c=100", "c=200", "c=300"]
    assert fetch.path("openalex").read_bytes() == first


@pytest.mark.parametrize(("source", "most"), [("openalex", 10_000), ("crossref", 10_000), ("arxiv", 30_000)])
def test_no_further_than_the_source_allows(fetch: Fetch, source: str, most: int) -> None:
    """Where an API ends before its results do, the last page says so instead of an error from the server."""
    kind = KINDS[source]
    made = kind(Query(text="x", today=date(2025, 1, 1)), Access(address=kind.address))
    cursor = "100" if source == "openalex" else str(most - 100)
    bodies = {
        "arxiv": atom_feed([atom_entry(number) for number in range(100)], most + 1),
        "openalex": json.dumps({"meta": {"count": most + 1}, "results": [work(number) for number in range(100)]}),
        "crossref": json.dumps(
            {"message": {"total-results": most + 1, "items": [{"DOI": f"10.1/{number}"} for number in range(100)]}}
        ),
    }
    page = made.read(cursor, bodies[source])
    assert page.following is None
    assert f"at most {most:,}" in page.note


def test_records_without_an_id(stage: Stage, fetch: Fetch) -> None:
    """What has no id is left out and counted; an odd character in a record costs nothing."""
    odd = {"paperId": "a", "title": "Half \ud83d a pair", "abstract": "\u2028 line", "corpusId": 10**40}
    page = {"total": 5, "data": [{"title": "x"}, None, 7, {"paperId": ""}, odd]}
    stage.answer = lambda params, headers: Reply(json.dumps(page).encode())
    report = fetch("semantic-scholar")
    assert (report.records, report.skipped) == (1, 4)
    assert json.loads(fetch.path("semantic-scholar").read_text(encoding="utf-8"))["title"] == "Half \ud83d a pair"
    [read] = read_papers(fetch.path("semantic-scholar"))
    assert read.title == "Half \ufffd a pair"


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("10.1/a"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(KINDS)), _VALUES.map(json.dumps) | st.text() | st.just(atom_feed([atom_entry(1)], 1)))
def test_any_answer(source: str, body: str) -> None:
    """Whatever the answer, it is a page or a fault; each text of a record is one line of JSON, or an entry."""
    made = KINDS[source](
        Query(text=WORDS[source], today=date(2025, 10, 9)), Access(address="https://example.org/", key="")
    )
    cursor = made.first
    try:
        page = made.read(cursor, body)
    except PageError:
        return
    assert page.skipped >= 0
    for item in page.items:
        assert item.id
        assert item.text.endswith("\n")
        if source != "arxiv":
            assert item.text.count("\n") == 1
            assert isinstance(json.loads(item.text), dict)


def test_references_are_left_out(stage: Stage, fetch: Fetch) -> None:
    """What a work of Crossref cites does not fill the file."""
    stage.play("crossref", 3)
    fetch("crossref")
    records = [json.loads(line) for line in fetch.path("crossref").read_text(encoding="utf-8").splitlines()]
    assert all("reference" not in record and record["abstract"] for record in records)


@pytest.mark.parametrize(
    ("text", "search"),
    [
        ("wombat", "all:wombat"),
        ('wombat "deep burrow"', 'all:wombat AND all:"deep burrow"'),
        ("cat:cs.CL", "cat:cs.CL"),
        ("ti:lora OR abs:lora", "ti:lora OR abs:lora"),
        ("a OR b", "a OR b"),
        ("(ti:a)", "(ti:a)"),
        ("multi:modal", "all:multi:modal"),
    ],
)
def test_words_for_arxiv(text: str, search: str) -> None:
    """Plain words must all be there; what is written in arXiv's syntax is left alone."""
    assert build_search(text) == search


def test_the_feed_is_atom(stage: Stage, fetch: Fetch) -> None:
    """The entries of arXiv stand in one well-formed feed, as they came."""
    from xml.etree import ElementTree

    stage.play("arxiv")
    fetch("arxiv")
    text = fetch.path().read_text(encoding="utf-8")
    assert len(ElementTree.fromstring(text.encode())) == SIZE  # noqa: S314
    assert all(atom_entry(number) in text for number in range(SIZE))


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"source": "arxif"}, "no source is named 'arxif'"),
    ({"query": "  "}, "the query '' is empty"),
    ({"query": "a\nb"}, "is not in one line"),
    ({"query": '"" "'}, "holds no word"),
    ({"query": "a" * 2_001}, "is too long"),
    ({"since": "yesterday"}, "'yesterday' is no day"),
    ({"since": "2025", "until": "2024"}, "since 2025 is later than until 2024"),
    ({"until": "2025-02-30"}, "'2025-02-30' is no day"),
    ({"sort": "citations"}, "arXiv cannot sort by 'citations'; it knows only relevance and newest"),
    ({"source": "hf-daily", "query": "2025", "sort": "newest"}, "it knows no orders"),
    ({"source": "hf-daily", "query": "lora"}, "'lora' is no day"),
    ({"contact": "me"}, "the contact 'me' is no e-mail address"),
    ({"contact": "a@b\r\nX: y"}, "is no e-mail address"),
    ({"base_url": "http://example.org/api"}, "give an https address"),
    ({"base_url": "ftp://example.org/"}, "give an https address"),
    ({"base_url": "https://u:p@example.org/"}, "give an https address"),
    ({"base_url": "https://exämple.org/"}, "give an https address"),
    ({"base_url": "https://[bad/"}, "give an https address"),
    ({"limit": 0}, "limit is 0"),
]


@pytest.mark.parametrize(("options", "message"), WRONG, ids=lambda value: str(value)[:40])
def test_wrong_settings(stage: Stage, fetch: Fetch, options: dict[str, Any], message: str) -> None:
    """A setting that cannot be meant is an error before anything is asked or written."""
    with pytest.raises(ConfigurationError) as caught:
        fetch(**options)
    assert message in str(caught.value)
    assert stage.asked == []
    assert not list(fetch.folder.glob("out*"))


def test_command_knows_the_sources() -> None:
    """The command line offers the sources that there are."""
    [source] = [item for item in command.params if item.name == "source"]
    assert tuple(source.type.choices) == tuple(KINDS)  # type: ignore[attr-defined]


def test_network_has_one_home() -> None:
    """No module but those of fetch imports what opens a connection."""
    import ast

    root = Path(__file__).resolve().parents[2] / "src" / "paperconcepts"
    doors = {
        "urllib.request",
        "http",
        "http.client",
        "socket",
        "ssl",
        "ftplib",
        "httpx",
        "requests",
        "urllib3",
        "aiohttp",
    }
    found = set()
    for path in root.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if any(door in text for door in doors) else ():
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            if doors & set(names):
                found.add(path.relative_to(root).parts[0])
    assert found == {"fetch"}
