"""``paperconcepts build``: the main job."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperconcepts.cli.library_options import prepare_extraction, print_progress, wait_option
from paperconcepts.cli.numbers import FiniteRange
from paperconcepts.cli.source_options import source_options

if TYPE_CHECKING:
    from paperconcepts.config import Config
    from paperconcepts.graph import ResearchGraph
    from paperconcepts.pipeline import BuildReport

__all__ = ["command"]


@click.command("build")
@click.argument("inputs", metavar="INPUT...", nargs=-1)
@click.option("-l", "--library", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
              help="Build the graph of this library instead of reading INPUT.")  # fmt: skip
@click.option("-o", "--out", "directory", metavar="DIR", required=True, help="Folder to write; it is made if missing.",
              type=click.Path(path_type=Path, file_okay=False))  # fmt: skip
@click.option("--format", "formats", metavar="NAME", multiple=True,
              help="Write only this (repeatable): ttl nt gexf graphml cyjs csv jsonl html, on request also nq trig "
              "jsonld rdf12. Default: the first eight.")  # fmt: skip
@source_options
@click.option("--profile", type=click.Choice(["default", "fast"]), default=None,
              help="fast: rules and catalogue only, without the tagger.")  # fmt: skip
@click.option("-j", "--processes", type=click.IntRange(1, 256), default=None, help="Worker processes (1); same result.")
@click.option("--min-confidence", type=FiniteRange(0, 1), default=None, help="Leave out weaker edges.")
@click.option("--min-support", type=click.IntRange(min=1), default=None,
              help="Leave out concepts and relations of fewer papers.")  # fmt: skip
@click.option("--rdf-level", type=click.Choice(["core", "evidence", "full"]), default=None,
              help="What RDF files hold: facts alone, evidence without abstracts, or all (full).")  # fmt: skip
@click.option("--decisions", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), default=None,
              help="Apply the decisions of this file: split, merge, rename, retype, reject.")  # fmt: skip
@click.option(
    "--config", "config_file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Settings as TOML."
)
@wait_option
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def command(
    inputs: tuple[str, ...], library: Path | None, directory: Path, formats: tuple[str, ...], input_format: str | None,
    columns: dict[str, str], strict: bool, profile: str | None, processes: int | None, min_confidence: float | None,
    min_support: int | None, rdf_level: str | None, decisions: Path | None, config_file: Path | None, wait: float,
    quiet: bool,
) -> None:  # fmt: skip
    """Read documents, build the graph and write it to a folder.

    INPUT is files, folders, globs or - (standard input), of any known kind: saved pages, arXiv, OpenAlex, PubMed and
    other metadata, BibTeX, RIS, tables, notes, JSONL. The folder gets graph.ttl graph.nt graph.gexf graph.graphml
    graph.cyjs nodes.csv edges.csv papers.jsonl graph.html and report.json.

    With --library the papers are those of a library, see add; what it holds is not extracted again, and a build of what
    the folder holds already is not done.
    """
    from paperconcepts.config import Config, read_config
    from paperconcepts.export.formats import check_formats

    _check_inputs(inputs, library, input_format, columns, strict)
    given = {
        "input_format": input_format, "strict": strict or None, "profile": profile, "processes": processes,
        "min_confidence": min_confidence, "min_support": min_support, "formats": formats or None,
        "decisions": decisions, "rdf_level": rdf_level, "columns": columns or None,
    }  # fmt: skip
    config = read_config(config_file) if config_file else Config()
    config = config.model_copy(update={name: value for name, value in given.items() if value is not None})
    # A misspelt format must not cost the reader a whole build.
    names = check_formats(config.formats or None)
    # papers.jsonl is what show and why read, so it is always there.
    names += sorted({"jsonl"} - set(names))
    if library is None:
        _build_documents(inputs, directory, names, config, quiet)
    else:
        _build_library(library, directory, names, config, wait, quiet)


def _check_inputs(
    inputs: tuple[str, ...], library: Path | None, input_format: str | None, columns: dict[str, str], strict: bool
) -> None:
    if library is None:
        if not inputs:
            raise click.UsageError("Missing argument 'INPUT...', or a library with --library FILE.")
        return
    if inputs:
        raise click.UsageError("INPUT and --library exclude each other; 'paperconcepts add' puts INPUT into a library.")
    given = {"--input-format": input_format is not None, "--map": bool(columns), "--strict": strict}
    if any(given.values()):
        names = " and ".join(name for name, is_given in given.items() if is_given)
        raise click.UsageError(f"a library has read its documents already; give {names} to 'paperconcepts add'.")


def _build_documents(inputs: tuple[str, ...], directory: Path, names: list[str], config: "Config", quiet: bool) -> None:
    from paperconcepts.pipeline import BuildReport, build, load_to_stay

    load_to_stay(config.profile)
    report = BuildReport()
    progress = None if quiet or not sys.stderr.isatty() else _print_progress
    graph = build(inputs, config=config, report=report, progress=progress)
    _write(graph, report, directory, names, config, quiet)


def _build_library(
    library: Path, directory: Path, names: list[str], config: "Config", wait: float, quiet: bool
) -> None:
    from paperconcepts.incremental import KeptBuild, build_library

    kept = KeptBuild(library, directory, config, tuple(names))
    progress = None if quiet or not sys.stderr.isatty() else print_progress
    state = kept.completed_state(wait=wait, progress=progress, prepare=prepare_extraction)
    if current := kept.current_files(state):
        _warn_of_leftovers(directory, current)
        if not quiet:
            click.echo(f"unchanged  {click.format_filename(library)} and the settings are those of the last build")
            _say_files(current, directory, click.echo, verb="kept")
        return
    from paperconcepts.pipeline import BuildReport

    report = BuildReport()
    graph = build_library(library, config=config, report=report, wait=wait, prepare=prepare_extraction)
    kept.remember(_write(graph, report, directory, names, config, quiet), state)


def _write(
    graph: "ResearchGraph", report: "BuildReport", directory: Path, names: list[str], config: "Config", quiet: bool
) -> list[Path]:
    """Write the graph and the report, say what is in them, and return the files."""
    from paperconcepts.export.formats import export_graph
    from paperconcepts.files import write_atomic

    written = export_graph(graph, directory, formats=names, rdf_level=config.rdf_level)
    _warn_of_leftovers(directory, written)
    report_file = directory / "report.json"
    write_atomic(report_file, json.dumps(report.as_dict(), ensure_ascii=False, indent=2) + "\n")
    written.append(report_file)
    if not quiet:
        _summary(report, written, directory, click.echo)
    return written


def _warn_of_leftovers(directory: Path, written: list[Path]) -> None:
    from paperconcepts.export.formats import EXPORTS

    names = {name for export in EXPORTS.values() for name in export.files} - {path.name for path in written}
    left = sorted(name for name in names if (directory / name).exists())
    if left:
        click.echo(f"warning: {' '.join(left)} in {directory} are of an earlier build; delete them", err=True)


def _print_progress(done: int, total: int) -> None:
    if done % 20 == 0 or done == total:
        click.echo(f"\r{done:,} of {total:,} papers", err=True, nl=done == total)


def _summary(report: "BuildReport", written: list[Path], directory: Path, echo: Callable[[str], None]) -> None:
    read = report.read.as_dict()
    echo(f"read       {_counts(read.get('records', {}))} -> {report.papers:,} papers")
    echo(f"concepts   {sum(report.concepts.values()):,}: {_counts(report.concepts)}")
    echo(f"edges      {sum(report.edges.values()):,}: {_counts(report.edges)}")
    echo(f"relations  {sum(report.relations.values()):,}: {_counts(report.relations)}")
    shares = ", ".join(f"{share:.0%} {name}" for name, share in report.mention_shares.items() if share)
    echo(f"mentions   {sum(report.mentions.values()):,}: {shares or 'none'}")
    skipped = read.get("skipped", [])
    if skipped:
        echo(f"skipped    {len(skipped):,} records; the first of them (all are in report.json):")
        for item in skipped[:5]:
            echo(f"           {' '.join(str(value) for value in (item.values() if isinstance(item, dict) else item))}")
    if read.get("warnings"):
        echo(f"dropped    {_counts(read['warnings'])} (the records were kept)")
    if read.get("conflicts"):
        echo(f"conflicts  {len(read['conflicts']):,} fields in which records of one paper differ; see report.json")
    cues = report.coverage.cues
    if cues:
        roles = _counts({str(role): cues[role] for role in sorted(cues, key=lambda found: found.rank)})
        noun = "sentence" if cues.total() == 1 else "sentences"
        echo(f"bare       {cues.total():,} {noun} with a cue for a concept and none found: {roles}; see report.json")
    if report.decisions is not None:
        idle = report.decisions.without_effect
        lines = ", ".join(str(item.line) for item in idle[:10]) + (" …" if len(idle) > 10 else "")
        rest = f", {len(idle):,} without effect here (lines {lines})" if idle else ""
        echo(f"decisions  {len(report.decisions.applied):,} applied{rest}; see report.json")
    if report.empty_papers:
        first = ", ".join(report.empty_papers[:3]) + (" …" if len(report.empty_papers) > 3 else "")
        echo(f"empty      {len(report.empty_papers):,} papers from which nothing was drawn: {first}")
    if report.left_out_papers:
        echo(f"left out   {len(report.left_out_papers):,} papers of which limits or decisions left nothing")
    _say_files(written, directory, echo, verb="wrote")


def _say_files(files: list[Path], directory: Path, echo: Callable[[str], None], *, verb: str) -> None:
    folder = click.format_filename(directory)
    echo(f"{verb:10} {folder}/: {' '.join(path.name for path in files)}")
    look = f"open {folder}/graph.html   or   " if any(path.name == "graph.html" for path in files) else ""
    echo(f"next       {look}paperconcepts show {folder} NAME")


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items() if count) or "none"
