"""``paperconcepts remove``: papers and files out of a library."""

import click

from paperconcepts.cli.library_options import library_option, print_changes, wait_option

__all__ = ["command"]


@click.command("remove")
@click.argument("papers", metavar="[PAPER]...", nargs=-1)
@library_option
@click.option("--source", "sources", metavar="NAME", multiple=True,
              help="Take out this file, by its name in 'status' (repeatable).")  # fmt: skip
@wait_option
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def command(
    papers: tuple[str, ...], library: str, sources: tuple[str, ...], wait: float, as_json: bool, quiet: bool
) -> None:
    """Take papers out of a library, by id, identifier, address or title, with all that they alone said.

    Reading their files again does not bring them back; 'add --restore' does. A file that was taken out with --source is
    not brought back by its folder, but by 'add FILE'. The files themselves are left alone.
    """
    if not papers and not sources:
        raise click.UsageError("name a PAPER, or a file with --source")
    from paperconcepts.incremental import remove_from_library

    changes = remove_from_library(library, papers, sources=sources, wait=wait)
    if as_json:
        print_changes(changes, as_json=True, quiet=quiet)
    elif not quiet:
        for verb, names in (("removed", changes.papers.removed), ("changed", changes.papers.changed)):
            for name in sorted(names):
                click.echo(f"{verb}  {name}")
        if not changes.papers.removed and not changes.papers.changed:
            click.echo("no paper has changed")
