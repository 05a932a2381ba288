"""The exceptions of paperconcepts: one tree, each error with its data as attributes.

::

    PaperConceptsError
    ├── SourceError            an input file or record cannot be read     (also ValueError)
    │   └── UnknownFormatError the kind of a file cannot be told
    ├── CatalogueError         the concept catalogue breaks a rule        (also ValueError)
    ├── ModelError             a trained model is missing or damaged      (also ValueError)
    ├── UnknownNameError       no concept or paper bears this name        (also KeyError)
    │   └── LeftOutError       it is there, but believed too little
    ├── ConfigurationError     a setting is wrong                         (also ValueError)
    ├── DecisionsError         a decisions file is wrong                  (also ValueError)
    ├── QueryError             a SPARQL query is wrong or not allowed     (also ValueError)
    ├── LibraryError           a library is missing, damaged or another's (also ValueError)
    │   └── LibraryBusyError   another process is writing to the library
    ├── FetchError             a source on the network does not give what it should (also OSError)
    └── OutputError            a result cannot be written                 (also OSError)

A message says what happened, where, which value, and what to do about it.
"""

from collections.abc import Sequence

__all__ = [
    "CatalogueError",
    "ConfigurationError",
    "DecisionsError",
    "FetchError",
    "LeftOutError",
    "LibraryBusyError",
    "LibraryError",
    "ModelError",
    "OutputError",
    "PaperConceptsError",
    "QueryError",
    "SourceError",
    "UnknownFormatError",
    "UnknownNameError",
]


class PaperConceptsError(Exception):
    """The root of all errors that paperconcepts raises on purpose."""


class SourceError(PaperConceptsError, ValueError):
    """An input file or one record of it cannot be read.

    Attributes:
        file: the file as the user named it, or None.
        record: 1-based number of the record (or line) in that file, or None.
    """

    def __init__(self, message: str, *, file: str | None = None, record: int | None = None) -> None:
        place = "" if file is None else file if record is None else f"{file}, record {record}"
        super().__init__(f"{place}: {message}" if place else message)
        self.file = file
        self.record = record


class UnknownFormatError(SourceError):
    """The kind of a file cannot be told from its content.

    Attributes:
        known: the names of the formats that can be forced.
    """

    def __init__(self, message: str, *, known: Sequence[str], file: str | None = None) -> None:
        super().__init__(f"{message}; known formats: {', '.join(known)}", file=file)
        self.known = tuple(known)


class CatalogueError(PaperConceptsError, ValueError):
    """The concept catalogue breaks one of its rules."""


class ModelError(PaperConceptsError, ValueError):
    """A trained model that ships with the package is missing, damaged or of another version."""


class UnknownNameError(PaperConceptsError, KeyError):
    """No concept or paper bears this name.

    Attributes:
        name: the name that was asked for.
        suggestions: names that are near, best first.
    """

    def __init__(
        self, name: str, *, kind: str = "concept", suggestions: Sequence[str] = (), place: str = "this graph"
    ) -> None:
        hint = f" Did you mean: {', '.join(suggestions)}?" if suggestions else ""
        self.message = f"No {kind} {name!r} in {place}.{hint}"
        super().__init__(self.message)
        self.name = name
        self.suggestions = tuple(suggestions)

    def __str__(self) -> str:
        # KeyError would show the repr of the message.
        return self.message


class LeftOutError(UnknownNameError):
    """What is asked for is in the graph, but limits on belief leave it out."""

    def __init__(self, name: str, limits: Sequence[str]) -> None:
        super().__init__(name)
        leave = "leaves" if len(limits) == 1 else "leave"
        self.message = f"{name!r} is in this graph, but {' and '.join(limits)} {leave} it out; lower the limit."


class ConfigurationError(PaperConceptsError, ValueError):
    """A setting is wrong."""


class DecisionsError(PaperConceptsError, ValueError):
    """A decisions file cannot be read, or decisions in it are malformed, contradict each other or name nothing known.

    Attributes:
        file: the file as the user named it.
        problems: every problem of the file, as (1-based line or None, what is wrong and what to do).
    """

    def __init__(self, file: str, problems: Sequence[tuple[int | None, str]]) -> None:
        self.file = file
        self.problems = tuple(problems)
        super().__init__("\n".join(self.lines))

    @property
    def lines(self) -> tuple[str, ...]:
        """Each problem with its place, in one line."""
        return tuple(
            f"{self.file}: {text}" if line is None else f"{self.file}, line {line}: {text}"
            for line, text in self.problems
        )


class QueryError(PaperConceptsError, ValueError):
    """A SPARQL query is malformed or asks for something that is not allowed."""


class LibraryError(PaperConceptsError, ValueError):
    """A library cannot be used: it is missing, damaged, no library, or of a version that this program does not know.

    Attributes:
        library: the file as the user named it.
    """

    def __init__(self, message: str, *, library: str) -> None:
        super().__init__(f"{library}: {message}")
        self.library = library


class LibraryBusyError(LibraryError):
    """Another process is writing to the library.

    Attributes:
        holder: what is known of that process: its id and command, or "".
    """

    def __init__(self, message: str, *, library: str, holder: str = "") -> None:
        super().__init__(message, library=library)
        self.holder = holder


class FetchError(PaperConceptsError, OSError):
    """A source on the network cannot be reached, refuses the request, or gives something else than records.

    Attributes:
        source: the name of the source, as in ``paperconcepts fetch``.
        status: the HTTP status of the last answer, or None.
    """

    def __init__(self, message: str, *, source: str, status: int | None = None) -> None:
        super().__init__(f"{source}: {message}")
        self.source = source
        self.status = status


class OutputError(PaperConceptsError, OSError):
    """A result cannot be written; what stood under the final name before is untouched."""
