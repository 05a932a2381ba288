"""What a library needs before it can be built: a profile, merged records, and finds for every text."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from paperconcepts.config import Config
from paperconcepts.errors import ConfigurationError
from paperconcepts.library import (
    Changes,
    Library,
    complete_annotations,
    describe_extractor,
    merge_again,
    open_library,
)
from paperconcepts.library.annotations import count_pending
from paperconcepts.library.changes import record_run
from paperconcepts.library.extractor import digest_of_reader
from paperconcepts.model import LinkedPaper, Paper

__all__ = [
    "Prepare", "Progress", "build_profile", "choose_profile", "complete_library", "finish", "is_complete",
    "library_profile", "set_profile",
]  # fmt: skip

Progress = Callable[[int, int], None]
Prepare = Callable[[str], None]
_DEFAULT_PROFILE = "default"


def build_profile(library: Library, config: Config) -> str:
    """The profile of a build: that of its settings, else the library's own."""
    return config.profile if "profile" in config.model_fields_set else library_profile(library)


def is_complete(library: Library, profile: str) -> bool:
    """Whether every paper was merged by this version of the program and read by this version of the extraction."""
    merged = library.setting("merged by") == digest_of_reader().hex()
    return merged and not count_pending(library.connection, describe_extractor(profile))


def complete_library(
    library: str | Path, config: Config, wait: float, progress: Progress | None, prepare: Prepare | None
) -> str:
    """Extract what is missing for the profile of a build; return the profile."""
    with open_library(library, wait=wait) as opened:
        profile = build_profile(opened, config)
        if is_complete(opened, profile):
            return profile
    with open_library(library, write=True, command="build", wait=wait) as opened:
        changes = Changes()
        merge_again(opened, changes=changes.papers)
        finish(opened, "build", profile, changes, config, progress, prepare)
    return profile


def finish(
    library: Library,
    command: str,
    profile: str,
    changes: Changes,
    config: Config,
    progress: Progress | None,
    prepare: Prepare | None,
) -> None:
    """Extract what is open, and note what the command did."""

    def link_papers(papers: Iterable[Paper]) -> Iterator[LinkedPaper]:
        from paperconcepts.pipeline import extract_and_link  # spaCy, which is not needed where all is extracted

        if prepare is not None:
            prepare(profile)
        return extract_and_link(papers, profile=profile, processes=config.processes)

    changes.extracted = complete_annotations(library, describe_extractor(profile), link_papers, progress=progress)
    record_run(library, command, changes)


def library_profile(library: Library) -> str:
    """The profile that a library is kept with."""
    return library.setting("profile") or _DEFAULT_PROFILE


def choose_profile(library: Library, config: Config) -> str:
    """The profile for new documents: the first documents settle it.

    Raises:
        ConfigurationError: the settings ask for another one.
    """
    known = library.setting("profile")
    if known is None or not library.count("record"):
        set_profile(library, config.profile)
        return config.profile
    if "profile" in config.model_fields_set and config.profile != known:
        raise ConfigurationError(
            f"{library.path} is kept with profile {known!r}, not {config.profile!r}; leave the profile out, or change"
            " it with 'paperconcepts update --profile'"
        )
    return known


def set_profile(library: Library, profile: str) -> None:
    """Keep the library with this profile from now on."""
    with library.transaction() as connection:
        connection.execute("INSERT OR REPLACE INTO setting (name, value) VALUES ('profile', ?)", (profile,))
