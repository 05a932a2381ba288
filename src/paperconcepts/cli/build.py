"""``paperconcepts build``: the main job."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from paperconcepts.pipeline import BuildReport

__all__ = ["command"]


@click.command("build")
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option("-o", "--out", "directory", metavar="DIR", required=True, help="Folder to write; it is made if missing.",
              type=click.Path(path_type=Path, file_okay=False))  # fmt: skip
@click.option("--format", "formats", metavar="NAME", multiple=True,
              help="Write only this (repeatable): ttl nt gexf graphml cyjs csv jsonl html. Default: all.")  # fmt: skip
@click.option("--input-format", metavar="NAME", help="Read every input as this format instead of detecting it.")
@click.option("--strict", is_flag=True, help="Stop at the first bad record instead of skipping and counting it.")
@click.option("--profile", type=click.Choice(["default", "fast"]), default=None,
              help="fast: rules and catalogue only, without the tagger.")  # fmt: skip
@click.option("-j", "--processes", type=click.IntRange(1, 256), default=None, help="Worker processes (1); same result.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=None, help="Leave out weaker edges.")
@click.option("--min-support", type=click.IntRange(min=1), default=None,
              help="Leave out concepts and relations of fewer papers.")  # fmt: skip
@click.option("--decisions", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), default=None,
              help="Apply the decisions of this file: split, merge, rename, retype, reject.")  # fmt: skip
@click.option(
    "--config", "config_file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Settings as TOML."
)
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
def command(
    inputs: tuple[str, ...], directory: Path, formats: tuple[str, ...], input_format: str | None, strict: bool,
    profile: str | None, processes: int | None, min_confidence: float | None, min_support: int | None,
    decisions: Path | None, config_file: Path | None, quiet: bool,
) -> None:  # fmt: skip
    """Read documents, build the graph and write it to a folder.

    INPUT is files, folders, globs or - (standard input), of any known kind: Hugging Face daily pages, arXiv listings,
    "Abstract:" lines, JSONL. The folder gets graph.ttl graph.nt graph.gexf graph.graphml graph.cyjs nodes.csv
    edges.csv papers.jsonl graph.html and report.json.
    """
    from paperconcepts.config import Config, read_config
    from paperconcepts.export.formats import check_formats, export_graph
    from paperconcepts.extraction import load_pipeline
    from paperconcepts.files import write_atomic
    from paperconcepts.pipeline import BuildReport, build

    given = {
        "input_format": input_format, "strict": strict or None, "profile": profile, "processes": processes,
        "min_confidence": min_confidence, "min_support": min_support, "formats": formats or None,
        "decisions": decisions,
    }  # fmt: skip
    config = read_config(config_file) if config_file else Config()
    config = config.model_copy(update={name: value for name, value in given.items() if value is not None})
    # A misspelt format must not cost the reader a whole build.
    names = check_formats(config.formats or None)
    load_pipeline(config.profile)
    report = BuildReport()
    progress = None if quiet or not sys.stderr.isatty() else _print_progress
    graph = build(inputs, config=config, report=report, progress=progress)
    # papers.jsonl is what show and why read, so it is always there.
    written = export_graph(graph, directory, formats=[*names, *({"jsonl"} - set(names))])
    _warn_of_leftovers(directory, written)
    report_file = directory / "report.json"
    write_atomic(report_file, json.dumps(report.as_dict(), ensure_ascii=False, indent=2) + "\n")
    if not quiet:
        _summary(report, [*written, report_file], directory, click.echo)


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
    echo(f"wrote      {directory}/: {' '.join(path.name for path in written)}")
    look = f"open {directory}/graph.html   or   " if any(path.name == "graph.html" for path in written) else ""
    echo(f"next       {look}paperconcepts show {directory} NAME")


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items() if count) or "none"
