"""The report of a library: what a build of its files would say of reading them."""

import sqlite3
from collections import Counter

from paperconcepts.library.paper_rows import unpack
from paperconcepts.sources import Conflict, ReadReport, Skipped

__all__ = ["read_report"]


def read_report(connection: sqlite3.Connection) -> ReadReport:
    """What reading and merging all files and records of the library said, without those that were taken out."""
    report = ReadReport()
    query = (
        "SELECT name, report, sha256, (SELECT count(*) FROM record WHERE source = s.id) FROM source s ORDER BY name, id"
    )
    for name, packed, sha256, count in connection.execute(query):
        found = unpack(packed)
        # The digest is that of a file whose records are all there: of others the library holds not what the file says.
        if sha256 is not None and found.get("records") == count:
            report.digests[name] = sha256.hex()
        report.files += [name + part for part in found.get("parts", ())]
        report.skipped += [Skipped(name + part, record, reason) for part, record, reason in found.get("skipped", ())]
        report.cleaning += Counter(found.get("cleaning", {}))
        report.warnings += Counter(found.get("warnings", {}))
    for (packed,) in connection.execute("SELECT counts FROM record WHERE counts IS NOT NULL"):
        cleaning, warnings = unpack(packed)
        report.cleaning += Counter(cleaning)
        report.warnings += Counter(warnings)
    report.records.update(dict(connection.execute("SELECT format, count(*) FROM record GROUP BY format")))
    (report.papers,) = connection.execute("SELECT count(*) FROM paper").fetchone()
    (records,) = connection.execute("SELECT count(*) FROM record").fetchone()
    report.merged = records - report.papers
    query = "SELECT id, conflicts FROM paper WHERE conflicts IS NOT NULL ORDER BY id"
    for paper_id, packed in connection.execute(query):
        report.conflicts += [Conflict(paper_id, *row) for row in unpack(packed)]
    report.conflicts.sort()
    return report
