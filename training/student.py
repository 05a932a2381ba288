"""The student: a small convolutional tagger that learns the teachers' probabilities, made to run exactly in integers.

Every word is a sum of embeddings that depend on the word alone (its pieces, its lower-case form, its first and last
letters, its shape), so that they are looked up once a word, plus a few that depend on its place. Residual convolutions
over three words with growing gaps follow, without normalisation layers: at run time each convolution is one product of
integers that float32 holds exactly (see docs/model-card.md), the same on every machine.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
import torch
from corpora import ROLES, Example, tags_of
from learning import learn
from numpy.typing import NDArray
from torch import Tensor, nn

from paperconcepts.extraction.word_features import FLAG_ROWS, TABLE_ROWS, place_flags, word_rows

__all__ = ["Student", "StudentSettings", "Target", "distil", "predict_student"]


SIZES = {"piece": 128, "lower": 96, "prefix": 24, "suffix": 32, "shape": 24}


@dataclass(frozen=True, slots=True)
class StudentSettings:
    """Shape and training of a student."""

    width: int = 160
    gaps: tuple[int, ...] = (1, 1, 2, 4, 1)
    epochs: float = 8
    learning_rate: float = 2e-3
    batch_words: int = 6000
    dropout: float = 0.1
    word_dropout: float = 0.05
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Target:
    """What a student should say of an example: probabilities for each word and tag, and how much that counts."""

    example: Example
    probabilities: NDArray[np.float16]
    weight: float = 1.0


class Student(nn.Module):
    """Embeddings, residual convolutions and one tag layer."""

    def __init__(self, pieces: Mapping[str, int], settings: StudentSettings, head: str = "own") -> None:
        super().__init__()
        self.settings, self.head, self.pieces = settings, head, list(pieces)
        self.rows = lru_cache(maxsize=400_000)(lambda word: word_rows(word, pieces))
        width = settings.width
        self.tables = nn.ModuleDict(
            {name: nn.EmbeddingBag(rows, SIZES[name], mode="mean") for name, rows in TABLE_ROWS.items()}
        )
        for table in self.tables.values():
            nn.init.normal_(table.weight, std=0.1)
        self.mix = nn.Linear(sum(SIZES.values()), width)
        self.flags = nn.Embedding(FLAG_ROWS, width)
        nn.init.normal_(self.flags.weight, std=0.02)
        self.convolutions = nn.ModuleList(
            nn.Conv1d(width, width, 3, padding=gap, dilation=gap) for gap in settings.gaps
        )
        self.dropout = nn.Dropout(settings.dropout)
        self.tags = len(tags_of(head))
        self.out = nn.Linear(width, self.tags + (len(ROLES) if head == "own" else 0))

    def start_from(self, embeddings: Tensor) -> None:
        """Begin with a transformer's own embeddings of the pieces, in their first principal directions."""
        table = self.tables["piece"].weight
        centred = embeddings - embeddings.mean(dim=0)
        _, _, directions = torch.pca_lowrank(centred, q=table.shape[1], center=False, niter=4)
        reduced = centred @ directions
        with torch.no_grad():
            table.copy_(reduced / reduced.std() * 0.1)

    def lexemes(self, words: Sequence[str]) -> Tensor:
        """One row a word, from the word alone."""
        parts = []
        found = [self.rows(word) for word in words]
        for number, name in enumerate(TABLE_ROWS):
            flat = torch.tensor([row for word in found for row in word[number]])
            starts = np.cumsum([0, *(len(word[number]) for word in found)])[:-1]
            parts.append(self.tables[name](flat, torch.from_numpy(starts)))
        rows: Tensor = torch.relu(self.mix(torch.cat(parts, dim=1)))
        return rows

    def forward(self, examples: Sequence[Example]) -> Tensor:
        """Scores of all words of all examples, one after the other."""
        types: dict[str, int] = {}
        longest = max(len(example.spans) for example in examples)
        index = np.zeros((len(examples), longest), dtype=np.int64)
        flags = np.zeros((len(examples), longest, 3), dtype=np.int64)
        mask = np.zeros((len(examples), longest), dtype=bool)
        types[""] = 0
        for number, example in enumerate(examples):
            words = example.words
            index[number, : len(words)] = [types.setdefault(word, len(types)) for word in words]
            flags[number, : len(words)] = place_flags(example.text, example.spans, example.title_end)
            mask[number, : len(words)] = True
        lexemes = self.lexemes(list(types))
        if self.training and self.settings.word_dropout:
            keep = torch.rand(len(examples), longest, 1) >= self.settings.word_dropout
            rows = lexemes[torch.from_numpy(index)] * keep
        else:
            rows = lexemes[torch.from_numpy(index)]
        there = torch.from_numpy(mask).unsqueeze(2)
        rows = (self.dropout(rows) + self.flags(torch.from_numpy(flags)).sum(dim=2)) * there
        hidden = rows.transpose(1, 2)
        there = there.transpose(1, 2)
        for convolution in self.convolutions:
            hidden = (hidden + self.dropout(torch.relu(convolution(hidden)))) * there
        scores: Tensor = self.out(hidden.transpose(1, 2)[torch.from_numpy(mask)])
        return scores


def _batches(targets: Sequence[Target], words: int, rng: random.Random) -> list[list[Target]]:
    noise = [rng.random() * 60 for _ in targets]
    order = sorted(range(len(targets)), key=lambda n: len(targets[n].example.spans) + noise[n])
    made: list[list[Target]] = [[]]
    longest = 0
    for number in order:
        longest = max(longest, len(targets[number].example.spans))
        if made[-1] and longest * (len(made[-1]) + 1) > words:
            made.append([])
            longest = len(targets[number].example.spans)
        made[-1].append(targets[number])
    rng.shuffle(made)
    return made


def distil(model: Student, targets: Sequence[Target], settings: StudentSettings, log: str = "") -> None:
    """Train in place: cross-entropy with the targets' probabilities, AdamW, one-cycle learning rate."""
    rng = random.Random(settings.seed)  # noqa: S311
    torch.manual_seed(settings.seed)
    epochs = [_batches(targets, settings.batch_words, rng) for _ in range(round(settings.epochs))]
    total = sum(map(len, epochs))
    optimiser = torch.optim.AdamW(model.parameters(), lr=settings.learning_rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, settings.learning_rate, total_steps=total, pct_start=0.1)
    learn(model, epochs, partial(_loss, model), optimiser, schedule, log)


def _loss(model: Student, batch: Sequence[Target]) -> Tensor:
    scores = model([target.example for target in batch])
    wanted = torch.from_numpy(np.concatenate([t.probabilities for t in batch]).astype(np.float32))
    weight = torch.from_numpy(
        np.concatenate([np.full(len(t.probabilities), t.weight, dtype=np.float32) for t in batch])
    )
    loss = -(wanted[:, : model.tags] * torch.log_softmax(scores[:, : model.tags], dim=1)).sum(dim=1)
    if scores.shape[1] > model.tags:
        roles = torch.log_softmax(scores[:, model.tags :], dim=1)
        loss = loss - 0.5 * (wanted[:, model.tags :] * roles).sum(dim=1)
    found: Tensor = (loss * weight).sum() / weight.sum()
    return found


def predict_student(model: Student, examples: Sequence[Example]) -> list[NDArray[np.float32]]:
    """Probabilities of the tags for each word of each example."""
    found = []
    model.eval()
    with torch.no_grad():
        for example in examples:
            scores = model([example])
            parts = [part for part in (scores[:, : model.tags], scores[:, model.tags :]) if part.shape[1]]
            found.append(torch.cat([torch.softmax(part, dim=1) for part in parts], dim=1).numpy())
    return found
