"""Whatever two processes do with their keys one after the other, and whatever the service answers: one job a key. In
virtual time, each course of events from a seed."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import attrs
import httpx
import pytest
from quantum_jobs import errors

from tests.sampling import EVERY
from tests.wrapper.virtual_time import Ionq, Outcome, Service, dropped, never_sent, now, play, reply

CIRCUIT = {"qubits": 1, "circuit": [{"gate": "x", "target": 0}]}
KEY_TAG = "quantum_jobs_idempotency_key"
SUBMISSION: dict[str, Any] = {"device": "simulator", "shots": 10}
#: Seconds after which one process sees what the other has made: a listing lags, and holds for a while.
LATER = 45.0

#: Outcomes of a POST after which it is not known whether it made a job, and those that say that it did not.
UNCLEAR: list[Callable[[], Outcome]] = [dropped, lambda: reply(500), lambda: None, lambda: reply(201, {"status": "?"})]
REFUSED: list[Callable[[], Outcome]] = [
    never_sent,
    lambda: reply(400),
    lambda: reply(429),
    lambda: reply(429, headers={"retry-after": "90"}),
]


@attrs.define(eq=False, slots=False)
class Cloud(Ionq):
    """An IonQ that fails at random; ids are given once."""

    chance: random.Random = attrs.field(factory=random.Random)
    made: int = 0

    def __attrs_post_init__(self) -> None:
        self.lag, self.get_lag = (self.chance.choice([0.0, self.chance.uniform(0, 6)]) for _ in range(2))
        self.post_fails, self.get_fails = self.chance.choice([0.0, 0.2, 0.5]), self.chance.choice([0.0, 0.1, 0.3])

    def __call__(self, request: httpx.Request, now: float) -> Outcome:
        if request.method == "POST" and self.chance.random() < self.post_fails:
            outcome = self.chance.choice(UNCLEAR + REFUSED)
            if outcome in UNCLEAR and self.chance.random() < 0.6:
                self.store(json.loads(request.content), now)
            return outcome()
        if request.method == "DELETE":
            job_id = request.url.path.rsplit("/", 1)[1]
            self.jobs.pop(job_id, None)
            return reply(200, {"id": job_id, "status": "deleted"})
        if request.method == "GET" and self.chance.random() < self.get_fails:
            return self.chance.choice([reply(503), dropped()])
        return super().__call__(request, now)

    def store(self, body: dict[str, Any], now: float) -> dict[str, Any]:
        self.made += 1
        job_id = f"job-{self.made}"
        self.jobs[job_id] = {**body, "id": job_id, "status": "submitted"}
        self.stored_at[job_id] = now
        return {"id": job_id, "status": "submitted"}


@attrs.define(eq=False)
class Course:
    """What happens with one seed: ``clients`` are those of two processes."""

    chance: random.Random
    cloud: Cloud
    clients: list[Any]
    keys: list[str] = attrs.field(factory=lambda: ["a", "b", "c"])
    #: Who has used a key last, and when.
    used: dict[str, tuple[Any, float]] = attrs.field(factory=dict)

    async def step(self) -> None:
        client, key = self.chance.choice(self.clients), self.chance.choice(self.keys)
        last, moment = self.used.get(key, (client, now()))
        if last is not client:
            await asyncio.sleep(max(0.0, moment + LATER - now()))
        with contextlib.suppress(errors.QuantumJobsError):
            await self.chance.choice(ACTIONS)(self, client, key)
        self.used[key] = client, now()
        await asyncio.sleep(self.chance.choice([0, 0, 0.1, 3, 11, 70]))

    async def submit(self, client: Any, key: str) -> Any:
        return await client.submit(CIRCUIT, **SUBMISSION, idempotency_key=key)

    async def submit_and_delete(self, client: Any, key: str) -> None:
        await (await self.submit(client, key)).delete()

    async def submit_side_by_side(self, client: Any, key: str) -> None:
        await asyncio.gather(*(self.submit(client, key) for _ in range(3)), return_exceptions=True)

    async def submit_with_a_generated_key(self, client: Any, key: str) -> None:
        try:
            generated = (await client.submit(CIRCUIT, **SUBMISSION)).record.idempotency_key
        except errors.QuantumJobsError as error:
            generated = error.idempotency_key
        self.keys.append(generated)
        self.used[generated] = client, now()

    async def look(self, client: Any, key: str) -> None:
        await client.find_submission(key)

    async def scan(self, client: Any, key: str) -> None:
        count, beside = self.chance.choice([3, 30]), self.chance.choice([1, 4])
        submitted = client.submit_each([CIRCUIT] * count, **SUBMISSION, idempotency_key=key, max_in_flight=beside)
        assert len([each async for each in submitted]) == count

    async def others(self, client: Any, key: str) -> None:
        for number in range(self.chance.choice([1, 30])):
            self.cloud.store({"metadata": {KEY_TAG: f"of-others-{self.cloud.made}-{number}"}}, now())

    async def break_off(self, client: Any, key: str) -> None:
        action = self.chance.choice([Course.submit, Course.scan])
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(action(self, client, key), self.chance.uniform(0, 3))


ACTIONS: list[Callable[..., Any]] = [
    *[Course.submit] * 3,
    Course.submit_and_delete,
    Course.submit_side_by_side,
    Course.submit_with_a_generated_key,
    Course.look,
    *[Course.scan] * 2,
    Course.others,
    *[Course.break_off] * 2,
]


@pytest.mark.parametrize("seed", range(0, 200, EVERY))
def test_one_key_makes_one_job_in_any_course_of_events(seed: int) -> None:
    chance = random.Random(seed)
    cloud = Cloud(chance=chance)
    service = Service(cloud, latency=chance.choice([0.01, 0.3]))

    async def scene() -> None:
        # What a process knows is kept by account, so each has a key of its own, and a new one for each seed.
        one, two = (service.connect(api_key=f"{name}-{seed}", timeout=5.0) for name in ("one", "two"))
        async with one, two:
            course = Course(chance, cloud, [one, two])
            for _ in range(15):
                await course.step()
                keys = Counter(job["metadata"][KEY_TAG] for job in cloud.jobs.values())
                assert max(keys.values(), default=1) == 1, keys.most_common(1)

    play(scene)
