"""The search: a page, and an index of names and titles as scripts, as a page on disk may not read other files."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from paperconcepts.export.site.frame import Page
from paperconcepts.export.site.places import KIND_FOLDERS, href

if TYPE_CHECKING:
    from paperconcepts.export.site.contents import Contents
    from paperconcepts.export.site.places import Places

__all__ = ["index_scripts", "script_paths", "search_page"]

_ROWS = 20_000
_LONGEST_NAME = 300
_MOST_NAMES = 40
_KINDS = ("Paper", *map(str, KIND_FOLDERS))
# ASCII only, and nothing that could end a script element should anyone paste it into one.
_ESCAPES = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "<>&"})


def script_paths(contents: "Contents", places: "Places") -> list[str]:
    """The paths of the parts of the index; large ones are cut so that no file is unwieldy."""
    parts = max(1, -(-(len(places.concepts) + len(contents.papers)) // _ROWS))
    return [f"assets/search-{number}.js" for number in range(1, parts + 1)]


def index_scripts(contents: "Contents", places: "Places") -> Iterator[tuple[str, str]]:
    """The parts of the index as (path, script): rows of kind, name, address, papers or date, other names."""
    rows = list(_rows(contents, places))
    for number, path in enumerate(script_paths(contents, places)):
        part = rows[number * _ROWS : (number + 1) * _ROWS]
        lines = ",\n".join(json.dumps(row, separators=(",", ":")).translate(_ESCAPES) for row in part)
        yield (
            path,
            f"(globalThis.searchIndex ??= []).push(\n{lines}\n);\n" if lines else "globalThis.searchIndex ??= [];\n",
        )


def _rows(contents: "Contents", places: "Places") -> Iterator[list[object]]:
    for kind, ids in contents.by_support.items():
        for one in ids:
            if one in places.concepts:
                names = [name[:_LONGEST_NAME] for name in contents.forms[one][:_MOST_NAMES]]
                support = contents.concepts[one].support
                yield [
                    _KINDS.index(kind),
                    contents.label(one)[:_LONGEST_NAME],
                    href(places.concepts[one], ""),
                    support,
                    names,
                ]
    for paper_id, line in contents.papers.items():
        yield [0, line.title[:_LONGEST_NAME], href(places.papers[paper_id], ""), line.issued, [paper_id]]


def search_page(contents: "Contents", places: "Places") -> Page:
    """The page of the search. Without scripts it leads to the lists."""
    kinds = "".join(
        f'<label><input type="radio" name="kind" value="{number}"> {name}s</label>'
        for number, name in enumerate(_KINDS)
    )
    lists = ", ".join(f'<a href="browse/{one}-a-z.html">{one}</a>' for one in KIND_FOLDERS.values())
    main = f"""<header class="title"><h1>Search</h1></header>
<form id="search" role="search" action="search.html" method="get">
<label for="query">Name of a concept in any spelling, title or identifier of a paper</label>
<input id="query" type="search" name="q" autocomplete="off" spellcheck="false">
<fieldset><legend>Only</legend>
<label><input type="radio" name="kind" value="" checked> everything</label>{kinds}
</fieldset>
</form>
<p id="told" role="status"></p>
<ol id="hits"></ol>
<noscript><p>The search needs a script. These lists need none: {lists},
<a href="browse/papers.html">papers</a>.</p></noscript>"""
    scripts = (*script_paths(contents, places), "assets/site.js")
    return Page(
        "search.html", "Search", main, description="Search concepts and papers.", section="Search", scripts=scripts
    )
