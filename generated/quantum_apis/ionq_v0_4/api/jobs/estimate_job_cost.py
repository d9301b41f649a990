# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
"""Estimate a job"""

from collections.abc import Mapping
from typing import cast

from ...._runtime import reading as _reading
from ...._runtime import requests as _requests
from ...._runtime import responses as _responses
from ...client import AsyncClient, Client, Timeout
from ...models.bad_request_error import BadRequestError
from ...models.error import Error
from ...models.get_job_estimate_response import GetJobEstimateResponse
from ...types import UNSET, HttpResponse, Request, Response, Unset

_ANSWERS: tuple[_responses.Answer, ...] = (
    _responses.Answer((200, 200), "json", _reading.ModelOf(GetJobEstimateResponse)),
    _responses.Answer((400, 400), "json", _reading.ModelOf(BadRequestError)),
    _responses.Answer((401, 401), "json", _reading.ModelOf(Error)),
    _responses.Answer((403, 403), "json", _reading.ModelOf(Error)),
    _responses.Answer((429, 429), "json", _reading.ModelOf(Error)),
    _responses.Answer((500, 500), "json", _reading.ModelOf(Error)),
    _responses.Answer((502, 502), "json", _reading.ModelOf(Error)),
    _responses.Answer((503, 503), "json", _reading.ModelOf(Error)),
)


def build_request(
    *,
    backend: str,
    type_: str | Unset = UNSET,
    qubits: int | Unset = UNSET,
    shots: int | Unset = UNSET,
    field_1q_gates: int | Unset = UNSET,
    field_2q_gates: int | Unset = UNSET,
    error_mitigation: bool | Unset = UNSET,
) -> Request:
    """The request that `sync` and its like send, for whoever sends it by other means."""
    return Request(
        operation="estimate_job_cost",
        method="GET",
        path="/jobs/estimate",
        params=_requests.query(
            {
                "backend": backend,
                "type": type_,
                "qubits": qubits,
                "shots": shots,
                "1q_gates": field_1q_gates,
                "2q_gates": field_2q_gates,
                "error_mitigation": error_mitigation,
            },
        ),
        authentication="required",
    )


def parse(response: HttpResponse) -> GetJobEstimateResponse:
    """Read an answer to this operation. Raises errors.UnexpectedStatus for an error, errors.InvalidBody for a success
    that cannot be read. A success without any body is None."""
    return cast(GetJobEstimateResponse, _responses.parse("estimate_job_cost", response, _ANSWERS))


def parse_detailed(response: HttpResponse) -> Response[BadRequestError | Error | GetJobEstimateResponse]:
    """The same with status and headers; a documented error is read and not raised."""
    return _responses.parse_detailed("estimate_job_cost", response, _ANSWERS)


def sync(
    *,
    client: Client,
    backend: str,
    type_: str | Unset = UNSET,
    qubits: int | Unset = UNSET,
    shots: int | Unset = UNSET,
    field_1q_gates: int | Unset = UNSET,
    field_2q_gates: int | Unset = UNSET,
    error_mitigation: bool | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> GetJobEstimateResponse:
    """Estimate a job

    Estimates cost, running time and queue time of a job of the given size.

    Args:
        backend (str): Name of the backend.
        type_ (str | Unset): Kind of job.
        qubits (int | Unset): Number of qubits.
        shots (int | Unset): Number of shots.
        field_1q_gates (int | Unset): Number of one-qubit gates.
        field_2q_gates (int | Unset): Number of two-qubit gates.
        error_mitigation (bool | Unset): Whether errors are to be mitigated.
        client (Client): Where to send it, and with which key.
        timeout (float | httpx.Timeout | None): Seconds for each phase of this call, if not the client's; None waits for
            ever.
        extra_headers (Mapping[str, str] | None): Headers for this call only.

    Returns:
        GetJobEstimateResponse

    Raises:
        errors.UnexpectedStatus: The service answered with an error; there is a class below it for each status. A
            documented body is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the timeout.
        ValueError: The operation needs a key and the client has none.
    """
    return parse(
        client.send(
            build_request(
                backend=backend,
                type_=type_,
                qubits=qubits,
                shots=shots,
                field_1q_gates=field_1q_gates,
                field_2q_gates=field_2q_gates,
                error_mitigation=error_mitigation,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


def sync_detailed(
    *,
    client: Client,
    backend: str,
    type_: str | Unset = UNSET,
    qubits: int | Unset = UNSET,
    shots: int | Unset = UNSET,
    field_1q_gates: int | Unset = UNSET,
    field_2q_gates: int | Unset = UNSET,
    error_mitigation: bool | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[BadRequestError | Error | GetJobEstimateResponse]:
    """The same as `sync` with status and headers; a documented error is read and not raised."""
    return parse_detailed(
        client.send(
            build_request(
                backend=backend,
                type_=type_,
                qubits=qubits,
                shots=shots,
                field_1q_gates=field_1q_gates,
                field_2q_gates=field_2q_gates,
                error_mitigation=error_mitigation,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio(
    *,
    client: AsyncClient,
    backend: str,
    type_: str | Unset = UNSET,
    qubits: int | Unset = UNSET,
    shots: int | Unset = UNSET,
    field_1q_gates: int | Unset = UNSET,
    field_2q_gates: int | Unset = UNSET,
    error_mitigation: bool | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> GetJobEstimateResponse:
    """The same as `sync`, awaitable."""
    return parse(
        await client.send(
            build_request(
                backend=backend,
                type_=type_,
                qubits=qubits,
                shots=shots,
                field_1q_gates=field_1q_gates,
                field_2q_gates=field_2q_gates,
                error_mitigation=error_mitigation,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )


async def asyncio_detailed(
    *,
    client: AsyncClient,
    backend: str,
    type_: str | Unset = UNSET,
    qubits: int | Unset = UNSET,
    shots: int | Unset = UNSET,
    field_1q_gates: int | Unset = UNSET,
    field_2q_gates: int | Unset = UNSET,
    error_mitigation: bool | Unset = UNSET,
    timeout: Timeout = UNSET,
    extra_headers: Mapping[str, str] | None = None,
) -> Response[BadRequestError | Error | GetJobEstimateResponse]:
    """The same as `sync_detailed`, awaitable."""
    return parse_detailed(
        await client.send(
            build_request(
                backend=backend,
                type_=type_,
                qubits=qubits,
                shots=shots,
                field_1q_gates=field_1q_gates,
                field_2q_gates=field_2q_gates,
                error_mitigation=error_mitigation,
            ),
            timeout=timeout,
            extra_headers=extra_headers,
        )
    )
