"""The formats that can be read: one dictionary, name to reader. A new source is one module and one line here."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from paperconcepts.errors import UnknownFormatError
from paperconcepts.sources.abstract_lines import is_abstract_lines, read_abstract_lines
from paperconcepts.sources.arxiv_listing import is_arxiv_listing, read_arxiv_listing
from paperconcepts.sources.hf_daily import is_hf_daily, read_hf_daily
from paperconcepts.sources.jsonl import is_jsonl, read_jsonl
from paperconcepts.sources.records import Flaw, Record

__all__ = ["FORMATS", "Format", "detect_format"]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: how to recognise and how to read it.

    ``matches`` gets the beginning of the text; ``read`` gets its lines and yields records and flaws, numbered from 1.
    """

    description: str
    matches: Callable[[str], bool]
    read: Callable[[Iterable[str]], Iterator[Record | Flaw]]


# The order is that of the tests in detect_format: the surest signs come first.
FORMATS: dict[str, Format] = {
    "jsonl": Format("JSON Lines: one object with title and abstract a line", is_jsonl, read_jsonl),
    "hf-daily": Format("a saved Daily Papers page of Hugging Face", is_hf_daily, read_hf_daily),
    "arxiv-listing": Format("abstracts, each with an arXiv: line under it", is_arxiv_listing, read_arxiv_listing),
    "abstract-lines": Format("lines that begin with Abstract:", is_abstract_lines, read_abstract_lines),
}


def detect_format(sample: str, *, name: str = "") -> str:
    r"""Return the name of the format of a text that begins with ``sample``.

    Only the content counts; ``name`` is the file's, for the message.

    Raises:
        UnknownFormatError: it is none of `FORMATS`; the message names them.

    Examples:
        >>> detect_format('{"title": "A", "abstract": "B"}\n')
        'jsonl'
        >>> detect_format("Dear diary", name="a.txt")
        Traceback (most recent call last):
        ...
        paperconcepts.errors.UnknownFormatError: a.txt: the kind of this file cannot be told from its content (begins
        'Dear diary'); force one with format=... (--input-format on the command line); known formats: jsonl, hf-daily,
        arxiv-listing, abstract-lines
    """
    if sample.count("\x00") * 100 > len(sample):
        # Text that holds so many NULs is binary, or UTF-16 without its mark.
        raise _unknown("this file is not text (it holds NUL bytes); save it as UTF-8", name)
    for format_name, known in FORMATS.items():
        if known.matches(sample):
            return format_name
    beginning = " ".join(sample[:200].split())[:40]
    described = f"begins {beginning!r}" if beginning else "it is empty"
    reason = f"the kind of this file cannot be told from its content ({described})"
    raise _unknown(f"{reason}; force one with format=... (--input-format on the command line)", name)


def _unknown(message: str, name: str) -> UnknownFormatError:
    return UnknownFormatError(message, known=tuple(FORMATS), file=name or None)
