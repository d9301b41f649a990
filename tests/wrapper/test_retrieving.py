"""Jobs by id, by reference and by listing; what they are equal to; and what ``wait`` gives."""

from __future__ import annotations

import asyncio
import json
import pickle
from collections.abc import Mapping
from contextlib import aclosing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest
import quantum_jobs
import trio
from quantum_jobs import errors

from tests.wrapper import clouds
from tests.wrapper.clouds import Cloud

SERVICES = ["ionq-v0.4", "ionq-v0.3", "qbraid-v2"]
MIDNIGHT = datetime(2026, 11, 1, tzinfo=UTC)


class Anything(httpx.MockTransport):
    """A service that has every job that is asked for. ``asked`` holds the ids."""

    def __init__(self) -> None:
        super().__init__(self._answer)
        self.asked: list[str] = []

    def _answer(self, request: httpx.Request) -> httpx.Response:
        job_id = request.url.path.rsplit("/", 1)[1]
        self.asked.append(job_id)
        job = {"id": job_id, "jobQrn": job_id, "status": "completed" if "/v0" in request.url.path else "COMPLETED"}
        return httpx.Response(200, json={**job, "success": True, "data": job})


def connect(service: str, transport: Any) -> quantum_jobs.Client:
    return quantum_jobs.Client(service, api_key="a-key", transport=transport)


# Ids and references.

QBRAID_IDS = [
    "qbraid:job:abc123xyz",
    "qbraid:qbraid:sim:qir-sv-846a-qjob-4dab108b16d71a816565",
    "ionq:ionq:qpu:forte-1-8b",
]


@pytest.mark.parametrize(
    ("service", "given", "job_id"),
    [
        ("ionq", "abc-1", "abc-1"),
        ("ionq", "ionq-v0.4:abc-1", "abc-1"),
        ("ionq", "ionq:abc-1", "abc-1"),
        ("ionq-v0.3", "ionq-v0.3:abc-1", "abc-1"),
        ("qbraid", "qbraid:a", "a"),
        *(("qbraid", each, each) for each in QBRAID_IDS),
        *(("qbraid", f"qbraid-v2:{each}", each) for each in QBRAID_IDS),
    ],
)
def test_a_client_takes_ids_and_references_of_its_service(service: str, given: str, job_id: str) -> None:
    transport = Anything()
    with connect(service, transport) as client:
        job = client.job(given)
        assert job.id == job_id
        assert client.job(job.ref) == job
        client.cancel([given, job.ref])
    assert set(transport.asked) == {job_id}


@pytest.mark.parametrize(
    ("service", "given"),
    [
        ("ionq", "qbraid-v2:qbraid:job:abc"),
        ("ionq", "ionq-v0.3:abc"),
        ("qbraid", "ionq-v0.4:abc"),
        ("qbraid", "ionq:abc"),
    ],
)
def test_a_reference_to_a_job_of_another_service_says_so(service: str, given: str) -> None:
    transport = Anything()
    with connect(service, transport) as client:
        for call in (client.job, lambda ref: client.cancel([ref]), lambda ref: client.delete([ref])):
            with pytest.raises(errors.UsageError, match="this is a client of"):
                call(given)
    assert transport.asked == []


def test_an_id_without_its_service_says_what_is_wanted() -> None:
    for given in ("abc-1", "aws:quera:qpu:aquila-182e"):
        with pytest.raises(errors.UsageError, match=r"'<service>:<id>'"):
            quantum_jobs.job(given)
        with pytest.raises(errors.UsageError, match=r"'<service>:<id>'"):
            asyncio.run(quantum_jobs.job_async(given))


def test_a_whole_id_that_was_taken_for_a_reference_is_explained(monkeypatch: pytest.MonkeyPatch, server: Any) -> None:
    monkeypatch.setenv("QBRAID_API_KEY", "a-key")
    monkeypatch.setenv("QBRAID_API_URL", server.origin + "/api/v1")
    with pytest.raises(errors.NotFoundError, match=r"write 'qbraid-v2:qbraid:job:abc'"):
        quantum_jobs.job("qbraid:job:abc")
    with pytest.raises(errors.NotFoundError, match=r"write 'qbraid-v2:qbraid:job:abc'"):
        asyncio.run(quantum_jobs.job_async("qbraid:job:abc"))


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("bad", ["a/b", "../x", "a b", "..", ""])
def test_an_id_that_cannot_be_asked_for_is_taken_from_no_answer_either(service: str, bad: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        rows = [{"id": each, "jobQrn": each, "status": "ready"} for each in (bad, "good")]
        return httpx.Response(200, json={"jobs": rows, "data": rows, "id": bad})

    with connect(service, httpx.MockTransport(answer)) as client:
        assert [job.id for job in client.jobs()] == ["good"]
        with pytest.raises(errors.ResponseError):
            client.job("good")


# Equality.


def test_jobs_are_equal_and_hash_alike_when_their_references_are() -> None:
    with (
        connect("ionq", Anything()) as one,
        connect("ionq-v0.4", Anything()) as two,
        connect("ionq-v0.3", Anything()) as old,
    ):
        a, again, b = one.job("a"), two.job("a"), one.job("b")
        assert a == again
        assert hash(a) == hash(again)
        assert {a, again, b} == {a, b}
        assert a != b
        assert a != old.job("a")
        assert a != a.ref
        assert pickle.loads(pickle.dumps(a)) == a
        assert [a, b].index(two.job("b")) == 1


def test_wait_gives_a_named_tuple() -> None:
    with connect("ionq", Anything()) as client:
        jobs = [client.job("a"), client.job("b")]
        waited = quantum_jobs.wait(jobs, timeout=0)
        assert waited.done == jobs
        assert waited.not_done == []
        assert waited == (jobs, [])


def test_jobs_of_the_other_half_are_pointed_to_what_takes_them() -> None:
    async def main() -> None:
        async with quantum_jobs.AsyncClient("ionq", api_key="a-key", transport=Anything()) as client:
            job: Any = await client.job("a")
            for call in (quantum_jobs.wait, quantum_jobs.as_completed):
                with pytest.raises(errors.UsageError, match=r"AsyncJob.*wait_async or as_completed_async"):
                    call([job])

    asyncio.run(main())
    with connect("ionq", Anything()) as client, pytest.raises(errors.UsageError, match=r"\bwait or as_completed\b"):
        asyncio.run(quantum_jobs.wait_async([client.job("a")]))  # type: ignore[list-item]


# Jobs of several circuits, and many jobs in one call.


def family(service: str, circuits: int) -> dict[str, Any]:
    """A completed job ``a`` of IonQ, and the jobs of its circuits."""
    ids = [f"c{number:02}" for number in range(circuits)]
    shared = {"status": "completed", "parent_job_id": None, "shots": None}
    version = service.removeprefix("ionq-")

    def places(job_id: str) -> dict[str, Any]:
        path = f"/{version}/jobs/{job_id}/results"
        return {"results_url": path} if version == "v0.3" else {"results": {"probabilities": {"url": path}}}

    children = "children" if version == "v0.3" else "child_job_ids"
    pages: dict[str, Any] = {"/jobs/a": {"id": "a", **shared, "shots": 100, children: ids, "results": None}}
    for number, each in enumerate(ids):
        pages[f"/jobs/{each}"] = {"id": each, **shared, "parent_job_id": "a", "name": str(number), **places(each)}
        pages[f"/jobs/{each}/results"] = {str(number % 2): 1.0}
    return pages


@pytest.mark.parametrize("service", ["ionq-v0.4", "ionq-v0.3"])
def test_the_jobs_of_fifty_circuits_are_read_in_bulk_and_have_all_that_single_ones_have(service: str) -> None:
    pages = family(service, 50)
    client, cloud = clouds.connect(service, pages)
    with client:
        job = client.job("a")
        cloud.asked.clear()
        children = job.children()
        assert len(cloud.asked) <= 2
        assert [child.record.name for child in children] == [str(number) for number in range(50)]
        assert {child.record.parent_id for child in children} == {"a"}
        first = children[1]
        assert (first.status, first.result(timeout=5).counts) == ("COMPLETED", {"1": 100})
        alone = client.job(first.id)
        assert alone.result(timeout=5).probabilities == first.result(timeout=5).probabilities


def test_a_circuits_job_that_a_bulk_answer_leaves_out_is_read_by_itself() -> None:
    pages = family("ionq-v0.4", 3)
    client, cloud = clouds.connect("ionq-v0.4", pages)
    with client:
        job = client.job("a")
        cloud.unlisted = {"c01"}
        assert [child.id for child in job.children()] == ["c00", "c01", "c02"]
        del cloud.pages["/jobs/c01"]
        with pytest.raises(errors.NotFoundError):
            job.children()


def test_a_job_still_names_the_jobs_of_its_circuits_after_a_bulk_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quantum_jobs.core.waiting.SHORTEST_GAP", 0.0)
    pages = family("ionq-v0.4", 2)
    over = pages["/jobs/a"]
    cloud = Cloud("ionq-v0.4", {**pages, "/jobs/a": {**over, "status": "ready"}})
    with (
        quantum_jobs.Store(tmp_path / "jobs.sqlite3") as store,
        quantum_jobs.connect("ionq", api_key="a-key", transport=cloud, store=store) as client,
    ):
        jobs = [client.job("a"), client.job("c00")]
        jobs[1]._record = attrs.evolve(jobs[1].record, status=quantum_jobs.JobStatus.QUEUED)
        cloud.pages["/jobs/a"] = over
        cloud.asked.clear()
        quantum_jobs.wait(jobs, timeout=10)
        assert jobs[0].record.child_ids == ("c00", "c01")
        assert cloud.asked.count("/jobs/a") == 1, "for c00, whose parent it is"
        assert store.job(jobs[0].ref).record.child_ids == ("c00", "c01")
        assert [each.counts for each in jobs[0].results(timeout=10)] == [{"0": 100}, {"1": 100}]


@pytest.mark.parametrize("service", SERVICES)
def test_cancelling_many_jobs_with_a_wrong_key_costs_no_request_for_each(service: str) -> None:
    asked: list[str] = []

    def refuse(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return httpx.Response(401, json={"error": "Unauthorized", "message": "no such key"})

    with connect(service, httpx.MockTransport(refuse)) as client:
        fates = client.cancel([f"job-{number}" for number in range(50)])
    assert {type(fate) for fate in fates.values()} == {errors.AuthenticationError}
    assert len(fates) == 50
    assert len(asked) <= 2


def test_what_is_gone_is_asked_for_once_when_many_jobs_are_cancelled() -> None:
    client, cloud = clouds.connect("ionq-v0.4", {"/jobs/a": {"id": "a", "status": "completed"}})
    with client:
        fates = client.cancel(["a", "gone"])
    assert fates["a"] is None
    assert isinstance(fates["gone"], errors.NotFoundError)
    assert cloud.asked == ["/jobs", "/jobs/gone"]


# Listings.


class Listing(httpx.MockTransport):
    """A service with 60 jobs, the newest first, one an hour; it filters as its vendor does. ``pages`` counts."""

    def __init__(self, service: str) -> None:
        super().__init__(self._answer)
        self.service = service
        self.queries: list[Mapping[str, str]] = []

    def _answer(self, request: httpx.Request) -> httpx.Response:
        query = dict(request.url.params)
        self.queries.append(query)
        rows = [self._row(number) for number in range(60)]
        if self.service == "qbraid-v2":
            wanted = json.loads(query.get("tags", "{}"))
            rows = [row for row in rows if wanted.items() <= row["tags"].items()]
            size, page = int(query["limit"]), int(query["page"])
            more = page * size < len(rows)
            shown = rows[(page - 1) * size : page * size]
            return httpx.Response(200, json={"success": True, "data": shown, "pagination": {"hasNext": more}})
        if "target" in query:
            rows = [row for row in rows if row["backend"] == query["target"]]
        if "status" in query:
            rows = [row for row in rows if row["status"] == query["status"]]
        start = int(query.get("next", 0))
        end = start + int(query["limit"])
        return httpx.Response(200, json={"jobs": rows[start:end], "next": str(end) if end < len(rows) else None})

    def _row(self, number: int) -> dict[str, Any]:
        created = MIDNIGHT - timedelta(hours=number)
        device, name = f"device-{number % 3}", f"name-{number % 5}"
        if self.service == "qbraid-v2":
            times = {"createdAt": created.isoformat()}
            tags = {"number": number % 7, "flag": number % 2 == 0}
            status = "COMPLETED" if number % 2 else "QUEUED"
            job = {"jobQrn": f"job-{number}", "status": status, "tags": tags, "timeStamps": times, **times}
            return {**job, "deviceQrn": device, "name": name}
        text = {"number": str(number % 7), "flag": str(number % 2 == 0).lower()}
        status = "completed" if number % 2 else "ready"
        job = {"id": f"job-{number}", "status": status, "metadata": text, "name": name}
        if self.service == "ionq-v0.3":
            return {**job, "target": device, "request": int(created.timestamp())}
        return {**job, "backend": device, "submitted_at": created.isoformat()}


FILTERS: dict[str, tuple[dict[str, Any], Any]] = {
    "device": ({"device": "device-1"}, lambda number: number % 3 == 1),
    "name": ({"name": "name-4"}, lambda number: number % 5 == 4),
    "a tag": ({"tags": {"number": 3}}, lambda number: number % 7 == 3),
    "two tags": ({"tags": {"number": 3, "flag": True}}, lambda number: number % 7 == 3 and number % 2 == 0),
    "a tag that is not there": ({"tags": {"other": 3}}, lambda number: False),
    "created after": ({"created_after": MIDNIGHT - timedelta(hours=10)}, lambda number: number <= 10),
    "created before": ({"created_before": MIDNIGHT - timedelta(hours=10)}, lambda number: number > 10),
    "in another time zone": (
        {"created_after": (MIDNIGHT - timedelta(hours=10)).astimezone(timezone(timedelta(hours=-5)))},
        lambda number: number <= 10,
    ),
    "status": ({"status": "COMPLETED"}, lambda number: number % 2 == 1),
    "all of it": (
        {
            "status": "QUEUED",
            "device": "device-2",
            "name": "name-0",
            "tags": {"flag": True},
            "created_before": MIDNIGHT,
        },
        lambda number: number % 2 == 0 and number % 3 == 2 and number % 5 == 0 and number > 0,
    ),
}


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(("wanted", "matches"), FILTERS.values(), ids=FILTERS)
def test_jobs_are_listed_by_what_is_asked_for_wherever_it_is_filtered(service: str, wanted: Any, matches: Any) -> None:
    expected = [f"job-{number}" for number in range(60) if matches(number)]
    with connect(service, Listing(service)) as client:
        assert [job.id for job in client.jobs(**wanted)] == expected
        assert [job.id for job in client.jobs(**wanted, limit=2)] == expected[:2]


@pytest.mark.parametrize("service", SERVICES)
def test_a_listing_that_ends_early_leaves_nothing_open_under_trio(service: str) -> None:
    async def main() -> int:
        async with quantum_jobs.connect_async(service, api_key="a-key", transport=Listing(service)) as client:
            limited = [job.id async for job in client.jobs(limit=2)]
            recent = [job.id async for job in client.jobs(created_after=MIDNIGHT - timedelta(hours=1))]
            return len(limited) + len(recent)

    assert trio.run(main) == 4  # what is left open is a ResourceWarning, which fails


@pytest.mark.parametrize("service", SERVICES)
def test_a_listing_that_is_left_and_closed_leaves_nothing_open_under_trio(service: str) -> None:
    async def main() -> str:
        client = quantum_jobs.connect_async(service, api_key="a-key", transport=Listing(service))
        async with client, aclosing(client.jobs()) as jobs:
            return (await anext(jobs)).id

    assert trio.run(main) == "job-0"  # what is left open is a ResourceWarning, which fails


def test_what_the_vendor_can_filter_is_filtered_there() -> None:
    for service, wanted, sent in (
        ("ionq-v0.4", {"device": "device-1", "status": "QUEUED"}, {"target": "device-1", "status": "ready"}),
        ("qbraid-v2", {"tags": {"number": 3}}, {"tags": '{"number": 3}'}),
    ):
        listing = Listing(service)
        with connect(service, listing) as client:
            assert list(client.jobs(**wanted))
        assert all(sent.items() <= query.items() for query in listing.queries)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("status", ["INITIALIZING", "UNKNOWN"])
def test_a_limit_makes_no_small_pages_where_the_vendor_does_not_filter_the_status(service: str, status: str) -> None:
    listing = Listing(service)
    with connect(service, listing) as client:
        assert list(client.jobs(status=status, limit=1)) == []
        assert len(listing.queries) <= 3
        listing.queries.clear()
        assert len(list(client.jobs(limit=1))) == len(listing.queries) == 1
        assert listing.queries[0]["limit"] == "1"


def test_a_listing_of_the_last_hours_reads_no_page_of_older_jobs() -> None:
    listing = Listing("ionq-v0.4")
    with connect("ionq", listing) as client:
        assert len(list(client.jobs(created_after=MIDNIGHT - timedelta(hours=3)))) == 4
    assert len(listing.queries) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        *({"device": ""}, {"device": 5}, {"name": 5}, {"tags": "x"}, {"tags": {"a": None}}, {"tags": {5: "a"}}),
        *({"created_after": "2026-11-01"}, {"created_before": datetime(2026, 11, 1)}),
    ],
    ids=repr,
)
def test_a_filter_that_cannot_be_one_is_named(wrong: dict[str, Any]) -> None:
    transport = Anything()
    (argument,) = wrong
    with connect("ionq", transport) as client, pytest.raises(errors.UsageError, match=argument.rstrip("s")):
        list(client.jobs(**wrong))
    assert transport.asked == []
