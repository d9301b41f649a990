# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from typing import Any, cast

from ...._runtime import calls as _calls
from ...._runtime import reading as _reading
from ...client import AuthenticatedClient
from ...models.characterization import Characterization
from ...models.error import Error
from ...models.qpu_name import QpuName
from ...types import Response

_ANSWERS: tuple[_calls.Answer, ...] = (
    _calls.Answer((200, 200), "json", _reading.ModelOf(Characterization)),
    _calls.Answer((400, 400), "json", _reading.ModelOf(Error)),
    _calls.Answer((401, 401), "json", _reading.ModelOf(Error)),
    _calls.Answer((403, 403), "json", _reading.ModelOf(Error)),
    _calls.Answer((404, 404), "json", _reading.ModelOf(Error)),
    _calls.Answer((429, 429), "json", _reading.ModelOf(Error)),
    _calls.Answer((500, 500), "json", _reading.ModelOf(Error)),
    _calls.Answer((502, 502), "json", _reading.ModelOf(Error)),
    _calls.Answer((503, 503), "json", _reading.ModelOf(Error)),
    _calls.Answer((504, 504), "json", _reading.ModelOf(Error)),
)


def _get_kwargs(
    backend: QpuName,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/characterizations/backends/{backend}/current".format(
            backend=_calls.path_segment("backend", backend),
        ),
    }
    return _kwargs


def sync_detailed(
    backend: QpuName,
    *,
    client: AuthenticatedClient,
) -> Response[Characterization | Error]:
    """Get the newest characterization of a backend

    Args:
        backend (QpuName): A QPU that is characterized.

    Returns:
        Response[Characterization | Error]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
        ValueError: A part of the path is empty, or made of dots.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            backend=backend,
        )
    )
    return _calls.read_response(response, _ANSWERS)


def sync(
    backend: QpuName,
    *,
    client: AuthenticatedClient,
) -> Characterization:
    """Get the newest characterization of a backend

    Args:
        backend (QpuName): A QPU that is characterized.

    Returns:
        Characterization

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
        ValueError: A part of the path is empty, or made of dots.
    """
    return cast(
        Characterization,
        _calls.success(
            sync_detailed(
                backend=backend,
                client=client,
            )
        ),
    )


async def asyncio_detailed(
    backend: QpuName,
    *,
    client: AuthenticatedClient,
) -> Response[Characterization | Error]:
    """Get the newest characterization of a backend

    Args:
        backend (QpuName): A QPU that is characterized.

    Returns:
        Response[Characterization | Error]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
        ValueError: A part of the path is empty, or made of dots.
    """
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            backend=backend,
        )
    )
    return _calls.read_response(response, _ANSWERS)


async def asyncio(
    backend: QpuName,
    *,
    client: AuthenticatedClient,
) -> Characterization:
    """Get the newest characterization of a backend

    Args:
        backend (QpuName): A QPU that is characterized.

    Returns:
        Characterization

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
        ValueError: A part of the path is empty, or made of dots.
    """
    return cast(
        Characterization,
        _calls.success(
            await asyncio_detailed(
                backend=backend,
                client=client,
            )
        ),
    )
