"""The architecture: who may import whom, and how large a module may be."""

import ast
import io
import tokenize
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "paperconcepts"
MODULES = sorted(PACKAGE.rglob("*.py"))
PACKAGES = [path for path in MODULES if path.name == "__init__.py" and path.parent != PACKAGE]
VAGUE = {"base", "common", "helper", "helpers", "manager", "misc", "tools", "util", "utils"}
LARGEST = 250
NO_CODE = {
    tokenize.COMMENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
    tokenize.INDENT,
    tokenize.NEWLINE,
    tokenize.NL,
}


def _name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def code_lines(text: str) -> int:
    """The number of lines of a module that hold code: no blank lines, comments and docstrings."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in NO_CODE:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            ):
                lines.difference_update(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return len(lines)


def test_imports(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Text flows one way, and every heavy library has one home (the contracts stand in pyproject.toml)."""
    monkeypatch.chdir(ROOT)
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None)
    assert status == 0, capsys.readouterr().out


def test_modules_are_found() -> None:
    """The other tests here look at something."""
    assert len(MODULES) > 40


def test_counting() -> None:
    """Blank lines, comments and docstrings do not count; every line of other code does."""
    head = '"""Doc.\n\nMore."""\n\n# why\nx = """a\n\nb"""\n'
    function = 'def f():\n    """Doc."""\n    return (\n        1,  # one\n    )\n'
    assert code_lines(f"{head}\n\n{function}") == 7


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_small_modules(path: Path) -> None:
    """No module has more than 250 lines of code."""
    assert code_lines(path.read_text(encoding="utf-8")) <= LARGEST


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_names_say_something(path: Path) -> None:
    """No module or package is a drawer for the rest."""
    assert not set(path.relative_to(PACKAGE).with_suffix("").parts) & VAGUE


@pytest.mark.parametrize("path", PACKAGES, ids=_name)
def test_packages_hold_no_logic(path: Path) -> None:
    """A package file is a docstring, imports and a sorted ``__all__``."""
    docstring, *rest = ast.parse(path.read_text(encoding="utf-8")).body
    assert isinstance(docstring, ast.Expr)
    assigned = [node for node in rest if not isinstance(node, ast.Import | ast.ImportFrom)]
    for node in assigned:
        assert isinstance(node, ast.Assign)
        assert [ast.unparse(target) for target in node.targets] == ["__all__"]
        names = ast.literal_eval(node.value)
        # Constants, classes, functions: the order that ruff keeps in every other list too.
        assert names == sorted(set(names), key=lambda name: (not name.isupper(), not name[0].isupper(), name))


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_docstring_first(path: Path) -> None:
    """Every module says in its first line what it is for."""
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
