"""One self-contained page that shows an evaluation in the texts: gold on the left, predictions on the right."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from paperconcepts.evaluation import ConceptEvaluation, JudgedPaper, JudgedSpan, MentionEvaluation, Verdict
from paperconcepts.evaluation.report import headline_measures
from paperconcepts.export.cleaning import clean_line, cut_line
from paperconcepts.export.marked_text import SIGNS, TYPE_SIGNS, mark_text
from paperconcepts.export.page_parts import hash_source, read_asset
from paperconcepts.export.palette import CONCEPT_COLOURS
from paperconcepts.files import open_atomic

if TYPE_CHECKING:
    from paperconcepts.evaluation.bootstrap import Interval

__all__ = ["LARGEST_PAGE", "write_error_view"]

LARGEST_PAGE = 1000
_LONGEST_NAME = 120
_MEANINGS = {
    Verdict.RIGHT: "right",
    Verdict.BOUNDARY: "other ends",
    Verdict.TYPE: "other type",
    Verdict.MISSED: "missed",
    Verdict.FALSE: "false find",
    Verdict.OPTIONAL: "not asked for",
}


def write_error_view(result: ConceptEvaluation | MentionEvaluation, path: str | Path) -> None:
    """Write the page to ``path``: every paper twice, spans marked by type and verdict, the worst papers first.

    The page loads nothing and may run nothing but its own script. Texts are escaped. It holds the 1,000 papers with
    the most errors and says so if there are more. The same evaluation gives the same bytes.

    Raises:
        OutputError: the file cannot be written.

    Examples:
        >>> import pathlib, tempfile
        >>> from paperconcepts.evaluation import GoldDocument, GoldSpan, MentionGold, PaperText, evaluate
        >>> from paperconcepts.model import ConceptType
        >>> text = PaperText(id="d1", title=None, abstract="We tune BERT.")
        >>> gold = MentionGold((GoldDocument(text, (GoldSpan(8, 12, ConceptType.MODEL),)),))
        >>> target = pathlib.Path(tempfile.mkdtemp()) / "errors.html"
        >>> write_error_view(evaluate(gold, []), target)
        >>> "default-src 'none'" in target.read_text(encoding="utf-8")
        True
    """
    head, foot = read_asset("error_view.html").split("{{papers}}")
    script = read_asset("error_view.js")
    with open_atomic(path) as stream:
        stream.write(_fill(head, _head_parts(result, script)))
        for paper in result.judged[:LARGEST_PAGE]:
            stream.write(_paper(paper))
        stream.write(_fill(foot, {"script": script}))


def _fill(template: str, parts: Mapping[str, str]) -> str:
    for name, text in parts.items():
        template = template.replace("{{" + name + "}}", text)
    return template


def _head_parts(result: ConceptEvaluation | MentionEvaluation, script: str) -> dict[str, str]:
    style = _style()
    policy = (
        f"default-src 'none'; script-src {hash_source(script)}; style-src {hash_source(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return {
        "policy": policy,
        "style": style,
        "counts": escape(_counts(result)),
        "measures": "\n".join(_measure_rows(result)),
        "verdicts": "\n".join(_verdict_choices(result)),
        "types": "\n".join(_type_choices(result.types)),
        # The remarks last, as they hold names that others chose: nothing in them is filled in again.
        "remarks": "\n".join(f"<li>{escape(clean_line(remark))}</li>" for remark in _remarks(result)),
    }


def _style() -> str:
    colours = "\n".join(f".{kind} {{ --type: {colour}; }}" for kind, colour in CONCEPT_COLOURS.items())
    return f"{read_asset('error_view.css')}\n{colours}"


def _counts(result: ConceptEvaluation | MentionEvaluation) -> str:
    concepts = isinstance(result, ConceptEvaluation)
    tally = result.tallies["concepts" if concepts else "strict"]
    noun = "core gold concepts" if concepts else "gold mentions"
    return f"{result.papers:,} papers, {tally.gold:,} {noun}, {tally.predicted:,} predicted"


def _remarks(result: ConceptEvaluation | MentionEvaluation) -> list[str]:
    more = len(result.judged) - LARGEST_PAGE
    return [*result.remarks, *([f"papers with fewer errors, not shown: {more:,}"] if more > 0 else [])]


def _measure_rows(result: ConceptEvaluation | MentionEvaluation) -> Iterator[str]:
    for name, tally, intervals in headline_measures(result):
        bounds = intervals or (None, None, None)
        cells = "".join(_measure_cell(value, bound) for value, bound in zip(tally.scores, bounds, strict=True))
        yield f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'


def _measure_cell(value: float, bound: "Interval | None") -> str:
    interval = f" <small>{bound.low:.3f}–{bound.high:.3f}</small>" if bound else ""
    return f"<td>{value:.3f}{interval}</td>"


def _verdict_choices(result: ConceptEvaluation | MentionEvaluation) -> Iterator[str]:
    for verdict in Verdict:
        if verdict is Verdict.OPTIONAL and isinstance(result, MentionEvaluation):
            continue
        sample = f'<mark class="{verdict}">{_MEANINGS[verdict]}<sup>{SIGNS[verdict]}</sup></mark>'
        yield f'<label><input type="checkbox" name="verdict" value="{verdict}" checked> {sample}</label>'


def _type_choices(types: Iterable[str]) -> Iterator[str]:
    for kind in types:
        first = kind.partition("+")[0]
        sample = f'<mark class="right {escape(first)}">{escape(kind)}<sup>{TYPE_SIGNS.get(first, "")}</sup></mark>'
        yield f'<label><input type="checkbox" name="type" value="{escape(kind)}" checked> {sample}</label>'


def _paper(judged: JudgedPaper) -> str:
    paper = judged.paper
    heading = cut_line(clean_line(paper.title or paper.abstract), _LONGEST_NAME) or clean_line(paper.id)
    noun = "error" if judged.errors == 1 else "errors"
    columns = "".join(
        f'<section><h3>{side}</h3><p class="text" dir="auto">{mark_text(paper.text, spans)}</p></section>'
        for side, spans in (("Gold", judged.gold), ("Predicted", judged.predicted))
    )
    listed = "".join(_error_items(judged))
    errors = f'<ul class="errors">{listed}</ul>' if listed else ""
    return (
        f'<article><h2><bdi>{escape(heading)}</bdi></h2><p class="facts">{escape(clean_line(paper.id))}, '
        f'{judged.errors} {noun}</p><div class="columns">{columns}</div>{errors}</article>\n'
    )


def _error_items(judged: JudgedPaper) -> Iterator[str]:
    """Each error once: what the gold has on its side, and the false finds."""
    found = [span for span in judged.gold if span.verdict.is_error]
    found += [span for span in judged.predicted if span.verdict is Verdict.FALSE]
    seen: set[tuple[Verdict, str, str]] = set()
    for span in sorted(found, key=lambda span: (list(Verdict).index(span.verdict), span.start, span.name)):
        key = (span.verdict, span.type, span.name)
        if key not in seen:
            seen.add(key)
            yield _error_item(span)


def _error_item(span: JudgedSpan) -> str:
    note = f" <small>{escape(clean_line(span.note))}</small>" if span.note else ""
    return (
        f'<li data-verdict="{span.verdict}" data-type="{escape(span.type)}"><b>{SIGNS[span.verdict]}</b> '
        f"{_MEANINGS[span.verdict]} {escape(span.type)}: "
        f"<bdi>{escape(cut_line(clean_line(span.name), _LONGEST_NAME))}</bdi>{note}</li>"
    )
