"""IonQ's sessions: a backend reserved for a series of jobs, until the session is ended or reaches a limit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from quantum_sandbox import parse
from quantum_sandbox.accounts import Account
from quantum_sandbox.context import Context, without_none
from quantum_sandbox.http_types import HTTPError, Request, Response
from quantum_sandbox.jobs import Job, JobCollection, JobCollections, JobStore

from .ionq_devices import Backend
from .timestamps import iso, optional_iso


@attrs.define(eq=False, kw_only=True)
class Session(JobCollection):
    """A session. `limits` are those of the request; a session with a duration limit ends by itself."""

    backend: str
    limits: Mapping[str, Any]
    ended_at: float | None = None

    @property
    def expires_at(self) -> float | None:
        minutes = self.limits.get("duration_limit_min")
        return None if minutes is None else self.created_at + 60 * minutes

    def ended_by(self, now: float) -> float | None:
        """When the session ended, if it has by `now`."""
        ends = [end for end in (self.ended_at, self.expires_at) if end is not None and end <= now]
        return min(ends, default=None)


class Sessions:
    """The sessions of all accounts, and their operations."""

    def __init__(self, context: Context, store: JobStore, backends: Mapping[str, Backend]) -> None:
        self._context = context
        self._store = store
        self._backends = backends
        self._sessions: JobCollections[Session] = JobCollections(
            store,
            "sessions",
            is_over=lambda session: session.ended_by(context.now()) is not None,
            collection_id_of=lambda job: job.request.get("session_id"),
            add_to_totals=lambda totals, job, state: totals.add(state),
        )

    def create_session(self, request: Request) -> Response:
        body = parse.json_object(request.json(), ("body",))
        backend = parse.string(body, "backend", ("body",), choices=list(self._backends))
        session = Session(
            id=self._store.new_uuid(),
            owner=request.owner,
            created_at=self._context.now(),
            backend=backend,
            limits=_limits(body),
        )
        self._sessions.add(session)
        return Response(201, self._render(session))

    def get_sessions(self, request: Request) -> Response:
        active = None if request.query_value("active") is None else parse.query_boolean(request, "active")
        shown = [self._render(session) for session in self._sessions.newest_first(request.owner)]
        wanted = [session for session in shown if active in (None, session["active"])]
        return Response(200, {"organization_id": Account(request.owner).uuid("organization"), "sessions": wanted})

    def get_session(self, request: Request) -> Response:
        return Response(200, self._render(self.find(request)))

    def end_session(self, request: Request) -> Response:
        session, now = self.find(request), self._context.now()
        if session.ended_by(now) is None:
            session.ended_at = now
        return Response(200, self._render(session))

    def saved(self) -> Any:
        return self._sessions.saved()

    def restore(self, saved: Any, jobs: Mapping[str, Job]) -> None:
        self._sessions.restore(saved, Session, jobs)

    def find(self, request: Request) -> Session:
        session = self._sessions.get(request.parameters["session_id"], request.owner)
        if session is None:
            raise HTTPError(404, f"Session {request.parameters['session_id']} was not found")
        return session

    def find_open(self, request: Request, session_id: str | None, backend: Backend) -> Session | None:
        """The session of a new job, or None. Raises HTTPError where it accepts no more jobs."""
        if session_id is None:
            return None
        session = self._sessions.get(session_id, request.owner)
        if session is None:
            raise HTTPError.invalid("is not a session", "body", "session_id")
        if session.ended_by(self._context.now()) is not None:
            raise HTTPError.invalid("is a session that has ended", "body", "session_id")
        if session.backend != backend.name:
            raise HTTPError.invalid(f"is a session of {session.backend}", "body", "session_id")
        most = session.limits.get("job_count_limit")
        if most is not None and session.removed.jobs + len(session.jobs) >= most:
            raise HTTPError.invalid(f"is a session of at most {most} jobs", "body", "session_id")
        return session

    def _render(self, session: Session) -> dict[str, Any]:
        now, account = self._context.now(), Account(session.owner)
        started_at = session.totals(lambda totals, job: totals.add(self._context.state(job))).first_start
        ended_at = session.ended_by(now)
        limits = {**session.limits, "expires_at": optional_iso(session.expires_at)}
        return {
            "id": session.id,
            "created_at": iso(session.created_at),
            "organization_id": account.uuid("organization"),
            "backend": session.backend,
            "project_id": account.uuid("project"),
            "creator_id": account.hex("submitter"),
            "started_at": optional_iso(started_at),
            "ended_at": optional_iso(ended_at),
            "ender_id": account.hex("submitter") if ended_at is not None and ended_at == session.ended_at else None,
            "settings": without_none(limits),
            "active": ended_at is None,
            "status": "ended" if ended_at is not None else "created" if started_at is None else "started",
        }


def _limits(body: Mapping[str, Any]) -> dict[str, Any]:
    location = ("body", "settings")
    settings = parse.optional_object(body, "settings", ("body",))
    limits: dict[str, Any] = {
        name: parse.optional_integer(settings, name, location) for name in ("job_count_limit", "duration_limit_min")
    }
    if settings.get("cost_limit") is not None:
        cost = parse.json_object(settings["cost_limit"], (*location, "cost_limit"))
        value = parse.number(cost.get("value"), (*location, "cost_limit", "value"))
        unit = parse.optional_string(cost, "unit", (*location, "cost_limit"))
        limits["cost_limit"] = without_none({"value": value, "unit": unit})
    return without_none(limits)
