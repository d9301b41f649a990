"""IonQ's sessions: a backend kept for a series of jobs, until it is ended or one of its limits is reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from quantum_sandbox import checks
from quantum_sandbox.exchange import Answer, Call, Refusal
from quantum_sandbox.holders import Holder, Holders
from quantum_sandbox.jobs import Job
from quantum_sandbox.store import Account, Store
from quantum_sandbox.world import World, known

from .ionq_devices import Backend
from .moments import iso, optional_iso


@attrs.define(eq=False, kw_only=True)
class Session(Holder):
    """A session. `limits` is what the request set; a session ends by itself when its time is over."""

    backend: str
    limits: Mapping[str, Any]
    ended_at: float | None = None

    @property
    def expires_at(self) -> float | None:
        minutes = self.limits.get("duration_limit_min")
        return None if minutes is None else self.created_at + 60 * minutes

    def end_until(self, now: float) -> float | None:
        """When the session ended, if it did until now."""
        ends = [end for end in (self.ended_at, self.expires_at) if end is not None and end <= now]
        return min(ends, default=None)


class Sessions:
    """The sessions of all accounts."""

    def __init__(self, world: World, store: Store, backends: Mapping[str, Backend]) -> None:
        self._world = world
        self._store = store
        self._backends = backends
        self._sessions: Holders[Session] = Holders(
            store,
            "sessions",
            is_over=lambda session: session.end_until(world.now()) is not None,
            holder_of=lambda job: job.request.get("session_id"),
            bill=lambda sums, job, state: sums.add(state),
        )

    def create_session(self, call: Call) -> Answer:
        body = checks.mapping(call.json(), ("body",))
        backend = checks.text(body, "backend", ("body",), choices=list(self._backends))
        session = Session(
            id=self._store.new_uuid(),
            owner=call.owner,
            created_at=self._world.now(),
            backend=backend,
            limits=_limits(body),
        )
        self._sessions.add(session)
        return Answer(201, self._render(session))

    def get_sessions(self, call: Call) -> Answer:
        active = None if call.one("active") is None else checks.query_flag(call, "active")
        shown = [self._render(session) for session in self._sessions.newest_first(call.owner)]
        wanted = [session for session in shown if active in (None, session["active"])]
        return Answer(200, {"organization_id": Account(call.owner).uuid("organization"), "sessions": wanted})

    def get_session(self, call: Call) -> Answer:
        return Answer(200, self._render(self.find(call)))

    def end_session(self, call: Call) -> Answer:
        session, now = self.find(call), self._world.now()
        if session.end_until(now) is None:
            session.ended_at = now
        return Answer(200, self._render(session))

    def saved(self) -> Any:
        return self._sessions.saved()

    def restore(self, saved: Any, jobs: Mapping[str, Job]) -> None:
        self._sessions.restore(saved, Session, jobs)

    def find(self, call: Call) -> Session:
        session = self._sessions.get(call.parameters["session_id"], call.owner)
        if session is None:
            raise Refusal(404, f"Session {call.parameters['session_id']} was not found")
        return session

    def joined(self, call: Call, session_id: str | None, backend: Backend) -> Session | None:
        """The session that a new job is for. Raises Refusal where it takes no more jobs."""
        if session_id is None:
            return None
        session = self._sessions.get(session_id, call.owner)
        if session is None:
            raise Refusal.invalid("is not a session", "body", "session_id")
        if session.end_until(self._world.now()) is not None:
            raise Refusal.invalid("is a session that has ended", "body", "session_id")
        if session.backend != backend.name:
            raise Refusal.invalid(f"is a session of {session.backend}", "body", "session_id")
        most = session.limits.get("job_count_limit")
        if most is not None and session.gone.jobs + len(session.jobs) >= most:
            raise Refusal.invalid(f"is a session of at most {most} jobs", "body", "session_id")
        return session

    def _render(self, session: Session) -> dict[str, Any]:
        now, account = self._world.now(), Account(session.owner)
        started_at = session.sums(lambda sums, job: sums.add(self._world.state(job))).first_start
        ended_at = session.end_until(now)
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
            "settings": known(limits),
            "active": ended_at is None,
            "status": "ended" if ended_at is not None else "created" if started_at is None else "started",
        }


def _limits(body: Mapping[str, Any]) -> dict[str, Any]:
    place = ("body", "settings")
    settings = checks.optional_mapping(body, "settings", ("body",))
    limits: dict[str, Any] = {
        name: checks.optional_whole(settings, name, place) for name in ("job_count_limit", "duration_limit_min")
    }
    if settings.get("cost_limit") is not None:
        cost = checks.mapping(settings["cost_limit"], (*place, "cost_limit"))
        value = checks.number(cost.get("value"), (*place, "cost_limit", "value"))
        unit = checks.optional_text(cost, "unit", (*place, "cost_limit"))
        limits["cost_limit"] = known({"value": value, "unit": unit})
    return known(limits)
