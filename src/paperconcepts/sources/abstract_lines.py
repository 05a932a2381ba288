"""Read lists of abstracts: every line that begins ``Abstract:`` is one."""

import re
from collections.abc import Iterable, Iterator

from paperconcepts.sources.paragraphs import iterate_paragraphs, looks_like_title
from paperconcepts.sources.records import Flaw, Record

__all__ = ["is_abstract_lines", "read_abstract_lines"]

_LABEL = re.compile(r"Abstract: ?", re.IGNORECASE)


def is_abstract_lines(sample: str) -> bool:
    r"""Whether the first text, or the one after a title, begins ``Abstract:``.

    Examples:
        >>> is_abstract_lines("\nAbstract:We show."), is_abstract_lines("We show. Abstract: no")
        (True, False)
    """
    lines = [line for line in (part.strip() for part in sample[:100_000].split("\n")) if line][:2]
    return any(_LABEL.match(line) for line in lines)


def read_abstract_lines(lines: Iterable[str]) -> Iterator[Record | Flaw]:
    r"""Yield one record for each line that begins ``Abstract:``, with the lines that continue it.

    A short paragraph right before such a line is its title.

    Examples:
        >>> records = list(read_abstract_lines("Abstract:We show\nit.\nAbstract: We too.".split("\n")))
        >>> [record.abstract for record in records]
        ['We show it.', 'We too.']
    """
    number, title, parts = 0, "", list[str]()
    pieces = list(_split_labels(lines))
    for index, piece in enumerate(pieces):
        label = _LABEL.match(piece)
        if label:
            if parts:
                yield Record(number=number, title=title, abstract="\n".join(parts))
                title = ""
            number += 1
            if index and not _LABEL.match(pieces[index - 1]) and _is_title(pieces, index - 1):
                title = pieces[index - 1]
            parts = [piece[label.end() :]]
        elif not _is_title(pieces, index):
            if parts:
                parts.append(piece)
            else:
                number += 1
                yield Flaw(number, "text before the first line that begins 'Abstract:'")
    if parts:
        yield Record(number=number, title=title, abstract="\n".join(parts))


def _split_labels(lines: Iterable[str]) -> Iterator[str]:
    for paragraph in iterate_paragraphs(lines):
        running: list[str] = []
        for line in paragraph:
            if _LABEL.match(line) and running:
                yield " ".join(running)
                running = []
            running.append(line)
        yield " ".join(running)


def _is_title(pieces: list[str], index: int) -> bool:
    followed = index + 1 < len(pieces) and _LABEL.match(pieces[index + 1]) is not None
    return followed and looks_like_title(pieces[index]) and not pieces[index].endswith(".")
