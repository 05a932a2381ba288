"""The role reader: a branch of the tagger's network that learns from labels what papers do with their concepts.

The tagger stays as it is: its states, as the product computes them, are what the branch reads.
"""

import hashlib
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from corpora import ROLES, Example
from learning import learn
from numpy.typing import NDArray
from torch import Tensor, nn

from export import npz_of, whole_and_scale
from paperconcepts.extraction.concept_tagger import ConceptTagger
from paperconcepts.extraction.role_reader import RoleReader
from paperconcepts.extraction.tagger_weights import TaggerWeights

__all__ = ["AFTER", "Read", "Reader", "ReaderSettings", "fit_reader", "read_roles", "states_of", "write_reader"]

# The tagger's convolutions before the branch goes off; where it is, context and kinds of names are known.
AFTER = 3
_BATCH = 24


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """Shape and training of a reader."""

    gaps: tuple[int, ...] = (4, 1)
    epochs: int = 13
    learning_rate: float = 5e-3
    dropout: float = 0.1
    smoothing: float = 0.1
    weight_decay: float = 0.05
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Read:
    """A text and the tagger's states of its words."""

    example: Example
    states: NDArray[np.float16]

    @property
    def title_words(self) -> int:
        """How many words the title has."""
        return sum(end <= self.example.title_end for _, end in self.example.spans)


class _Recorder(RoleReader):
    """Takes the place of a reader in the tagger and keeps what it would read."""

    def __init__(self) -> None:
        self.states: list[NDArray[np.float16]] = []

    @property
    def after(self) -> int:
        return AFTER

    def read(self, states: NDArray[np.float32], title_words: int) -> NDArray[np.float64]:
        self.states.append(states.astype(np.float16))
        return np.zeros((len(states), len(ROLES)))


def states_of(weights: TaggerWeights, examples: Sequence[Example]) -> list[Read]:
    """The states of each text, by the tagger with these weights."""
    recorder = _Recorder()
    tagger = ConceptTagger(weights, recorder)
    for example in examples:
        tagger.tag(example.text, example.title_end)
    return [Read(example, states) for example, states in zip(examples, recorder.states, strict=True)]


class Reader(nn.Module):
    """Means over title and text, added to each word; residual convolutions; one layer of roles."""

    def __init__(self, settings: ReaderSettings, width: int) -> None:
        super().__init__()
        self.settings = settings
        self.context = nn.Linear(2 * width, width)
        nn.init.zeros_(self.context.weight)
        nn.init.zeros_(self.context.bias)
        self.convolutions = nn.ModuleList(
            nn.Conv1d(width, width, 3, padding=gap, dilation=gap) for gap in settings.gaps
        )
        self.out = nn.Linear(width, len(ROLES))
        self.dropout = nn.Dropout(settings.dropout)

    def start_from(self, weights: TaggerWeights) -> None:
        """Begin with the tagger's own last convolutions."""
        width = self.context.out_features
        with torch.no_grad():
            for convolution, layer in zip(self.convolutions, weights.convolutions[AFTER:], strict=True):
                matrix = layer.matrix * (layer.scale / layer.step)
                convolution.weight.copy_(torch.from_numpy(matrix.reshape(3, width, width).transpose(2, 1, 0).copy()))
                convolution.bias.copy_(torch.from_numpy(layer.bias))

    def forward(self, texts: Sequence[Read]) -> Tensor:
        """Scores of all words of all texts, one after the other."""
        longest = max(len(text.states) for text in texts)
        hidden = torch.zeros(len(texts), self.context.out_features, longest)
        in_title, mask = torch.zeros(len(texts), 1, longest), torch.zeros(len(texts), 1, longest)
        for number, text in enumerate(texts):
            count = len(text.states)
            hidden[number, :, :count] = torch.from_numpy(text.states.astype(np.float32).T)
            in_title[number, :, : text.title_words] = 1
            mask[number, :, :count] = 1
        means = [(hidden * part).sum(dim=2) / part.sum(dim=2).clamp(min=1) for part in (in_title, mask)]
        hidden = (self.dropout(hidden) + self.context(torch.cat(means, dim=1)).unsqueeze(2)) * mask
        for convolution in self.convolutions:
            hidden = (hidden + self.dropout(torch.relu(convolution(hidden)))) * mask
        scores: Tensor = self.out(hidden.transpose(1, 2)[mask[:, 0] > 0])
        return scores


def fit_reader(texts: Sequence[Read], weights: TaggerWeights, settings: ReaderSettings, log: str) -> Reader:
    """A reader that has learned the roles of these texts: AdamW, one-cycle learning rate, smoothed labels."""
    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)  # noqa: S311
    model = Reader(settings, weights.flags.shape[1])
    model.start_from(weights)
    epochs = [_batches(texts, rng) for _ in range(settings.epochs)]
    rate = settings.learning_rate
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=settings.weight_decay)
    total = sum(map(len, epochs))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=total, pct_start=0.1)

    def loss_of(batch: Sequence[Read]) -> Tensor:
        wanted = torch.from_numpy(np.concatenate([text.example.roles for text in batch]))
        return nn.functional.cross_entropy(model(batch), wanted, label_smoothing=settings.smoothing)

    learn(model, epochs, loss_of, optimiser, schedule, log)
    return model


def _batches(texts: Sequence[Read], rng: random.Random) -> list[list[Read]]:
    """Texts of about the same length side by side, in a random order."""
    noise = [rng.random() * 60 for _ in texts]
    order = sorted(range(len(texts)), key=lambda n: len(texts[n].states) + noise[n])
    made = [[texts[n] for n in order[start : start + _BATCH]] for start in range(0, len(order), _BATCH)]
    rng.shuffle(made)
    return made


def read_roles(model: Reader, texts: Sequence[Read]) -> list[NDArray[np.float32]]:
    """Probabilities of the roles for each word of each text."""
    with torch.no_grad():
        return [torch.softmax(model([text]), dim=1).numpy() for text in texts]


def write_reader(
    model: Reader, texts: Sequence[Read], path: Path, version: str, tagger: str, card: Mapping[str, Any]
) -> None:
    """Write ``path`` (``.npz``) and the ``.json`` that describes it; steps are those of the inputs of ``texts``."""
    steps = _input_steps(model, texts)
    arrays: dict[str, NDArray[Any]] = {
        "after": np.array(AFTER, dtype=np.int64),
        "gaps": np.array(model.settings.gaps, dtype=np.int64),
        "steps": np.array(steps, dtype=np.float32),
        "tagger": np.frombuffer(tagger.encode("ascii"), dtype=np.uint8),
    }
    layers = [("context", "", model.context.weight.detach().numpy().T, model.context.bias)]
    for number, layer in enumerate(model.convolutions):
        # (out, in, 3) -> (3 * in, out): the window is the word before, the word, the word after.
        matrix = layer.weight.detach().numpy().transpose(2, 1, 0).reshape(-1, layer.out_channels)
        layers.append(("convolution", f"_{number}", matrix, layer.bias))
    layers.append(("out", "", model.out.weight.detach().numpy().T, model.out.bias))
    for (name, end, matrix, bias), step in zip(layers, steps[1:], strict=True):
        arrays[f"{name}{end}"], scale = whole_and_scale(matrix, 0)
        arrays[f"{name}_scale{end}"] = (scale[0] * step).astype(np.float32)
        arrays[f"{name}_bias{end}"] = bias.detach().numpy().astype(np.float32)
    data = npz_of(arrays)
    path.write_bytes(data)
    full = {"version": version, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), **card}
    path.with_suffix(".json").write_text(json.dumps(full, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _input_steps(model: Reader, texts: Sequence[Read]) -> list[float]:
    """The steps of the states and of the inputs of each layer: the largest of ``texts`` becomes 127."""
    layers: list[nn.Module] = [model.context, *model.convolutions, model.out]
    largest = [0.0] * (len(layers) + 1)

    def watch(number: int) -> Any:
        def note(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            largest[number] = max(largest[number], float(inputs[0].detach().abs().max()))

        return note

    handles = [layer.register_forward_pre_hook(watch(number)) for number, layer in enumerate(layers, start=1)]
    for text in texts:
        largest[0] = max(largest[0], float(np.abs(text.states).max()))
        read_roles(model, [text])
    for handle in handles:
        handle.remove()
    return [value / 127 for value in largest]
