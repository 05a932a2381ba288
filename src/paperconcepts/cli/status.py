"""``paperconcepts status``: what a library holds, and whether its file is whole."""

import json
from typing import TYPE_CHECKING

import click

from paperconcepts.cli.library_options import library_option

if TYPE_CHECKING:
    from paperconcepts.library import LibraryStatus

__all__ = ["command"]


@click.command("status")
@library_option
@click.option("--deep", is_flag=True, help="Read every row and compare it with its digest.")
@click.option("--files", "with_files", is_flag=True, help="List every file that was read.")
@click.option("--json", "as_json", is_flag=True, help="Print the status as JSON.")
@click.pass_context
def command(ctx: click.Context, library: str, deep: bool, with_files: bool, as_json: bool) -> None:
    """Say what a library holds and check its file; exit code 3 if something is wrong with it."""
    from paperconcepts.incremental import status_of_library

    found = status_of_library(library, deep=deep)
    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
    else:
        _print(found, library, with_files)
    if found.problems:
        ctx.exit(3)


def _print(found: "LibraryStatus", library: str, with_files: bool) -> None:
    click.echo(
        f"library    {click.format_filename(library)}: tables of version {found.schema}, {found.size / 1e6:,.1f} MB"
    )
    click.echo(f"papers     {found.papers:,} of {found.records:,} records in {len(found.files):,} files")
    missing = [file.name for file in found.files if not file.present]
    if missing:
        names = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
        click.echo(f"missing    {len(missing):,} files; what they said is kept: {names}")
    click.echo(f"extractor  {found.profile} {found.extractor}, {found.pending:,} papers to read")
    for profile, version, count in found.annotations:
        click.echo(f"           {count:,} texts read by {profile} {version}")
    if found.removed:
        click.echo(f"removed    {found.removed:,} records that do not come back by themselves")
    if found.excluded:
        names = ", ".join(found.excluded[:5]) + (" …" if len(found.excluded) > 5 else "")
        click.echo(f"taken out  {len(found.excluded):,} files that their folders do not bring back: {names}")
    click.echo(f"decisions  {found.decisions or 'none'}")
    for run in found.runs:
        counts = f"{run.added:,} added, {run.changed:,} changed, {run.removed:,} removed, {run.extracted:,} extracted"
        click.echo(f"run {run.number:<6} {run.command:7} {counts}; {run.papers:,} papers after it")
    if with_files:
        for file in found.files:
            click.echo(f"file       {file.records:,} records  {file.name}{'' if file.present else '  (missing)'}")
    for problem in found.problems:
        click.echo(f"problem    {problem}")
    if not found.problems:
        click.echo("the file is whole")
