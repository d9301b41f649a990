# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from typing import Any, cast

from ...._runtime import calls as _calls
from ...._runtime import reading as _reading
from ...client import AuthenticatedClient
from ...models.error import Error
from ...models.job import Job
from ...types import UNSET, Response, Unset

_ANSWERS: tuple[_calls.Answer, ...] = (
    _calls.Answer((200, 200), "json", _reading.ModelOf(Job)),
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
    uuid: str,
    *,
    exclude: list[str] | Unset = UNSET,
    include: list[str] | Unset = UNSET,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/jobs/{uuid}".format(
            uuid=_calls.path_segment("UUID", uuid),
        ),
        "params": _calls.query(
            {
                "exclude": exclude,
                "include": include,
            },
            comma_joined=(
                "exclude",
                "include",
            ),
        ),
    }
    return _kwargs


def sync_detailed(
    uuid: str,
    *,
    client: AuthenticatedClient,
    exclude: list[str] | Unset = UNSET,
    include: list[str] | Unset = UNSET,
) -> Response[Error | Job]:
    """Get a job

    Args:
        uuid (str):
        exclude (list[str] | Unset):
        include (list[str] | Unset):

    Returns:
        Response[Error | Job]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
        ValueError: A part of the path is empty, or made of dots.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            uuid=uuid,
            exclude=exclude,
            include=include,
        )
    )
    return _calls.read_response(response, _ANSWERS)


def sync(
    uuid: str,
    *,
    client: AuthenticatedClient,
    exclude: list[str] | Unset = UNSET,
    include: list[str] | Unset = UNSET,
) -> Job:
    """Get a job

    Args:
        uuid (str):
        exclude (list[str] | Unset):
        include (list[str] | Unset):

    Returns:
        Job

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
        ValueError: A part of the path is empty, or made of dots.
    """
    return cast(
        Job,
        _calls.success(
            sync_detailed(
                uuid=uuid,
                client=client,
                exclude=exclude,
                include=include,
            )
        ),
    )


async def asyncio_detailed(
    uuid: str,
    *,
    client: AuthenticatedClient,
    exclude: list[str] | Unset = UNSET,
    include: list[str] | Unset = UNSET,
) -> Response[Error | Job]:
    """Get a job

    Args:
        uuid (str):
        exclude (list[str] | Unset):
        include (list[str] | Unset):

    Returns:
        Response[Error | Job]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
        ValueError: A part of the path is empty, or made of dots.
    """
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            uuid=uuid,
            exclude=exclude,
            include=include,
        )
    )
    return _calls.read_response(response, _ANSWERS)


async def asyncio(
    uuid: str,
    *,
    client: AuthenticatedClient,
    exclude: list[str] | Unset = UNSET,
    include: list[str] | Unset = UNSET,
) -> Job:
    """Get a job

    Args:
        uuid (str):
        exclude (list[str] | Unset):
        include (list[str] | Unset):

    Returns:
        Job

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
        ValueError: A part of the path is empty, or made of dots.
    """
    return cast(
        Job,
        _calls.success(
            await asyncio_detailed(
                uuid=uuid,
                client=client,
                exclude=exclude,
                include=include,
            )
        ),
    )
