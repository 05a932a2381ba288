"""The rounds in which every network of these learns."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from torch import Tensor, nn
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LRScheduler

__all__ = ["learn"]

_Batch = TypeVar("_Batch")


def learn(
    model: nn.Module,
    epochs: Sequence[Sequence[_Batch]],
    loss_of: Callable[[_Batch], Tensor],
    optimiser: Optimizer,
    schedule: LRScheduler,
    log: str,
) -> None:
    """Train in place, one step a batch, with gradients of a norm of at most one; say the mean loss of each round."""
    model.train()
    for number, epoch in enumerate(epochs):
        losses = []
        for batch in epoch:
            loss = loss_of(batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
        print(f"{log} epoch {number + 1}/{len(epochs)} loss {np.mean(losses):.4f}", flush=True)
    model.eval()
