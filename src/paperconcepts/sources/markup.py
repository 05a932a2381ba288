"""Turn the HTML, JATS and MathML that catalogues leave in titles and abstracts into text.

Only tags that occur in such texts are taken for tags, so "a < b and c > d" stays. Every pattern is linear.
"""

import html
import re
from re import Match

from paperconcepts.sources.tidying import tidy, tidy_paragraphs

__all__ = ["KNOWN_TAGS", "strip_markup", "strip_title"]

_INLINE = (
    "a abbr b bold big cite code em emph font i inf italic it kbd mark monospace ext-link xref label title-group "
    "named-content roman s sans-serif sc scp small span strike strong styled-content sub sup tt u underline "
    "inline-formula alternatives tex-math formula disp-formula uri inline-graphic graphic fn"
).split()
_BLOCK = (
    "article blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li list list-item ol p para sec section abstract table "
    "tbody td th title tr ul def-list disp-quote"
).split()
_MATH = (
    "math mrow mi mo mn ms mtext mspace msub msup msubsup mfrac msqrt mroot mover munder munderover mtable mtr mtd "
    "mstyle mpadded mfenced mphantom semantics annotation annotation-xml maction menclose merror mmultiscripts "
    "mprescripts none"
).split()
KNOWN_TAGS = frozenset(_INLINE + _BLOCK + _MATH)
"""The elements (without prefix, in lower case) that stand in titles and abstracts."""
_BLOCKS = frozenset(_BLOCK)
_TAG = re.compile(r"<(/?)(?:[A-Za-z]{1,10}:)?([A-Za-z][A-Za-z0-9-]{0,20})((?:\s[^<>]{0,2000})?)/?>")
_COMMENT = re.compile(r"<!--(?:[^-]|-(?!->)){0,1000}-->|<!\[CDATA\[|\]\]>|<\?[^<>]{0,200}\?>")
_PREAMBLE = re.compile(r"\\documentclass(?:(?!\\begin\{document\}).){0,3000}\\begin\{document\}", re.DOTALL)
_ALTERNATIVES = re.compile(
    r"(<(?:[a-z]{1,10}:)?tex-math[^<>]{0,200}>[^<]{0,5000}</(?:[a-z]{1,10}:)?tex-math>\s{0,50})"
    r"<(?:[a-z]{1,10}:)?math\b.{0,20000}?</(?:[a-z]{1,10}:)?math>",
    re.DOTALL,
)
_ANNOTATION = re.compile(r"<(?:[a-z]{1,10}:)?annotation[\s>][^<]{0,5000}</(?:[a-z]{1,10}:)?annotation>", re.IGNORECASE)
_RAISED = re.compile(r"[+\-−–]?(?:\d[\d.,]{0,20}|[a-zA-Z])|[+\-−–]|\*")
_SUP = re.compile(r"<(?:[a-z]{1,10}:)?sup>([^<>]{1,40})</(?:[a-z]{1,10}:)?sup>", re.IGNORECASE)
_HEADING = re.compile(r"(?:abstract|summary|zusammenfassung|résumé|resumen)\s{0,3}[.:—–-]?", re.IGNORECASE)
_LONGEST = 200_000
_LEADING = re.compile(
    r"(?:Abstract|ABSTRACT)(?:\s{0,3}[.:—–]\s{0,3}|\s{1,3}(?=(?:We|In|This|The|Background|Objectives?|Purpose|Motivation|"
    r"Introduction|Aims?|Recent|Recently|With|Here|Although|Despite|Many|To|A|An|For|It|Our|As|While|Most|Existing)\s))"
)
_ENCODED = re.compile(r"&(?:[A-Za-z]{2,10}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")


def strip_title(text: str) -> str:
    """``text`` in one line, without tags and entities.

    Examples:
        >>> strip_title("On <i>E. coli</i> &amp; CO<sub>2</sub>"), strip_title("If a < b and c > d")
        ('On E. coli & CO2', 'If a < b and c > d')
    """
    return tidy(_strip(text))


def strip_markup(text: str) -> str:
    r"""``text`` with each paragraph in one line, without tags, entities and a leading "Abstract".

    Examples:
        >>> strip_markup("<jats:title>Abstract</jats:title><jats:p>We use 10<jats:sup>6</jats:sup> &lt; N.</jats:p>")
        'We use 10^6 < N.'
        >>> strip_markup("<p>One</p><p>Two&amp;#x2009;&amp;amp; three</p>")
        'One\nTwo & three'
    """
    lines = tidy_paragraphs(_strip(text)).split("\n")
    if len(lines) > 1 and _HEADING.fullmatch(lines[0]):
        lines = lines[1:]
    lines[0] = _LEADING.sub("", lines[0], count=1) if lines[0][:8].lower() == "abstract" else lines[0]
    return "\n".join(lines)


def _strip(text: str) -> str:
    text = text[:_LONGEST]
    for _ in range(2):  # Crossref and others encode twice.
        if "<" in text:
            text = _remove_tags(text)
        if "&" not in text or not _ENCODED.search(text):
            return text
        text = html.unescape(text)
    return _remove_tags(text) if "<" in text else text


def _remove_tags(text: str) -> str:
    text = _COMMENT.sub("", text)
    if "math" in text or "annotation" in text:
        text = _ALTERNATIVES.sub(r"\1", text)
        text = _ANNOTATION.sub("", text)
        text = _PREAMBLE.sub("", text).replace("\\end{document}", "")
    text = _SUP.sub(_raise, text)
    return _TAG.sub(_replace_tag, text)


def _raise(match: Match[str]) -> str:
    """10<sup>6</sup> is 10^6, 1<sup>st</sup> is 1st."""
    before = match.string[max(match.start() - 1, 0) : match.start()]
    if (before.isalnum() or before == ")") and _RAISED.fullmatch(match[1].strip()):
        return f"^{match[1].strip()}"
    return match[1]


def _replace_tag(match: Match[str]) -> str:
    name = match[2].lower()
    if name not in KNOWN_TAGS:
        return match[0]
    return "\n\n" if name in _BLOCKS else ""
