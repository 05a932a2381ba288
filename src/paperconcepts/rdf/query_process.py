"""Run a query in a process of its own, with limits of time and memory."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from paperconcepts.errors import QueryError
from paperconcepts.rdf import evaluator

__all__ = ["answer_apart"]

# How a process ends that the system killed, or that ran into its guard page. Not every system names these signals.
_KILLED, _CRASHED = -9, -11


def answer_apart(request: dict[str, Any], data: bytes, *, timeout_s: float, memory_mb: int | None) -> evaluator.Answer:
    """Answer a request, see `evaluator.respond`, in a process that is killed when its time is up.

    Raises:
        QueryError: the process took too long or too much memory, or failed.

    Examples:
        >>> request = {"sparql": "ASK {}", "prefixes": {}, "limit": None, "suffix": ".nt", "path": None}
        >>> answer_apart(request, b"", timeout_s=10, memory_mb=1024)["boolean"]
        True
    """
    # -P keeps this folder off the import path of the new process: its modules are no top-level names.
    command = [sys.executable, "-P", str(Path(evaluator.__file__))]
    limits = {"timeout_s": timeout_s, "memory_mb": memory_mb}
    try:
        done = subprocess.run(  # noqa: S603 - our own file, run by our own interpreter
            command,
            input=json.dumps({**request, **limits}).encode() + b"\n" + data,
            capture_output=True,
            timeout=timeout_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise QueryError(
            f"the query took longer than {timeout_s:g} s and was stopped; add LIMIT, make it narrower, "
            "or allow more time"
        ) from None
    if done.returncode != 0:
        raise _failure(done.returncode, done.stderr.decode("utf-8", "replace").strip(), memory_mb)
    answer: evaluator.Answer = json.loads(done.stdout)
    return answer


def _failure(status: int, complaint: str, memory_mb: int | None) -> QueryError:
    if "MemoryError" in complaint or "memory allocation" in complaint or status == _KILLED:
        limit = "the memory there is" if memory_mb is None else f"{memory_mb} MB"
        return QueryError(f"the query needs more than {limit} and was stopped; make it narrower, or allow more memory")
    if "stack" in complaint or status == _CRASHED:
        return QueryError("the query is nested too deeply and was stopped; write it in fewer levels")
    reason = complaint.rpartition("\n")[2] or "it said nothing"
    return QueryError(f"the query process ended with status {status}: {reason}")
