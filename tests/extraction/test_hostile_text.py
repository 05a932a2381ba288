"""One paper never costs much more than a second, whatever it contains: no regex and no loop is quadratic."""

import dataclasses
import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

import paperconcepts.extraction
import paperconcepts.linking
from paperconcepts.extraction import PROFILES, extract_paper
from paperconcepts.linking import link_paper
from paperconcepts.model import Paper
from paperconcepts.vocabulary import load_catalogue

MILLION = {
    "one letter": "a",
    "one capital": "A",
    "brackets": "(",
    "square brackets": "[",
    "apostrophes": "'",
    "dollars": "$",
    "spaces": " ",
    "line ends": "\n",
    "full stops": ".",
    "hyphenated capitals": "A-",
    "words": "word ",
    "open definitions": "(A",
    "symbols": "%&/=+#@!~^",
    "Chinese": "大型语言模型",
    "Arabic": "نموذج لغوي كبير ",
    "Hindi": "बड़ा भाषा मॉडल ",
    "emoji": "😀👩‍🔬 ",
    "mathematical letters": "𝔸𝐋",
    "combining marks": "e\u0301",
    "cues": "we propose ",
}
MENTIONS = {
    "definitions": "Ab Cd (AC) ",
    "known names": "LoRA, GPT-4 and ",
    "one name": "LoRA ",
    "terms": "contrastive learning ",
    "proposals": "we propose LoRA ",
    "datasets": "on the Xaa dataset ",
    "mixed scripts": "模A",
    "tails": "LoRA-based-based",
    "addresses": "https://A1.com/",
    "possessives": "A's ",
    "marks": "?!",
    "wide gaps": "AB" + " " * 80,
    "versions": "Llama-3 70B ",
}


# Kinds of which the tagger reads tens of thousands of words, and one long word.
TAGGED = ("one letter", "open definitions", "symbols", "Chinese", "Hindi", "cues")


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    for profile in PROFILES:
        _annotate_and_link(Paper(id="test:0", abstract="Load the catalogue and LoRA."), profile)


def _annotate_and_link(paper: Paper, profile: str) -> None:
    link_paper(extract_paper(paper, profile=profile), vocabulary=load_catalogue())


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _pumped(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


@pytest.mark.parametrize("unit", MILLION.values(), ids=MILLION)
def test_a_million_characters(unit: str) -> None:
    """A million characters of one kind are annotated by the rules in about a second."""
    paper = Paper(id="test:1", abstract=_pumped(unit, 1_000_000))
    assert _seconds(lambda: extract_paper(paper, profile="fast")) < 5


@pytest.mark.parametrize("name", TAGGED)
def test_a_million_characters_to_tag(name: str) -> None:
    """The tagger reads the beginning of what is no abstract; a million characters cost seconds, not minutes."""
    paper = Paper(id="test:1", title="HopNet: a test", abstract=_pumped(MILLION[name], 1_000_000))
    assert _seconds(lambda: extract_paper(paper, profile="default")) < 8


@pytest.mark.parametrize("unit", MENTIONS.values(), ids=MENTIONS)
def test_thousands_of_mentions(unit: str) -> None:
    """Text full of names is extracted and linked in a time that grows with its length only."""
    paper = Paper(id="test:1", title="HopNet: a test", abstract=_pumped(unit, 50_000))
    assert _seconds(lambda: _annotate_and_link(paper, "fast")) < 3


@pytest.mark.parametrize("field", ["title", "abstract"])
@pytest.mark.parametrize("unit", MENTIONS.values(), ids=MENTIONS)
def test_thousands_of_mentions_to_rank(unit: str, field: str) -> None:
    """Tagging, ranking and weighing roles grow with the length only, too, also where all is one sentence: a title."""
    small, large = (Paper.model_validate({"id": "test:1", field: _pumped(unit, size)}) for size in (5_000, 25_000))
    # A ratio of one run holds on any machine: five times the text takes about five times as long, a square 25 times.
    first = max(_seconds(lambda: _annotate_and_link(small, "default")) for _ in range(2))
    assert _seconds(lambda: _annotate_and_link(large, "default")) < 12 * first


@pytest.mark.parametrize("profile", PROFILES)
def test_many_distinct_names(profile: str) -> None:
    """Thousands of different names in one sentence cost no more than their number."""
    text = " ".join(f"introduces Ab{i}C," for i in range(3_000))
    assert _seconds(lambda: _annotate_and_link(Paper(id="test:1", abstract=text), profile)) < 6


UNITS = (
    "a|A|Aa|A-|a-|A |a |Aa | |.|(|()|(a|'|\"|,|, |1|1.|\n| \n|-|_|/|A_|é|模A|A1|e.g. |we |than |on A, |called |"
    "experiments |we propose a |is a |trained on |based on |*a*|`|“|‘|https://a|AB, short for |AB, i.e., a |P(IK) "
    "|Ab Cd "
).split("|")


def _patterns(name: str, value: Any) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, (tuple, list)):
        for number, item in enumerate(value):
            yield from _patterns(f"{name}[{number}]", item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _patterns(f"{name}[{key}]", item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _patterns(f"{name}.{field.name}", getattr(value, field.name))


def _modules(package: ModuleType) -> list[ModuleType]:
    return [
        importlib.import_module(f"{package.__name__}.{item.name}") for item in pkgutil.iter_modules(package.__path__)
    ]


MODULES = _modules(paperconcepts.extraction) + _modules(paperconcepts.linking)
SOURCE = "\n".join(inspect.getsource(module) for module in MODULES)


def _all_patterns() -> dict[str, re.Pattern[str]]:
    found: dict[re.Pattern[str], str] = {}
    for module in MODULES:
        for key, value in vars(module).items():
            if not key.startswith("__"):
                for name, pattern in _patterns(f"{module.__name__.rpartition('.')[2]}.{key}", value):
                    found.setdefault(pattern, name)
    return {name: pattern for pattern, name in found.items()}


def _is_anchored(name: str) -> bool:
    """Whether the code tries the pattern at one place only, or in a window of bounded size, never through a text."""
    variable, attribute = re.split(r"[.\[]", name)[1], name.rpartition(".")[2]
    methods = r"\.(match|fullmatch|search|finditer|findall|sub|split)\((.*)"
    uses = re.findall(rf"\b{variable}(?:\.pattern)?{methods}", SOURCE) or re.findall(rf"\.{attribute}{methods}", SOURCE)
    return bool(uses) and all(method in ("match", "fullmatch") or "max(" in rest for method, rest in uses)


PATTERNS = _all_patterns()


def _apply(pattern: re.Pattern[str], text: str, *, anchored: bool) -> float:
    def work() -> None:
        pattern.match(text)
        pattern.fullmatch(text)
        if not anchored:
            for _ in pattern.finditer(text):
                pass

    return _seconds(work)


@pytest.mark.parametrize("name", PATTERNS)
def test_patterns_are_linear(name: str) -> None:
    """Pumped to 4, 8, 16 and 32 KB, a pattern takes no more than its share: eight times the text, not 64 the time."""
    pattern, anchored = PATTERNS[name], _is_anchored(name)
    for unit in UNITS:
        # A small size first, so that a cubic pattern fails instead of running for hours. The mark ends every run.
        for size in (1_024, 32_768):
            seconds = _apply(pattern, (unit * size)[:size] + "!", anchored=anchored)
            assert seconds < size / 16_000, (unit, size)
        if seconds > 0.05:
            sizes = (4_096, 8_192, 16_384, 32_768)
            times = [_apply(pattern, (unit * size)[:size] + "!", anchored=anchored) for size in sizes]
            assert times[-1] < 20 * times[0] + 0.05, (unit, times)


def test_the_check_sees_a_quadratic_pattern() -> None:
    """The rule above is not idle: a pattern that looks for an end from each start breaks it."""
    times = [_apply(re.compile("a+b"), "a" * size, anchored=False) for size in (4_096, 32_768)]
    assert times[-1] > 20 * times[0] + 0.05
