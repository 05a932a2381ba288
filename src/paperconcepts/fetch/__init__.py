"""Records of live sources into a file that can be read: politely, in pages, to be gone on with after an interruption.

The only part of the package that opens a connection, and only when it is called.
"""

from paperconcepts.fetch.fetching import FetchReport, fetch_records
from paperconcepts.fetch.kinds import KINDS
from paperconcepts.fetch.limits import Limits
from paperconcepts.fetch.waiting import Clock

__all__ = ["KINDS", "Clock", "FetchReport", "Limits", "fetch_records"]
