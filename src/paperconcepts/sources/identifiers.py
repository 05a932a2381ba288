"""Tell papers apart: identifiers as CURIEs, addresses in texts, and the id of a paper that has none."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote

__all__ = ["choose_id", "digest_id", "find_links", "identify", "infer_identifiers", "is_code_link", "normalise_text"]

_ARXIV_NEW = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
_ARXIV_OLD = r"[a-z]{2,10}(?:-[a-z]{2,8})?(?:\.[A-Z]{2})?/\d{7}"
_ARXIV = re.compile(rf"({_ARXIV_NEW}|{_ARXIV_OLD})(?:v\d{{1,3}})?")
_ARXIV_PLACES = re.compile(
    r"(?:arxiv:\s?|https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|https?://(?:www\.)?huggingface\.co/papers/)",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?:doi:\s?|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S{1,200})", re.IGNORECASE)
_ARXIV_DOI = "10.48550/arxiv."
_ACL_DOI = re.compile(r"10\.(?:18653/v1|3115/v1)/(.{1,80})")
_ACL_NEW = r"\d{4}\.[a-z0-9_]{1,30}(?:-[a-z0-9_]{1,30})?\.\d{1,5}"
_ACL_OLD = r"[A-Z]\d{2}-\d{4,5}"
_ACL_PLACES = re.compile(r"(?:acl:|https?://(?:www\.)?aclanthology\.org/|https?://(?:www\.)?aclweb\.org/anthology/)")
_ACL = re.compile(rf"({_ACL_NEW}|{_ACL_OLD})(?:v\d)?(?:\.pdf)?/?")
_ACL_BARE = re.compile(rf"(?:[a-z0-9-]{{1,30}}/)?({_ACL_NEW})")

_PMID = re.compile(
    r"(?:pmid:\s?|https?://(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/)?(\d{1,9})/?", re.I
)
_PMCID = re.compile(r"(?:pmcid:\s?|https?://[\w.]{1,40}/(?:pmc/)?articles/)?(?:PMC)?(\d{1,9})/?", re.I)
_LABELLED = re.compile(r"\b(arXiv|DOI|PMID|PMCID)\s?:\s?(\S{1,200})", re.IGNORECASE)

_LINK = re.compile(r"(?:https?://|www\.|(?<![\w./-])(?:github|gitlab)\.com/)[^\s<>\"{}|\\^`]{1,500}")
_CODE_HOST = re.compile(r"https?://(?:www\.)?(?:github\.com|gitlab\.com|gitlab\.[\w.-]{1,60}|bitbucket\.org)/", re.I)
_NOT_WORD = re.compile(r"[\W_]+")
_SCHEMES = ("arxiv", "doi", "acl", "pmid", "pmcid", "openalex", "s2")


def infer_identifiers(value: str) -> tuple[str, ...]:
    """Return the CURIEs that an id or address stands for; none for an address that is no paper's own.

    Examples:
        >>> infer_identifiers("https://arxiv.org/abs/2305.18290v2"), infer_identifiers("2305.18290")
        (('arxiv:2305.18290',), ('arxiv:2305.18290',))
        >>> infer_identifiers("doi:10.18653/v1/2021.acl-long.24")
        ('doi:10.18653/v1/2021.acl-long.24', 'acl:2021.acl-long.24')
        >>> infer_identifiers("https://github.com/a/2305.18290")
        ()
    """
    value = value.strip()
    place = _ARXIV_PLACES.match(value)
    rest = value[place.end() :].split("?")[0].split("#")[0].removesuffix(".pdf").rstrip("/") if place else value
    if match := _ARXIV.fullmatch(rest):
        return (_arxiv(match[1]),)
    if match := _DOI.fullmatch(value):
        return _from_doi(unquote(match[1]).lower().rstrip(".,;)"))
    if place := _ACL_PLACES.match(value):
        match = _ACL.fullmatch(value[place.end() :].split("#")[0])
        return (f"acl:{match[1]}",) if match else ()
    match = _ACL_BARE.fullmatch(value)
    return (f"acl:{match[1]}",) if match else ()


def identify(
    *, arxiv: str = "", doi: str = "", pmid: str = "", pmcid: str = "", urls: Iterable[str] = (), text: str = ""
) -> tuple[str, ...]:
    """Return the CURIEs in the fields of a record, each once; a field that holds none gives none.

    ``urls`` are addresses of the paper itself, ``text`` is a note in which identifiers stand with their names.

    Examples:
        >>> identify(doi="https://doi.org/10.1000/X", pmid="12", urls=["https://arxiv.org/abs/2301.00001v2"])
        ('doi:10.1000/x', 'pmid:12', 'arxiv:2301.00001')
        >>> identify(doi="none", pmcid="PMC7", text="arXiv:2301.00001 [cs]; see also DOI: 10.1000/y")
        ('pmcid:PMC7', 'arxiv:2301.00001', 'doi:10.1000/y')
    """
    found: list[str] = []
    if match := _ARXIV.fullmatch(arxiv):
        found.append(_arxiv(match[1]))
    elif arxiv:
        found += (curie for curie in infer_identifiers(_with_prefix("arxiv:", arxiv)) if curie.startswith("arxiv:"))
    if doi:
        for part in doi.split():
            if match := _DOI.fullmatch(part):
                found += _from_doi(unquote(match[1]).lower().rstrip(".,;)"))
            else:
                found += infer_identifiers(_with_prefix("doi:", part))
    if pmid and (match := _PMID.fullmatch(pmid.strip())):
        found.append(f"pmid:{match[1]}")
    if pmcid and (match := _PMCID.fullmatch(pmcid.strip())):
        found.append(f"pmcid:PMC{match[1]}")
    for url in urls:
        found += infer_identifiers(url)
    if text:
        for match in _LABELLED.finditer(text[:5_000]):
            found += identify(**{match[1].lower(): match[2].rstrip(".,;)]")})
    return tuple(dict.fromkeys(found))


def _with_prefix(prefix: str, value: str) -> str:
    value = value.strip()
    named = value[: len(prefix)].lower() == prefix or value[:4].lower() == "http"
    return value if named else f"{prefix}{value}"


def _arxiv(identifier: str) -> str:
    # Before 2007 the archive is part of the name and its subject class is not: math.GT/0309136 is math/0309136.
    archive, slash, number = identifier.partition("/")
    return f"arxiv:{archive.split('.')[0]}/{number}" if slash else f"arxiv:{identifier}"


def _from_doi(doi: str) -> tuple[str, ...]:
    if doi.startswith(_ARXIV_DOI):
        match = _ARXIV.fullmatch(doi.removeprefix(_ARXIV_DOI))
        return (_arxiv(match[1]),) if match else (f"doi:{doi}",)
    match = _ACL_DOI.fullmatch(doi)
    if match and (paper := re.fullmatch(_ACL_NEW, match[1]) or re.fullmatch(_ACL_OLD, match[1].upper())):
        return f"doi:{doi}", f"acl:{paper[0]}"
    return (f"doi:{doi}",)


def choose_id(identifiers: Iterable[str]) -> str | None:
    """The identifier that names the paper: arXiv, else DOI, ACL Anthology, PubMed, PMC, else the first in order.

    Examples:
        >>> choose_id(["doi:10.1000/x", "arxiv:2305.18290"])
        'arxiv:2305.18290'
    """
    found = set(identifiers)
    return min(found, key=lambda curie: (_rank(curie), curie)) if len(found) > 1 else next(iter(found), None)


def _rank(curie: str) -> int:
    scheme = curie.partition(":")[0]
    return _SCHEMES.index(scheme) if scheme in _SCHEMES else len(_SCHEMES)


def digest_id(title: str, abstract: str) -> str:
    """The id of a paper without identifier: 64 bits of the SHA-256 of its normalised title and abstract.

    Examples:
        >>> digest_id("LoRA", "We adapt.") == digest_id("  lora ", "We adapt")
        True
    """
    content = f"{normalise_text(title)}\n{normalise_text(abstract)}"
    return "sha:" + hashlib.sha256(content.encode("utf-8", "backslashreplace")).hexdigest()[:16]


def normalise_text(text: str) -> str:
    """``text`` without case, punctuation, accents' encoding and white space, to compare.

    A text of nothing but signs is kept.

    Examples:
        >>> normalise_text("From $r$ to Q^*:  Your Model")
        'from r to q your model'
    """
    folded = unicodedata.normalize("NFKC", text.casefold())
    return _NOT_WORD.sub(" ", folded).strip() or " ".join(folded.split())


def find_links(text: str) -> list[str]:
    """Return the web addresses in ``text``, in order, each once.

    Examples:
        >>> find_links("Code (https://github.com/a/b). See www.x.org, https://github.com/a/b.")
        ['https://github.com/a/b', 'https://www.x.org']
    """
    if "www." not in text and ("/" not in text or not ("://" in text or "hub.com/" in text or "lab.com/" in text)):
        return []  # What most texts are.
    found: dict[str, None] = {}
    for match in _LINK.finditer(text):
        link = match[0].rstrip(".,;:!?'\"*_-")
        while link.endswith((")", "]")) and link.count(link[-1]) > link.count("(" if link[-1] == ")" else "["):
            link = link[:-1].rstrip(".,;:!?'\"*")
        found["https://" + link if not link.startswith("http") else link] = None
    return list(found)


def is_code_link(link: str) -> bool:
    """Whether ``link`` leads to a repository of source code.

    Examples:
        >>> is_code_link("https://github.com/a/b"), is_code_link("https://a.github.io/b")
        (True, False)
    """
    return _CODE_HOST.match(link) is not None
