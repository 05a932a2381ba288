r"""The LaTeX commands that stand for characters or words, by name (without the backslash)."""

from collections.abc import Mapping

__all__ = ["ACCENTS", "DECLARATIONS", "DISCARDED", "FUNCTIONS", "MARKS", "SYMBOLS", "WRAPPERS"]

ACCENTS: Mapping[str, tuple[str, str]] = {
    "'": ("\u0301", "aeiouyAEIOUYcnszlrCNSZLRi"),
    "`": ("\u0300", "aeiouAEIOU"),
    '"': ("\u0308", "aeiouyAEIOUY"),
    "^": ("\u0302", "aeiouAEIOUcghjswyCGHJSWY"),
    "~": ("\u0303", "anoiuANOIU"),
    "=": ("\u0304", "aeiouAEIOU"),
    ".": ("\u0307", "zcegIZCEG"),
    "c": ("\u0327", ""),
    "k": ("\u0328", ""),
    "v": ("\u030c", ""),
    "u": ("\u0306", ""),
    "H": ("\u030b", ""),
    "r": ("\u030a", ""),
    "b": ("\u0331", ""),
    "d": ("\u0323", ""),
    "t": ("\u0361", ""),
}
"""The combining character of an accent, and the letters that it may sit on without braces."""

MARKS: Mapping[str, str] = {mark: mark for mark in "%&$#_{}'`\"^~=./*<+|"} | {
    ";": " ",
    ":": " ",
    ">": " ",
    "!": "",
    "-": "",
    "@": "",
}
r"""What a backslash and one sign stand for: ``\%``, ``\_``, ``\;``."""

_LETTERS = (
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ "
    "lambda λ mu μ nu ν xi ξ pi π rho ρ varrho ρ sigma σ varsigma ς tau τ upsilon υ phi φ varphi φ chi χ psi ψ "
    "omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω ell ℓ "
    "ss ß o ø O Ø l ł L Ł ae æ AE Æ oe œ OE Œ aa å AA Å i ı j ȷ"
)
_SIGNS = (
    "times × pm ± mp ∓ cdot · div ÷ leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ ll ≪ gg ≫ approx ≈ sim ~ simeq ≃ equiv ≡ "
    "propto ∝ infty ∞ to → rightarrow → leftarrow ← Rightarrow ⇒ leftrightarrow ↔ mapsto ↦ in ∈ notin ∉ subset ⊂ "
    "subseteq ⊆ cup ∪ cap ∩ forall ∀ exists ∃ nabla ∇ partial ∂ sum ∑ prod ∏ int ∫ sqrt √ star * ast * circ ∘ "
    "oplus ⊕ otimes ⊗ odot ⊙ langle ⟨ rangle ⟩ mid | ldots … dots … cdots ⋯ degree ° dagger † S § copyright © "
    "textregistered ® texttrademark ™ textendash – textemdash — textquoteleft ‘ textquoteright ’ textasciitilde ~ "
    "textperiodcentered · textpm ± texttimes × textmu µ checkmark ✓ prime ′ uparrow ↑ downarrow ↓ triangleq ≜"
)


def _pairs(words: str) -> dict[str, str]:
    parts = words.split(" ")
    return dict(zip(parts[::2], parts[1::2], strict=True))


SYMBOLS: Mapping[str, str] = _pairs(_LETTERS) | _pairs(_SIGNS) | {"quad": " ", "qquad": " ", "newline": " "}
"""Commands that stand for characters."""

FUNCTIONS = frozenset(
    "log ln lg exp min max sin cos tan tanh arg argmin argmax det dim inf sup lim Pr deg gcd ker".split()
)
"""Commands that are the names of functions."""

DECLARATIONS = frozenset(
    "it bf em tt sc rm sf sl cal small large Large LARGE huge Huge tiny scriptsize footnotesize normalsize itshape "
    "bfseries ttfamily scshape rmfamily sffamily slshape mdseries upshape normalfont left right big Big bigg Bigg bigl "
    "bigr displaystyle textstyle limits nolimits noindent par item centering protect xspace boldmath relax".split()
)
"""Commands that change how the text looks from there on; they carry no word."""

WRAPPERS = frozenset(
    "textit textbf emph texttt textsc textrm textsf textsl textup textmd textnormal underline uline text mathrm mathbf "
    "mathcal mathbb mathit mathsf mathtt mathfrak mathscr boldsymbol bm operatorname mbox hbox fbox url path footnote "
    "textsuperscript textsubscript ensuremath hat bar tilde vec dot ddot overline widehat widetilde mathop mathbin "
    "enquote section subsection paragraph title uppercase lowercase MakeUppercase nolinkurl verb acs acl ac".split()
)
"""Commands whose argument is the text."""

DISCARDED = frozenset(
    "cite citep citet citealp citeauthor citeyear nocite autocite parencite textcite ref eqref autoref cref Cref label "
    "begin end vspace hspace color textcolor colorbox includegraphics input bibliography bibliographystyle pagestyle "
    "footnotemark thanks fontsize hyphenation setlength".split()
)
"""Commands that go together with their (first) argument."""
