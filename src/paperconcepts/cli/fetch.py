"""``paperconcepts fetch``: records of a live source into a file."""

import re
import shutil
import sys

import click

__all__ = ["command", "parse_age"]

_SOURCES = ("arxiv", "openalex", "semantic-scholar", "hf-daily", "crossref")
_AGE = re.compile(r"(\d{1,6})([smhd]?)", re.ASCII)
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}


def parse_age(ctx: click.Context, param: click.Parameter, value: str) -> float:
    """Turn ``90s``, ``30m``, ``12h`` or ``7d`` into seconds."""
    match = _AGE.fullmatch(value.strip())
    if match is None:
        raise click.BadParameter(f"{value!r} is no age, such as 30m, 12h or 7d")
    return float(int(match[1]) * _UNITS[match[2]])


@click.command("fetch")
@click.argument("source", metavar="SOURCE", type=click.Choice(_SOURCES))
@click.argument("query", metavar="QUERY")
@click.option("-o", "--output", metavar="FILE", required=True, type=click.Path(dir_okay=False),
              help="Write here, whole or not at all. Required.")  # fmt: skip
@click.option("--limit", metavar="N", type=click.IntRange(min=1), default=1000, show_default=True,
              help="Stop after so many records.")  # fmt: skip
@click.option("--since", metavar="DATE", help="Only papers of this day, month or year and later.")
@click.option("--until", metavar="DATE", help="Only papers of this day, month or year and earlier.")
@click.option("--sort", type=click.Choice(["relevance", "newest"]), default=None,
              help="Which records come first, where the source knows it. Default: the source's own order.")  # fmt: skip
@click.option("--contact", metavar="EMAIL", default=None,
              help="Where the source can reach you. Default: PAPERCONCEPTS_CONTACT of the environment.")  # fmt: skip
@click.option("--cache", metavar="DIR", type=click.Path(file_okay=False), default=None,
              help="Keep answers in this folder. Default: the platform's folder for caches.")  # fmt: skip
@click.option("--no-cache", is_flag=True, help="Neither use kept answers nor keep any.")
@click.option("--max-age", metavar="AGE", default="1d", show_default=True, callback=parse_age,
              help="Use answers that are at most so old: 30m, 12h, 7d.")  # fmt: skip
@click.option("--restart", is_flag=True, help="Drop what an earlier run left unfinished.")
@click.option("--base-url", metavar="URL", default=None, help="Another address of the same API, such as a mirror.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def command(
    source: str, query: str, output: str, limit: int, since: str | None, until: str | None, sort: str | None,
    contact: str | None, cache: str | None, no_cache: bool, max_age: float, restart: bool, base_url: str | None,
    as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Download the records of SOURCE that match QUERY into a file that build and add read.

    SOURCE is arxiv, openalex, semantic-scholar, hf-daily or crossref. QUERY is words in the syntax of the source, and
    for hf-daily a period: 2024-10-31, 2024-10, 2024-W44 or FIRST..LAST. A fetch that was interrupted goes on where it
    stopped when it is run again. Keys are taken from OPENALEX_API_KEY and SEMANTIC_SCHOLAR_API_KEY.
    """
    from paperconcepts.fetch import fetch_records

    shown = sys.stderr.isatty() and not quiet
    try:
        report = fetch_records(
            source, query, output, limit=limit, since=since, until=until, sort=sort, contact=contact,
            base_url=base_url, cache=cache, use_cache=not no_cache, max_age=max_age, restart=restart,
            progress=_show if shown else None,
        )  # fmt: skip
    finally:
        if shown:
            _show("")
            click.echo("\r", err=True, nl=False)
    if as_json:
        import json

        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    elif not quiet:
        of = f" of {report.total:,}" if report.total is not None else ""
        click.echo(f"fetched    {report.records:,}{of} records: {report.file}")
        click.echo(f"requests   {report.requests:,}, and {report.cached:,} pages from the cache")
        if report.resumed:
            click.echo(f"resumed    {report.resumed:,} records were there from an earlier run")
        if report.skipped:
            click.echo(f"skipped    {report.skipped:,} records without an id")
        if report.note:
            click.echo(f"note       {report.note}; narrow the query with --since and --until")


def _show(line: str) -> None:
    wide = shutil.get_terminal_size().columns - 1
    click.echo(f"\r{line[:wide]:<{wide}}", err=True, nl=False)
