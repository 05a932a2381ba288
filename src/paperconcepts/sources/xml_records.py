"""Read the records of an XML file one at a time, without trusting the file.

A file is cut into its records by their tags, and each record is parsed on its own: a record that is not well-formed
costs itself only, and memory holds one. The parser never sees the head of the file, so no entity that is declared there
is ever expanded and no DTD loaded; a head that declares entities is refused all the same, as honest catalogues do not.
"""

import html.entities
import re
from collections.abc import Callable, Iterable, Iterator
from re import Match
from xml.etree import ElementTree

from paperconcepts.sources.markup import KNOWN_TAGS, strip_markup, strip_title
from paperconcepts.sources.records import Flaw, Record

__all__ = [
    "Element",
    "child",
    "children",
    "inner_markup",
    "inner_text",
    "iterate_elements",
    "local_name",
    "paragraphs",
    "plain_text",
    "read_elements",
    "root_name",
]

Element = ElementTree.Element

_LARGEST = 1 << 23  # characters of one record
_DEEPEST = 200
_MANY_TAGS = 400
_BLOCK = 1 << 16
# The prefix of a tag, and that of an attribute; never a word of the text before a colon.
_PREFIX = re.compile(
    r"</?([A-Za-z_][A-Za-z0-9_.-]{0,30}):[A-Za-z_]"
    r"|\s([A-Za-z_][A-Za-z0-9_.-]{0,30}):[A-Za-z_][\w.-]{0,100}\s{0,20}=\s{0,20}[\"']"
)
_ENTITY = re.compile(r"&(?:([A-Za-z][A-Za-z0-9]{1,31});|(#(?:\d{1,8}|x[0-9A-Fa-f]{1,7}));)?")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TAG_SIZE = re.compile(r"<(/?)[A-Za-z_][^<>]{0,5000}?(/?)>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]{0,2000}\[|<!ENTITY", re.IGNORECASE)
_ROOT = re.compile(
    r"\s*(?:<\?[^<>]{0,500}\?>\s*|<!--(?:[^-]|-(?!->)){0,20000}-->\s*|<!DOCTYPE[^<>\[]{0,2000}"
    r"(?:\[[^\]]{0,20000}\]\s{0,50})?>\s*){0,20}<(?:[\w.-]{1,30}:)?([A-Za-z_][\w.-]{0,40})(?=[\s/>])"
)
_TAG_END = re.compile(">")
_PLAIN = frozenset(("amp", "lt", "gt", "quot", "apos"))


def root_name(sample: str) -> str:
    """The name of the outermost element, without prefix; empty if ``sample`` does not begin like XML.

    Examples:
        >>> root_name('<?xml version="1.0"?><!-- a --><oai:OAI-PMH xmlns="x">'), root_name("a < b")
        ('OAI-PMH', '')
    """
    match = _ROOT.match(sample.lstrip("\ufeff"))
    return match[1] if match else ""


def iterate_elements(lines: Iterable[str], names: Iterable[str]) -> Iterator[Element | Flaw]:
    """Yield the elements with these local names (none of which stands in another), and flaws with number 0.

    Examples:
        >>> lines = ["<all><a>1 &amp; 2</a><a>3</b></a><a>AT&T &eacute;</a><a>cut"]
        >>> [item.reason[:31] if isinstance(item, Flaw) else item.text for item in iterate_elements(lines, ["a"])]
        ['1 & 2', 'not well-formed XML (mismatched', 'AT&T é', 'the file ends within this recor']
        >>> list(iterate_elements(['<!DOCTYPE a [<!ENTITY b "bb">]>', "<a>&b;</a>"], ["a"]))[0].reason[:30]
        'its DOCTYPE declares entities,'
    """
    for text in _split(lines, "|".join(re.escape(name) for name in names)):
        yield text if isinstance(text, Flaw) else _parse(text)


def _split(lines: Iterable[str], names: str) -> Iterator[str | Flaw]:
    """The records as texts. A record that does not end before the next begins is cut there."""
    start = re.compile(rf"<((?:[\w.-]{{1,30}}:)?(?:{names}))(?=[\s/>])")
    feed = _Feed(lines)
    begun = feed.find(start, 0)
    if _DOCTYPE.search(feed.text if begun is None else feed.text[: begun.start()]):
        yield Flaw(0, "its DOCTYPE declares entities, as no catalogue does; refused (remove it to read the file)")
        return
    while begun:
        feed.drop(begun.start())
        name = begun[1]
        inside = feed.start + len(name) + 1
        mark = re.compile(rf"</{re.escape(name)}\s{{0,20}}>|<{re.escape(name)}(?=[\s/>])")
        opened = feed.find(_TAG_END, inside, limit=_LARGEST)
        if opened and feed.text[opened.start() - 1] == "/":
            begun = feed.find(start, opened.end())
            continue
        ended = feed.find(mark, inside, limit=_LARGEST)
        if ended and ended[0].startswith("</"):
            yield feed.text[feed.start : ended.end()]
            begun = feed.find(start, ended.end())
            continue
        cut = "the file ends within this record" if feed.ended else f"longer than {_LARGEST:,} characters"
        yield Flaw(0, "ends without its closing tag" if ended else cut)
        begun = feed.find(start, ended.start() if ended else inside)


class _Feed:
    """Lines as one text of which little more than the part in use, from ``start`` on, is held."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.text = ""
        self.start = 0
        self.ended = False
        self._lines = iter(lines)

    def drop(self, position: int) -> None:
        """Let the part in use begin at ``position``; what stands before it is forgotten now or later."""
        self.start = position
        # To copy the rest for each record would take a time that grows with the square of a line's length.
        if position > max(_BLOCK, len(self.text) // 2):
            self._cut(position)

    def _cut(self, position: int) -> None:
        self.text, self.start = self.text[position:], 0

    def find(self, pattern: re.Pattern[str], position: int, *, limit: int | None = None) -> Match[str] | None:
        """The next match; without ``limit`` what has been searched is forgotten, except a head that was never used."""
        while True:
            match = pattern.search(self.text, position)
            if match or (limit is not None and len(self.text) - self.start > limit):
                return match
            # A tag may be cut at the end of the text.
            position = max(position, len(self.text) - 100)
            if limit is None and position > _LARGEST:
                self._cut(position)
                position = 0
            if not self._more(max(_BLOCK, (len(self.text) - self.start) // 2)):
                return None

    def _more(self, size: int) -> bool:
        pieces: list[str] = []
        while size > 0:
            line = next(self._lines, None)
            if line is None:
                self.ended = True
                break
            pieces += (line, "\n")
            size -= len(line) + 1
        self.text += "".join(pieces)
        return bool(pieces)


def _parse(text: str) -> Element | Flaw:
    if text.count("<") > _MANY_TAGS and _depth(text) > _DEEPEST:
        return Flaw(0, f"elements nested deeper than {_DEEPEST}")
    try:
        return _parse_fragment(text)
    except ElementTree.ParseError:
        pass
    try:
        return _parse_fragment(_ENTITY.sub(_mend_entity, _CONTROLS.sub("\ufffd", text)))
    except ElementTree.ParseError as error:
        return Flaw(0, f"not well-formed XML ({str(error).partition(':')[0]})")


def _parse_fragment(text: str) -> Element:
    prefixes = sorted({tag or attribute for tag, attribute in _PREFIX.findall(text)} - {"xml", "xmlns"})
    declared = "".join(f' xmlns:{prefix}="{prefix}"' for prefix in prefixes)
    parser = ElementTree.XMLParser(encoding="utf-8")  # noqa: S314
    parser.feed(f"<r{declared}>".encode())
    parser.feed(text.encode("utf-8", "surrogatepass"))
    parser.feed(b"</r>")
    root: Element = parser.close()
    return root[0]


def _depth(text: str) -> int:
    depth = deepest = 0
    for match in _TAG_SIZE.finditer(text):
        if match[1]:
            depth -= 1
        elif not match[2]:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def _mend_entity(match: Match[str]) -> str:
    """Named characters of HTML become themselves; a lone ampersand and the number of no character are made harmless."""
    name, number = match[1], match[2]
    if name:
        known = html.entities.html5.get(f"{name};")
        return match[0] if name in _PLAIN else _escape(known) or f"&amp;{name};"
    if number:
        code = int(number[2:], 16) if number[1] == "x" else int(number[1:])
        valid = code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
        return match[0] if valid else "\ufffd"
    return "&amp;"


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: Element | None, name: str) -> list[Element]:
    """The children of this local name."""
    return [] if element is None else [inner for inner in element if local_name(inner) == name]


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of the first child (and so on) of these names."""
    for name in path:
        found = children(element, name)
        if not found:
            return None
        element = found[0]
    return element


def inner_text(element: Element | None, *path: str) -> str:
    """The text of the element at ``path``, in one line; without markup."""
    found = child(element, *path)
    return strip_title(inner_markup(found)) if found is not None else ""


def plain_text(element: Element | None) -> str:
    """The characters in an element as they are: for formats whose texts hold LaTeX and no markup."""
    return "".join(element.itertext()) if element is not None else ""


def inner_markup(element: Element | None) -> str:
    """What stands in an element, with the tags that `strip_markup` knows."""
    if element is None:
        return ""
    pieces: list[str] = []
    _write_inner(element, pieces)
    return "".join(pieces)


def _write_inner(element: Element, pieces: list[str]) -> None:
    pieces.append(_escape(element.text))
    for inner in element:
        name = local_name(inner)
        if name.lower() in KNOWN_TAGS:
            pieces.append(f"<{name}>")
            _write_inner(inner, pieces)
            pieces.append(f"</{name}>")
        else:
            _write_inner(inner, pieces)
        pieces.append(_escape(inner.tail))


def _escape(text: str | None) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") if text else ""


def paragraphs(element: Element | None, *path: str) -> str:
    """The text of the element at ``path``, with each paragraph in one line; without markup."""
    return strip_markup(inner_markup(child(element, *path)))


def read_elements(
    lines: Iterable[str], names: Iterable[str], convert: Callable[[int, Element], Record | Flaw | None]
) -> Iterator[Record | Flaw]:
    """Yield what ``convert`` makes of each element, numbered from 1 (None: it is no record), and flaws."""
    number = 0
    for element in iterate_elements(lines, names):
        whole_file = isinstance(element, Flaw) and element.reason.startswith("its DOCTYPE")
        number += not whole_file
        found = Flaw(number, element.reason) if isinstance(element, Flaw) else convert(number, element)
        if found is None:
            number -= 1
        else:
            yield found
