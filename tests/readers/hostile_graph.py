"""Write a graph whose ids, titles and names hold what breaks writers, as papers.jsonl in a folder.

python tests/readers/hostile_graph.py DIR
"""

import sys
from pathlib import Path

from paperconcepts.export.records import write_papers_jsonl
from paperconcepts.graph import build_graph
from paperconcepts.model import (
    Alias,
    Assertion,
    Concept,
    ConceptType,
    Evidence,
    LinkedConcept,
    LinkedPaper,
    Mention,
    Paper,
    Predicate,
    Relation,
    Result,
    Role,
    SourceRecord,
)
from paperconcepts.vocabulary import Vocabulary

TEXTS = (
    "quotes \" and ' and ''' and \"\"\" and `",
    "backslash \\ at the end \\",
    "line\nbreaks\r\nand\ttabs",
    "controls \x00 \x07 \x1f \x7f \x85 \u2028 \u2029",
    "<script>{|}^`</script> <<( a )>> @en ^^xsd:int # . ; ,",
    "astral 𝛂 😀 and combining e\u0301 and \u202e turned \u05d0",
    "edges \ufdd0 \ufffe \uffff \ufeff \U0010ffff",
    "%41 %zz \\u0041 \\U0001F600 \\n",
    "..", "a b", "10.1145/x<y>(1)#%", "_:b0", "_", "-", "1", "true", "é.",
)  # fmt: skip


def make_linked(number: int, text: str) -> LinkedPaper:
    """A paper all of whose texts are ``text``."""
    paper = Paper(
        id=("doi:" if number % 2 else "") + text, title=text, abstract=f"{text} {text}", authors=(text, "A. " + text),
        issued=("2024-02-29", "2024-02", "2024")[number % 3], venue=text, comment=text, organisation=text,
        urls=(text, "https://example.org/" + text), code_urls=("https://example.org/a?b=1#c", text),
        identifiers=("doi:" + text, "doi:10.1000/" + text, "acl:" + text, "arxiv:" + text),
        sources=tuple(SourceRecord(file=name, format=text, number=1, record=text) for name in (text, "concepts", "b")),
    )  # fmt: skip
    concepts = [Concept(id=f"c-{number}", label=text, type=ConceptType.METHOD, definition=text, catalogued=True)]
    concepts.append(Concept(id=f"d-{number}", label=text + "2", type=ConceptType.METRIC))
    whole = (0, len(text))
    evidence = Evidence(paper.id, "title", *whole, (whole,), text, *whole, text, text, 1e-7)
    mention = Mention("title", *whole, text, ConceptType.METHOD, text, 0.5)
    result = Result(paper.id, f"c-{number}", f"d-{number}", None, None, "1,024.50", text, "at", evidence)
    return LinkedPaper(
        paper,
        tuple(LinkedConcept(item, (Alias(text + "3", "name", paper.id, 0.5),)) for item in concepts),
        tuple(Assertion(paper.id, Role.USES, item.id, 1.0, (evidence,), (mention,)) for item in concepts),
        (Relation(f"c-{number}", Predicate.USED_FOR, f"d-{number}", 0.3, (evidence,)),),
        (),
        (result,),
    )


def main() -> None:
    folder = Path(sys.argv[1])
    graph = build_graph([make_linked(*item) for item in enumerate(TEXTS)], vocabulary=Vocabulary([]))
    write_papers_jsonl(graph, folder / "papers.jsonl")


if __name__ == "__main__":
    main()
