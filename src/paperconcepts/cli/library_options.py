"""What the commands of a library share: its option, and how they say what they did."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from paperconcepts.cli.numbers import FiniteRange

if TYPE_CHECKING:
    from paperconcepts.library import Changes

__all__ = [
    "describe_changes", "library_option", "prepare_extraction", "print_changes", "print_progress", "wait_option",
]  # fmt: skip

_Command = TypeVar("_Command", bound=Callable[..., Any])
_NAMED = 5

library_option = click.option(
    "-l", "--library", metavar="FILE", required=True, type=click.Path(dir_okay=False), help="The library. Required."
)
wait_option = click.option(
    "--wait", metavar="SECONDS", type=FiniteRange(min=0), default=10.0, show_default=True,
    help="How long to wait for another command that writes to the library.",
)  # fmt: skip


def prepare_extraction(profile: str) -> None:
    """Load what extracts before progress is shown, and only where something is to be extracted."""
    from paperconcepts.pipeline import load_to_stay

    load_to_stay(profile)


def print_progress(done: int, total: int) -> None:
    """Show on the terminal how many texts have been extracted."""
    if done % 50 == 0 or done == total:
        click.echo(f"\r{done:,} of {total:,} texts", err=True, nl=done == total)


def describe_changes(changes: "Changes") -> list[str]:
    """What a command did, in lines."""
    papers = changes.papers
    lines = [
        f"files      {len(changes.read):,} read, {changes.unchanged:,} unchanged; {changes.records:,} new records",
        f"papers     {len(papers.added):,} added, {len(papers.changed):,} changed, {len(papers.removed):,} removed",
        f"extracted  {changes.extracted:,} texts",
    ]
    if changes.left_out:
        lines.append(
            f"left out   {changes.left_out:,} records that were taken out earlier; 'add --restore' takes them back"
        )
    if changes.skipped:
        lines.append(f"skipped    {len(changes.skipped):,} records; the first of them:")
        lines += [f"           {item.file} {item.record} {item.reason}" for item in changes.skipped[:_NAMED]]
    if changes.missing:
        names = ", ".join(sorted(changes.missing)[:_NAMED]) + (" …" if len(changes.missing) > _NAMED else "")
        lines.append(f"missing    {len(changes.missing):,} files; what they said is kept: {names}")
    for file, reason in sorted(changes.failed):
        lines.append(f"failed     {file}: {reason}; what it said before is kept")
    return lines


def print_changes(changes: "Changes", *, as_json: bool, quiet: bool) -> None:
    """Print what a command did, unless it is to be quiet."""
    if as_json:
        import json

        click.echo(json.dumps(changes.as_dict(), ensure_ascii=False, indent=2))
    elif not quiet:
        for line in describe_changes(changes):
            click.echo(line)
