"""What IonQ v0.4 offers: backends with their characterizations, and what a job would cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quantum_sandbox import parse
from quantum_sandbox.accounts import Account
from quantum_sandbox.context import Context
from quantum_sandbox.http_types import HTTPError, Operation, Request, Response

from .ionq_characterizations import characterizations
from .ionq_circuits import NATIVE_GATES, QIS_GATES
from .ionq_devices import Backend
from .ionq_v0_4_programs import CIRCUIT
from .timestamps import iso

MAX_SHOTS = 1_000_000
_PAGE = 10


class Catalog:
    """The operations on backends. They give the same to every account."""

    def __init__(self, context: Context, backends: Mapping[str, Backend]) -> None:
        self._context = context
        self._backends = backends
        self.operations: Sequence[Operation] = [
            Operation("GET", "/backends/{backend}/characterizations", self.get_characterizations, public=True),
            Operation("GET", "/backends/{backend}/characterizations/{UUID}", self.get_characterization, public=True),
            Operation("GET", "/backends", self.get_backends, public=True),
            Operation("GET", "/backends/{backend}", self.get_backend, public=True),
            Operation("GET", "/jobs/estimate", self.estimate),
        ]

    def estimate(self, request: Request) -> Response:
        name = request.query_value("backend") or ""
        if name not in self._backends:
            raise HTTPError.invalid(f"must be one of {', '.join(self._backends)}", "query", "backend")
        backend = self._backends[name]
        shots = parse.query_integer(request, "shots", 1000, maximum=MAX_SHOTS)
        gates = [parse.query_integer(request, f"{n}q_gates", 0, minimum=0) for n in (1, 2)]
        rate = {
            "sku": backend.name,
            "unit": "gates",
            "cost_1q_gate": backend.price_1q,
            "cost_2q_gate": backend.price_2q,
            "job_cost_minimum": backend.minimum,
        }
        estimate_context = {
            "backend": backend.name,
            "type": request.query_value("type") or CIRCUIT,
            "qubits": parse.query_integer(request, "qubits", 25),
            "shots": shots,
            "1q_gates": gates[0],
            "2q_gates": gates[1],
            "error_mitigation": parse.query_boolean(request, "error_mitigation"),
            "organization": Account(request.owner).uuid("organization"),
            "project": Account(request.owner).uuid("project"),
        }
        latency = self._context.latency_of(backend.name, backend.latency)
        estimate = {
            "estimate_context": estimate_context,
            "estimated_at": iso(self._context.now()),
            "estimated_unit": "usd",
            "rate_card": {"id": f"sandbox-{backend.name}", "rates": [rate]},
            "estimated_total_cost": backend.price(gates[0], gates[1], shots),
            "estimated_execution_time": round(1000 * latency.running),
            "current_predicted_queue_time": round(1000 * (latency.submitted + latency.queued)),
        }
        return Response(200, estimate)

    def get_characterizations(self, request: Request) -> Response:
        backend = self._backend(request)
        limit = parse.query_integer(request, "limit", _PAGE, maximum=_PAGE)
        page = parse.query_integer(request, "page", 1)
        start, end = (parse.query_timestamp(request, name) for name in ("start", "end"))
        found = characterizations(backend, self._context.now(), start, end)
        shown = [one.render(iso(one.date)) for one in found[(page - 1) * limit : page * limit]]
        return Response(200, {"characterizations": shown, "pages": max(0, -(-len(found) // limit) - page)})

    def get_characterization(self, request: Request) -> Response:
        for one in characterizations(self._backend(request), self._context.now()):
            if one.id == request.parameters["UUID"]:
                return Response(200, one.render(iso(one.date)))
        raise HTTPError(404, f"Characterization {request.parameters['UUID']} was not found")

    def get_backends(self, request: Request) -> Response:
        return Response(200, [self._render_backend(backend) for backend in self._backends.values()])

    def get_backend(self, request: Request) -> Response:
        return Response(200, self._render_backend(self._backend(request)))

    def _backend(self, request: Request) -> Backend:
        backend = self._backends.get(request.parameters["backend"])
        if backend is None:
            raise HTTPError(404, f"Backend {request.parameters['backend']} was not found")
        return backend

    def _render_backend(self, backend: Backend) -> dict[str, Any]:
        rendered: dict[str, Any] = {
            "backend": backend.name,
            "status": "available",
            "qubits": backend.qubits,
            "average_queue_time": 1000 * backend.queue_seconds,
            "last_updated": iso(self._context.now()),
            "degraded": False,
            "has_access": True,
            "supported_gates": [*QIS_GATES],
            "supported_native_gates": [*NATIVE_GATES],
        }
        if not backend.is_simulator:
            rendered["characterization_id"] = characterizations(backend, self._context.now())[0].id
            rendered["supported_error_mitigations"] = ["debiasing"]
        if backend.noise_models:
            rendered["noise_models"] = list(backend.noise_models)
        return rendered
