"""What the commands that take a name share: a line on standard error where it is a name of several things."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["note_ambiguous"]


def note_ambiguous(graph: "ResearchGraph", *names: str | None, kinds: Sequence[str] = ("concept",)) -> None:
    """Say on standard error how each name is read that several things bear; ``kinds`` are tried in this order."""
    from paperconcepts.query import remarks_on_names

    for remark in remarks_on_names(graph, [name for name in names if name], kinds=kinds):
        click.echo(f"note: {remark}", err=True)
