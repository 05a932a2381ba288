"""What every page needs: the parts that ship beside this module, and the hashes that let a page run its own only."""

import base64
import hashlib
from importlib.resources import files

__all__ = ["hash_source", "read_asset"]


def read_asset(name: str) -> str:
    """The text of a file in ``assets``, with line feeds whatever the checkout has.

    Examples:
        >>> read_asset("error_view.html").splitlines()[0]
        '<!doctype html>'
    """
    text = (files("paperconcepts.export") / "assets" / name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n").strip("\n")


def hash_source(text: str) -> str:
    """The source expression of a content security policy that allows exactly this inline script or style.

    Examples:
        >>> hash_source("")
        "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
