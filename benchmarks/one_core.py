"""What papers cost on one core: abstracts a CPU second, and the CPU seconds of hostile texts. Prints JSON.

    python benchmarks/one_core.py speed|hostile PROFILE

Run by the quality card in a process of its own: the process is pinned to one core, with one BLAS thread.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from shared_input import shared_folder

from paperconcepts.export.records import extract_record
from paperconcepts.extraction import extract, load_pipeline
from paperconcepts.linking import link
from paperconcepts.model import LinkedPaper, Paper
from paperconcepts.pipeline import load_to_stay
from paperconcepts.sources import ReadReport, Record, read_papers
from paperconcepts.sources.papers import build_paper

__all__ = ["HOSTILE_TEXTS", "link_with", "measure_hostile", "measure_speed", "paper_of", "run_on_one_core"]

MEASURED, WARM = 300, 100
_CHARACTERS = 1_000_000
# Stands within the part of a long text that is read, so that offsets after hostile characters are looked at.
_SENTENCE = " We evaluate LoRA on the GLUE benchmark. "
_PLACE = 50_000
HOSTILE_TEXTS = {
    "English prose": "We propose a graph neural network that improves the accuracy of link prediction. ",
    "one letter": "a",
    "symbols": "%&/=+#@!~^",
    "Chinese": "我们提出了一种新的大型语言模型。",
    "Russian": "Мы предлагаем новый метод обучения моделей. ",
    "emoji and mathematical letters": "😀👩‍🔬 𝔸𝐋 ",
}
_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def link_with(papers: Iterable[Paper], profile: str) -> Iterator[LinkedPaper]:
    """Extract with a profile, and link."""
    return link(extract(papers, profile=profile))


def paper_of(record: Record) -> Paper | None:
    """A record as the program reads it: cleaned, and cut if it is longer than any abstract. None if it is empty."""
    paper = build_paper(record, file="benchmark.jsonl", format="jsonl", report=ReadReport())
    return paper if isinstance(paper, Paper) else None


def measure_speed(profile: str) -> float:
    """Abstracts a CPU second of extraction and linking, after a hundred others have warmed the pipeline."""
    corpus = shared_folder() / "data" / "corpus" / "acl_anthology.jsonl"
    papers = list(islice(read_papers(corpus), MEASURED + WARM))
    load_to_stay(profile)
    list(link_with(papers[MEASURED:], profile))
    began = time.process_time()
    count = sum(1 for _ in link_with(papers[:MEASURED], profile))
    return count / (time.process_time() - began)


def measure_hostile(profile: str) -> dict[str, dict[str, Any]]:
    """For each hostile text: CPU seconds from record to output line, mentions, and what is wrong ("" if nothing)."""
    load_pipeline(profile)
    list(link_with([Paper(id="test:0", abstract=_SENTENCE)], profile))
    return {name: _measure_text(unit, profile) for name, unit in HOSTILE_TEXTS.items()}


def _measure_text(unit: str, profile: str) -> dict[str, Any]:
    noise = unit * (_CHARACTERS // len(unit) + 1)
    text = f"{noise[:_PLACE]}{_SENTENCE}{noise}"[:_CHARACTERS]
    began = time.process_time()
    try:
        paper = paper_of(Record(number=1, title="HopNet", abstract=text))
        linked = next(link_with([paper] if paper else [], profile))
        extract_record(linked)
    except Exception as error:  # any failure is what this looks for
        return {"seconds": time.process_time() - began, "mentions": 0, "fault": f"{type(error).__name__}: {error}"}
    seconds = time.process_time() - began
    mentions = [mention for assertion in linked.assertions for mention in assertion.mentions]
    wrong = sum(linked.paper.text(m.field)[m.start : m.end] != m.text for m in mentions)
    missing = not any(m.text == "LoRA" for m in mentions)
    fault = f"{wrong} wrong offsets" if wrong else "a known name was not found" if missing else ""
    return {"seconds": seconds, "mentions": len(mentions), "fault": fault}


def run_on_one_core(what: str, profile: str) -> Any:
    """Measure ``speed`` or ``hostile`` in a new process on one core."""
    command = [sys.executable, str(Path(__file__).resolve()), what, profile]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, **_ONE_THREAD})
    return json.loads(done.stdout)


def main() -> None:
    """Measure in this process."""
    what, profile = sys.argv[1:]
    if hasattr(os, "sched_setaffinity"):  # Linux only
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print(json.dumps(measure_speed(profile) if what == "speed" else measure_hostile(profile)))


if __name__ == "__main__":
    main()
