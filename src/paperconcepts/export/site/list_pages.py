"""The lists: concepts of each kind by papers and from A to Z, papers from the newest on."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from paperconcepts.export.site.frame import Page
from paperconcepts.export.site.html_parts import Links, join_parts, plural, table, text, time_of
from paperconcepts.export.site.places import KIND_FOLDERS, page_of_list

if TYPE_CHECKING:
    from paperconcepts.export.site.contents import Contents
    from paperconcepts.export.site.places import Places

__all__ = ["list_pages", "list_paths"]

_ROWS = 200
_LONGEST_DEFINITION = 140
_NEAR = 2


def list_paths(contents: "Contents", places: "Places") -> Iterator[str]:
    """The paths of all lists."""
    for kind, folder in KIND_FOLDERS.items():
        count = sum(one in places.concepts for one in contents.by_support[kind])
        for name in (folder, f"{folder}-a-z"):
            yield from (page_of_list(name, number) for number in range(1, _pages(count) + 1))
    yield from (page_of_list("papers", number) for number in range(1, _pages(len(contents.papers)) + 1))


def list_pages(contents: "Contents", places: "Places") -> Iterator[Page]:
    """All lists, page by page."""
    links = Links(contents, places, "../")
    for kind, folder in KIND_FOLDERS.items():
        ranked = [one for one in contents.by_support[kind] if one in places.concepts]
        left_out = len(contents.by_support[kind]) - len(ranked)
        yield from _concept_lists(contents, links, folder, ranked, by_name=False, left_out=left_out)
        named = sorted(ranked, key=lambda one: (_sort_key(contents.label(one)), one))
        yield from _concept_lists(contents, links, f"{folder}-a-z", named, by_name=True, left_out=left_out)
    yield from _paper_lists(contents, links)


def _pages(count: int) -> int:
    return max(1, -(-count // _ROWS))


def _sort_key(label: str) -> tuple[bool, str]:
    """Letters without their accents; what begins with no letter comes last."""
    plain = unicodedata.normalize("NFKD", label).casefold()
    folded = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return (not folded[:1].isalpha(), folded)


def _concept_lists(
    contents: "Contents", links: Links, name: str, ids: Sequence[str], *, by_name: bool, left_out: int
) -> Iterator[Page]:
    folder = name.removesuffix("-a-z")
    title = folder.capitalize()
    order = "from A to Z" if by_name else "by number of papers"
    other = (
        f'<a href="{folder}.html">by papers</a><a href="{folder}-a-z.html" aria-current="page">A–Z</a>'
        if by_name
        else f'<a href="{folder}.html" aria-current="page">by papers</a><a href="{folder}-a-z.html">A–Z</a>'
    )
    few = f" {left_out:,} of few papers have no page and are not listed." if left_out else ""
    for number in range(1, _pages(len(ids)) + 1):
        part = ids[(number - 1) * _ROWS : number * _ROWS]
        rows = [_concept_row(contents, links, one) for one in part]
        listed = table(("Name", "What it is", "Papers", "First seen"), rows, caption=f"{title} {order}", numbers=(2,))
        letters = _letter_bar(contents, name, ids) if by_name else ""
        main = join_parts((
            f'<header class="title"><h1>{title}</h1>',
            f"<p>{plural(len(ids), folder[:-1])} {order}.{few}</p>",
            f'<nav class="order" aria-label="Order">{other}</nav>{letters}</header>',
            listed,
            _turn_pages(name, number, _pages(len(ids))),
        ))  # fmt: skip
        heading = f"{title} {order}" + (f", page {number}" if number > 1 else "")
        yield Page(page_of_list(name, number), heading, main, description=f"{title} {order}.", section=title)


def _concept_row(contents: "Contents", links: Links, concept_id: str) -> tuple[str, str, str, str]:
    node = contents.concepts[concept_id]
    short = ", ".join(contents.short_forms(concept_id, 3))
    said = text(node.concept.definition or short, longest=_LONGEST_DEFINITION)
    return links.concept(concept_id), f"<bdi>{said}</bdi>", f"{node.support:,}", time_of(node.first_seen or "")


def _letter_bar(contents: "Contents", name: str, ids: Sequence[str]) -> str:
    """The first letters, each with the page that it begins on; of a short list there is nothing to leaf through."""
    if _pages(len(ids)) == 1:
        return ""
    first: dict[str, int] = {}
    for place, concept_id in enumerate(ids):
        no_letter, key = _sort_key(contents.label(concept_id))
        first.setdefault("#" if no_letter else key[0].upper(), place // _ROWS + 1)
    links = "".join(f'<a href="../{page_of_list(name, page)}">{text(letter)}</a>' for letter, page in first.items())
    return f'<nav class="letters" aria-label="Letters">{links}</nav>'


def _paper_lists(contents: "Contents", links: Links) -> Iterator[Page]:
    ids = list(contents.papers)
    for number in range(1, _pages(len(ids)) + 1):
        rows = [
            (links.paper(one), links.date(one), f"{len(contents.assertions_of_paper[one]):,}")
            for one in ids[(number - 1) * _ROWS : number * _ROWS]
        ]
        main = join_parts((
            f'<header class="title"><h1>Papers</h1><p>{plural(len(ids), "paper")}, newest first.</p></header>',
            table(("Title", "Date", "Concepts"), rows, caption="Papers, newest first", numbers=(2,)),
            _turn_pages("papers", number, _pages(len(ids))),
        ))  # fmt: skip
        heading = "Papers, newest first" + (f", page {number}" if number > 1 else "")
        yield Page(page_of_list("papers", number), heading, main, description="All papers.", section="Papers")


def _turn_pages(name: str, number: int, last: int) -> str:
    """Links to the pages before and after, the first and the last; nothing for one page."""
    if last == 1:
        return ""
    shown = sorted({1, last, *range(max(1, number - _NEAR), min(last, number + _NEAR) + 1)})
    parts = []
    for place, page in enumerate(shown):
        if place and page - shown[place - 1] > 1:
            parts.append("<li>…</li>")
        here = ' aria-current="page"' if page == number else ""
        parts.append(f'<li><a href="../{page_of_list(name, page)}"{here}>{page}</a></li>')
    return f'<nav class="pages" aria-label="Pages"><ol>{"".join(parts)}</ol></nav>'
