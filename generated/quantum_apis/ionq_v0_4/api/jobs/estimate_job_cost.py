# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from typing import Any, cast

from ...._runtime import calls as _calls
from ...._runtime import reading as _reading
from ...client import AuthenticatedClient
from ...models.bad_request_error import BadRequestError
from ...models.error import Error
from ...models.get_job_estimate_response import GetJobEstimateResponse
from ...types import UNSET, Response, Unset

_ANSWERS: tuple[_calls.Answer, ...] = (
    _calls.Answer((200, 200), "json", _reading.ModelOf(GetJobEstimateResponse)),
    _calls.Answer((400, 400), "json", _reading.ModelOf(BadRequestError)),
    _calls.Answer((401, 401), "json", _reading.ModelOf(Error)),
    _calls.Answer((403, 403), "json", _reading.ModelOf(Error)),
    _calls.Answer((429, 429), "json", _reading.ModelOf(Error)),
    _calls.Answer((500, 500), "json", _reading.ModelOf(Error)),
    _calls.Answer((502, 502), "json", _reading.ModelOf(Error)),
    _calls.Answer((503, 503), "json", _reading.ModelOf(Error)),
)


def _get_kwargs(
    *,
    backend: str,
    type_: str | Unset = UNSET,
    qubits: int | Unset = UNSET,
    shots: int | Unset = UNSET,
    field_1q_gates: int | Unset = UNSET,
    field_2q_gates: int | Unset = UNSET,
    error_mitigation: bool | Unset = UNSET,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/jobs/estimate",
        "params": _calls.query(
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
    }
    return _kwargs


def sync_detailed(
    *,
    client: AuthenticatedClient,
    backend: str,
    type_: str | Unset = UNSET,
    qubits: int | Unset = UNSET,
    shots: int | Unset = UNSET,
    field_1q_gates: int | Unset = UNSET,
    field_2q_gates: int | Unset = UNSET,
    error_mitigation: bool | Unset = UNSET,
) -> Response[BadRequestError | Error | GetJobEstimateResponse]:
    """Estimate a job

    Estimates cost, running time and queue time of a job of the given size.

    Args:
        backend (str): Name of a backend: simulator, qpu.forte-1 or qpu.forte-enterprise-1.
        type_ (str | Unset):  Default: 'ionq.circuit.v1'.
        qubits (int | Unset):  Default: 25.
        shots (int | Unset):  Default: 1000.
        field_1q_gates (int | Unset):  Default: 0.
        field_2q_gates (int | Unset):  Default: 0.
        error_mitigation (bool | Unset):  Default: False.

    Returns:
        Response[BadRequestError | Error | GetJobEstimateResponse]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            backend=backend,
            type_=type_,
            qubits=qubits,
            shots=shots,
            field_1q_gates=field_1q_gates,
            field_2q_gates=field_2q_gates,
            error_mitigation=error_mitigation,
        )
    )
    return _calls.read_response(response, _ANSWERS)


def sync(
    *,
    client: AuthenticatedClient,
    backend: str,
    type_: str | Unset = UNSET,
    qubits: int | Unset = UNSET,
    shots: int | Unset = UNSET,
    field_1q_gates: int | Unset = UNSET,
    field_2q_gates: int | Unset = UNSET,
    error_mitigation: bool | Unset = UNSET,
) -> GetJobEstimateResponse:
    """Estimate a job

    Estimates cost, running time and queue time of a job of the given size.

    Args:
        backend (str): Name of a backend: simulator, qpu.forte-1 or qpu.forte-enterprise-1.
        type_ (str | Unset):  Default: 'ionq.circuit.v1'.
        qubits (int | Unset):  Default: 25.
        shots (int | Unset):  Default: 1000.
        field_1q_gates (int | Unset):  Default: 0.
        field_2q_gates (int | Unset):  Default: 0.
        error_mitigation (bool | Unset):  Default: False.

    Returns:
        GetJobEstimateResponse

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    return cast(
        GetJobEstimateResponse,
        _calls.success(
            sync_detailed(
                client=client,
                backend=backend,
                type_=type_,
                qubits=qubits,
                shots=shots,
                field_1q_gates=field_1q_gates,
                field_2q_gates=field_2q_gates,
                error_mitigation=error_mitigation,
            )
        ),
    )


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    backend: str,
    type_: str | Unset = UNSET,
    qubits: int | Unset = UNSET,
    shots: int | Unset = UNSET,
    field_1q_gates: int | Unset = UNSET,
    field_2q_gates: int | Unset = UNSET,
    error_mitigation: bool | Unset = UNSET,
) -> Response[BadRequestError | Error | GetJobEstimateResponse]:
    """Estimate a job

    Estimates cost, running time and queue time of a job of the given size.

    Args:
        backend (str): Name of a backend: simulator, qpu.forte-1 or qpu.forte-enterprise-1.
        type_ (str | Unset):  Default: 'ionq.circuit.v1'.
        qubits (int | Unset):  Default: 25.
        shots (int | Unset):  Default: 1000.
        field_1q_gates (int | Unset):  Default: 0.
        field_2q_gates (int | Unset):  Default: 0.
        error_mitigation (bool | Unset):  Default: False.

    Returns:
        Response[BadRequestError | Error | GetJobEstimateResponse]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            backend=backend,
            type_=type_,
            qubits=qubits,
            shots=shots,
            field_1q_gates=field_1q_gates,
            field_2q_gates=field_2q_gates,
            error_mitigation=error_mitigation,
        )
    )
    return _calls.read_response(response, _ANSWERS)


async def asyncio(
    *,
    client: AuthenticatedClient,
    backend: str,
    type_: str | Unset = UNSET,
    qubits: int | Unset = UNSET,
    shots: int | Unset = UNSET,
    field_1q_gates: int | Unset = UNSET,
    field_2q_gates: int | Unset = UNSET,
    error_mitigation: bool | Unset = UNSET,
) -> GetJobEstimateResponse:
    """Estimate a job

    Estimates cost, running time and queue time of a job of the given size.

    Args:
        backend (str): Name of a backend: simulator, qpu.forte-1 or qpu.forte-enterprise-1.
        type_ (str | Unset):  Default: 'ionq.circuit.v1'.
        qubits (int | Unset):  Default: 25.
        shots (int | Unset):  Default: 1000.
        field_1q_gates (int | Unset):  Default: 0.
        field_2q_gates (int | Unset):  Default: 0.
        error_mitigation (bool | Unset):  Default: False.

    Returns:
        GetJobEstimateResponse

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    return cast(
        GetJobEstimateResponse,
        _calls.success(
            await asyncio_detailed(
                client=client,
                backend=backend,
                type_=type_,
                qubits=qubits,
                shots=shots,
                field_1q_gates=field_1q_gates,
                field_2q_gates=field_2q_gates,
                error_mitigation=error_mitigation,
            )
        ),
    )
