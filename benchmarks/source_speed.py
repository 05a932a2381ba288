"""Measure records per second of the readers of large catalogues, and whether memory stays flat.

    python benchmarks/source_speed.py [N]       (default: 200,000 records of the arXiv snapshot, N / 10 of OpenAlex)

The files are made up here. Times are CPU seconds of one process, from bytes to validated papers, the best of three; the
time of `json.loads` for the same lines is printed beside, so that figures of machines under load can be compared.
"""

import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from paperconcepts.sources import ReadReport, read_papers

WORDS = (
    "graph neural network training data we propose a method for large scale learning with attention and show results "
    "on benchmark tasks model improves by using novel loss function optimal transport language retrieval image"
).split()
_RUNS = 3
LATEX = [r"$\alpha$", r"\textit{robust}", r"97.5\%", "$k$-means", r"Fr\'echet"]


def prose(random_: random.Random, count: int, *, latex: bool = False) -> str:
    """Random words in lines of arXiv's width, four of them LaTeX if asked for."""
    words = random_.choices(WORDS, k=count - 4 * latex) + random_.sample(LATEX, k=4 * latex)
    random_.shuffle(words)
    return "\n".join(" ".join(words[start : start + 12]) for start in range(0, count, 12))


def arxiv_records(count: int) -> Iterator[dict[str, Any]]:
    """Records with the fields and the size of those of the snapshot; every third has LaTeX."""
    random_ = random.Random(1)  # noqa: S311 - made-up text
    for number in range(count):
        yield {
            "id": f"{8 + number // 120_000:02d}{1 + number // 10_000 % 12:02d}.{number % 10_000:05d}",
            "submitter": "A. Person", "authors": "A. Person, B. Müller and C. Roe", "title": "On " + prose(random_, 9),
            "comments": "12 pages, 3 figures" if number % 2 else None, "journal-ref": None,
            "doi": f"10.1000/x{number}" if number % 4 == 0 else None, "report-no": None, "categories": "cs.LG stat.ML",
            "license": None, "abstract": f"  {prose(random_, 150, latex=number % 3 == 0)}.\n",
            "versions": [{"version": "v1", "created": f"Mon, {1 + number % 28} Apr 2007 19:18:42 GMT"}],
            "update_date": "2008-11-26",
            "authors_parsed": [["Person", "A.", ""], ["Müller", "B.", ""], ["Roe", "C.", ""]],
        }  # fmt: skip


def openalex_records(count: int) -> Iterator[dict[str, Any]]:
    """Works with inverted indexes, authorships and references."""
    random_ = random.Random(2)  # noqa: S311 - made-up text
    for number in range(count):
        index: dict[str, list[int]] = {}
        for place, word in enumerate(random_.choices(WORDS, k=150)):
            index.setdefault(f"{word}{place % 20 or ''}", []).append(place)
        yield {
            "id": f"https://openalex.org/W{number}", "doi": f"https://doi.org/10.1000/y{number}",
            "title": "On " + " ".join(random_.choices(WORDS, k=9)), "publication_date": "2020-01-02",
            "publication_year": 2020, "language": "en", "type": "article", "is_retracted": False,
            "authorships": [{"author": {"id": "https://openalex.org/A1", "display_name": "Ada Person"}}] * 4,
            "primary_location": {"source": {"display_name": "Journal of Trees"}}, "abstract_inverted_index": index,
            "referenced_works": [f"https://openalex.org/W{other}" for other in range(30)],
        }  # fmt: skip


def measure(path: Path, records: Iterator[dict[str, Any]]) -> None:
    """Write the records, read them, and print a line of the table."""
    with path.open("w", encoding="utf-8") as stream:
        count = 0
        for record in records:
            stream.write(json.dumps(record) + "\n")
            count += 1
    plain = min(timed(lambda: _parse_all(path)) for _ in range(_RUNS))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = min(timed(lambda: _read_all(path, count)) for _ in range(_RUNS))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    print(f"| {path.stem} | {count:,} | {count / seconds:,.0f} | {count / plain:,.0f} | {grown} |")


def _read_all(path: Path, count: int) -> None:
    report = ReadReport()
    assert sum(1 for _ in read_papers(path, report=report)) == count
    assert not report.skipped, report.skipped[:3]


def _parse_all(path: Path) -> None:
    with path.open("rb") as stream:
        for line in stream:
            json.loads(line)


def timed(call: Callable[[], Any]) -> float:
    """The CPU seconds of a call."""
    began = time.process_time()
    call()
    return time.process_time() - began


def main() -> None:
    """Print the table as Markdown."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    print("| catalogue | records | papers/s | json.loads alone, lines/s | memory grown, MiB |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder, "arxiv-snapshot.jsonl"), arxiv_records(count))
        measure(Path(folder, "openalex.jsonl"), openalex_records(max(count // 10, 1)))


if __name__ == "__main__":
    main()
