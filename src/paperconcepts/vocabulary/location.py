"""Find the ontology and the catalogue, in a wheel as in a checkout."""

from pathlib import Path

from paperconcepts.errors import ConfigurationError

__all__ = ["ontology_path"]


def ontology_path(name: str = "") -> Path:
    """Return the path of ``name`` below the ontology folder.

    A wheel carries the folder as ``paperconcepts/_ontology``; in a checkout or an editable install it is the
    repository's own ``ontology/``.

    Raises:
        ConfigurationError: neither place holds it.

    Examples:
        >>> ontology_path("concepts").is_dir()
        True
        >>> ontology_path("no-such-file")
        Traceback (most recent call last):
        ...
        paperconcepts.errors.ConfigurationError: no 'no-such-file' in the ontology folder...
    """
    package = Path(__file__).resolve().parents[1]
    places = (package / "_ontology", package.parents[1] / "ontology")
    for place in places:
        if (place / name).exists():
            return place / name
    raise ConfigurationError(
        f"no {name!r} in the ontology folder; the installation is incomplete: install paperconcepts again"
    )
