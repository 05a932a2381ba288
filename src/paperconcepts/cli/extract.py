"""``paperconcepts extract``: concepts of each paper as JSON lines."""

import io
import json
import sys
from pathlib import Path

import click

from paperconcepts.cli.source_options import source_options

__all__ = ["command"]


@click.command("extract")
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write here, whole or not at all.",
)
@source_options
@click.option(
    "--profile",
    type=click.Choice(["default", "fast"]),
    default="default",
    help="fast: rules and catalogue only, without the tagger.",
)
@click.option(
    "-j", "--processes", type=click.IntRange(1, 256), default=1, help="Worker processes (default 1); same result."
)
def command(
    inputs: tuple[str, ...],
    output: Path | None,
    input_format: str | None,
    columns: dict[str, str],
    strict: bool,
    profile: str,
    processes: int,
) -> None:
    """Print one JSON line for each record, in input order.

    Offsets are Unicode code points into the title and abstract of the record as it stands in a JSON Lines file; for
    pages and listings, which name no such fields, into the cleaned texts.
    Records are taken one by one: nothing is merged and no other paper's definitions are used.
    """
    from paperconcepts.export.records import extract_record
    from paperconcepts.files import open_atomic
    from paperconcepts.pipeline import extract_and_link, load_to_stay
    from paperconcepts.sources import ReadReport, read_papers

    load_to_stay(profile)
    report = ReadReport()
    papers = read_papers(inputs, format=input_format, report=report, strict=strict, columns=columns)
    linked = extract_and_link(papers, profile=profile, processes=processes)
    lines = (json.dumps(extract_record(item), ensure_ascii=False) for item in linked)
    if output is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            # JSON is UTF-8, whatever the terminal's own encoding.
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        for line in lines:
            click.echo(line)
    else:
        with open_atomic(output) as stream:
            for line in lines:
                stream.write(line + "\n")
    skipped = report.as_dict().get("skipped", [])
    if skipped:
        first = skipped[0]
        where = " ".join(str(value) for value in (first.values() if isinstance(first, dict) else first))
        click.echo(f"skipped {len(skipped)} records, the first: {where}", err=True)
