# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from typing import Any, cast

from ...._runtime import calls as _calls
from ...._runtime import reading as _reading
from ...client import AuthenticatedClient
from ...models.bad_request_error import BadRequestError
from ...models.error import Error
from ...models.session import Session
from ...types import Response

_ANSWERS: tuple[_calls.Answer, ...] = (
    _calls.Answer((200, 200), "json", _reading.ModelOf(Session)),
    _calls.Answer((400, 400), "json", _reading.ModelOf(BadRequestError)),
    _calls.Answer((401, 401), "json", _reading.ModelOf(Error)),
    _calls.Answer((403, 403), "json", _reading.ModelOf(Error)),
    _calls.Answer((404, 404), "json", _reading.ModelOf(Error)),
    _calls.Answer((429, 429), "json", _reading.ModelOf(Error)),
    _calls.Answer((500, 500), "json", _reading.ModelOf(Error)),
    _calls.Answer((502, 502), "json", _reading.ModelOf(Error)),
    _calls.Answer((503, 503), "json", _reading.ModelOf(Error)),
)


def _get_kwargs(
    session_id: str,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/sessions/{session_id}/end".format(
            session_id=_calls.path_segment("session_id", session_id),
        ),
    }
    return _kwargs


def sync_detailed(
    session_id: str,
    *,
    client: AuthenticatedClient,
) -> Response[BadRequestError | Error | Session]:
    """End a session

    Ends a session before its limits do.

    Args:
        session_id (str):

    Returns:
        Response[BadRequestError | Error | Session]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
        ValueError: A part of the path is empty, or made of dots.
    """
    response = client.get_httpx_client().request(
        **_get_kwargs(
            session_id=session_id,
        )
    )
    return _calls.read_response(response, _ANSWERS)


def sync(
    session_id: str,
    *,
    client: AuthenticatedClient,
) -> Session:
    """End a session

    Ends a session before its limits do.

    Args:
        session_id (str):

    Returns:
        Session

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
        ValueError: A part of the path is empty, or made of dots.
    """
    return cast(
        Session,
        _calls.success(
            sync_detailed(
                session_id=session_id,
                client=client,
            )
        ),
    )


async def asyncio_detailed(
    session_id: str,
    *,
    client: AuthenticatedClient,
) -> Response[BadRequestError | Error | Session]:
    """End a session

    Ends a session before its limits do.

    Args:
        session_id (str):

    Returns:
        Response[BadRequestError | Error | Session]

    Raises:
        errors.UnexpectedStatus: The service answered with an error that has no documented body.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
        ValueError: A part of the path is empty, or made of dots.
    """
    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            session_id=session_id,
        )
    )
    return _calls.read_response(response, _ANSWERS)


async def asyncio(
    session_id: str,
    *,
    client: AuthenticatedClient,
) -> Session:
    """End a session

    Ends a session before its limits do.

    Args:
        session_id (str):

    Returns:
        Session

    Raises:
        errors.UnexpectedStatus: The service answered with an error; a documented body of it is in `parsed`.
        errors.InvalidBody: The service answered with a success that cannot be read.
        httpx.HTTPError: The service could not be reached, or took longer than the client's timeout.
        ValueError: A part of the path is empty, or made of dots.
    """
    return cast(
        Session,
        _calls.success(
            await asyncio_detailed(
                session_id=session_id,
                client=client,
            )
        ),
    )
