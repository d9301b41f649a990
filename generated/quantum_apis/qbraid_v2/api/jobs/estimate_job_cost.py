# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from typing import Any, cast

from ...._runtime import calls as _calls
from ...._runtime import reading as _reading
from ...client import AuthenticatedClient
from ...models.error_detail import ErrorDetail
from ...models.estimate_job_cost_response import EstimateJobCostResponse
from ...types import UNSET, Response, Unset

_ANSWERS: tuple[_calls.Answer, ...] = (
    _calls.Answer((200, 200), "json", _reading.ModelOf(EstimateJobCostResponse)),
    _calls.Answer((400, 400), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((401, 401), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((403, 403), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((404, 404), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((410, 410), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((422, 422), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((429, 429), "json", _reading.ModelOf(ErrorDetail)),
    _calls.Answer((500, 599), "json", _reading.ModelOf(ErrorDetail)),
)


def _get_kwargs(
    *,
    device_qrn: str,
    shots: int | Unset = UNSET,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/jobs/cost-estimate",
        "params": _calls.query(
            {
                "deviceQrn": device_qrn,
                "shots": shots,
            },
        ),
    }
    return _kwargs


def sync_detailed(
    *,
    client: AuthenticatedClient,
    device_qrn: str,
    shots: int | Unset = UNSET,
) -> Response[ErrorDetail | EstimateJobCostResponse]:
    """Estimate Job Cost

    Quote the price of a job before it is submitted.

    Args:
        device_qrn (str): The device to price.
        shots (int | Unset): Number of shots to price. Default: 1000.

    Returns:
        Response[ErrorDetail | EstimateJobCostResponse]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            device_qrn=device_qrn,
            shots=shots,
        )
    )
    return _calls.read_response(response, _ANSWERS)


def sync(
    *,
    client: AuthenticatedClient,
    device_qrn: str,
    shots: int | Unset = UNSET,
) -> EstimateJobCostResponse:
    """Estimate Job Cost

    Quote the price of a job before it is submitted.

    Args:
        device_qrn (str): The device to price.
        shots (int | Unset): Number of shots to price. Default: 1000.

    Returns:
        EstimateJobCostResponse

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    return cast(
        EstimateJobCostResponse,
        _calls.success(
            sync_detailed(
                client=client,
                device_qrn=device_qrn,
                shots=shots,
            )
        ),
    )


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    device_qrn: str,
    shots: int | Unset = UNSET,
) -> Response[ErrorDetail | EstimateJobCostResponse]:
    """Estimate Job Cost

    Quote the price of a job before it is submitted.

    Args:
        device_qrn (str): The device to price.
        shots (int | Unset): Number of shots to price. Default: 1000.

    Returns:
        Response[ErrorDetail | EstimateJobCostResponse]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            device_qrn=device_qrn,
            shots=shots,
        )
    )
    return _calls.read_response(response, _ANSWERS)


async def asyncio(
    *,
    client: AuthenticatedClient,
    device_qrn: str,
    shots: int | Unset = UNSET,
) -> EstimateJobCostResponse:
    """Estimate Job Cost

    Quote the price of a job before it is submitted.

    Args:
        device_qrn (str): The device to price.
        shots (int | Unset): Number of shots to price. Default: 1000.

    Returns:
        EstimateJobCostResponse

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
    """
    return cast(
        EstimateJobCostResponse,
        _calls.success(
            await asyncio_detailed(
                client=client,
                device_qrn=device_qrn,
                shots=shots,
            )
        ),
    )
