"""The documents are true: their examples run, their links lead somewhere, their tables are complete.

``python tests/test_docs.py`` rewrites the sample outputs of the documents; read the diff before you keep it.
"""

import contextlib
import doctest
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from paperconcepts.cli import main

ROOT = Path(__file__).resolve().parents[1]
CORPUS = "src/paperconcepts/data/corpus.jsonl"
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/**/*.md", "exports/*.md")
    for path in ROOT.glob(pattern)
)
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!`)\[[^\]]*\]\(([^)\s]+)\)")
_FLAGS = doctest.ELLIPSIS


@dataclass(frozen=True)
class Example:
    """A command or Python statement, the output that the document shows ("" = none), and where that stands."""

    source: str
    want: str
    start: int
    end: int


def blocks(text: str, language: str) -> Iterator[tuple[int, str]]:
    for match in _BLOCK.finditer(text):
        if match[1] == language:
            yield match.start(2), match[2]


def commands(text: str) -> list[Example]:
    """The ``$`` lines of the console blocks of a document."""
    found: list[Example] = []
    for offset, block in blocks(text, "console"):
        for match in re.finditer(r"^\$ (.+\n)((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            found.append(Example(match[1].rstrip(), match[2], offset + match.start(2), offset + match.end(2)))
    return found


def statements(text: str) -> list[Example]:
    """The ``>>>`` examples of the Python blocks of a document."""
    found: list[Example] = []
    for offset, block in blocks(text, "python"):
        lines = block.splitlines(keepends=True)
        for item in doctest.DocTestParser().get_examples(block):
            first = item.lineno + item.source.count("\n")
            start = offset + len("".join(lines[:first]))
            length = len("".join(lines[first : first + item.want.count("\n")]))
            found.append(Example(item.source, item.want, start, start + length))
    return found


@contextlib.contextmanager
def workplace() -> Iterator[Path]:
    """A folder as the documents assume: the repository's own, with the graph of the bundled corpus in ``demo``."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("src", "ontology"):
            (folder / part).symlink_to(ROOT / part, target_is_directory=True)
        run(f"paperconcepts build {CORPUS} --out demo --quiet", folder)
        yield folder


def run(command: str, folder: Path) -> str:
    """What a command prints, errors included, as a reader of the documents would see it."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "COLUMNS": "100"}
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=folder, env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}: exit code {done.returncode}\n{done.stdout}"
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def agrees(want: str, got: str) -> bool:
    """Whether an output is what a document shows; ``...`` stands for anything, no output shown allows any."""
    return not want or doctest.OutputChecker().check_output(want, got, _FLAGS)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with workplace() as made:
        yield made


@pytest.mark.parametrize("document", [d for d in DOCUMENTS if "```console" in (ROOT / d).read_text(encoding="utf-8")])
def test_commands_print_what_the_document_shows(document: str, folder: Path) -> None:
    """Every command of a console block ends well and prints what stands below it."""
    for example in commands((ROOT / document).read_text(encoding="utf-8")):
        got = run(example.source, folder)
        assert agrees(example.want, got), f"{document}: $ {example.source}\nshown:\n{example.want}\nprinted:\n{got}"


@pytest.mark.parametrize("document", [d for d in DOCUMENTS if ">>> " in (ROOT / d).read_text(encoding="utf-8")])
def test_python_examples_give_what_the_document_shows(
    document: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Python examples of a document run in order, in one namespace, and give what stands below them."""
    monkeypatch.chdir(folder)
    text = (ROOT / document).read_text(encoding="utf-8")
    source = "".join(block + "\n" for _, block in blocks(text, "python"))
    example = doctest.DocTestParser().get_doctest(source, {}, document, document, 0)
    report: list[str] = []
    failed = doctest.DocTestRunner(optionflags=_FLAGS | doctest.REPORT_NDIFF).run(example, out=report.append).failed
    assert not failed, "".join(report)


def documented_options() -> dict[str, set[str]]:
    """{command: the options in the table of its section} of docs/command-line.md."""
    text = (ROOT / "docs/command-line.md").read_text(encoding="utf-8")
    sections = re.split(r"^## paperconcepts ?(\w*)$", text, flags=re.MULTILINE)[1:]
    return {
        name: {
            option
            for row in re.findall(r"^\| (`-[^|]*) \|", body, re.MULTILINE)
            for option in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", row)
        }
        for name, body in zip(sections[::2], sections[1::2], strict=True)
    }


def options_of(command: click.Command) -> set[str]:
    options = [item for item in command.params if isinstance(item, click.Option)]
    return {name for item in options for name in (*item.opts, *item.secondary_opts)} - {"--help", "-h"}


def test_every_option_is_documented_and_no_other() -> None:
    """docs/command-line.md has a section for each command, whose table lists its options: these and no others."""
    assert isinstance(main, click.Group)
    context = click.Context(main)
    real = {"": options_of(main)}
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        real[name] = options_of(command)
    assert documented_options() == real


def test_every_exit_code_is_documented() -> None:
    """The exit codes of docs/command-line.md are those that --help lists."""
    assert isinstance(main, click.Group)
    listed = set(re.findall(r"(?:codes:|,)\s(\d+) ", " ".join((main.epilog or "").split())))
    text = (ROOT / "docs/command-line.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| (\d+) \|", text, re.MULTILINE)) == listed


def anchors(text: str) -> set[str]:
    """The anchors that a forge gives to the headings of a document."""
    without_code = _BLOCK.sub("", text)
    headings = re.findall(r"^#+ (.+)$", without_code, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    """Every link inside the repository names a file that exists, and a heading that is in it."""
    text = (ROOT / document).read_text(encoding="utf-8")
    missing = []
    for target in _LINK.findall(_BLOCK.sub("", text)):
        if re.match(r"https?://|mailto:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (ROOT / document).parent / name if name else ROOT / document
        if not path.exists() or (anchor and anchor not in anchors(path.read_text(encoding="utf-8"))):
            missing.append(target)
    assert not missing


def test_example_queries_are_all_listed() -> None:
    """docs/sparql.md lists every query of ontology/queries."""
    text = (ROOT / "docs/sparql.md").read_text(encoding="utf-8")
    assert [path.name for path in sorted((ROOT / "ontology/queries").glob("*.rq")) if path.name not in text] == []


def test_sample_exports_are_what_build_gives(folder: Path) -> None:
    """The files of exports/ are, byte for byte, those that `paperconcepts build` makes of the bundled corpus."""
    exports = ROOT / "exports"
    made = {path.name: path for path in (folder / "demo").iterdir()}
    kept = {path.name for path in exports.iterdir() if path.suffix != ".md" and not path.name.startswith(".")}
    # graph.nt holds the triples of graph.ttl at four times the size and is left out.
    assert kept == set(made) - {"graph.nt"}
    assert [name for name in sorted(kept) if (exports / name).read_bytes() != made[name].read_bytes()] == []


def update() -> None:
    """Rewrite the sample outputs that are no longer true. Those that hold ``...`` and still agree stay."""
    with workplace() as folder, contextlib.chdir(folder):
        for document in DOCUMENTS:
            path = ROOT / document
            text = path.read_text(encoding="utf-8")
            results = [(example, run(example.source, folder)) for example in commands(text)]
            results += printed(statements(text))
            for example, got in sorted(results, key=lambda result: -result[0].start):
                if not example.want or not agrees(example.want, got):
                    text = text[: example.start] + got + text[example.end :]
            path.write_text(text, encoding="utf-8")


def printed(examples: list[Example]) -> list[tuple[Example, str]]:
    """What Python prints for the examples of a document, errors as doctest writes them."""
    space: dict[str, object] = {}
    found = []
    for example in examples:
        with contextlib.redirect_stdout(io.StringIO()) as output:
            try:
                exec(compile(example.source, "<example>", "single"), space)  # noqa: S102 - our own documents
            except Exception as error:
                name = f"{type(error).__module__}.{type(error).__qualname__}"
                print(f"Traceback (most recent call last):\n...\n{name}: {error}")
        found.append((example, output.getvalue()))
    return found


if __name__ == "__main__":
    assert shutil.which("bash"), "the examples are run by bash"
    update()
