"""How it is taught: all heads at once, Adam, a warm-up and a decline, lower layers slower (Howard & Ruder 2018)."""

import random
import time
from dataclasses import dataclass
from typing import Callable, Dict, Iterator, List, Sequence, Tuple

import numpy as np
import tensorflow as tf

from teaching.lessons import Course, Lesson
from teaching.network import Network

Say = Callable[[str], None]
# How much each head's mistakes weigh. Those of tags and topics are sums over some two hundred outputs.
WEIGHTS = {"act": 1.0, "feeling": 0.7, "strength": 0.05, "severity": 0.4, "critical": 1.0, "topic": 1.0, "tag": 0.8}
# A missed one weighs more than a wrong one, by this.
MISSED = {"critical": 2.0, "topic": 1.5, "tag": 2.0}
SMOOTHING = 0.05
WARM_UP = 0.06  # share of the steps
LONGEST_STEP = 1.0  # of the gradient's norm
POOLED_FIRST = 1920  # sentences by which the vectors are evened out


@dataclass(frozen=True)
class Plan:
    """rate: the highest learning rate, of the last layer; each below has `falling` times that, heads `heads` times."""

    epochs: int = 4
    batch: int = 64
    rate: float = 2e-4
    falling: float = 0.9
    heads: float = 6.0
    seed: int = 5


@dataclass(eq=False)  # TensorFlow wants it hashable
class Pupil:
    """rows_of: the normalised vectors of a text's pieces, shape (pieces, width)."""

    network: Network
    rows_of: Callable[[str], np.ndarray]
    course: Course

    def learn(self, plan: Plan, say: Say) -> None:
        """Goes through the whole course `plan.epochs` times."""
        tf.random.set_seed(plan.seed)
        shuffled = random.Random(plan.seed)
        lessons = self.course.lessons
        rows = [self.rows_of(one.text) for one in lessons]
        self._even_out(rows)
        total, step, began = plan.epochs * -(-len(lessons) // plan.batch), 0, time.monotonic()
        adam = _Adam(self.network, plan)
        for epoch in range(plan.epochs):
            losses = []
            for batch in batches(rows, plan.batch, shuffled):
                step += 1
                rate = plan.rate * min(1.0, step / (WARM_UP * total)) * max(0.02, 1 - step / total)
                loss, gradients = self._gradients(*padded([rows[i] for i in batch]), self._answers(batch))
                adam.step(gradients, tf.constant(rate, tf.float32), tf.constant(step, tf.float32))
                losses.append(float(loss))
                if step % 100 == 0:
                    so_far = f"{time.monotonic() - began:.0f} s, loss {np.mean(losses[-100:]):.3f}"
                    say(f"  step {step} of {total}, {so_far}")
            say(f"Epoch {epoch + 1} of {plan.epochs}: loss {np.mean(losses):.3f}")

    def _even_out(self, rows: Sequence[np.ndarray]) -> None:
        chosen = np.linspace(0, len(rows) - 1, min(POOLED_FIRST, len(rows))).astype(int)
        pooled = [
            self.network.pooled(*padded([rows[i] for i in chosen[at : at + 64]]), training=False).numpy()
            for at in range(0, len(chosen), 64)
        ]
        self.network.even_out(np.concatenate(pooled))

    def _answers(self, batch: Sequence[int]) -> Dict[str, np.ndarray]:
        lessons = [self.course.lessons[i] for i in batch]
        labels = self.course.labels
        return {
            "act": np.array([one.act for one in lessons], np.int32),
            "feeling": np.array([one.feeling for one in lessons], np.int32),
            "strength": np.array([one.strength for one in lessons], np.float32),
            "severity": np.array([one.severity for one in lessons], np.int32),
            "critical": _ones([(4,) if one.severity == 4 else () for one in lessons], 5)[:, 4:],
            "topic": _ones([one.topics for one in lessons], len(labels["topic"])),
            "tag": _ones([one.tags for one in lessons], len(labels["tag"])),
            "opinion": np.array([one.opinion for one in lessons], np.float32),
        }

    @tf.function(reduce_retracing=True, autograph=False)
    def _gradients(
        self, rows: tf.Tensor, mask: tf.Tensor, answers: Dict[str, tf.Tensor]
    ) -> Tuple[tf.Tensor, List[tf.Tensor]]:
        with tf.GradientTape() as tape:
            said = self.network.heads(self.network.pooled(rows, mask, training=True), training=True)
            loss = tf.add_n([WEIGHTS[head] * tf.reduce_mean(one) for head, one in _losses(said, answers).items()])
        gradients = tape.gradient(loss, list(self.network.weights.values()))
        return loss, tf.clip_by_global_norm(gradients, LONGEST_STEP)[0]


def _losses(said: Dict[str, tf.Tensor], answers: Dict[str, tf.Tensor]) -> Dict[str, tf.Tensor]:
    """By head and text."""
    acts = said["act"].shape[1]
    wanted = tf.one_hot(answers["act"], acts) * (1 - SMOOTHING) + SMOOTHING / acts
    found = {"act": tf.nn.softmax_cross_entropy_with_logits(wanted, said["act"])}
    for head in ("feeling", "severity"):
        found[head] = tf.nn.sparse_softmax_cross_entropy_with_logits(answers[head], said[head])
    found["strength"] = tf.square(5 * tf.tanh(said["strength"][:, 0]) - answers["strength"])
    for head, weight in MISSED.items():
        each = tf.nn.weighted_cross_entropy_with_logits(answers[head], said[head], weight)
        found[head] = tf.reduce_sum(each, axis=1)
    return {head: one if head == "act" else one * answers["opinion"] for head, one in found.items()}


def _ones(places: Sequence[Sequence[int]], width: int) -> np.ndarray:
    found = np.zeros((len(places), width), np.float32)
    for row, here in enumerate(places):
        found[row, list(here)] = 1
    return found


def batches(rows: Sequence[np.ndarray], size: int, shuffled: random.Random) -> Iterator[List[int]]:
    """Every index once, in groups of about equal length: little is wasted on padding."""
    order = list(range(len(rows)))
    shuffled.shuffle(order)
    found = []
    for at in range(0, len(order), size * 50):
        part = sorted(order[at : at + size * 50], key=lambda i: len(rows[i]))
        found += [part[i : i + size] for i in range(0, len(part), size)]
    shuffled.shuffle(found)
    return iter(found)


def padded(rows: Sequence[np.ndarray]) -> Tuple[np.ndarray, np.ndarray]:
    """(rows, mask), with lengths in steps of 8: each new one costs TensorFlow a new graph."""
    length = -(-max(len(one) for one in rows) // 8) * 8
    filled = np.zeros((len(rows), length, rows[0].shape[1]), np.float32)
    mask = np.zeros((len(rows), length), np.float32)
    for at, one in enumerate(rows):
        filled[at, : len(one)], mask[at, : len(one)] = one, 1
    return filled, mask


class _Adam:
    """Adam (Kingma & Ba 2015) with decoupled weight decay and a rate for each layer."""

    DECAY = 0.01

    def __init__(self, network: Network, plan: Plan) -> None:
        self._weights = network.weights
        self._mean = {name: tf.Variable(tf.zeros_like(one)) for name, one in self._weights.items()}
        self._square = {name: tf.Variable(tf.zeros_like(one)) for name, one in self._weights.items()}
        self._factors = {name: _factor(name, network, plan) for name in self._weights}

    @tf.function(autograph=False)
    def step(self, gradients: Sequence[tf.Tensor], rate: tf.Tensor, number: tf.Tensor) -> None:
        for (name, weight), gradient in zip(self._weights.items(), gradients, strict=True):
            mean, square = self._mean[name], self._square[name]
            mean.assign(0.9 * mean + 0.1 * gradient)
            square.assign(0.999 * square + 0.001 * gradient * gradient)
            change = mean / (1 - 0.9**number) / (tf.sqrt(square / (1 - 0.999**number)) + 1e-6)
            if name.endswith(".w") and "ln." not in name:
                change += self.DECAY * weight
            weight.assign_sub(rate * self._factors[name] * change)


def _factor(name: str, network: Network, plan: Plan) -> float:
    first = name.split(".")[0]
    return plan.heads if first in network.outputs else float(plan.falling ** (network.count - 1 - int(first[1:])))


__all__ = ["Lesson", "Plan", "Pupil", "batches", "padded"]
