"""What a submission is estimated to cost, and the limit that a caller sets on it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import attrs

from quantum_jobs.background import run_in_thread
from quantum_jobs.core.connection import Connection
from quantum_jobs.core.managing import devices
from quantum_jobs.errors import CostLimitError, UnsupportedError
from quantum_jobs.model import Cost, Device, Estimate
from quantum_jobs.services.base import Submission


@attrs.define(eq=False)
class Prices:
    """Estimates of one service. The same estimate is asked for once, so that a scan of equally large programs costs one
    request."""

    connection: Connection
    _estimates: dict[Any, Estimate] = attrs.field(factory=dict)
    _devices: dict[str, Device] | None = None

    async def of(self, submission: Submission) -> Cost:
        """What the submission is estimated to cost, all its circuits together; else by the prices in the service's
        catalogue of devices. Raises UnsupportedError where neither can tell."""
        return total([await self._of_program(submission, program) for program in submission.programs])

    async def _of_program(self, submission: Submission, program: Any) -> Cost:
        service = self.connection.service
        reason = None
        try:
            # Counting the gates of a long program takes its time.
            call = await run_in_thread(service.estimate_of, submission, program)
        except UnsupportedError as error:
            reason = error.message
        else:
            asked = (call.url, repr(sorted((call.params or {}).items())), repr(call.json))
            if asked not in self._estimates:
                self._estimates[asked] = await self.connection.request(call)
            estimate = self._estimates[asked]
            if estimate.cost is not None:
                return estimate.cost
            reason = estimate.reason or f"{service.name} gives no cost"
        cost = await self._by_catalogue(submission)
        if cost is None:
            raise UnsupportedError(
                f"what a job on {submission.device!r} costs cannot be told beforehand ({reason}), and the catalogue of "
                f"{service.name} has no price for it. Nothing was submitted; without max_cost it is submitted all the "
                "same"
            )
        return cost

    async def _by_catalogue(self, submission: Submission) -> Cost | None:
        if self._devices is None:
            try:
                self._devices = {device.id: device for device in await devices(self.connection)}
            except UnsupportedError:
                self._devices = {}
        device = self._devices.get(submission.device)
        return None if device is None else self.connection.service.catalogue_price(device, submission.shots)


def total(costs: Sequence[Cost]) -> Cost:
    """The sum of costs of one currency."""
    usd = [cost.usd for cost in costs]
    return Cost(
        sum((cost.amount for cost in costs), Decimal(0)),
        costs[0].currency,
        None if None in usd else sum((each for each in usd if each is not None), Decimal(0)),
    )


@attrs.define(eq=False)
class Budget:
    """A limit on what submissions are estimated to cost together."""

    limit: Cost
    taken: Decimal = Decimal(0)

    def take(self, cost: Cost) -> None:
        """Set the cost of a submission aside before it is sent. Raises CostLimitError where that is too much."""
        value, limit = self._value(cost), self._value(self.limit)
        if self.taken + value > limit:
            beside = f", and {self.taken} of it is taken" if self.taken else ""
            raise CostLimitError(
                f"this submission is estimated to cost {_said(cost)}, max_cost is {_said(self.limit)}{beside}: nothing "
                "was submitted",
                estimated=cost,
                max_cost=self.limit,
            )
        self.taken += value

    def add(self, cost: Cost, times: int = 1) -> None:
        """Count what has been spent already; with ``times=-1``, no more."""
        self.taken += times * self._value(cost)

    def _value(self, cost: Cost) -> Decimal:
        """The cost in US dollars, or in the limit's own currency where its value in dollars is not known."""
        if self.limit.usd is not None and cost.usd is not None:
            return cost.usd
        if self.limit.usd is None and cost.currency == self.limit.currency:
            return cost.amount
        raise UnsupportedError(
            f"a cost in {cost.currency} cannot be compared with max_cost, which is in {self.limit.currency}: give "
            f"max_cost as quantum_jobs.Cost(amount, {cost.currency!r})"
        )


@attrs.define(eq=False)
class Charge:
    """What one submission is estimated to cost, counted once against a budget, however often it is sent."""

    budget: Budget
    cost: Cost
    _is_taken: bool = attrs.field(init=False, default=False)

    def take(self) -> None:
        """Count it before it is sent. Raises CostLimitError where that is too much."""
        if not self._is_taken:
            self.budget.take(self.cost)
            self._is_taken = True

    def give_back(self) -> None:
        """Count it no more: it has made no job."""
        if self._is_taken:
            self.budget.add(self.cost, times=-1)
            self._is_taken = False

    def adopt(self, cost: Cost | None) -> None:
        """Count a job that was there already, by what it has cost, where that is known."""
        if not self._is_taken:
            self.budget.add(cost or self.cost)
            self._is_taken = True


def _said(cost: Cost) -> str:
    usd = "" if cost.currency == "USD" or cost.usd is None else f" ({cost.usd:f} USD)"
    return f"{cost.amount:f} {cost.currency}{usd}"
