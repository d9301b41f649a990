"""What a job's measurement gave, the same for every service. Frozen data without any network."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, Self

import attrs

from quantum_jobs import counts as arithmetic
from quantum_jobs.errors import UsageError
from quantum_jobs.text import short_repr


@attrs.frozen(kw_only=True)
class Result:
    """What was measured. Keys are bitstrings with qubit 0 rightmost, all ``num_qubits`` wide, in ascending order.

    Attributes:
        counts: shots per outcome, summing to the job's shots; ``None`` where there is nothing to count (several
            registers, analog or annealing data, or probabilities of a job whose shots nobody knows).
        counts_kind: ``"measured"`` where the vendor counted, ``"derived"`` where counts are probabilities times shots.
        probabilities: the vendor's, else counts over their total; outcomes that never occurred are left out.
        memory: one bitstring per shot in order, where the vendor gives it and the caller asked for it.
        registers: the same per register, where the program has named ones: ``{"c": Result, ...}``.
        raw: the vendor's result as sent.
    """

    __repr__ = short_repr

    counts: Mapping[str, int] | None = None
    counts_kind: Literal["measured", "derived"] | None = None
    probabilities: Mapping[str, float] | None = None
    memory: Sequence[str] | None = None
    num_qubits: int | None = None
    registers: Mapping[str, Result] = attrs.field(factory=dict)
    raw: Any = attrs.field(default=None, repr=False)

    @property
    def shots(self) -> int | None:
        """How many shots the counts stand for."""
        return None if self.counts is None else sum(self.counts.values())

    def flipped(self) -> Result:
        """The same result with qubit 0 leftmost. ``raw`` stays as it is."""
        registers = {name: register.flipped() for name, register in self.registers.items()}
        return attrs.evolve(self._rekeyed(lambda key: key[::-1]), registers=registers)

    def marginal(self, qubits: Sequence[int]) -> Result:
        """The result over some qubits only: ``qubits[0]`` becomes qubit 0, rightmost. The others are summed over."""
        width = self.num_qubits or 0
        if self.counts is None and self.probabilities is None and self.memory is None:
            raise UsageError("this result has no outcomes to sum over; what the vendor sent stands in raw")
        if (
            not isinstance(qubits, Sequence)
            or not qubits
            or any(isinstance(qubit, bool) or not isinstance(qubit, int) for qubit in qubits)
            or not all(0 <= qubit < width for qubit in qubits)
            or len(set(qubits)) != len(qubits)
        ):
            raise UsageError(f"qubits must be different numbers from 0 to {width - 1}, got {qubits!r}")
        marginal = self._rekeyed(lambda key: arithmetic.pick(key, qubits))
        return attrs.evolve(marginal, num_qubits=len(qubits), registers={})

    def _rekeyed(self, rekey: Callable[[str], str]) -> Result:
        return attrs.evolve(
            self,
            counts=None if self.counts is None else _summed(self.counts, rekey),
            probabilities=None if self.probabilities is None else _summed(self.probabilities, rekey),
            memory=None if self.memory is None else tuple(rekey(outcome) for outcome in self.memory),
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "counts": None if self.counts is None else dict(self.counts),
            "counts_kind": self.counts_kind,
            "probabilities": None if self.probabilities is None else dict(self.probabilities),
            "memory": None if self.memory is None else list(self.memory),
            "num_qubits": self.num_qubits,
            "registers": {name: register.to_dict() for name, register in self.registers.items()},
            "raw": self.raw,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The inverse of ``to_dict``. Keys it does not know are left aside."""
        known = {field.name for field in attrs.fields(cls)}
        values = {key: value for key, value in data.items() if key in known}
        if values.get("memory") is not None:
            values["memory"] = tuple(values["memory"])
        values["registers"] = {
            name: cls.from_dict(register) for name, register in (values.get("registers") or {}).items()
        }
        return cls(**values)


def _summed(values: Mapping[str, Any], rekey: Callable[[str], str]) -> dict[str, Any]:
    summed: dict[str, Any] = {}
    for key, value in values.items():
        summed[rekey(key)] = summed.get(rekey(key), 0) + value
    return {key: summed[key] for key in sorted(summed)}
