"""The sync client where an event loop runs: in notebooks, in signal handlers, in programs that mix both."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from typing import Any

import anyio
import httpx
import pytest
import quantum_jobs

from tests.faults.cloud import Cloud
from tests.wrapper.test_interrupts import AtLine, within_time

CIRCUIT = {"qubits": 2, "circuit": [{"gate": "x", "target": 0}]}
CERTIFICATES = httpx.create_ssl_context()
BACKENDS = ["asyncio", "trio"]
#: Every so many-th line is tried; all of them with QUANTUM_JOBS_TEST_EVERY=1, which takes hours.
EVERY = 401 * int(os.environ.get("QUANTUM_JOBS_TEST_EVERY", "5")) - 400


@pytest.fixture
def cloud() -> Iterator[Cloud]:
    cloud = Cloud("ionq-v0.4")
    yield cloud
    cloud.close()


@pytest.fixture(autouse=True)
def _certificates_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(httpx, "create_ssl_context", lambda: CERTIFICATES)


@pytest.fixture
def connecting(cloud: Cloud) -> dict[str, Any]:
    return {"base_url": cloud.url, "api_key": "a-key-of-mine", "timeout": 2.0, "confirmation_timeout": 0.06}


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_sync_client_works_inside_a_running_loop(connecting: dict[str, Any], backend: str) -> None:
    async def main() -> str:
        with quantum_jobs.connect("ionq", **connecting) as client:
            return str(client.submit(CIRCUIT, device="simulator").status)

    assert within_time(lambda: anyio.run(main, backend=backend)) == "QUEUED"


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_sync_submission_does_not_wait_for_a_listing_that_it_holds_up(
    cloud: Cloud, connecting: dict[str, Any], backend: str
) -> None:
    """Both look for their keys first, in a listing that is made once."""

    async def main() -> list[str]:
        ids: list[str] = []
        with quantum_jobs.connect("ionq", **connecting) as client:
            async with quantum_jobs.connect_async("ionq", **connecting) as used, anyio.create_task_group() as tasks:

                async def submit() -> None:
                    ids.append((await used.submit(CIRCUIT, device="simulator", idempotency_key="one")).id)

                cloud.latency = 0.05
                tasks.start_soon(submit)
                await anyio.sleep(0.02)  # by now it lists
                ids.append(client.submit(CIRCUIT, device="simulator", idempotency_key="two").id)
        return ids

    assert within_time(lambda: anyio.run(main, backend=backend)) == ["job-1", "job-2"]


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_sync_submission_with_the_key_of_a_task_that_it_holds_up_is_refused(
    cloud: Cloud, connecting: dict[str, Any], backend: str
) -> None:
    async def main() -> quantum_jobs.UsageError:
        with quantum_jobs.connect("ionq", **connecting) as client:
            async with quantum_jobs.connect_async("ionq", **connecting) as used, anyio.create_task_group() as tasks:

                async def submit() -> None:
                    await used.submit(CIRCUIT, device="simulator", idempotency_key="one")

                cloud.latency = 0.05
                tasks.start_soon(submit)
                await anyio.sleep(0.02)
                with pytest.raises(quantum_jobs.UsageError, match="holds up") as caught:
                    client.submit(CIRCUIT, device="simulator", idempotency_key="one")
                return caught.value

    assert within_time(lambda: anyio.run(main, backend=backend)).idempotency_key == "one"
    assert len(cloud.jobs) == 1


def submit_or_be_refused(client: quantum_jobs.Client, key: str) -> None:
    with contextlib.suppress(quantum_jobs.UsageError):
        client.submit(CIRCUIT, device="simulator", idempotency_key=key)


HANDLERS: dict[str, Callable[[quantum_jobs.Client, str], object]] = {
    "reads": lambda client, key: client.job("job-1"),
    "submits": lambda client, key: client.submit(CIRCUIT, device="simulator", idempotency_key=f"another-{key}"),
    "submits the same": submit_or_be_refused,
}


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("handler", HANDLERS.values(), ids=HANDLERS)
def test_a_signal_s_handler_may_use_the_sync_client_at_any_line_of_an_async_submit(
    cloud: Cloud, handler: Callable[[quantum_jobs.Client, str], object], backend: str
) -> None:
    for number in range(1, 1_000_000, EVERY):
        # A new account each time, so that both would make its first listing.
        connecting: dict[str, Any] = {
            "base_url": cloud.url,
            "api_key": f"key-number-{number}",
            "confirmation_timeout": 0,
        }
        cloud.reset()
        cloud.count = 0
        cloud.add()
        with quantum_jobs.connect("ionq", **connecting) as client:

            async def main(connecting: dict[str, Any] = connecting) -> None:
                async with quantum_jobs.connect_async("ionq", **connecting) as used:
                    await used.submit(CIRCUIT, device="simulator", idempotency_key="one")

            at_line = AtLine(number, lambda client=client: handler(client, "one"))
            within_time(lambda at_line=at_line, main=main: at_line.run(lambda: anyio.run(main, backend=backend)))
            sent = [job["metadata"].get("quantum_jobs_idempotency_key") for job in cloud.jobs.values()]
            assert sent.count("one") == 1
            assert len(sent) == len(set(sent))
        if not at_line.reached:
            break
    assert number > 5000, "it is walked through"
