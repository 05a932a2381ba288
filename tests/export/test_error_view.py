"""The page of errors."""

import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html as lxml_html

from paperconcepts.errors import OutputError
from paperconcepts.evaluation import (
    ConceptEvaluation,
    ConceptGold,
    GoldConcept,
    GoldDocument,
    GoldPaper,
    GoldSpan,
    MentionGold,
    PaperText,
    evaluate,
)
from paperconcepts.export import error_view
from paperconcepts.export.error_view import write_error_view
from paperconcepts.model import ConceptType

_EVIL = "</script><script>alert(1)</script>{{papers}}{{script}}{{types}}"


def _concept(name: str, kind: str) -> GoldConcept:
    return GoldConcept.model_validate({"name": name, "type": kind, "role": "uses", "core": True, "surfaces": [name]})


def _predicted(start: int, end: int, kind: str) -> dict[str, Any]:
    return {"label": f"found {start}", "type": kind, "mentions": [{"field": "abstract", "start": start, "end": end}]}


@pytest.fixture(name="result", scope="module")
def _result() -> ConceptEvaluation:
    quiet = PaperText(id="quiet", title="All is Well", abstract="PouchNet hops.")
    noisy = PaperText(
        id=f"noisy {_EVIL}", title=f"Noise {_EVIL}", abstract="WallabyLM likes QuokkaBench & <b>burrows</b>."
    )
    gold = ConceptGold(
        (
            GoldPaper(quiet, (_concept("PouchNet", "Model"),)),
            GoldPaper(noisy, (_concept("WallabyLM", "Model"), _concept("QuokkaBench", "Dataset"))),
        ),
        (f"a remark {_EVIL}",),
    )
    return evaluate(
        gold,
        [
            {"record": quiet.id, "concepts": [_predicted(0, 8, "Model")]},
            {"record": noisy.id, "concepts": [_predicted(0, 9, "Method"), _predicted(10, 15, "Task")]},
        ],
    )


@pytest.fixture(name="page", scope="module")
def _page(result: ConceptEvaluation, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("view") / "errors.html"
    write_error_view(result, path)
    return path.read_text(encoding="utf-8")


def _tree(page: str) -> Any:
    return lxml_html.document_fromstring(page)


def test_texts_stand_twice(page: str) -> None:
    """Each paper shows its whole text twice, gold first, and the worst paper comes first."""
    tree = _tree(page)
    for sign in tree.xpath("//mark/sup"):
        sign.drop_tree()
    first, second = tree.xpath("//article")
    texts = [one.text_content() for one in first.xpath(".//p[@class='text']")]
    assert texts == [f"Noise {_EVIL}\nWallabyLM likes QuokkaBench & <b>burrows</b>."] * 2
    assert [one.text_content() for one in first.xpath(".//h3")] == ["Gold", "Predicted"]
    assert "All is Well" in second.text_content()


def test_marks(page: str) -> None:
    """Marks name verdict and type for the filter, in class and in a sign that is text."""
    tree = _tree(page)
    marks = [
        (mark.get("data-verdict"), mark.get("data-type"), mark.text, mark.xpath("string(sup)"))
        for mark in tree.xpath("//article//mark")
    ]
    assert marks == [
        ("type", "Model", "WallabyLM", "≠Mo"),
        ("missed", "Dataset", "QuokkaBench", "−Da"),
        ("type", "Method", "WallabyLM", "≠Me"),
        ("false", "Task", "likes", "+Ta"),
        ("right", "Model", "PouchNet", "✓Mo"),
        ("right", "Model", "PouchNet", "✓Mo"),
    ]


def test_listed_errors(page: str) -> None:
    """Under the texts each error stands once, in words."""
    items = [" ".join(item.text_content().split()) for item in _tree(page).xpath("//ul[@class='errors']/li")]
    assert items == [
        "≠ other type Model: WallabyLM predicted type Method; predicted role none",
        "− missed Dataset: QuokkaBench role uses",
        "+ false find Task: found 10",
    ]


def test_filter(page: str) -> None:
    """There is a box for every verdict and every type, all ticked."""
    boxes = _tree(page).xpath("//form//input")
    assert all(box.get("checked") is not None for box in boxes)
    names = [(box.get("name"), box.get("value")) for box in boxes]
    verdicts = ["right", "boundary", "type", "missed", "false", "optional"]
    assert names == [*(("verdict", name) for name in verdicts), *(("type", str(kind)) for kind in ConceptType)]


def test_page_may_do_nothing_else(page: str) -> None:
    """The policy allows the page's own script and style by hash; there is nothing inline and nothing to load."""
    tree = _tree(page)
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ")
    for name in ("script", "style"):
        (text,) = re.findall(rf"<{name}>(.*?)</{name}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert not [a for a in tree.xpath("//@*") if a.attrname.startswith("on") or a.attrname in ("src", "style")]
    assert tree.xpath("//@href") == ["data:,"]
    assert "url(" not in page
    assert "@import" not in page
    assert "http://" not in page
    assert "https://" not in page


def test_names_of_others_are_text(page: str) -> None:
    """Ids, titles and remarks cannot end the script, add one, or fill a gap of the page."""
    assert page.count("<script") == page.count("</script") == 1
    (remark,) = _tree(page).xpath("//ul[@class='remarks']/li/text()")
    assert remark == f"a remark {_EVIL}"


def test_dark_phone_and_print(page: str) -> None:
    """The page follows the reader's colour scheme, fits a narrow screen and can be printed."""
    assert "prefers-color-scheme: dark" in page
    assert "max-width: 760px" in page
    assert "@media print" in page
    assert 'name="viewport"' in page


def test_same_bytes(result: ConceptEvaluation, page: str, tmp_path: Path) -> None:
    """The same evaluation gives the same bytes."""
    write_error_view(result, tmp_path / "again.html")
    assert (tmp_path / "again.html").read_text(encoding="utf-8") == page


def test_mention_view(tmp_path: Path) -> None:
    """Gold of mentions is shown with its own types, merged ones by their joined name, and nothing is optional."""
    text = PaperText(id="d1", title=None, abstract="We tune PouchNet.")
    gold = MentionGold((GoldDocument(text, (GoldSpan(8, 16, ConceptType.METHOD),)),))
    write_error_view(evaluate(gold, [], merge=[["Method", "Model"]]), tmp_path / "errors.html")
    tree = _tree((tmp_path / "errors.html").read_text(encoding="utf-8"))
    assert tree.xpath("//input[@name='type']/@value") == ["Method+Model"]
    assert "optional" not in tree.xpath("//input[@name='verdict']/@value")
    assert tree.xpath("string(//article/h2)") == "We tune PouchNet."


def test_large_evaluations(result: ConceptEvaluation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page holds the worst papers up to its limit and says how many it leaves out."""
    monkeypatch.setattr(error_view, "LARGEST_PAGE", 1)
    write_error_view(result, tmp_path / "errors.html")
    tree = _tree((tmp_path / "errors.html").read_text(encoding="utf-8"))
    assert len(tree.xpath("//article")) == 1
    assert tree.xpath("//ul[@class='remarks']/li[last()]/text()") == ["papers with fewer errors, not shown: 1"]


def test_unwritable(result: ConceptEvaluation, tmp_path: Path) -> None:
    """A page that cannot be written is an error that names the file."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match=r"errors\.html"):
        write_error_view(result, tmp_path / "file" / "errors.html")
