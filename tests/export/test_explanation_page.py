"""The page of an explanation: it loads nothing, runs nothing, and holds texts as texts."""

import base64
import hashlib
import re
from pathlib import Path

import pytest
from lxml import html as lxml_html

from paperconcepts.errors import OutputError
from paperconcepts.export.explanation_page import ExplanationBlock, MarkedSentence, write_explanation_page

_EVIL = "</style><script>alert(1)</script>{{blocks}}{{style}}{{title}} \x0b\ud800"


def _write(folder: Path, *blocks: ExplanationBlock, remarks: tuple[str, ...] = ()) -> str:
    file = folder / "why.html"
    write_explanation_page(blocks, file, title="Why", remarks=remarks)
    return file.read_text(encoding="utf-8")


def test_marks(tmp_path: Path) -> None:
    """Mentions and cue are marked apart, also where the cue holds a mention; the rest is as it was."""
    sentence = MarkedSentence("We call it X & more.", ((11, 12), (11, 12)), (3, 12), "abstract 0-20")
    page = lxml_html.fromstring(_write(tmp_path, ExplanationBlock("X", "uses X", (sentence,), (("name", "chain"),))))
    (quoted,) = page.iter("blockquote")
    assert quoted.text_content() == sentence.text
    assert [mark.text_content() for mark in quoted.iter("mark")] == ["X"]
    assert [mark.text_content() for mark in quoted.iter("b")] == ["call it X"]
    assert [item.text_content() for item in page.iter("h2", "figcaption", "dt", "dd")] == [
        "X", "abstract 0-20", "name", "chain",
    ]  # fmt: skip


def test_policy(tmp_path: Path) -> None:
    """The policy forbids all but the page's own style, and the page has no script."""
    text = _write(tmp_path, ExplanationBlock("X"))
    style = text.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    assert policy[1].startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert "script" not in text
    assert not re.search(r"(?:src|href)=\"(?!data:,\")", text)


def test_hostile_texts(tmp_path: Path) -> None:
    """Texts that look like markup or like gaps of the page stay texts, in every place."""
    sentence = MarkedSentence(_EVIL, ((0, 8),), (10, 99), _EVIL)
    block = ExplanationBlock(_EVIL, _EVIL, (sentence,), ((_EVIL, _EVIL),))
    text = _write(tmp_path, block, remarks=(_EVIL,))
    page = lxml_html.fromstring(text)
    assert list(page.iter("script")) == []
    assert len(list(page.iter("style"))) == 1
    shown = page.text_content()
    assert shown.count("<script>alert(1)</script>{{blocks}}{{style}}{{title}}") == 7
    assert "\x0b" not in text


def test_same_bytes(tmp_path: Path) -> None:
    """The same blocks give the same bytes."""
    block = ExplanationBlock("X", facts=(("a", "b"),))
    assert _write(tmp_path, block) == _write(tmp_path, block)


def test_cannot_be_written(tmp_path: Path) -> None:
    """A page that cannot be written is an error of ours."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot write"):
        write_explanation_page([], tmp_path / "file" / "why.html", title="Why")
