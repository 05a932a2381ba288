"""Lines of a text as paragraphs: what the readers of pages and listings share."""

import re
from collections.abc import Iterable, Iterator

__all__ = ["iterate_paragraphs", "looks_like_title"]

_LONGEST_TITLE = 300
_SENTENCE_END = re.compile(r"[a-z0-9)][.!?] +[A-Z]")


def iterate_paragraphs(lines: Iterable[str]) -> Iterator[list[str]]:
    r"""Yield runs of lines without an empty line between them, each line stripped.

    Examples:
        >>> list(iterate_paragraphs(["a\n", " b \n", "\n", "c"]))
        [['a', 'b'], ['c']]
    """
    paragraph: list[str] = []
    for line in lines:
        if stripped := line.strip():
            paragraph.append(stripped)
        elif paragraph:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def looks_like_title(text: str) -> bool:
    """Whether a paragraph can be a title: not long, and not sentences of prose.

    A title may end in a full stop or hold one ("I. Impact of ..."); a long text that does is prose.

    Examples:
        >>> looks_like_title("Do We Need Attention? A Study"), looks_like_title("We do. " * 50)
        (True, False)
    """
    if len(text) > _LONGEST_TITLE:
        return False
    return len(text) <= 120 or not (text.endswith(".") and _SENTENCE_END.search(text))
