"""Which exit code an error gives. The list is documented in ``paperconcepts --help`` and ``docs/command-line.md``."""

import errno

from paperconcepts import errors

__all__ = ["exit_code"]

_CODES: tuple[tuple[type[Exception], int], ...] = (
    (errors.SourceError, 3),
    (errors.UnknownNameError, 4),
    (errors.QueryError, 5),
    (errors.ConfigurationError, 6),
    (errors.CatalogueError, 6),
    (errors.DecisionsError, 6),
    (errors.ModelError, 6),
    (errors.LibraryBusyError, 75),
    (errors.LibraryError, 3),
    (errors.FetchError, 69),
    (errors.OutputError, 74),
)
# Standard output on a full disk: no file of ours is involved, so that this is a plain OSError.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def exit_code(error: Exception) -> int:
    """The exit code of an error; 1 for one that is not ours.

    Examples:
        >>> exit_code(errors.UnknownNameError("x")), exit_code(RuntimeError())
        (4, 1)
    """
    if isinstance(error, OSError) and error.errno in _FULL:
        return 74
    return next((code for kind, code in _CODES if isinstance(error, kind)), 1)
