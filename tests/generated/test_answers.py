"""What comes back is read as it is meant: successes, errors, ids, times."""

import copy
import importlib
import pickle
from typing import Any

import httpx
import pytest
from quantum_apis import ionq_v0_4
from quantum_apis.ionq_v0_4.api.jobs import get_job_cost
from quantum_apis.qbraid_v2 import errors
from quantum_apis.qbraid_v2.errors import InvalidBody, UnexpectedStatus
from quantum_apis.qbraid_v2.models import ErrorDetail, JobStatus, TimeStamps
from quantum_apis.qbraid_v2.types import UNSET, Unset

from scripts.services import SERVICES, Service

from .calling import JOB, KEY, answering, asking, call

EACH = pytest.mark.parametrize("service", SERVICES.values(), ids=lambda service: service.name)


# Answers.


def test_a_success_is_read() -> None:
    assert call(answering(200, json=JOB)).data.status is JobStatus.QUEUED


def test_an_undocumented_success_is_read_like_the_documented_one() -> None:
    assert call(answering(203, json=JOB)).data.status is JobStatus.QUEUED


@pytest.mark.parametrize("status", [200, 202, 204])
@pytest.mark.parametrize("content", [b"", b" \n", b"null", b" null\n"])
def test_a_success_without_a_body_or_with_null_is_none_and_no_error(status: int, content: bytes) -> None:
    client = answering(status, content=content)
    assert call(client) is None
    assert client.jobs.delete_job("a") is None
    assert client.jobs.delete_job_detailed("a").parsed is None


@pytest.mark.parametrize("status", [302, 400, 401, 404, 409, 418, 422, 429, 500, 502, 503, 520, 599])
@pytest.mark.parametrize("content", [{}, {"json": {"detail": "no"}}, {"text": "<html>"}, {"content": b"\xff\xfe\x00"}])
def test_an_error_is_never_a_silent_none(status: int, content: dict[str, Any]) -> None:
    with pytest.raises(UnexpectedStatus, match=f"get_job: the service answered with status {status}") as error:
        call(answering(status, **content))
    assert (error.value.status_code, error.value.operation) == (status, "get_job")
    again = pickle.loads(pickle.dumps(error.value))
    assert (str(again), again.content, again.headers) == (str(error.value), error.value.content, error.value.headers)
    assert type(again) is type(error.value)


@pytest.mark.parametrize(
    ("status", "kinds"),
    [
        (400, (errors.BadRequestError, errors.ClientError)),
        (401, (errors.AuthenticationError, errors.ClientError)),
        (403, (errors.PermissionDeniedError, errors.ClientError)),
        (404, (errors.NotFoundError, errors.ClientError)),
        (409, (errors.ConflictError, errors.ClientError)),
        (418, (errors.ClientError,)),
        (422, (errors.UnprocessableEntityError, errors.ClientError)),
        (429, (errors.RateLimitError, errors.ClientError)),
        (500, (errors.InternalServerError, errors.ServerError)),
        (503, (errors.ServiceUnavailableError, errors.ServerError)),
        (520, (errors.ServerError,)),
        (302, (errors.UnexpectedStatus,)),
    ],
)
def test_each_status_has_a_class_of_its_own(status: int, kinds: tuple[type[Exception], ...]) -> None:
    with pytest.raises(UnexpectedStatus) as error:
        call(answering(status, json={"detail": "no"}))
    assert type(error.value) is kinds[0]
    assert all(isinstance(error.value, kind) for kind in kinds)


def test_an_error_s_text_steers_no_terminal() -> None:
    with pytest.raises(UnexpectedStatus) as error:
        call(answering(500, text="\x1b[31m red\x07\nline"))
    assert str(error.value).isprintable()


def test_a_documented_error_body_is_read() -> None:
    with pytest.raises(errors.NotFoundError, match="no such job") as error:
        call(answering(404, json={"detail": "no such job"}))
    assert isinstance(error.value.parsed, ErrorDetail)


def test_an_error_without_a_body_is_raised_by_the_detailed_call_too() -> None:
    client = ionq_v0_4.connect(KEY, transport=httpx.MockTransport(lambda request: httpx.Response(429)))
    with pytest.raises(UnexpectedStatus, match="429"):
        get_job_cost.sync_detailed("id", client=client)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"text": "<html>"}, "not JSON"),
        ({"json": [1]}, "another kind than documented .list."),
        ({"content": b"\xff"}, "decode"),
        ({"text": "[" * 100_000}, "recursion"),
        ({"text": '{"a": ' + "9" * 5000 + "}"}, "digits"),
    ],
)
def test_a_body_that_cannot_be_read_says_why(content: dict[str, Any], reason: str) -> None:
    with pytest.raises(InvalidBody, match=reason) as error:
        call(answering(200, **content))
    assert str(pickle.loads(pickle.dumps(error.value))) == str(error.value)


@pytest.mark.parametrize("job", ["", ".", "..", None, UNSET])
def test_an_id_that_would_make_another_url_is_refused(job: Any) -> None:
    with pytest.raises(ValueError, match="job_qrn must not be"):
        call(answering(200, json=JOB), job)


@pytest.mark.parametrize("job", ["../x", "a/b", "a?b", "a#b", "%2e%2e", "a b", "é", "..."])
def test_any_other_id_stays_one_segment_of_the_path(job: str) -> None:
    paths: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        paths.append(request.url.raw_path)
        return httpx.Response(200, json=JOB)

    call(asking(answer), job)
    prefix = b"/api/v1/jobs/"
    assert all(path.startswith(prefix) and b"/" not in path[len(prefix) :] and b"?" not in path for path in paths)


# Values.


def test_unset_is_one_and_the_same_everywhere() -> None:
    for same in (Unset(), copy.copy(UNSET), copy.deepcopy(UNSET), pickle.loads(pickle.dumps(UNSET))):
        assert same is UNSET
    assert repr(UNSET) == "UNSET"
    assert not UNSET


@pytest.mark.parametrize(
    "text", ["2026-04-01T10:30:00Z", "2026-04-01T10:30:00.123456789Z", "2026-04-01T12:30:00+02:00"]
)
def test_a_time_goes_back_as_it_came_but_a_changed_one_as_changed(text: str) -> None:
    moment = TimeStamps.from_dict({"createdAt": text}).created_at
    assert not isinstance(moment, Unset)
    assert moment.utcoffset() is not None
    for same in (moment, copy.deepcopy(moment), pickle.loads(pickle.dumps(moment))):
        assert TimeStamps(created_at=same).to_dict() == {"createdAt": text}
    assert TimeStamps(created_at=moment.replace(year=2030)).to_dict()["createdAt"].startswith("2030-")


@pytest.mark.parametrize("text", ["yesterday", "", "2026-02-30T00:00:00Z", "2026-12-31T23:59:60Z"])
def test_a_time_that_cannot_be_read_stays_text(text: str) -> None:
    assert TimeStamps.from_dict({"createdAt": text}).created_at == text


@EACH
def test_a_models_package_names_what_it_has(service: Service) -> None:
    package = importlib.import_module(f"quantum_apis.{service.package}.models")
    assert set(package.__all__) <= set(dir(package))
    with pytest.raises(AttributeError, match="NoSuchModel"):
        _ = package.NoSuchModel
