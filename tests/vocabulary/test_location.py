"""The ontology is found in a wheel and in a checkout."""

from pathlib import Path

import pytest

from paperconcepts.errors import ConfigurationError
from paperconcepts.vocabulary import location, ontology_path


def _installation(monkeypatch: pytest.MonkeyPatch, module: Path) -> None:
    module.parent.mkdir(parents=True)
    module.touch()
    monkeypatch.setattr(location, "__file__", str(module))


def test_checkout() -> None:
    """Here the repository's own folder is found."""
    assert (ontology_path() / "concepts").is_dir()
    assert ontology_path("concepts") == ontology_path() / "concepts"


def test_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an installed wheel the folder lies inside the package, and wins."""
    package = tmp_path / "lib" / "site-packages" / "paperconcepts"
    _installation(monkeypatch, package / "vocabulary" / "location.py")
    (package / "_ontology" / "concepts").mkdir(parents=True)
    (tmp_path / "lib" / "ontology" / "concepts").mkdir(parents=True)
    assert ontology_path("concepts") == (package / "_ontology" / "concepts").resolve()


def test_source_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a checkout or an editable install the folder stands beside ``src``."""
    _installation(monkeypatch, tmp_path / "src" / "paperconcepts" / "vocabulary" / "location.py")
    (tmp_path / "ontology" / "concepts").mkdir(parents=True)
    assert ontology_path("concepts") == (tmp_path / "ontology" / "concepts").resolve()


def test_incomplete_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where neither place has it, the error names it and says what to do."""
    _installation(monkeypatch, tmp_path / "src" / "paperconcepts" / "vocabulary" / "location.py")
    with pytest.raises(ConfigurationError, match=r"no 'concepts' in the ontology folder.*install paperconcepts again"):
        ontology_path("concepts")
