"""What happened while papers were read: counts for people and programs."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Conflict", "ReadReport", "Skipped"]


@dataclass(frozen=True, slots=True, order=True)
class Skipped:
    """A record (or, with ``record`` 0, a whole file) that gave no paper."""

    file: str
    record: int
    reason: str


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """Records of one paper that differ in a field; ``kept`` is the value that won."""

    paper_id: str
    field: str
    kept: str
    other: str


@dataclass(slots=True)
class ReadReport:
    """Counts that `read_papers` and `merge_papers` add to.

    Attributes:
        files: the files that were read, in order.
        digests: the SHA-256 of files, by name, in hexadecimal; a build fills them in, reading alone does not.
        records: records that became papers, by format.
        papers: distinct papers after merging.
        merged: records that were another record of a paper already there.
        skipped: records and files that gave no paper, with the reason.
        cleaning: what was cleaned, by kind.
        warnings: what was dropped from records that were kept, by kind.
        conflicts: fields in which the records of one paper differ.

    Examples:
        >>> report = ReadReport()
        >>> report.records["jsonl"] += 2
        >>> report.as_dict()["records"]
        {'jsonl': 2}
    """

    files: list[str] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    records: Counter[str] = field(default_factory=Counter)
    papers: int = 0
    merged: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    cleaning: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    conflicts: list[Conflict] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The report as plain data for JSON, in an order that depends on nothing but its content."""
        return {
            "files": sorted(self.files),
            "sha256": dict(sorted(self.digests.items())),
            "records": dict(sorted(self.records.items())),
            "papers": self.papers,
            "merged": self.merged,
            "skipped": [
                {"file": s.file, "record": s.record, "reason": s.reason}
                for s in sorted(self.skipped, key=lambda s: (s.file, s.record or 0, s.reason))
            ],
            "cleaning": dict(sorted(self.cleaning.items())),
            "warnings": dict(sorted(self.warnings.items())),
            "conflicts": [
                {"paper": c.paper_id, "field": c.field, "kept": c.kept, "other": c.other}
                for c in sorted(self.conflicts, key=lambda c: (c.paper_id, c.field, c.kept, c.other))
            ],
        }
