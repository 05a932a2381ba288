"""The command group: commands are loaded when they are called, errors become one line and an exit code."""

import importlib
import os
import sys
from typing import Any

import click

from paperconcepts.cli.exit_codes import exit_code
from paperconcepts.errors import DecisionsError
from paperconcepts.version import __version__

__all__ = ["main"]

# The tagger's matrices are small: more threads than one only get into each other's way. Set before NumPy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

_COMMANDS = {
    "build": "Read documents, build the graph, write it in every format.",
    "fetch": "Download records of a source into a file.",
    "add": "Read documents into a library; only what is new is extracted.",
    "remove": "Take papers or files out of a library.",
    "update": "Read changed files of a library again, extract what is stale.",
    "status": "Say what a library holds, and check the file.",
    "diff": "Say what is new between two builds or two dates.",
    "extract": "Print the concepts of each paper as one JSON line.",
    "evaluate": "Compare extracted concepts with annotated ones.",
    "export": "Write a built folder, or a part of it, in another format.",
    "site": "Write a static web site of the papers and concepts.",
    "query": "Ask a SPARQL question of a built folder or an RDF file.",
    "validate": "Check an RDF file against the rules of the ontology.",
    "show": "Print the card of a concept or a paper.",
    "why": "Print what speaks for an edge, a concept or a paper.",
    "aliases": "Print every name of a concept with the reason for it.",
    "review": "List doubtful cases, and write decisions about them.",
    "related": "Print the concepts that stand in the same papers.",
    "trends": "Print the years of a concept, or what rises and falls.",
    "lineage": "Print what a concept builds on and what builds on it.",
    "communities": "Print groups of concepts that papers use together.",
    "similar": "Print the papers about the same concepts.",
    "gaps": "Print tasks and methods that are hardly ever combined.",
    "compare": "Print a table of papers and their concepts.",
    "plot": "Draw a timeline, what rises and falls, a heat map or a lineage.",
    "results": "Print the results that papers state.",
    "catalogue": "Suggest concepts for the catalogue, or check files of it.",
    "doctor": "Say whether this installation is complete.",
}


class _LazyGroup(click.Group):
    """Imports the module of a command only when that command is used: --help must not load spaCy."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"paperconcepts.cli.{cmd_name}").command
        command.short_help = _COMMANDS[cmd_name]
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS:
            import difflib

            near = difflib.get_close_matches(args[0], _COMMANDS, n=1)
            if near:
                ctx.fail(f"No such command '{args[0]}'. Did you mean '{near[0]}'?")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:
            # The reader of our output has gone (`| head`): end quietly, and keep Python from flushing at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except KeyboardInterrupt:
            click.echo("interrupted; files under their final names are whole", err=True)
            ctx.exit(130)
        except Exception as error:
            click.echo(_describe(error, debug=bool(ctx.params.get("debug"))), err=True)
            ctx.exit(exit_code(error))


def _describe(error: Exception, *, debug: bool) -> str:
    if debug:
        import traceback

        return "".join(traceback.format_exception(error)).rstrip()
    if isinstance(error, DecisionsError):
        # A person goes through the file line by line: each problem in a line of its own.
        return "\n".join(f"error: {line}" for line in error.lines)
    message = str(error) or type(error).__name__
    code = exit_code(error)
    if code == 1:
        message = f"unexpected {type(error).__name__}: {message}; run paperconcepts --debug ... for the traceback"
    elif isinstance(error, OSError) and error.strerror:
        message = f"cannot write the output: {error.strerror}"
    return f"error: {' '.join(message.split())}"


_EPILOG = """\b
Exit codes: 0 well, 1 unexpected error, 2 wrong usage, 3 input unreadable or of
unknown kind, 4 no such name, 5 bad query, 6 bad setting or installation, 7 an
RDF file breaks a rule, 69 a source on the network fails, 74 output cannot be
written, 75 library in use, 130 interrupted.

\b
Start with:  paperconcepts build papers/ --out graph/
"""


@click.group(cls=_LazyGroup, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", prog_name="paperconcepts")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def main(debug: bool) -> None:
    """Build a research knowledge graph from paper abstracts, every edge with its sentence."""
