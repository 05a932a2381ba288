"""What a command changed in a library, and the note of it that the library keeps."""

from dataclasses import dataclass, field
from typing import Any

from paperconcepts.library.merging import PaperChanges
from paperconcepts.library.store import Library
from paperconcepts.sources import Skipped
from paperconcepts.version import __version__

__all__ = ["Changes", "record_run"]


@dataclass(slots=True)
class Changes:
    """What a command changed in a library.

    Attributes:
        read: names of the files that were read.
        unchanged: number of files that were not read, as they are what they were.
        missing: files that are where they were read from no more; what they said is kept.
        failed: (file, reason) of files that cannot be read whole any more; what they said before is kept.
        records: number of records that are new.
        left_out: number of records that were taken out earlier and did not come back.
        left_out_files: files of a folder that were taken out earlier and did not come back.
        skipped: records that cannot be used, and why.
        papers: which papers are new, have changed or have gone.
        extracted: number of papers whose texts were read by the extraction.
    """

    read: list[str] = field(default_factory=list)
    unchanged: int = 0
    missing: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    records: int = 0
    left_out: int = 0
    left_out_files: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    papers: PaperChanges = field(default_factory=PaperChanges)
    extracted: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The changes as JSON-ready values."""
        return {
            "read": sorted(self.read),
            "unchanged_files": self.unchanged,
            "missing_files": sorted(self.missing),
            "failed_files": [{"file": file, "reason": reason} for file, reason in sorted(self.failed)],
            "new_records": self.records,
            "left_out": self.left_out,
            "left_out_files": sorted(self.left_out_files),
            "skipped": [{"file": s.file, "record": s.record, "reason": s.reason} for s in sorted(self.skipped)],
            "added": sorted(self.papers.added),
            "changed": sorted(self.papers.changed),
            "removed": sorted(self.papers.removed),
            "extracted": self.extracted,
        }


def record_run(library: Library, command: str, changes: Changes) -> None:
    """Note what a command did, if it did anything."""
    papers = changes.papers
    done = (len(papers.added), len(papers.changed), len(papers.removed), changes.extracted)
    if not any(done) and not changes.read:
        return
    with library.transaction() as connection:
        connection.execute(
            "INSERT INTO run (command, version, added, changed, removed, extracted, papers)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (command, __version__, *done, library.count("paper")),
        )
