"""``paperconcepts add``: documents into a library."""

import sys

import click

from paperconcepts.cli.library_options import (
    library_option,
    prepare_extraction,
    print_changes,
    print_progress,
    wait_option,
)
from paperconcepts.cli.source_options import source_options

__all__ = ["command"]


@click.command("add")
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@library_option
@click.option("--replace", is_flag=True, help="New records take the place of earlier ones of the same papers.")
@click.option("--restore", is_flag=True, help="Records and files that were taken out with 'remove' come back.")
@source_options
@click.option("--profile", type=click.Choice(["default", "fast"]), default=None,
              help="fast: rules and catalogue only, without the tagger. The first documents settle it.")  # fmt: skip
@click.option("-j", "--processes", type=click.IntRange(1, 256), default=1, help="Worker processes (1); same result.")
@wait_option
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@click.pass_context
def command(
    ctx: click.Context, inputs: tuple[str, ...], library: str, replace: bool, restore: bool,
    input_format: str | None, columns: dict[str, str], strict: bool, profile: str | None, processes: int, wait: float,
    as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Read documents into a library, which is made if it is missing; only what is new is extracted.

    INPUT is files, folders, globs or - (standard input), as for build. A file that was read before is read again only
    if it has changed, and then takes the place of what it said, read with the same --input-format and --map unless
    others are given; one that cannot be read any more keeps its say, is named and gives exit code 3. What was done
    before an interruption is kept.
    """
    from paperconcepts.config import Config
    from paperconcepts.incremental import add_documents

    given = {
        "input_format": input_format, "columns": columns or None, "strict": strict or None, "profile": profile,
        "processes": processes,
    }  # fmt: skip
    config = Config.model_validate({name: value for name, value in given.items() if value is not None})
    changes = add_documents(
        inputs, library, config=config, replace=replace, restore=restore, wait=wait, prepare=prepare_extraction,
        progress=None if quiet or not sys.stderr.isatty() else print_progress,
    )  # fmt: skip
    print_changes(changes, as_json=as_json, quiet=quiet)
    if changes.left_out_files and not as_json and not quiet:
        names = ", ".join(sorted(changes.left_out_files)[:5]) + (" …" if len(changes.left_out_files) > 5 else "")
        click.echo(f"taken out  {len(changes.left_out_files):,} files that 'add FILE' brings back: {names}")
    if changes.failed:
        ctx.exit(3)
