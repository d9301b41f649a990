"""Record a scenario to a cassette. Recording again from the sandbox or a document gives the same bytes."""

import contextlib
import datetime
import functools
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import vcr
from quantum_jobs import AuthenticationError
from quantum_sandbox import Engine
from vcr.request import Request
from vcr.serializers import yamlserializer

from scripts.effective import effective_path
from scripts.problem import Problem
from scripts.services import find_service
from scripts.spec_files import load_document
from tests.cassette_tools.cassette import Cassette, parse_cassette, path_of
from tests.cassette_tools.cleaning import cleaned
from tests.cassette_tools.published import documents
from tests.cassette_tools.running import (
    MATCH_ON,
    numbered_idempotency_keys,
    one_at_a_time,
    run,
    vendor_url,
    without_pauses,
)
from tests.cassette_tools.scenario import Mode, Scenario
from tests.cassette_tools.sources import connected

TOOLS = ("httpx", "quantum-jobs", "vcrpy")


def record(
    scenario: Scenario, source: str, folder: Path, *, simulator: Engine | None = None, mode: Mode = "sync"
) -> tuple[Cassette, str, dict[str, Any]]:
    """Run a scenario and record its interactions: returns the cassette, its text, and the observations.

    Nothing is written. Raises Problem where a cloud refuses the key.
    """
    path = path_of(folder, scenario.service, f"{scenario.name}.{source}")
    kept: list[dict[str, Any]] = []
    recorder = vcr.VCR(record_mode=vcr.mode.ALL, match_on=MATCH_ON, decode_compressed_response=True)
    with contextlib.ExitStack() as stack:
        connection = stack.enter_context(connected(scenario, source, mode, simulator))
        idempotency_keys = stack.enter_context(numbered_idempotency_keys(real=source == "live"))
        if source != "live":
            stack.enter_context(without_pauses())
            stack.enter_context(one_at_a_time())
        stack.enter_context(recorder.use_cassette(str(path), persister=_Keeping(kept)))
        more = {} if connection.transport is None else {"transport": connection.transport}
        try:
            seen = run(
                scenario,
                mode,
                connection.make_context,
                base_url=connection.base_url,
                api_key=connection.key,
                **more,
            )
        except AuthenticationError as error:
            raise Problem(f"{scenario.service} refuses the key: {error.message}") from None
    interactions = cleaned(
        kept,
        base_url=connection.base_url,
        vendor_url=vendor_url(scenario.service),
        key=connection.key,
        idempotency_keys=idempotency_keys,
    )
    # In the file's own order, which vcrpy sorts by name.
    text = yamlserializer.serialize(
        {"interactions": interactions, "metadata": _metadata(scenario, source), "version": 1}
    )
    return parse_cassette(text, path), text, seen


class _Keeping:
    """A persister of vcrpy's that hands the interactions over instead of writing them: nothing raw reaches a disk."""

    def __init__(self, kept: list[dict[str, Any]]) -> None:
        self._kept = kept

    def load_cassette(self, path: str, serializer: Any) -> Any:
        return [], []

    def save_cassette(self, path: str, cassette_dict: Mapping[str, Any], serializer: Any) -> None:
        requests: list[Request] = cassette_dict["requests"]
        pairs = zip(requests, cassette_dict["responses"], strict=True)
        self._kept[:] = [{"request": request._to_dict(), "response": response} for request, response in pairs]


@functools.cache
def _date_of(spec: Path, changed: int) -> str:
    """The date of a spec; `changed` is when its file was."""
    return str(load_document(spec)["info"].get("x-as-of", "undated"))


def _metadata(scenario: Scenario, source: str) -> dict[str, Any]:
    service = find_service(scenario.service)
    spec = effective_path(service)
    metadata: dict[str, Any] = {
        "provenance": source,
        "service": service.name,
        "spec": scenario.spec or _date_of(spec, spec.stat().st_mtime_ns),
        "tools": {name: version(name) for name in TOOLS},
    }
    if source in ("documented", "spec"):
        metadata["documents"] = documents(scenario.published)
    if source == "live":
        metadata["recorded"] = datetime.datetime.now(datetime.UTC).date().isoformat()
    return metadata
