"""The teacher: a pre-trained transformer with one tag layer a head, fine-tuned on all sets, then on our own gold."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from corpora import ROLES, Example, tags_of
from learning import learn
from numpy.typing import NDArray
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

__all__ = ["Teacher", "TeacherSettings", "fine_tune", "predict"]


@dataclass(frozen=True, slots=True)
class TeacherSettings:
    """How a teacher is fine-tuned; ``learning_rate`` is that of the encoder, its heads learn ten times as fast."""

    epochs: float = 3
    learning_rate: float = 5e-5
    batch_words: int = 3000
    seed: int = 0


class Teacher(nn.Module):
    """A transformer whose output at the first piece of each word is scored by one linear layer a head."""

    def __init__(self, folder: Path, heads: Sequence[str]) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder)
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        size = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.heads = nn.ModuleDict({head: nn.Linear(size, len(tags_of(head))) for head in heads})
        self.heads["roles"] = nn.Linear(size, len(ROLES))

    def forward(self, examples: Sequence[Example]) -> Tensor:
        """A row for each word of the examples, one after the other."""
        pieces = self.tokenizer(
            [[word[:60] for word in example.words] for example in examples],
            is_split_into_words=True, truncation=True, max_length=512, padding=True, return_tensors="pt",
        )  # fmt: skip
        hidden = self.encoder(pieces["input_ids"], attention_mask=pieces["attention_mask"]).last_hidden_state
        rows = []
        for number, example in enumerate(examples):
            first = np.full(len(example.spans), pieces["input_ids"].shape[1] - 1)
            for position, word in reversed(list(enumerate(pieces.word_ids(number)))):
                if word is not None:
                    first[word] = position
            rows.append(hidden[number, torch.from_numpy(first)])
        words: Tensor = self.dropout(torch.cat(rows))
        return words


def batches(examples: Sequence[Example], words: int, rng: random.Random | None) -> Iterator[list[Example]]:
    """Batches of one head and of like length, at most ``words`` words with padding; shuffled when ``rng`` is given."""
    by_head: dict[str, list[Example]] = {}
    for example in examples:
        by_head.setdefault(example.head, []).append(example)
    made: list[list[Example]] = []
    for found in by_head.values():
        noise = {id(e): (rng.random() * 40 if rng else 0) for e in found}
        ordered = sorted(found, key=lambda e: len(e.spans) + noise[id(e)])
        batch: list[Example] = []
        for example in ordered:
            if batch and max(len(example.spans), len(batch[0].spans)) * (len(batch) + 1) > words:
                made.append(batch)
                batch = []
            batch.append(example)
        made.append(batch)
    if rng:
        rng.shuffle(made)
    yield from made


def fine_tune(model: Teacher, examples: Sequence[Example], settings: TeacherSettings, log: str = "") -> None:
    """Train in place: AdamW, linear warm-up and decay, bfloat16 matrix products."""
    rng = random.Random(settings.seed)  # noqa: S311
    torch.manual_seed(settings.seed)
    epochs = [list(batches(examples, settings.batch_words, rng)) for _ in range(round(settings.epochs))]
    total = sum(map(len, epochs))
    optimiser = torch.optim.AdamW(
        [
            {"params": model.encoder.parameters(), "lr": settings.learning_rate},
            {"params": model.heads.parameters(), "lr": 10 * settings.learning_rate},
        ],
        weight_decay=0.01,
    )
    warm = max(1, total // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.0, (total - step) / (total - warm)))
    )

    def loss_of(batch: list[Example]) -> Tensor:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            words = model(batch)
            loss = _loss(model.heads[batch[0].head](words), [example.tags for example in batch])
            roles = [example.roles for example in batch if example.roles is not None]
            return loss + 0.5 * _loss(model.heads["roles"](words), roles) if len(roles) == len(batch) else loss

    learn(model, epochs, loss_of, optimiser, schedule, log)


def _loss(scores: Tensor, wanted: Sequence[NDArray[np.int64]]) -> Tensor:
    return nn.functional.cross_entropy(scores.float(), torch.from_numpy(np.concatenate(wanted)), ignore_index=-1)


def predict(
    model: Teacher, examples: Sequence[Example], heads: Sequence[str], batch_words: int = 6000
) -> list[NDArray[np.float32]]:
    """Probabilities of the tags of ``heads``, side by side, for each word of each example, in their order."""
    found: dict[int, NDArray[np.float32]] = {}
    plain = [Example(e.id, "own", e.text, e.spans, e.tags, e.title_end) for e in examples]
    places = {id(example): number for number, example in enumerate(plain)}
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for batch in batches(plain, batch_words, None):
            words = model(batch)
            scores = torch.cat([torch.softmax(model.heads[head](words).float(), dim=1) for head in heads], 1).numpy()
            end = 0
            for example in batch:
                found[places[id(example)]] = scores[end : end + len(example.spans)]
                end += len(example.spans)
    return [found[number] for number in range(len(plain))]
