"""Bytes to papers: one module for each format, detection by content, cleaning at the door, merging of records."""

from paperconcepts.sources.cleaning import clean_text, repair_text, trace_text
from paperconcepts.sources.formats import FORMATS, Format, detect_format
from paperconcepts.sources.inputs import STDIN_NAME
from paperconcepts.sources.merging import merge_papers
from paperconcepts.sources.reading import read_papers
from paperconcepts.sources.records import Flaw, Record
from paperconcepts.sources.report import Conflict, ReadReport, Skipped

__all__ = [
    "FORMATS",
    "STDIN_NAME",
    "Conflict",
    "Flaw",
    "Format",
    "ReadReport",
    "Record",
    "Skipped",
    "clean_text",
    "detect_format",
    "merge_papers",
    "read_papers",
    "repair_text",
    "trace_text",
]
