"""``paperconcepts evaluate``: how well the extraction agrees with annotated papers."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from paperconcepts.evaluation import PaperText

__all__ = ["command"]

_FILE = click.Path(path_type=Path)


@click.command("evaluate")
@click.option("--gold", "gold_path", metavar="FILE", type=_FILE, required=True,
              help="Annotations: JSON Lines, SciERC JSON, a brat folder or file.")  # fmt: skip
@click.option("--papers", "papers_path", metavar="FILE", type=_FILE,
              help="The annotated papers as JSON Lines; for gold that names papers by id.")  # fmt: skip
@click.option("--pred", "predictions_path", metavar="FILE", type=_FILE,
              help="Score this output of extract instead of extracting now.")  # fmt: skip
@click.option("--map", "labels", metavar="LABEL=TYPE", multiple=True,
              help="The type of a label of the gold, - to leave it out; repeatable.")  # fmt: skip
@click.option("--merge", metavar="TYPE,TYPE", multiple=True, help="Count these types as one; repeatable.")
@click.option("--types", metavar="TYPE,...", default="", help="Score these types only. Default: all of the gold.")
@click.option("--title-line", is_flag=True, help="The first line of each text is its title.")
@click.option("--errors", "limit", metavar="N", type=click.IntRange(min=0), default=10, show_default=True,
              help="How many of the most frequent misses and false finds to list.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print every figure as JSON.")
@click.option("--html", "page", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
              help="Write a page that shows the errors in the texts.")  # fmt: skip
@click.option("--profile", type=click.Choice(["default", "fast"]), default="default",
              help="fast: rules and catalogue only, without the tagger.")  # fmt: skip
@click.option("-j", "--processes", type=click.IntRange(1, 256), default=1, help="Worker processes (1); same result.")
def command(
    gold_path: Path, papers_path: Path | None, predictions_path: Path | None, labels: tuple[str, ...],
    merge: tuple[str, ...], types: str, title_line: bool, limit: int, as_json: bool, page: Path | None, profile: str,
    processes: int,
) -> None:  # fmt: skip
    """Compare extracted concepts with annotated ones.

    The format of the gold is told from its content. Precision, recall and F1 come with 95 % intervals over papers.
    """
    from paperconcepts.errors import ConfigurationError
    from paperconcepts.evaluation import evaluate, format_report, read_gold, read_predictions

    try:
        gold = read_gold(gold_path, papers=papers_path, labels=labels, title_line=title_line)
        if predictions_path:
            records = read_predictions(predictions_path)
        else:
            records = _extract(gold.texts, gold_path, profile, processes)
        result = evaluate(gold, records, merge=[_split(group) for group in merge], types=_split(types))
    except ConfigurationError as error:
        raise click.UsageError(str(error)) from error
    if page is not None:
        from paperconcepts.export.error_view import write_error_view

        write_error_view(result, page)
    for remark in result.remarks:
        click.echo(f"note: {remark}", err=True)
    if as_json:
        click.echo(json.dumps(result.as_dict(errors=limit), ensure_ascii=False, indent=2))
    else:
        click.echo(format_report(result, errors=limit), nl=False)


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]


def _extract(texts: "Sequence[PaperText]", gold_path: Path, profile: str, processes: int) -> list[dict[str, Any]]:
    """What ``paperconcepts extract`` would print for these texts. A text of white space only gives nothing."""
    from paperconcepts.export.records import extract_record
    from paperconcepts.model import Paper
    from paperconcepts.pipeline import extract_and_link, load_to_stay
    from paperconcepts.sources import ReadReport, Record
    from paperconcepts.sources.papers import build_paper

    load_to_stay(profile)
    report = ReadReport()
    records = (
        Record(number=number, name=text.id, title=text.title or "", abstract=text.abstract)
        for number, text in enumerate(texts, start=1)
    )
    papers = (build_paper(record, file=gold_path.name, format="jsonl", report=report) for record in records)
    readable = (paper for paper in papers if isinstance(paper, Paper))
    return [extract_record(item) for item in extract_and_link(readable, profile=profile, processes=processes)]
