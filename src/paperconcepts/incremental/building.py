"""The graph of a library: what a build of its files gives, without extracting again."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from paperconcepts.config import Config
from paperconcepts.errors import LibraryError, OutputError
from paperconcepts.incremental.completion import Prepare, Progress, build_profile, complete_library, is_complete
from paperconcepts.library import Library, describe_extractor, linked_papers, open_library, read_report
from paperconcepts.library.outputs import are_current, build_state, remember_outputs
from paperconcepts.library.store import WAIT
from paperconcepts.model import LinkedPaper

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph
    from paperconcepts.linking.decisions import Decisions
    from paperconcepts.pipeline import BuildReport

__all__ = ["KeptBuild", "build_library"]


def build_library(
    library: str | Path,
    *,
    config: Config | None = None,
    report: "BuildReport | None" = None,
    until: str | None = None,
    wait: float = WAIT,
    progress: Progress | None = None,
    prepare: Prepare | None = None,
) -> "ResearchGraph":
    """Build the graph of a library: what `paperconcepts.build` of its files gives, without extracting again.

    What was not extracted yet (another profile, another version, an `add_documents` that was killed) is extracted and
    stored first. ``until`` leaves out papers issued after this date, and those without a date.

    Raises:
        LibraryError: there is no such library; or it has to be written to and another process is writing to it.
        DecisionsError: the decisions file cannot be read, or a decision is wrong.
        OutputError: something has to be extracted and the library cannot be written.

    Examples:
        >>> from paperconcepts.examples import corpus_path
        >>> from paperconcepts.incremental import add_documents
        >>> from paperconcepts.pipeline import build
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp()) / "my.library"
        >>> changes = add_documents(corpus_path(), path, config=Config(profile="fast"))
        >>> graph = build(corpus_path(), config=Config(profile="fast"))
        >>> list(build_library(path).relations()) == list(graph.relations())
        True
    """
    # It loads what extracts, which a build that need not be done has no use for.
    from paperconcepts.pipeline import BuildReport, assemble

    config = config or Config()
    report = report if report is not None else BuildReport()
    profile = complete_library(library, config, wait, progress, prepare)
    with open_library(library, wait=wait) as opened, opened.reading() as connection:
        report.read = read_report(connection)
        found = linked_papers(connection, describe_extractor(profile))
        if until is not None:
            found = _issued(found, until)
        config = config.model_copy(update={"profile": profile})
        return assemble(found, decisions=_decisions(opened, config), config=config, report=report)


def _issued(papers: Iterable[LinkedPaper], until: str) -> Iterator[LinkedPaper]:
    for item in papers:
        if item.paper.issued and item.paper.issued[: len(until)] <= until:
            yield item


def _decisions(library: Library, config: Config) -> "Decisions | None":
    """The decisions of the settings, else those that the library keeps."""
    from paperconcepts.linking.decisions import read_decisions

    if config.decisions is not None:
        return read_decisions(config.decisions, keep_problems=True)
    row = library.connection.execute("SELECT name, text FROM decisions").fetchone()
    if row is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "decisions.txt"
        path.write_bytes(row[1])
        return replace(read_decisions(path, keep_problems=True), file=row[0])


@dataclass(frozen=True, slots=True)
class KeptBuild:
    """A build of a library into a folder, which need not be done if nothing has changed since the last one.

    ``formats`` are the names of the formats to be written; ``config`` are the settings of the build.
    """

    library: Path
    folder: Path
    config: Config
    formats: tuple[str, ...] = ()

    def completed_state(
        self, *, wait: float = WAIT, progress: Progress | None = None, prepare: Prepare | None = None
    ) -> bytes | None:
        """What the files of the build depend on, once what was not extracted yet has been; see `build_library`.

        Raises:
            LibraryError: there is no such library; or it has to be written to and another process is writing to it.
            OutputError: something has to be extracted and the library cannot be written.
        """
        complete_library(self.library, self.config, wait, progress, prepare)
        return self.state()

    def state(self) -> bytes | None:
        """What the files of the build depend on; None while something has still to be extracted.

        Raises:
            LibraryError: there is no such library.
        """
        with open_library(self.library) as opened:
            profile = build_profile(opened, self.config)
            if not is_complete(opened, profile):
                return None
            settings = self.config.model_dump(mode="json", exclude={"decisions", "formats", "processes", "profile"})
            settings["formats"] = list(self.formats)
            return build_state(opened, profile, settings, self._decisions(opened))

    def _decisions(self, library: Library) -> bytes:
        if self.config.decisions is not None:
            return self.config.decisions.read_bytes() if self.config.decisions.is_file() else b""
        row = library.connection.execute("SELECT text FROM decisions").fetchone()
        return row[0] if row else b""

    def current_files(self, state: bytes | None) -> list[Path]:
        """The files that the folder holds already, if they are of this state and untouched; else none."""
        if state is None:
            return []
        with open_library(self.library) as opened:
            return are_current(opened, self.folder, state)

    def remember(self, files: Iterable[Path], state: bytes | None) -> None:
        """Note what was written, if the library is still as it was; one that cannot be written to notes nothing."""
        with suppress(LibraryError, OutputError):
            if state is not None and state == self.state():
                with open_library(self.library, write=True, make=False, command="build", wait=0) as opened:
                    remember_outputs(opened, self.folder, files, state)
