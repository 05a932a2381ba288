"""A record's place: the file, the number in it and the id that the record bore."""

from paperconcepts.library.paper_rows import pack, unpack
from paperconcepts.model import SourceRecord

__all__ = ["pack_origin", "source_record"]


def pack_origin(record: SourceRecord, read_as: str) -> bytes | None:
    """What is to be known of a place beside the name of its source, None where number and name say all.

    ``read_as`` is the name of the source when it was read; it may get another one when a file of the same name comes.

    Examples:
        >>> pack_origin(SourceRecord(file="a.jsonl", format="jsonl", number=2, record="a.jsonl#2"), "a.jsonl") is None
        True
    """
    # A part of an archive has a name that begins with the archive's.
    part = record.file.removeprefix(read_as)
    own = None if record.record == f"{record.file}#{record.number}" else record.record
    return None if not part and own is None else pack([part, own])


def source_record(name: str, number: int, form: str, origin: bytes | None) -> SourceRecord:
    """The place of a record of the source that is now called ``name``.

    Examples:
        >>> source_record("b/a.jsonl", 2, "jsonl", None).record
        'b/a.jsonl#2'
    """
    part, own = unpack(origin) if origin is not None else ("", None)
    file = name + part
    return SourceRecord(file=file, format=form, number=number, record=f"{file}#{number}" if own is None else own)
