"""The incremental store: one file that keeps records, papers and what extraction found in them."""

from paperconcepts.library.annotations import complete_annotations, drop_stale, linked_papers, papers
from paperconcepts.library.changes import Changes
from paperconcepts.library.editing import add_file, remove_papers, remove_source
from paperconcepts.library.extractor import Extractor, describe_extractor
from paperconcepts.library.intake import File, expand_files
from paperconcepts.library.merging import merge_again
from paperconcepts.library.names import find_paper, find_source
from paperconcepts.library.reports import read_report
from paperconcepts.library.status import LibraryStatus, check_library, library_status
from paperconcepts.library.store import Library, open_library

__all__ = [
    "Changes",
    "Extractor",
    "File",
    "Library",
    "LibraryStatus",
    "add_file",
    "check_library",
    "complete_annotations",
    "describe_extractor",
    "drop_stale",
    "expand_files",
    "find_paper",
    "find_source",
    "library_status",
    "linked_papers",
    "merge_again",
    "open_library",
    "papers",
    "read_report",
    "remove_papers",
    "remove_source",
]
