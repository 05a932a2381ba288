"""``paperconcepts site``."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of two papers."""
    import json

    from paperconcepts import build, export_graph

    place = tmp_path_factory.mktemp("built")
    records = (
        {"id": "quokka-1", "title": "PouchNet", "date": "2021-05", "abstract": "We use Adam and BERT on ImageNet."},
        {"id": "quokka-2", "title": "WombatNet", "date": "2023", "abstract": "We use Adam and BERT on GLUE."},
    )
    (place / "in.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    export_graph(build(place / "in.jsonl"), place, formats=["jsonl", "csv"])
    return place


def test_it_says_what_to_open(run: Run, small_folder: Path, tmp_path: Path) -> None:
    """The command prints how many pages it wrote and which to open; -q prints nothing."""
    done = run("site", small_folder, "-o", tmp_path / "site", "--title", "Hops & pouches")
    assert done.exit_code == 0, done.output
    pages = len(list((tmp_path / "site").rglob("*.html")))
    assert done.stdout == f"{pages} pages in {tmp_path / 'site'}\nopen       {tmp_path / 'site' / 'index.html'}\n"
    assert "<h1>Hops &amp; pouches</h1>" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert (tmp_path / "site" / "trends.html").is_file()
    assert run("site", small_folder, "-o", tmp_path / "site", "-q").output == ""


def test_options_reach_the_site(run: Run, small_folder: Path, tmp_path: Path) -> None:
    """--with-data copies files, --min-support leaves out pages, --base-url makes a sitemap; old pages go."""
    site = tmp_path / "site"
    assert run("site", small_folder, "-o", site).exit_code == 0
    done = run(
        "site", small_folder, "-o", site, "--with-data", "--min-support", "2", "--base-url", "https://example.org"
    )
    assert "old files removed" in done.stdout
    assert sorted(one.name for one in (site / "data").iterdir()) == ["edges.csv", "nodes.csv", "papers.jsonl"]
    assert "https://example.org/index" not in (site / "sitemap-1.xml").read_text(encoding="utf-8")
    assert {one.stem for one in (site / "concepts").iterdir()} == {"adam", "bert"}


def test_help_shows_examples(run: Run) -> None:
    """Each example of the help stands in a line of its own."""
    lines = [line.strip() for line in run("site", "--help").stdout.splitlines()]
    assert [line for line in lines if line.startswith("paperconcepts site")] == [
        "paperconcepts site graph/ -o site/",
        'paperconcepts site graph/ -o site/ --title "Papers we read" --with-data',
    ]


def test_errors_are_one_line(run: Run, small_folder: Path, tmp_path: Path) -> None:
    """A folder that is none, an address that is none and a file in the way each have their exit code and message."""
    assert run("site", tmp_path, "-o", tmp_path / "site").exit_code == 3
    refused = run("site", small_folder, "-o", tmp_path / "site", "--base-url", "example.org")
    assert (refused.exit_code, refused.stderr.count("\n")) == (6, 1)
    (tmp_path / "index.html").write_text("mine")
    blocked = run("site", small_folder, "-o", tmp_path)
    assert (blocked.exit_code, "index.html exists" in blocked.stderr) == (74, True)
    assert run("site", small_folder).exit_code == 2
