"""Compare pyshacl with a SHACL engine of another house on every damage that the tests know, and on what is right.

``compare_shapes.py FOLDER ENGINE``: FOLDER holds validate_shapes.js and node_modules. Ends with 1 if they disagree.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "rdf"))

import test_shapes  # type: ignore[import-not-found]  # noqa: E402 - found by the line above

from paperconcepts.vocabulary.location import ontology_path  # noqa: E402


def main(folder: str, engine: str) -> int:
    """Write the damaged files, let the engine judge them all at once, and print what differs."""
    with tempfile.TemporaryDirectory() as name:
        wanted: set[str] = set()
        files = [Path(name) / "valid.ttl"]
        files[0].write_bytes(test_shapes.VALID.read_bytes())
        for number, case in enumerate(test_shapes.CASES):
            data, (rule, node, path) = test_shapes.damaged(case)
            file = Path(name) / f"{number}.nt"
            data.serialize(file, format="nt", encoding="utf-8")
            files.append(file)
            parameter = rule.partition("/")[2]
            constraint = parameter[0].upper() + parameter[1:]
            wanted.add(f"{file} {node.strip('<>')} {path.strip('<>') or '-'} {constraint}")
        done = subprocess.run(
            ["node", "validate_shapes.js", engine, str(ontology_path("shapes.ttl")), *map(str, files)],
            cwd=folder, capture_output=True, text=True, check=True,
        )  # fmt: skip
    found = set(done.stdout.splitlines())
    for line in sorted(wanted ^ found):
        print("only pyshacl:" if line in wanted else f"only {engine}:", line)
    print(f"{engine}: {len(files)} files, {len(wanted)} findings of pyshacl, {len(found)} of {engine}")
    return int(wanted != found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
