"""Documents into a library, and out of it again; only what is new is extracted."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperconcepts.config import Config
from paperconcepts.errors import DecisionsError, SourceError
from paperconcepts.incremental.completion import (
    Prepare,
    Progress,
    choose_profile,
    finish,
    library_profile,
    set_profile,
)
from paperconcepts.library import (
    Changes,
    File,
    Library,
    LibraryStatus,
    add_file,
    describe_extractor,
    drop_stale,
    expand_files,
    find_paper,
    find_source,
    library_status,
    merge_again,
    open_library,
    remove_papers,
    remove_source,
)
from paperconcepts.library.changes import record_run
from paperconcepts.library.known_files import find_known, known_files
from paperconcepts.library.store import WAIT
from paperconcepts.sources import repair_text
from paperconcepts.sources.reading import skip_reason

if TYPE_CHECKING:
    from paperconcepts.pipeline import Inputs

__all__ = ["add_documents", "keep_decisions", "remove_from_library", "status_of_library", "update_library"]


def add_documents(
    inputs: "Inputs",
    library: str | Path,
    *,
    config: Config | None = None,
    replace: bool = False,
    restore: bool = False,
    wait: float = WAIT,
    progress: Progress | None = None,
    prepare: Prepare | None = None,
) -> Changes:
    """Read documents into a library, which is made if it is missing, and extract what is new in them.

    Files are read one after the other and each is committed whole; extraction follows and is committed as it goes, so
    that a process that is killed loses little, and the next `add_documents`, `update_library` or `build_library` goes
    on where it stopped. A file that was read before and has changed takes the place of what it said; one that cannot be
    read any more, or not to its end, keeps its say and is named in `Changes.failed`. A file that was taken out is not
    brought back by its folder, see `Changes.left_out_files`, but by its own name.

    Args:
        inputs: files, folders, glob patterns or ``-``, as for `paperconcepts.build`.
        library: the file of the library.
        config: ``input_format``, ``columns``, ``strict``, ``profile`` and ``processes`` count; the profile of a library
            is that of its first documents. The format and the columns that are not given are those with which the file,
            or its folder, was read before.
        replace: the new records take the place of earlier records of the same papers, instead of being merged.
        restore: records and files that were taken out earlier come back.
        wait: seconds to wait for another process that is writing.
        progress: called with (texts extracted, texts in all).
        prepare: called with the name of the profile before anything is extracted.

    Raises:
        SourceError: an input that was not read before, or with ``strict`` any, cannot be read; what was added before it
            stays.
        ConfigurationError: the library has another profile.
        LibraryError: the file is no library, or another process is writing to it.
        OutputError: the library cannot be written.

    Examples:
        >>> from paperconcepts.examples import corpus_path
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp()) / "my.library"
        >>> changes = add_documents(corpus_path(), path, config=Config(profile="fast"))
        >>> len(changes.papers.added), changes.extracted
        (42, 42)
        >>> add_documents(corpus_path(), path).unchanged
        1
    """
    config = config or Config()
    files = expand_files(inputs)
    with open_library(library, write=True, command="add", wait=wait) as opened:
        profile = choose_profile(opened, config)
        changes = Changes()
        merge_again(opened, changes=changes.papers)
        fresh: set[int] = set()
        for file in files:
            try:
                add_file(
                    opened, file, _options(config), changes=changes, strict=config.strict, replace=replace,
                    restore=restore, fresh=fresh,
                )  # fmt: skip
            except SourceError as error:
                if config.strict or not _has_its_say(opened, file):
                    raise
                changes.failed.append((file.base, skip_reason(error)))
        finish(opened, "add", profile, changes, config, progress, prepare)
    return changes


def _has_its_say(library: Library, file: File) -> bool:
    known = find_known(library.connection, file.path)
    return known is not None and known.has_records


def remove_from_library(
    library: str | Path, papers: Iterable[str] = (), *, sources: Iterable[str] = (), wait: float = WAIT
) -> Changes:
    """Take papers (by id, identifier or title) and files (by name) out of a library, with all that they alone said.

    Records of a paper that was taken out do not come back when their file is read again, files that were taken out not
    with their folder; see `add_documents`.

    Raises:
        UnknownNameError: a name is unknown or means several papers; nothing is taken out.
        LibraryError: there is no such library, or another process is writing to it.
        OutputError: the library cannot be written.
    """
    with open_library(library, write=True, make=False, command="remove", wait=wait) as opened:
        changes = Changes()
        merge_again(opened, changes=changes.papers)
        ids = [find_paper(opened.connection, name) for name in papers]
        numbers = [find_source(opened.connection, name) for name in sources]
        if ids:
            remove_papers(opened, ids, changes=changes)
        for number in dict.fromkeys(numbers):
            remove_source(opened, number, changes=changes)
        record_run(opened, "remove", changes)
    return changes


def update_library(
    library: str | Path,
    *,
    config: Config | None = None,
    wait: float = WAIT,
    progress: Progress | None = None,
    prepare: Prepare | None = None,
) -> Changes:
    """Bring a library up to date: read changed files again, find new ones in its folders, extract what is stale.

    What earlier versions of the extraction found is dropped once the present one has read everything. Files that are
    gone or cannot be read any more are named; what they said is kept. ``config`` gives ``processes``, and ``profile``
    if the library is to have another one.

    Raises:
        LibraryError: there is no such library, or another process is writing to it.
        OutputError: the library cannot be written.
    """
    config = config or Config()
    with open_library(library, write=True, make=False, command="update", wait=wait) as opened:
        if "profile" in config.model_fields_set:
            set_profile(opened, config.profile)
        changes = Changes()
        merge_again(opened, changes=changes.papers)
        for file, options in known_files(opened.connection):
            _read_again(opened, file, options, changes)
        profile = library_profile(opened)
        finish(opened, "update", profile, changes, config, progress, prepare)
        drop_stale(opened, describe_extractor(profile))
    return changes


def _read_again(library: Library, file: File, options: dict[str, Any], changes: Changes) -> None:
    if file.path is not None and not file.path.exists():
        changes.missing.append(file.base)
        return
    try:
        add_file(library, file, options, changes=changes)
    except SourceError as error:
        changes.failed.append((file.base, skip_reason(error)))


def _options(config: Config) -> dict[str, Any]:
    """How files are read, as far as it is not the default."""
    options = {"format": config.input_format, "columns": config.columns}
    return {name: value for name, value in options.items() if value}


def keep_decisions(library: str | Path, decisions: str | Path | None, *, wait: float = WAIT) -> None:
    """Keep the text of a decisions file in the library, for every build of it; None: keep none.

    Raises:
        DecisionsError: the file cannot be read, or a line of it is wrong.
        LibraryError: there is no such library, or another process is writing to it.
    """
    from paperconcepts.linking.decisions import read_decisions

    if decisions is not None:
        read_decisions(decisions)
    try:
        text = None if decisions is None else Path(decisions).read_bytes()
    except OSError as error:
        raise DecisionsError(str(decisions), [(None, f"cannot be read: {error.strerror}")]) from error
    opening = open_library(library, write=True, make=False, command="update", wait=wait)
    with opening as opened, opened.transaction() as connection:
        connection.execute("DELETE FROM decisions")
        if decisions is not None:
            name = repair_text(Path(decisions).name)
            connection.execute("INSERT INTO decisions (id, name, text) VALUES (1, ?, ?)", (name, text))


def status_of_library(library: str | Path, *, deep: bool = False) -> LibraryStatus:
    """What a library holds and whether its file is whole; with ``deep`` every row is read.

    Raises:
        LibraryError: there is no such library, or it cannot be opened.
    """
    with open_library(library) as opened:
        return library_status(opened, describe_extractor(library_profile(opened)), deep=deep)
