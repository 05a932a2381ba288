"""From a query to a file: page after page into the journal, then the whole of it under the final name."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from paperconcepts.errors import ConfigurationError, FetchError, UnknownNameError
from paperconcepts.fetch.cache import Cache, default_folder
from paperconcepts.fetch.client import Client
from paperconcepts.fetch.days import parse_period
from paperconcepts.fetch.journal import Journal
from paperconcepts.fetch.kinds import KINDS
from paperconcepts.fetch.limits import Limits
from paperconcepts.fetch.pages import Access, Query
from paperconcepts.fetch.source import Source
from paperconcepts.fetch.transport import check_address, is_local
from paperconcepts.fetch.waiting import Clock

__all__ = ["FetchReport", "fetch_records"]

_CONTACT = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190}", re.ASCII)
_KEY = re.compile(r"[\x21-\x7e]{1,500}", re.ASCII)
_DAY = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchReport:
    """What a fetch did.

    ``records`` stand in the file, ``total`` match the query if the source says so, ``resumed`` were there from an
    earlier run, ``skipped`` had no id; ``requests`` were sent, ``cached`` pages needed none. ``note`` says why there
    are fewer records than match, other than by the limit.
    """

    source: str
    file: str
    records: int
    total: int | None
    resumed: int
    skipped: int
    requests: int
    cached: int
    note: str

    def as_dict(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return asdict(self)


def fetch_records(
    source: str,
    query: str,
    path: str | Path,
    *,
    limit: int = 1_000,
    since: str | None = None,
    until: str | None = None,
    sort: str | None = None,
    contact: str | None = None,
    base_url: str | None = None,
    cache: str | Path | None = None,
    use_cache: bool = True,
    max_age: float = _DAY,
    restart: bool = False,
    limits: Limits | None = None,
    clock: Clock | None = None,
    environment: Mapping[str, str] = os.environ,
    progress: Callable[[str], None] | None = None,
) -> FetchReport:
    """Download the records that match a query into a file that `read_papers` reads.

    Each record is in the file once, as the source gave it: JSON Lines, or for arXiv an Atom feed. The file appears when
    it is whole; until then ``path.part`` holds what came, and the same call goes on from there, to the same file.

    Args:
        source: a name of `KINDS`.
        query: words in the syntax of the source; for ``hf-daily`` a period: ``2024-10-31``, ``2024-10``, ``2024-W44``,
            ``FIRST..LAST``.
        path: the file to write.
        limit: stop after so many records.
        since: only papers of this day, month or year and later.
        until: only papers of this day, month or year and earlier.
        sort: ``relevance`` or ``newest``, where the source knows it.
        contact: an e-mail address at which the source can reach you; else ``PAPERCONCEPTS_CONTACT`` of the environment.
        base_url: another address of the same API. A key is sent to the source itself only.
        cache: the folder for answers; the platform's own if it is None.
        use_cache: keep answers there, and use those that are at most ``max_age`` seconds old.
        max_age: see ``use_cache``.
        restart: drop what an earlier call left unfinished.
        limits: see `Limits`.
        clock: the time; tests bring their own.
        environment: where contact and keys are looked up.
        progress: is told, in one line, after each page and before each long wait.

    Raises:
        ConfigurationError: a source, period, address, contact or key is malformed.
        UnknownNameError: the source has no record for the query; no file is written.
        FetchError: the source cannot be reached, refuses, or does not answer well in several tries.
        OutputError: the file cannot be written.

    Examples:
        >>> fetch_records("arxif", "lora", "lora.atom")
        Traceback (most recent call last):
        ...
        paperconcepts.errors.ConfigurationError: no source is named 'arxif'; sources: arxiv, openalex, semantic-scholar,
        hf-daily, crossref
    """
    clock, limits, tell = clock or Clock(), limits or Limits(), progress or _say_nothing
    if limit < 1:
        raise ConfigurationError(f"limit is {limit}; it must be at least 1")
    asked = _make_source(source, query, since, until, sort, contact, base_url, clock, environment)
    folder = Path(cache) if cache is not None else default_folder(environment)
    kept = Cache(folder / source, max_age=max_age, clock=clock) if use_cache else None
    if kept:
        kept.tidy()
    client = Client(asked, folder=folder / source, cache=kept, limits=limits, clock=clock, tell=tell)
    target = Path(path)
    with Journal(target, _task(asked), first=asked.first, restart=restart) as journal:
        resumed = len(journal.ids)
        skipped = _collect(asked, client, journal, limit, limits, tell)
        total, note = journal.total, journal.note
        if not journal.ids:
            journal.discard()
            raise UnknownNameError(query, kind="paper", place=asked.title)
        records = journal.write_final(target, head=asked.head, foot=asked.foot, limit=limit)
    return FetchReport(
        source=source, file=target.name, records=records, total=total, resumed=min(resumed, records), skipped=skipped,
        requests=client.requests, cached=client.kept, note="" if records == limit else note,
    )  # fmt: skip


def _collect(
    asked: Source, client: Client, journal: Journal, limit: int, limits: Limits, tell: Callable[[str], None]
) -> int:
    """Add pages until there is no more or it is enough; give the number of records without an id."""
    skipped = stale = 0
    seen: set[str] = set()
    while (cursor := journal.following) is not None and len(journal.ids) < limit:
        if cursor in seen or stale >= limits.stale_pages:
            raise FetchError("gives the same page again and again; the query cannot be finished", source=asked.name)
        if journal.pages >= limits.pages:
            raise FetchError(f"has more than {limits.pages:,} pages; narrow the query", source=asked.name)
        seen.add(cursor)
        page = client.get_page(cursor)
        new = journal.add_page(page.items, page.following, total=page.total, note=page.note)
        skipped += page.skipped
        stale = 0 if new or not page.items else stale + 1
        of = f" of {page.total:,}" if page.total is not None else ""
        tell(f"{asked.name}: {min(len(journal.ids), limit):,}{of} records")
    return skipped


def _make_source(
    name: str, text: str, since: str | None, until: str | None, sort: str | None, contact: str | None,
    base_url: str | None, clock: Clock, environment: Mapping[str, str],
) -> Source:  # fmt: skip
    kind = KINDS.get(name)
    if kind is None:
        raise ConfigurationError(f"no source is named {name!r}; sources: {', '.join(KINDS)}")
    today = datetime.fromtimestamp(clock.now(), UTC).date()
    query = Query(text=text, since=_first(since), until=_last(until), sort=sort, today=today)
    if query.since and query.until and query.since > query.until:
        raise ConfigurationError(f"since {since} is later than until {until}")
    address = check_address(base_url or kind.address)
    return kind(
        query, Access(address=address, contact=_contact(contact, environment), key=_key(kind, address, environment))
    )


def _first(text: str | None) -> date | None:
    return parse_period(text)[0] if text else None


def _last(text: str | None) -> date | None:
    return parse_period(text)[1] if text else None


def _contact(given: str | None, environment: Mapping[str, str]) -> str:
    contact = (given if given is not None else environment.get("PAPERCONCEPTS_CONTACT", "")).strip()
    if contact and not _CONTACT.fullmatch(contact):
        raise ConfigurationError(f"the contact {contact[:60]!r} is no e-mail address")
    return contact


def _key(kind: type[Source], address: str, environment: Mapping[str, str]) -> str:
    if kind.key_variable is None:
        return ""
    key = environment.get(kind.key_variable, "").strip()
    if key and not _KEY.fullmatch(key):
        raise ConfigurationError(f"the key in {kind.key_variable} has characters that no key has")
    same = urlsplit(address).hostname == urlsplit(kind.address).hostname
    return key if same or is_local(address) else ""


def _task(asked: Source) -> dict[str, str]:
    query = asked.query
    return {
        "source": asked.name, "address": asked.access.address, "query": asked.text, "sort": query.sort or "",
        "since": str(query.since or ""), "until": str(query.until or ""), "paging": asked.paging,
    }  # fmt: skip


def _say_nothing(line: str) -> None:
    pass
