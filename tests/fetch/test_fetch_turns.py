"""Several commands that ask the same source: one request at a time, and the pause between any two."""

import errno
import itertools
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from paperconcepts.errors import FetchError
from paperconcepts.fetch import Clock, Limits, fetch_records, turns
from paperconcepts.fetch.turns import Turns

from .conftest import NOON, SIZE, FakeClock, Fetch, Reply, Stage

STAMP = Path("cache", "crossref", "last-request")


class Watch:
    """An API that takes its time, and what it sees: when each request begins and ends, how many there are at once."""

    def __init__(self, stage: Stage, source: str, *, seconds: float) -> None:
        stage.play(source)
        self.spans: list[tuple[float, float]] = []
        self.most = self._now = 0
        self._answer, self._seconds, self._lock = stage.answer, seconds, threading.Lock()
        stage.answer = self._watch

    def _watch(self, params: dict[str, str], headers: Any) -> Reply:
        begin = time.monotonic()
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        time.sleep(self._seconds)
        with self._lock:
            self._now -= 1
            self.spans.append((begin, time.monotonic()))
        return self._answer(params, headers)

    def pauses(self) -> Iterator[float]:
        """The time from the end of each request to the beginning of the next."""
        spans = sorted(self.spans)
        return (after[0] - before[1] for before, after in itertools.pairwise(spans))


@pytest.fixture
def hold() -> Iterator[Any]:
    """A function that locks a file as another process does."""
    processes = []

    def locked(path: Path) -> subprocess.Popen[str]:
        code = (
            "import sys, time; from pathlib import Path; from paperconcepts.fetch import Clock\n"
            "from paperconcepts.fetch.turns import Turns\n"
            "with Turns(Path(sys.argv[1]), clock=Clock(), wait=time.sleep, tell=print).take(0):\n"
            " print('held', flush=True); sys.stdin.read()"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        processes.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        return process

    yield locked
    for process in processes:
        process.kill()
        process.communicate()


def test_commands_take_turns(stage: Stage, tmp_path: Path) -> None:
    """Of three commands that run at once never two ask at once, and the pause is between their requests, too."""
    watch = Watch(stage, "openalex", seconds=0.05)
    found: list[int] = []

    def fetch(number: int) -> None:
        report = fetch_records(
            "openalex", f"wombat {number}", tmp_path / f"{number}.jsonl", limit=150, base_url=stage.url,
            cache=tmp_path / "cache", use_cache=number != 1, environment={},
        )  # fmt: skip
        found.append(report.records)

    threads = [threading.Thread(target=fetch, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (found, watch.most, len(watch.spans)) == ([150] * 3, 1, 6)
    assert min(watch.pauses()) > 0.19


def test_waiting_for_another_process(stage: Stage, fetch: Fetch, hold: Any) -> None:
    """While another process asks, none is sent, and one line says why; when it has ended, the fetch goes on."""
    stage.play("crossref")
    process = hold(fetch.folder / STAMP)

    class Patience(Clock):
        looked = 0

        def sleep(self, seconds: float) -> None:
            if seconds == 0.05:
                self.looked += 1
                assert stage.asked == []
                if self.looked == 3:
                    process.kill()
                    process.wait()

    clock = Patience()
    assert fetch("crossref", clock=clock).records == SIZE
    assert clock.looked >= 3
    assert fetch.said[0] == "crossref: another command asks this source; taking turns"
    assert sum("taking turns" in line for line in fetch.said) == 1


def test_waiting_has_an_end(stage: Stage, fetch: Fetch, hold: Any) -> None:
    """Who waits for another does so no longer than a fetch may last."""
    hold(fetch.folder / STAMP)
    with pytest.raises(FetchError, match="the 7 s that a fetch may last are over"):
        fetch("crossref", limits=Limits(seconds=7.0))
    assert stage.asked == []
    assert sum(fetch.clock.sleeps) == pytest.approx(7.0, abs=0.1)


def test_other_sources_do_not_wait(stage: Stage, fetch: Fetch, hold: Any) -> None:
    """Each source has its own turn."""
    stage.play("openalex", 5)
    hold(fetch.folder / STAMP)
    assert fetch("openalex").records == 5
    assert fetch.clock.sleeps == []


def test_requests_of_others_count(stage: Stage, fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before each request it is looked up when another command asked last, also in the midst of a fetch."""
    stage.play("crossref")
    sleep = fetch.clock.sleep

    def others_ask(seconds: float) -> None:
        sleep(seconds)
        if len(fetch.clock.sleeps) == 1:
            (fetch.folder / STAMP).write_text(f"{fetch.clock.time - 0.25!r}\n")

    monkeypatch.setattr(fetch.clock, "sleep", others_ask)
    fetch("crossref")
    assert fetch.clock.sleeps == [1.0, 0.75, 1.0]


@pytest.mark.parametrize("written", ["", "x", "nan", "inf", "9" * 60, f"{NOON + 5}", f"{NOON - 1}", "\x00\xff"])
def test_times_that_say_nothing(stage: Stage, fetch: Fetch, written: str) -> None:
    """A file that is empty or damaged, and a time of long ago or to come, is no reason to wait."""
    stage.play("crossref", 5)
    path = fetch.folder / STAMP
    path.parent.mkdir(parents=True)
    path.write_text(written)
    fetch("crossref")
    assert fetch.clock.sleeps == []
    assert float(path.read_text()) == NOON


def test_a_killed_command_has_asked(fetch: Fetch) -> None:
    """The time is written before the request as well: what was killed while it waited for an answer counts."""
    path = fetch.folder / STAMP
    clock = FakeClock()
    with Turns(path, clock=clock, wait=clock.sleep, tell=print).take(1.0):
        assert float(path.read_bytes()) == NOON
        clock.time += 5
    assert float(path.read_bytes()) == NOON + 5


def test_place_that_cannot_be_written(stage: Stage, fetch: Fetch) -> None:
    """Where the time cannot be kept each command keeps its own pace."""
    stage.play("crossref")
    (fetch.folder / "file").write_text("")
    for _ in range(2):
        fetch("crossref", cache=fetch.folder / "file")
    assert fetch.clock.sleeps == [1.0] * 4


def test_file_system_without_locks(stage: Stage, fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be locked the pause between commands still holds."""

    def refuse(stream: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(turns, "_lock", refuse)
    stage.play("crossref", 5)
    for _ in range(2):
        fetch("crossref", use_cache=False)
    assert fetch.clock.sleeps == [1.0]


def test_folder_that_goes_meanwhile(stage: Stage, fetch: Fetch) -> None:
    """The folder of the cache may be deleted at any time."""
    import shutil

    stage.play("crossref")
    answer = stage.answer

    def deleting(params: dict[str, str], headers: Any) -> Reply:
        shutil.rmtree(fetch.folder / "cache", ignore_errors=True)
        return answer(params, headers)

    stage.answer = deleting
    assert fetch("crossref").records == SIZE
    assert fetch.clock.sleeps == [1.0, 1.0]
