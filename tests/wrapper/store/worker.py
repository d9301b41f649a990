"""A process that submits points with keys to one IonQ, through one store: ``worker URL STORE POINTS SEED``.

It prints a line for each point that it has a job of, so that a test can see how far it came before it was killed.
"""

from __future__ import annotations

import random
import sys
from functools import partial

import anyio
import quantum_jobs

#: Points under way at once.
SIDE_BY_SIDE = 8
CONFIRMATION_TIMEOUT = 0.5


async def submit(client: quantum_jobs.AsyncClient, points: list[int]) -> None:
    while points:
        point = points.pop()
        circuit = {"qubits": 1, "circuit": [{"gate": "rx", "target": 0, "rotation": point / 1000}]}
        job = await client.submit(circuit, device="simulator", shots=100, idempotency_key=f"point-{point}")
        print(point, job.id, flush=True)


async def work(url: str, store: str, count: int, seed: int) -> None:
    points = list(range(count))
    random.Random(seed).shuffle(points)
    async with (
        quantum_jobs.connect_async(
            "ionq", api_key="a-key", base_url=url, store=store, confirmation_timeout=CONFIRMATION_TIMEOUT
        ) as client,
        anyio.create_task_group() as tasks,
    ):
        for _ in range(SIDE_BY_SIDE):
            tasks.start_soon(submit, client, points)


if __name__ == "__main__":
    _, url, store, count, seed = sys.argv
    anyio.run(partial(work, url, store, int(count), int(seed)))
