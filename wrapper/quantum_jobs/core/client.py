"""What the sync and the async client share: connecting, and everything but the verbs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, NoReturn

from quantum_jobs.core import environment
from quantum_jobs.core.job import AnyJob
from quantum_jobs.errors import UsageError
from quantum_jobs.http.keys import ApiKey
from quantum_jobs.http.routes import AnyTransport
from quantum_jobs.model import JobRecord

if TYPE_CHECKING:
    from quantum_jobs.store import Store


class BaseClient(Generic[AnyJob]):
    """A client of one service with one key, without its verbs."""

    #: What its jobs are.
    _job_class: type[AnyJob]
    _is_async: ClassVar[bool]

    def __init__(
        self,
        service: str,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: float = environment.TIMEOUT,
        confirmation_timeout: float = environment.CONFIRMATION_TIMEOUT,
        transport: AnyTransport | None = None,
        store: Store | str | os.PathLike[str] | Literal[False] | None = None,
    ) -> None:
        """Connect to a service; nothing is sent yet.

        Args:
            service: the service's name or short name: ``"ionq-v0.4"`` (or ``"ionq"``), ``"ionq-v0.3"``, ``"qbraid-v2"``
                (or ``"qbraid"``).
            api_key: the key; else from the service's environment variable, else from the system's keyring.
            base_url: another address of the service; else from the environment, else the vendor's.
            timeout: seconds that one request may take altogether.
            confirmation_timeout: seconds for which an unclear submission is looked up before it is reported as
                uncertain.
            transport: an httpx transport, sync or async, for proxies and tests.
            store: keeps what is submitted, and its results: a ``Store``, a file's path or a ``postgresql://`` URL; else
                what the environment variable QUANTUM_JOBS_STORE names. False uses none.

        Raises:
            UsageError: an unknown service, a base URL or key that cannot be one, a timeout that is no number.
            CredentialsError: no key was found; names the places that were looked at.
        """
        self._api: Any = None
        key = ApiKey.of(api_key)
        del api_key  # a traceback that shows local variables must not show it
        self._connection = environment.connect(
            service,
            api_key=key,
            base_url=base_url,
            timeout=timeout,
            confirmation_timeout=confirmation_timeout,
            transport=transport,
            store=store,
        )

    @property
    def service(self) -> str:
        """Full name of the service, such as ``"ionq-v0.4"``."""
        return self._connection.service.name

    @property
    def api(self) -> Any:
        """The generated client of this service with the same key and base URL, for everything that is not wrapped."""
        if self._api is None:
            self._api = self._connection.make_api(is_async=self._is_async)
        return self._api

    def _job(self, record: JobRecord) -> AnyJob:
        return self._job_class(self._connection, record, is_fresh=True)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.service} at {self._connection.transport.base_url}>"

    def __reduce__(self) -> NoReturn:
        raise UsageError("a client holds a key and open connections, so it is not pickled; connect again instead")
