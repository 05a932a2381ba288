"""What stands around every page: the head with its policy, the navigation, the foot."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from paperconcepts.export.cleaning import clean_line, cut_line
from paperconcepts.export.site.places import href
from paperconcepts.version import __version__

__all__ = ["Frame", "Page"]

# The site runs and loads its own files only, wherever it lies; pages without a script may run none.
_POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'"
)
_LONGEST_DESCRIPTION = 160
_MARK = (
    '<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path d="M6 17 12 7l7 8" fill="none" '
    'stroke="currentColor" stroke-width="1.6"/><circle cx="6" cy="17" r="3" class="fill-dataset"/>'
    '<circle cx="12" cy="7" r="4" class="fill-method"/><circle cx="19" cy="15" r="2.5" class="fill-model"/></svg>'
)
_GLASS = (
    '<svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true"><circle cx="9" cy="9" r="5.5"/>'
    '<path d="m13 13 4 4"/></svg>'
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: where it lies, what it is called, and the markup of its main part, with its heading.

    ``section`` is the entry of the navigation that it belongs to; ``scripts`` are paths of the site.
    """

    path: str
    title: str
    main: str
    description: str = ""
    section: str = ""
    scripts: tuple[str, ...] = ()

    @property
    def top(self) -> str:
        """The way to the top of the site."""
        return "../" * self.path.count("/")


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of all pages of one site: its title, its navigation as (path, name), and what the foot tells.

    Examples:
        >>> frame = Frame("Papers & concepts", (("index.html", "Home"),), "42 papers")
        >>> text = frame.render(Page("papers/x.html", "<X>", "<h1>X</h1>"))
        >>> "<title>&lt;X&gt; · Papers &amp; concepts</title>" in text, 'href="../assets/site.css"' in text
        (True, True)
    """

    title: str
    navigation: tuple[tuple[str, str], ...]
    facts: str
    base_url: str = ""

    def render(self, page: Page) -> str:
        """The page as a whole document."""
        return "\n".join((*self._head(page), *self._banner(page), *self._body(page), "")) + "\n"

    def address(self, path: str) -> str:
        """The address of a page on the web, if the site has one."""
        return self.base_url + href("" if path == "index.html" else path, "")

    def _head(self, page: Page) -> Iterable[str]:
        name = clean_line(page.title)
        title = f"{name} · {self.title}" if page.path != "index.html" else self.title
        description = cut_line(clean_line(page.description), _LONGEST_DESCRIPTION)
        yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
        policy = _POLICY.format(scripts="'self'" if page.scripts else "'none'")
        yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">'
        if description:
            yield f'<meta name="description" content="{escape(description)}">'
        yield f"<title>{escape(title)}</title>"
        if self.base_url:
            yield f'<link rel="canonical" href="{escape(self.address(page.path))}">'
        yield '<link rel="icon" href="data:,">'
        yield f'<link rel="stylesheet" href="{page.top}assets/site.css">'
        for script in page.scripts:
            yield f'<script src="{page.top}{script}" defer></script>'
        yield "</head>"

    def _banner(self, page: Page) -> Iterable[str]:
        yield '<body>\n<a class="skip" href="#main">Skip to the content</a>\n<header class="banner"><div class="wide">'
        yield f'<a class="brand" href="{page.top}index.html">{_MARK}<span>{escape(self.title)}</span></a>'
        if page.path != "search.html":
            # It works without a script: the form opens the page of the search, which reads the question.
            yield (
                f'<form class="find" role="search" action="{page.top}search.html" method="get">{_GLASS}'
                '<input type="search" name="q" aria-label="Search concepts and papers" '
                'placeholder="Search concepts and papers" autocomplete="off" spellcheck="false">'
                '<button class="unseen">Search</button></form>'
            )
        yield '<nav aria-label="Site"><ul>'
        for path, name in self.navigation:
            here = ' aria-current="page"' if path == page.path else ' class="inside"' if name == page.section else ""
            yield f'<li><a href="{page.top}{path}"{here}>{escape(name)}</a></li>'
        yield "</ul></nav>\n</div></header>"

    def _body(self, page: Page) -> Iterable[str]:
        yield f'<main id="main" class="wide" tabindex="-1">\n{page.main}\n</main>'
        yield '<footer><div class="wide">'
        yield (
            f"<p>{escape(self.facts)}. Rules and small models read this in titles and abstracts: it can be wrong or "
            "incomplete. Every statement shows the sentence that it comes from.</p>"
        )
        yield f"<p>Made by paperconcepts {escape(__version__)}.</p>\n</div></footer>\n</body>\n</html>"
