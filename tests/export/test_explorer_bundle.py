"""The script of the interactive page fits its sources."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from paperconcepts.export.page_parts import read_asset

WEB = Path(__file__).resolve().parents[2] / "web" / "explorer"
RECORD = json.loads(read_asset("explorer.build.json"))

needs_sources = pytest.mark.skipif(not WEB.is_dir(), reason="the sources of the page are not in this distribution")


def test_script_is_the_one_that_was_built() -> None:
    """The committed script has the hash that its build wrote down: nobody edits it by hand."""
    assert hashlib.sha256(read_asset("explorer.js").encode()).hexdigest() == RECORD["script"]


@needs_sources
def test_script_is_built_from_the_present_sources() -> None:
    """The sources have not changed since the script was built; run tools/build-explorer after a change."""
    digest = hashlib.sha256()
    for path in sorted((WEB / "src").iterdir(), key=lambda one: one.name):
        digest.update(f"{path.name}\n{path.read_text(encoding='utf-8')}".encode())
    assert digest.hexdigest() == RECORD["sources"]


@needs_sources
def test_versions_are_those_of_the_lock_file() -> None:
    """Packages in the script have the versions of the lock file, which names exact versions and their hashes."""
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    wanted = json.loads((WEB / "package.json").read_text(encoding="utf-8"))
    for name, version in RECORD["packages"].items():
        assert lock[f"node_modules/{name}"]["version"] == version
    assert lock["node_modules/esbuild"]["version"] == RECORD["esbuild"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", one) for one in wanted["dependencies"].values())
    assert all("integrity" in one for name, one in lock.items() if name)


def test_licences_of_all_packages_are_shipped() -> None:
    """Each package in the script is named with its version and the text of its licence."""
    text = read_asset("explorer.licences.txt")
    for name, version in RECORD["packages"].items():
        start = text.index(f"{name} {version} (MIT)")
        assert "Permission is hereby granted" in text[start:].split("\n----\n")[0]


def test_script_is_fit_for_a_page() -> None:
    """The script is ASCII, cannot close its element, and names no address but that of a name space."""
    script = read_asset("explorer.js")
    assert script.isascii()
    assert not re.search(r"</script|<!--", script, re.IGNORECASE)
    assert set(re.findall(r"https?://[\w./]+", script)) <= {"http://www.w3.org/2000/svg"}
    assert not re.search(
        r"fetch\(|XMLHttpRequest|WebSocket|innerHTML|insertAdjacentHTML|\beval\(|document\.write", script
    )
