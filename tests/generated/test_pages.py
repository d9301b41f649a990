"""Listings page by page, on every service that has them, both ways."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from quantum_apis import ionq_v0_3, ionq_v0_4, qbraid_v2
from quantum_apis.qbraid_v2.api.jobs import get_jobs

KEY = "key-for-tests"
Pages = list[dict[str, Any]]


def cursors(request: httpx.Request) -> dict[str, Any]:
    """Three pages, each with the cursor of the next."""
    page = int(request.url.params.get("next", "c1")[1:])
    return {"jobs": [{"id": f"job-{page}"}], "next": f"c{page + 1}" if page < 3 else None}


def remaining(request: httpx.Request) -> dict[str, Any]:
    """Three pages, which say how many are left."""
    page = int(request.url.params.get("page", 1))
    return {"characterizations": [{"id": str(page)}], "pages": 3 - page}


def numbered(request: httpx.Request) -> dict[str, Any]:
    """Three pages, which say whether there is another."""
    page = int(request.url.params.get("page", 1))
    return {"data": [{"jobQrn": f"job-{page}"}], "pagination": {"hasNext": page < 3}}


LISTINGS: list[tuple[Any, Callable[[httpx.Request], dict[str, Any]], Callable[[Any], Any]]] = [
    (ionq_v0_4, cursors, lambda client: client.jobs.get_jobs_pages(limit=1)),
    (ionq_v0_4, cursors, lambda client: client.sessions.get_session_jobs_pages("a", limit=1)),
    (ionq_v0_4, remaining, lambda client: client.characterizations.get_characterizations_pages("qpu.forte-1")),
    (ionq_v0_3, cursors, lambda client: client.jobs.get_jobs_pages(limit=1)),
    (ionq_v0_3, remaining, lambda client: client.characterizations.get_characterizations_pages("qpu.forte-1")),
    (qbraid_v2, numbered, lambda client: client.jobs.get_jobs_pages(limit=1)),
    (qbraid_v2, numbered, lambda client: client.devices.get_devices_pages(limit=1)),
    (qbraid_v2, numbered, lambda client: client.groups.get_groups_pages(limit=1)),
]


def walk(package: Any, answer: Callable[[httpx.Request], Any], pages: Callable[[Any], Any]) -> tuple[Pages, list[str]]:
    """All pages as JSON, and the queries that they took; both kinds of clients must agree."""
    outcomes = []
    for asynchronous in (False, True):
        queries: list[str] = []

        def transport(request: httpx.Request, queries: list[str] = queries) -> httpx.Response:
            assert len(queries) < 50, "this goes on for ever"
            queries.append(request.url.query.decode())
            return httpx.Response(200, json=answer(request))

        if asynchronous:

            async def follow(transport: Any = transport) -> Pages:
                async with package.connect_async(KEY, transport=httpx.MockTransport(transport)) as client:
                    return [page.to_dict() async for page in pages(client)]

            outcomes.append((asyncio.run(follow()), queries))
        else:
            with package.connect(KEY, transport=httpx.MockTransport(transport)) as client:
                outcomes.append(([page.to_dict() for page in pages(client)], queries))
    assert outcomes[0] == outcomes[1]
    return outcomes[0]


@pytest.mark.parametrize(("package", "answer", "pages"), LISTINGS)
def test_every_page_comes_once_and_in_order(
    package: Any, answer: Callable[[httpx.Request], dict[str, Any]], pages: Callable[[Any], Any]
) -> None:
    read, queries = walk(package, answer, pages)
    items = [page.get("jobs") or page.get("characterizations") or page.get("data") for page in read]
    assert [str(next(iter(rows[0].values())))[-1] for rows in items if rows] == ["1", "2", "3"]
    assert len(queries) == 3


@pytest.mark.parametrize(("package", "answer", "pages"), LISTINGS)
def test_a_service_that_always_gives_the_same_page_leads_nobody_round_for_ever(
    package: Any, answer: Callable[[httpx.Request], dict[str, Any]], pages: Callable[[Any], Any]
) -> None:
    def same(request: httpx.Request) -> dict[str, Any]:
        return answer(httpx.Request("GET", request.url.copy_with(query=None)))

    read, queries = walk(package, same, pages)
    assert len(queries) == 2
    assert read[0] == read[-1]


@pytest.mark.parametrize(("package", "answer", "pages"), LISTINGS)
@pytest.mark.parametrize(
    "nothing", [{}, {"next": "more", "jobs": [], "pages": 9, "data": None}, {"jobs": "x", "next": 5}]
)
def test_a_page_without_items_is_the_last(
    package: Any, answer: Callable[[httpx.Request], Any], pages: Callable[[Any], Any], nothing: dict[str, Any]
) -> None:
    _, queries = walk(package, lambda request: nothing, pages)
    assert len(queries) <= 2


def test_a_full_page_that_does_not_say_whether_there_are_more_is_followed_by_another() -> None:
    def answer(request: httpx.Request) -> dict[str, Any]:
        page = int(request.url.params.get("page", 1))
        return {"data": [{"qrn": f"{page}-{n}"} for n in range(2 if page < 3 else 1)]}

    _, queries = walk(qbraid_v2, answer, lambda client: client.devices.get_devices_pages(limit=2))
    assert queries == ["limit=2", "limit=2&page=2", "limit=2&page=3"]
    _, queries = walk(qbraid_v2, answer, lambda client: client.devices.get_devices_pages())
    assert len(queries) == 1


def test_a_number_of_pages_left_may_be_text() -> None:
    def answer(request: httpx.Request) -> dict[str, Any]:
        return {**(page := remaining(request)), "pages": str(page["pages"])}

    read, _ = walk(ionq_v0_4, answer, lambda client: client.characterizations.get_characterizations_pages("qpu"))
    assert len(read) == 3


def test_a_page_is_fetched_when_it_is_asked_for_and_the_arguments_stay() -> None:
    queries: list[str] = []

    def transport(request: httpx.Request) -> httpx.Response:
        queries.append(request.url.query.decode())
        return httpx.Response(200, json=numbered(request))

    with qbraid_v2.connect(KEY, transport=httpx.MockTransport(transport)) as client:
        pages = client.jobs.get_jobs_pages(page=2, vendor="ionq")
        assert queries == []
        next(pages)
        assert queries == ["vendor=ionq&page=2"]
        assert len(list(pages)) == 1
    assert queries == ["vendor=ionq&page=2", "vendor=ionq&page=3"]


def test_the_way_to_the_next_page_is_there_for_those_who_send_themselves() -> None:
    request = get_jobs.build_request(limit=5)
    page = get_jobs.parse(httpx.Response(200, json={"data": [{}], "pagination": {"hasNext": True}}))
    following = get_jobs.next_page(request, page)
    assert following is not None
    assert following.params == {"limit": 5, "page": 2}
    last = get_jobs.parse(httpx.Response(200, json={"data": [{}], "pagination": {"hasNext": False}}))
    assert get_jobs.next_page(following, last) is None
