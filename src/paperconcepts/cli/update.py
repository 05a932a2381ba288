"""``paperconcepts update``: a library brought up to date."""

import sys
from pathlib import Path

import click

from paperconcepts.cli.library_options import (
    library_option,
    prepare_extraction,
    print_changes,
    print_progress,
    wait_option,
)

__all__ = ["command"]


@click.command("update")
@library_option
@click.option("--profile", type=click.Choice(["default", "fast"]), default=None,
              help="Keep the library with this profile from now on.")  # fmt: skip
@click.option("--decisions", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), default=None,
              help="Keep the decisions of this file in the library, for every build of it.")  # fmt: skip
@click.option("--no-decisions", is_flag=True, help="Keep no decisions any more.")
@click.option("-j", "--processes", type=click.IntRange(1, 256), default=1, help="Worker processes (1); same result.")
@wait_option
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@click.pass_context
def command(
    ctx: click.Context, library: str, profile: str | None, decisions: Path | None, no_decisions: bool, processes: int,
    wait: float, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Read changed files again, find new ones in folders, extract what this version would find otherwise.

    Files that are gone, or that cannot be read any more, are named and what they said is kept; the latter give exit
    code 3.
    """
    if decisions is not None and no_decisions:
        raise click.UsageError("--decisions and --no-decisions contradict each other")
    from paperconcepts.config import Config
    from paperconcepts.incremental import keep_decisions, update_library

    if decisions is not None or no_decisions:
        keep_decisions(library, decisions, wait=wait)
    given = {"profile": profile, "processes": processes}
    changes = update_library(
        library, config=Config.model_validate({name: value for name, value in given.items() if value is not None}),
        wait=wait, prepare=prepare_extraction, progress=None if quiet or not sys.stderr.isatty() else print_progress,
    )  # fmt: skip
    print_changes(changes, as_json=as_json, quiet=quiet)
    if changes.failed:
        ctx.exit(3)
