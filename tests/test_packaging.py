"""The wheel holds all that the program needs, and the program finds it there."""

import importlib.util
import json
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from paperconcepts.vocabulary import ontology_path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "paperconcepts"

needs_hatchling = pytest.mark.skipif(
    importlib.util.find_spec("hatchling") is None, reason="hatchling, which builds the wheel, is not installed here"
)

_LOOK = """
import json, sys
import paperconcepts
from paperconcepts.cli import main
from paperconcepts.examples import corpus_path
from paperconcepts.export import explorer
from paperconcepts.vocabulary import load_catalogue, ontology_path
names = ("concepts", "paperconcepts.ttl", "shapes.ttl", "queries")
places = [paperconcepts.__file__, str(corpus_path()), *(str(ontology_path(name)) for name in names)]
main(["build", str(corpus_path()), "--out", sys.argv[1], "--format", "html", "--quiet"], standalone_mode=False)
print(json.dumps({"places": places, "concepts": len(load_catalogue())}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, timeout=120)
    (wheel,) = folder.glob("*.whl")
    return wheel


@needs_hatchling
def test_wheel_holds_everything(wheel: Path) -> None:
    """Code, type marker, corpus, page parts, ontology, catalogue and queries are in the wheel; tests are not."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        scripts = next(name for name in names if name.endswith("entry_points.txt"))
        assert "paperconcepts = paperconcepts.cli:main" in archive.read(scripts).decode()
    shipped = {path.relative_to(PACKAGE.parent) for path in PACKAGE.rglob("*") if path.is_file()}
    expected = {path.as_posix() for path in shipped if "__pycache__" not in path.parts}
    ontology = {path.relative_to(ROOT / "ontology") for path in (ROOT / "ontology").rglob("*") if path.is_file()}
    expected |= {f"paperconcepts/_ontology/{path.as_posix()}" for path in ontology}
    assert expected - names == set()
    assert {name for name in names - expected if ".dist-info/" not in name} == set()
    for name in ("_ontology/concepts/methods.tsv", "_ontology/paperconcepts.ttl", "_ontology/shapes.ttl",
                 "data/corpus.jsonl", "export/assets/explorer.html", "py.typed"):  # fmt: skip
        assert f"paperconcepts/{name}" in names
    assert {name.rpartition("/")[2] for name in names} >= {"LICENSE", "NOTICE"}


@needs_hatchling
def test_wheel_finds_its_own_files(wheel: Path, tmp_path: Path) -> None:
    """Unpacked away from the checkout, the program reads its own ontology, catalogue, corpus and page, and works."""
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    done = subprocess.run(
        [sys.executable, "-c", _LOOK, tmp_path / "out"],
        check=True,
        capture_output=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        timeout=120,
    )
    told = json.loads(done.stdout)
    assert all(Path(place).is_relative_to(site) for place in told["places"]), told["places"]
    assert told["concepts"] >= 1500
    assert (tmp_path / "out" / "graph.html").stat().st_size > 10_000


def test_checkout_finds_its_own_files() -> None:
    """In a checkout and an editable install the ontology is the repository's own folder."""
    for name in ("concepts", "paperconcepts.ttl", "shapes.ttl", "queries"):
        assert ontology_path(name) == ROOT / "ontology" / name


def test_settings_of_the_wheel() -> None:
    """The project file puts the ontology into the wheel, where it is looked for, and names the command."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel == {"packages": ["src/paperconcepts"], "force-include": {"ontology": "paperconcepts/_ontology"}}
    assert project["project"]["scripts"] == {"paperconcepts": "paperconcepts.cli:main"}
    assert (PACKAGE / "py.typed").is_file()
