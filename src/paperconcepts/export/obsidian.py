"""An Obsidian vault: a note for each paper and concept, linked by what the one does with the other."""

import json
import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from paperconcepts.errors import OutputError
from paperconcepts.export.cleaning import clean_line
from paperconcepts.export.columns import say_relation
from paperconcepts.export.file_names import unique_file_names
from paperconcepts.export.palette import CONCEPT_COLOURS, PAPER_COLOUR
from paperconcepts.export.presentation import node_names, present
from paperconcepts.export.property_graph import Edge, Node, PropertyGraph
from paperconcepts.export.whole_files import target_folder
from paperconcepts.files import write_atomic

if TYPE_CHECKING:
    from paperconcepts.graph import ResearchGraph

__all__ = ["escape_markdown", "write_obsidian"]

_FOLDERS = {"paper": "papers", "concept": "concepts"}
# What would begin a link, a tag, a comment, markup or HTML.
_MARKDOWN = re.compile(r"[\\`*\[\]<>|$~^]|(?<!\w)[_#]|_(?!\w)|==|%%|&(?=[#\w])|!(?=\[)")
# YAML holds these only as escapes.
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_Notes = dict[str, list[Edge]]


def write_obsidian(graph: "ResearchGraph", folder: str | Path, *, property_graph: PropertyGraph | None = None) -> None:
    """Write ``graph`` into ``folder`` as a vault: ``papers/*.md``, ``concepts/*.md`` and colours for its graph view.

    Notes are named after titles, cleared of what file systems and links cannot hold; the front matter has the exact
    id and title. Links are by the name of the note, with the label beside it. Notes of an earlier export that would
    now have another name are not removed: use a folder of its own. The same graph gives the same bytes.

    Args:
        graph: what to write; concepts and papers alike become notes, so choose a part of a large graph.
        folder: the vault; it is made if it is missing, and its other files are left alone.
        property_graph: the result of :func:`present` or of a view for this graph, if it is already there.

    Raises:
        OutputError: a file cannot be written, or a link would lead it out of the vault.

    Examples:
        >>> import pathlib, tempfile
        >>> from paperconcepts.graph import build_graph
        >>> vault = pathlib.Path(tempfile.mkdtemp())
        >>> write_obsidian(build_graph([]), vault)
        >>> sorted(one.name for one in vault.iterdir())
        ['.obsidian']
    """
    shown = present(graph) if property_graph is None else property_graph
    vault = target_folder(folder)
    # Of papers and concepts together: a link has only the name.
    names = unique_file_names({node.id: node.label for node in shown.nodes})
    leaving, arriving = _by_end(shown)
    labels = {node.id: node.label for node in shown.nodes}
    ids = node_names(graph)
    abstracts = {ids[paper.id]: clean_line(paper.abstract) for paper in graph.papers()}
    for node in shown.nodes:
        lines = [*_front_matter(node), "", f"# {escape_markdown(node.label)}", ""]
        if node.kind == "paper" and (abstract := abstracts.get(node.id)):
            lines += ["> [!abstract]-", f"> {escape_markdown(abstract)}", ""]
        lines += _linked(leaving[node.id], "target", names, labels)
        lines += _linked(arriving[node.id], "source", names, labels)
        _write_note(vault, f"{_FOLDERS[node.kind]}/{names[node.id]}.md", "\n".join(lines).rstrip() + "\n")
    _write_note(vault, ".obsidian/graph.json", json.dumps(_graph_view(), indent=2) + "\n")


def escape_markdown(text: str) -> str:
    r"""Return ``text`` so that Obsidian shows it as it stands: no markup, no link, no tag, no HTML.

    Examples:
        >>> escape_markdown("<b> [[x]] #tag *a* snake_case")
        '\\<b\\> \\[\\[x\\]\\] \\#tag \\*a\\* snake_case'
    """
    return _MARKDOWN.sub(lambda found: "".join(f"\\{letter}" for letter in found[0]), text)


def _by_end(shown: PropertyGraph) -> tuple[_Notes, _Notes]:
    leaving: _Notes = defaultdict(list)
    arriving: _Notes = defaultdict(list)
    for edge in shown.edges:
        leaving[edge.source].append(edge)
        if shown.directed:
            arriving[edge.target].append(edge)
        else:
            leaving[edge.target].append(replace(edge, source=edge.target, target=edge.source))
    return leaving, arriving


def _front_matter(node: Node) -> list[str]:
    tag = node.kind if node.kind == "paper" else f"concept/{node.concept_type.lower()}"
    rows: list[tuple[str, object]] = [
        ("id", node.id),
        ("title", node.label),
        ("aliases", [node.label, *node.aliases] if node.kind == "concept" else [node.label]),
        ("tags", [tag]),
        ("date", node.date),
        ("year", node.year),
        ("support", node.support),
        ("url", node.url),
    ]
    return ["---", *(f"{name}: {_yaml(value)}" for name, value in rows if value not in ("", 0)), "---"]


def _yaml(value: object) -> str:
    # JSON is YAML, but for some characters.
    text = json.dumps(value, ensure_ascii=False)
    return _NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _linked(edges: list[Edge], end: str, names: dict[str, str], labels: dict[str, str]) -> list[str]:
    groups: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        groups[edge.relation].append(edge)
    lines: list[str] = []
    for relation, found in groups.items():
        heading = say_relation(relation) if end == "target" else f"{say_relation(relation)} (from)"
        lines += [f"## {heading}", ""]
        for edge in found:
            other = edge.target if end == "target" else edge.source
            quote = f" — {escape_markdown(edge.evidence)}" if edge.evidence else ""
            lines.append(f"- {_link(names[other], labels[other])}{quote}")
        lines.append("")
    return lines


def _link(name: str, label: str) -> str:
    # The label of a link ends at its brackets, and in a table at a bar.
    shown = " ".join(re.sub(r"[\[\]|]", " ", label).split())
    return f"[[{name}]]" if shown in ("", name) else f"[[{name}|{shown}]]"


def _write_note(vault: Path, name: str, text: str) -> None:
    place = vault / name
    # A link that someone has put there must not lead a note out of the vault.
    if place.is_symlink() or not place.parent.resolve().is_relative_to(vault):
        raise OutputError(f"cannot write {place}: a link leads out of the vault; remove the link or give another -o")
    # Most notes of a vault are as they were: what need not be written is not flushed to the disk.
    if not (place.is_file() and place.read_bytes() == text.encode()):
        write_atomic(place, text)


def _graph_view() -> dict[str, object]:
    colours = {"tag:#paper": PAPER_COLOUR}
    colours |= {f"tag:#concept/{str(kind).lower()}": colour for kind, colour in CONCEPT_COLOURS.items()}
    return {
        "colorGroups": [
            {"query": query, "color": {"a": 1, "rgb": int(colour[1:], 16)}} for query, colour in colours.items()
        ],
        "showArrow": True,
        "showTags": False,
    }
