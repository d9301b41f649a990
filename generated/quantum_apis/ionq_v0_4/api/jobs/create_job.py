# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from typing import Any, cast

from ...._runtime import calls as _calls
from ...._runtime import reading as _reading
from ...client import AuthenticatedClient
from ...models.bad_request_error import BadRequestError
from ...models.circuit_job_creation_payload import CircuitJobCreationPayload
from ...models.error import Error
from ...models.job_creation_response import JobCreationResponse
from ...models.multi_circuit_job_creation_payload import MultiCircuitJobCreationPayload
from ...models.qctrl_qaoa_job_creation_payload import QctrlQaoaJobCreationPayload
from ...models.quantum_function_job_creation_payload import QuantumFunctionJobCreationPayload
from ...types import Response, Unset

_ANSWERS: tuple[_calls.Answer, ...] = (
    _calls.Answer((201, 201), "json", _reading.ModelOf(JobCreationResponse)),
    _calls.Answer((400, 400), "json", _reading.ModelOf(BadRequestError)),
    _calls.Answer((401, 401), "json", _reading.ModelOf(Error)),
    _calls.Answer((403, 403), "json", _reading.ModelOf(Error)),
    _calls.Answer((413, 413), "json", _reading.ModelOf(Error)),
    _calls.Answer((429, 429), "json", _reading.ModelOf(Error)),
    _calls.Answer((500, 500), "json", _reading.ModelOf(Error)),
    _calls.Answer((502, 502), "json", _reading.ModelOf(Error)),
    _calls.Answer((503, 503), "json", _reading.ModelOf(Error)),
)


def _get_kwargs(
    *,
    body: CircuitJobCreationPayload
    | MultiCircuitJobCreationPayload
    | QctrlQaoaJobCreationPayload
    | QuantumFunctionJobCreationPayload,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/jobs",
    }
    if not isinstance(body, Unset):
        _kwargs["json"] = _reading.write(body)
    return _kwargs


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: CircuitJobCreationPayload
    | MultiCircuitJobCreationPayload
    | QctrlQaoaJobCreationPayload
    | QuantumFunctionJobCreationPayload,
) -> Response[BadRequestError | Error | JobCreationResponse]:
    """Create a job

    Submits a circuit, several circuits, or a function for execution or simulation.

    Args:
        body (CircuitJobCreationPayload | MultiCircuitJobCreationPayload | QctrlQaoaJobCreationPayload |
            QuantumFunctionJobCreationPayload): A new job; its type decides which of these it is.

    Returns:
        Response[BadRequestError | Error | JobCreationResponse]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )
    return _calls.read_response(response, _ANSWERS)


def sync(
    *,
    client: AuthenticatedClient,
    body: CircuitJobCreationPayload
    | MultiCircuitJobCreationPayload
    | QctrlQaoaJobCreationPayload
    | QuantumFunctionJobCreationPayload,
) -> JobCreationResponse:
    """Create a job

    Submits a circuit, several circuits, or a function for execution or simulation.

    Args:
        body (CircuitJobCreationPayload | MultiCircuitJobCreationPayload | QctrlQaoaJobCreationPayload |
            QuantumFunctionJobCreationPayload): A new job; its type decides which of these it is.

    Returns:
        JobCreationResponse

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    return cast(
        JobCreationResponse,
        _calls.success(
            sync_detailed(
                client=client,
                body=body,
            )
        ),
    )


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: CircuitJobCreationPayload
    | MultiCircuitJobCreationPayload
    | QctrlQaoaJobCreationPayload
    | QuantumFunctionJobCreationPayload,
) -> Response[BadRequestError | Error | JobCreationResponse]:
    """Create a job

    Submits a circuit, several circuits, or a function for execution or simulation.

    Args:
        body (CircuitJobCreationPayload | MultiCircuitJobCreationPayload | QctrlQaoaJobCreationPayload |
            QuantumFunctionJobCreationPayload): A new job; its type decides which of these it is.

    Returns:
        Response[BadRequestError | Error | JobCreationResponse]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )
    return _calls.read_response(response, _ANSWERS)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: CircuitJobCreationPayload
    | MultiCircuitJobCreationPayload
    | QctrlQaoaJobCreationPayload
    | QuantumFunctionJobCreationPayload,
) -> JobCreationResponse:
    """Create a job

    Submits a circuit, several circuits, or a function for execution or simulation.

    Args:
        body (CircuitJobCreationPayload | MultiCircuitJobCreationPayload | QctrlQaoaJobCreationPayload |
            QuantumFunctionJobCreationPayload): A new job; its type decides which of these it is.

    Returns:
        JobCreationResponse

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    return cast(
        JobCreationResponse,
        _calls.success(
            await asyncio_detailed(
                client=client,
                body=body,
            )
        ),
    )
