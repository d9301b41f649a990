"""Noise, roughly: what a noisy device would have counted. Runs in the worker process only.

With the probability that no gate went wrong a shot is as it would be without noise, else each of its bits is a coin;
then each bit is read wrongly with a small probability. This keeps what users' programs have to cope with, counts where
there should be none, and costs the same for any number of qubits. It is no model of any device's physics.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy

from .data import Noise

_CHUNK = 1 << 15


def noisy(
    counts: dict[int, int], noise: Noise, gates: tuple[int, int], bits: Sequence[int], seed: int
) -> dict[int, int]:
    """The counts with noise on the `bits` that are measured; `gates` are those on one and on two qubits."""
    fidelity = (1 - noise.one_qubit) ** gates[0] * (1 - noise.two_qubit) ** gates[1]
    generator = numpy.random.PCG64((seed + 0x6E6F6973) % 2**32)
    shots = [outcome for outcome in sorted(counts) for _ in range(counts[outcome])]
    width = len(bits)
    found: Counter[int] = Counter()
    for start in range(0, len(shots), _CHUNK):
        chunk = shots[start : start + _CHUNK]
        spoilt = _uniform(generator, len(chunk)) >= fidelity
        coins = _uniform(generator, len(chunk) * width).reshape(len(chunk), width) < 0.5
        misread = _uniform(generator, len(chunk) * width).reshape(len(chunk), width) < noise.readout
        ideal = numpy.array([[outcome >> bit & 1 for bit in bits] for outcome in chunk], dtype=bool)
        seen = numpy.where(spoilt[:, None], coins, ideal.reshape(len(chunk), width)) ^ misread
        rows, numbers = numpy.unique(seen, axis=0, return_counts=True)
        for row, number in zip(rows.tolist(), numbers.tolist(), strict=True):
            found[sum(1 << bit for bit, value in zip(bits, row, strict=True) if value)] += number
    return dict(found)


def _uniform(generator: Any, size: int) -> Any:
    return (generator.random_raw(size) >> numpy.uint64(11)) * 2.0**-53
