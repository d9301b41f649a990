"""What a job's measurement gave, the same for every service. Frozen data without any network."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any, Literal, Self

import attrs

from quantum_jobs import counts as arithmetic
from quantum_jobs.checks import checked_integer, checked_list
from quantum_jobs.errors import UsageError
from quantum_jobs.text import short_repr, shown

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes

    from quantum_jobs.statistics import Expectation, Observable


@attrs.frozen(kw_only=True)
class Result:
    """What was measured. Keys are bitstrings with qubit 0 rightmost, all ``num_qubits`` wide, in ascending order.

    Attributes:
        counts: shots per outcome, summing to the job's shots; ``None`` where there is nothing to count (several
            registers, analog or annealing data, or probabilities of a job whose shots nobody knows).
        counts_kind: ``"measured"`` where the vendor counted, ``"derived"`` where counts are probabilities times shots,
            ``"sampled"`` where ``sample`` drew them.
        probabilities: the vendor's, else counts over their total; outcomes that never occurred are left out.
        memory: one bitstring per shot in order, where the vendor gives it and the caller asked for it.
        registers: the same per register, where the program has named ones: ``{"c": Result, ...}``.
        raw: the vendor's result as sent.
    """

    __repr__ = short_repr

    counts: Mapping[str, int] | None = None
    counts_kind: Literal["measured", "derived", "sampled"] | None = None
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
        """The result over some qubits only: ``qubits[0]`` becomes qubit 0, rightmost. The others are summed over.

        Raises UsageError for numbers that are no qubits of it, and where there are no outcomes.
        """
        width = self.num_qubits or 0
        if self.counts is None and self.probabilities is None and self.memory is None:
            raise UsageError("this result has no outcomes to sum over; what the vendor sent stands in raw")
        chosen = [checked_integer(qubit, "each of the qubits", 0) for qubit in checked_list(qubits, "qubits")]
        # A set has no first one.
        if isinstance(qubits, Set) or not chosen or max(chosen) >= width or len(set(chosen)) < len(chosen):
            raise UsageError(f"qubits must be different numbers from 0 to {width - 1} in order, got {shown(qubits)}")
        return self._over(chosen)

    def sample(self, shots: int, seed: int | None = None) -> Result:
        """Another result of so many shots, drawn at random from the probabilities; the same seed draws the same.

        Raises UsageError where there are no probabilities, or they are no distribution.
        """
        from quantum_jobs import statistics

        drawn = statistics.sample(self._outcomes(), shots, seed)
        probabilities = arithmetic.probabilities_of(drawn)
        return Result(counts=drawn, counts_kind="sampled", probabilities=probabilities, num_qubits=self.num_qubits)

    def expectation(self, observable: Observable) -> Expectation:
        """The mean of a diagonal observable: a float, whose ``standard_error`` is known where shots were counted.

        Args:
            observable: a label of I and Z, one letter for each bit, that of bit 0 rightmost, such as ``"ZZI"``; or a
                weighted sum, such as ``{"ZZI": 0.5, "IIZ": -1.0}`` or ``[("ZZI", 0.5), ("IIZ", -1.0)]``.

        Raises UsageError for other observables, and where there are no outcomes.
        """
        from quantum_jobs import statistics

        counted = self._counted
        return statistics.expectation(counted or self._outcomes(), observable, are_counts=counted is not None)

    @property
    def standard_errors(self) -> Mapping[str, float] | None:
        """The standard error of each probability, where shots were counted (``counts_kind`` is not ``"derived"``) and
        there is more than one; else None. It is 0 for an outcome of all shots."""
        from quantum_jobs import statistics

        return None if self._counted is None else statistics.standard_errors(self._counted)

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas DataFrame with a row for each outcome, and the columns ``outcome``, ``counts``, ``probability`` and
        ``standard_error`` (extra ``pandas``). ``quantum_jobs.to_pandas`` takes several results."""
        from quantum_jobs import frames

        return frames.of_results({"": self}).drop(columns="result")

    def plot(
        self,
        *,
        kind: Literal["probabilities", "counts"] = "probabilities",
        top: int = 16,
        title: str | None = None,
        ax: Axes | None = None,
    ) -> Axes:
        """Draw a histogram with error bars where shots were counted (extra ``plot``); ``quantum_jobs.plot`` compares
        several.

        Args:
            kind: what is drawn.
            top: of more outcomes than this, only so many are drawn by themselves, the most likely ones; the others are
                drawn together.
            title: stands above it.
            ax: matplotlib axes to draw in; new ones where left out.

        Gives the axes; ``plot().figure.savefig(...)`` writes a file.
        """
        from quantum_jobs import plotting

        return plotting.bars({"": self}, kind=kind, top=top, title=title, ax=ax)

    def _outcomes(self) -> Mapping[str, float]:
        """The probabilities; else UsageError."""
        if not self.probabilities:
            if self.registers:
                raise UsageError(
                    "this result has no outcomes of all registers together; ask one of them: "
                    f"result.registers[{next(iter(self.registers))!r}]"
                )
            raise UsageError("this result has no outcomes; what the vendor sent stands in raw")
        return self.probabilities

    @property
    def _counted(self) -> Mapping[str, int] | None:
        """The counts, where they are counts of shots."""
        return self.counts if self.counts and self.counts_kind in {"measured", "sampled"} else None

    def _together(self, kept: Sequence[str], others: Sequence[str]) -> Result:
        """The result with some outcomes as one, which is named ``"<n> others"`` and comes last."""

        def summed(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
            if values is None:
                return None
            found = {key: values.get(key, 0) for key in kept}
            return {**found, f"{len(others)} others": sum(values.get(key, 0) for key in others)} if others else found

        return attrs.evolve(self, counts=summed(self.counts), probabilities=summed(self.probabilities))

    def _row(self) -> dict[str, Any]:
        """What of it stands in a table of results."""
        likely = sorted((self.probabilities or {}).items(), key=lambda item: (-item[1], item[0]))[:3]
        return {
            "bits": self.num_qubits,
            "shots": self.shots,
            "counts": self.counts_kind,
            "outcomes": None if self.probabilities is None else len(self.probabilities),
            "most likely": {key: round(value, 4) for key, value in likely},
            "registers": list(self.registers),
        }

    def _repr_html_(self) -> str:
        from quantum_jobs import html

        return html.of_result(self)

    def _over(self, qubits: Sequence[int | None]) -> Result:
        """The result over these qubits, the first of them rightmost; None stands for a bit that is always 0. Derived
        counts are derived anew, so that rounding happens once. Raises ValueError for a qubit that it has not."""
        highest = max((qubit for qubit in qubits if qubit is not None), default=-1)
        if self.num_qubits is not None and highest >= self.num_qubits:
            raise ValueError(f"outcomes of {self.num_qubits} qubits have no qubit {highest}")
        arithmetic.check_size(max(len(self.probabilities or ()), len(self.memory or ())), len(qubits))
        over = self._rekeyed(lambda key: arithmetic.pick(key, qubits))
        counts = over.counts
        if over.counts_kind == "derived" and over.probabilities is not None and over.shots is not None:
            counts = arithmetic.counts_of(over.probabilities, over.shots) or counts
        return attrs.evolve(over, counts=counts, num_qubits=len(qubits), registers={})

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
        changed = rekey(key)
        summed[changed] = summed.get(changed, 0) + value
    return {key: summed[key] for key in sorted(summed)}
