"""What ``resolve_aliases`` costs on corpora of synthetic names, and how the cost grows.

    python benchmarks/alias_resolution.py [FORMS ...]      (default: 10000 100000)

Papers are made with their concepts, so that nothing but the corpus-wide step is timed. The names are families, their
other spellings, names with a general noun, slips of the pen, versions, and acronyms, many with several meanings. Exit
code 1 if the first size takes more than ten seconds of CPU time, or if the time grows faster than the number of names
by more than a half.
"""

import random
import sys
import time
from collections.abc import Iterator
from itertools import islice

from paperconcepts.linking import resolve_aliases
from paperconcepts.model import (
    Alias,
    Assertion,
    Concept,
    ConceptType,
    Evidence,
    LinkedConcept,
    LinkedPaper,
    Mention,
    Paper,
    Role,
)
from paperconcepts.vocabulary import load_catalogue, slug

__all__ = ["Form", "make_corpus", "measure"]

SECONDS, SLACK = 10.0, 1.5
_IN_PAPER = 8
_ONSETS = "b d f g k l m n p r s t v z br dr gr pl st tr".split()
_VOWELS, _CODAS = "a e i o u".split(), "l m n r s".split()
Form = tuple[str, str, ConceptType]
"""Surface, label and type: the two differ where a paper defines an acronym."""


def make_corpus(forms: int, *, seed: int = 7) -> list[LinkedPaper]:
    """Papers of eight concepts each that together have this many distinct surface forms."""
    source = random.Random(seed)  # noqa: S311 - names for a benchmark, no secret
    distinct = (form for form in _distinct(_forms(source)))
    names = list(islice(distinct, forms))
    source.shuffle(names)
    return [_paper(number, names[start : start + _IN_PAPER]) for number, start in enumerate(range(0, forms, _IN_PAPER))]


def _distinct(forms: Iterator[Form]) -> Iterator[Form]:
    seen: set[str] = set()
    for form in forms:
        if form[0] not in seen:
            seen.add(form[0])
            yield form


def _forms(source: random.Random) -> Iterator[Form]:
    """Ten families with all that hangs on them, again and again."""
    kinds = list(ConceptType)
    words = [_word(source) for _ in range(3000)]
    while True:
        kind = source.choice(kinds)
        term = " ".join(source.choices(words, k=3))
        coined = _word(source).title() + source.choice(("Net", "Tune", "Bench", "QA"))
        acronym = "".join(word[0] for word in term.split()).upper() + source.choice("XYZ")
        slip = source.randrange(1, len(term) - 2)
        surfaces = [
            term, term.replace(" ", "-", 1), term.replace(" ", "", 1), f"{term} method",
            term[:slip] + term[slip + 1 :], coined, f"{coined}-2", f"{coined} 3.5", f"{coined} model",
        ]  # fmt: skip
        yield from ((surface, surface, kind) for surface in surfaces)
        yield acronym, source.choice((term, acronym)), kind


def _word(source: random.Random) -> str:
    syllables = source.randrange(2, 5)
    return "".join(source.choice(_ONSETS) + source.choice(_VOWELS) for _ in range(syllables)) + source.choice(_CODAS)


def _paper(number: int, forms: list[Form]) -> LinkedPaper:
    text = ", ".join(surface for surface, _, _ in forms)
    paper = Paper(id=f"test:{number:06}", abstract=text)
    concepts: dict[str, LinkedConcept] = {}
    assertions: dict[str, Assertion] = {}
    for surface, label, kind in forms:
        concept = Concept(id=slug(label), label=label, type=kind)
        if concept.id in concepts:
            continue
        start = text.index(surface)
        span = (start, start + len(surface))
        mention = Mention("abstract", *span, surface, kind, "tagger", 0.8)
        evidence = Evidence(paper.id, "abstract", 0, len(text), (span,), "", -1, -1, "default:type", "1", 0.5)
        reason = "name" if surface == label else "definition"
        concepts[concept.id] = LinkedConcept(concept, (Alias(surface, reason, paper.id, 0.9),))
        assertions[concept.id] = Assertion(paper.id, Role.USES, concept.id, 0.5, (evidence,), (mention,))
    ids = sorted(concepts)
    return LinkedPaper(paper, tuple(concepts[key] for key in ids), tuple(assertions[key] for key in ids), ())


def measure(forms: int) -> tuple[float, int, int]:
    """CPU seconds for a corpus of this many forms, and its concepts before and after."""
    papers = make_corpus(forms)
    load_catalogue()
    began = time.process_time()
    resolved = resolve_aliases(papers)
    seconds = time.process_time() - began
    before, after = (len({c.concept.id for item in found for c in item.concepts}) for found in (papers, resolved))
    return seconds, before, after


def main() -> int:
    """Print the times; 1 if they are too long or grow too fast."""
    sizes = [int(size) for size in sys.argv[1:]] or [10_000, 100_000]
    first = None
    failed = False
    for size in sizes:
        seconds, before, after = measure(size)
        cost = 1e6 * seconds / size
        line = f"{size:>9,} forms  {seconds:7.2f} s  {cost:6.1f} µs a form  {before:,} -> {after:,} concepts"
        if first is None:
            first = size, seconds
            failed = seconds > SECONDS
        else:
            growth = (seconds / first[1]) / (size / first[0])
            line += f"  growth {growth:.2f} (1 is linear)"
            failed = failed or growth > SLACK
        print(line)
    if failed:
        print(f"FAILED: more than {SECONDS:.0f} s for the first size, or growth above {SLACK}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
