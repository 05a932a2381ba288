"""Names of input files in the output: the shortest that tell them apart."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from paperconcepts.sources.cleaning import repair_text

__all__ = ["distinct_names"]


def distinct_names(files: Sequence[tuple[str, str | None]]) -> list[str]:
    r"""The names of files given as (name, real path), in their order; a path of None is standard input.

    A name that no other file has stays. Files of one name get the ends of their paths, as long as it takes; so the
    names depend on the files only, not on their order. Paths that differ only in what no text can hold (bytes that are
    not UTF-8, control characters, forms of accents) are told apart by escapes.

    Examples:
        >>> distinct_names([("a.jsonl", "/one/x/a.jsonl"), ("a.jsonl", "/two/y/a.jsonl"), ("b.jsonl", "/two/b.jsonl")])
        ['x/a.jsonl', 'y/a.jsonl', 'b.jsonl']
        >>> distinct_names([("a.jsonl", "/one/x/a.jsonl"), ("a.jsonl", "/two/x/a.jsonl"), ("stdin", None)])
        ['one/x/a.jsonl', 'two/x/a.jsonl', 'stdin']
        >>> distinct_names([("a\ufffd", "/one/a\udcfe"), ("a\ufffd", "/one/a\udcff")])
        ['a\\udcfe', 'a\\udcff']
    """
    names = [name for name, _ in files]
    longer: dict[int, Iterator[str]] = {}
    while alike := _alike(names):
        before = list(names)
        for index in alike:
            name, path = files[index]
            if path is not None:
                names[index] = next(longer.setdefault(index, _longer_names(name, path)), names[index])
        if names == before:
            break
    return names


def _alike(names: list[str]) -> list[int]:
    counts = Counter(names)
    return [] if len(counts) == len(names) else [index for index, name in enumerate(names) if counts[name] > 1]


def _longer_names(name: str, path: str) -> Iterator[str]:
    parts = [part for part in Path(path).as_posix().split("/") if part]
    known = name.count("/") + 1
    for size in range(known + 1, len(parts) + 1):
        yield repair_text("/".join(parts[-size:]))
    for size in range(known, len(parts) + 1):
        yield "/".join(parts[-size:]).encode("unicode_escape").decode("ascii")
