"""pandas DataFrames of jobs, results and devices (extra ``pandas``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from quantum_jobs.errors import UnsupportedError

if TYPE_CHECKING:
    import pandas

    from quantum_jobs.model import Device, JobRecord
    from quantum_jobs.result import Result

#: What of numbers, moments and durations stands in a column; text, statuses and tags are as they come.
_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("shots", "num_qubits", "queue_position", "queue_length", "counts"), "Int64"),
    **dict.fromkeys(("cost", "cost_usd", "estimated_cost", "estimated_cost_usd"), "float64"),
    **dict.fromkeys(("probability", "standard_error"), "float64"),
    **dict.fromkeys(("created_at", "started_at", "ended_at"), "datetime64[us, UTC]"),
    **dict.fromkeys(("execution_duration", "predicted_wait", "queue_time"), "timedelta64[us]"),
    **dict.fromkeys(("online", "simulator"), "boolean"),
}


def of_results(results: Mapping[str, Result]) -> pandas.DataFrame:
    """A row for each outcome of each result; the columns are ``result`` (its label), ``outcome``, ``counts``,
    ``probability`` and ``standard_error``."""
    rows = [
        (label, outcome, (result.counts or {}).get(outcome), probability, (result.standard_errors or {}).get(outcome))
        for label, result in results.items()
        for outcome, probability in result._outcomes().items()
    ]
    columns = ["result", "outcome", "counts", "probability", "standard_error"]
    return _typed(_pandas().DataFrame(rows, columns=columns))


def of_records(records: Sequence[JobRecord]) -> pandas.DataFrame:
    """A row for each job: the fields of its record, money as floats, and each tag as a column ``tags.<name>``."""
    columns: dict[str, list[Any]] = {
        name: [getattr(record, name) for record in records]
        for name in (
            *("ref", "service", "id", "name", "status", "vendor_status", "status_message", "device", "shots"),
            *("num_qubits", "created_at", "started_at", "ended_at", "execution_duration", "queue_position"),
            *("predicted_wait", "idempotency_key", "parent_id"),
        )
    }
    columns["status"] = [record.status.value for record in records]
    columns["failure"] = [None if record.failure is None else str(record.failure) for record in records]
    for name in ("cost", "estimated_cost"):
        costs = [getattr(record, name) for record in records]
        columns[name] = [None if cost is None else float(cost.amount) for cost in costs]
        columns[f"{name}_currency"] = [None if cost is None else cost.currency for cost in costs]
        columns[f"{name}_usd"] = [None if cost is None or cost.usd is None else float(cost.usd) for cost in costs]
    for tag in dict.fromkeys(tag for record in records for tag in record.tags):
        columns[f"tags.{tag}"] = [record.tags.get(tag) for record in records]
    return _typed(_pandas().DataFrame(columns))


def of_devices(devices: Sequence[Device]) -> pandas.DataFrame:
    """A row for each device."""
    names = ("service", "id", "name", "status", "online", "simulator", "num_qubits", "queue_length", "queue_time")
    return _typed(_pandas().DataFrame({name: [getattr(device, name) for device in devices] for name in names}))


def _typed(frame: pandas.DataFrame) -> pandas.DataFrame:
    """The same with types that do not depend on which values are missing."""
    for name in frame.columns:
        if kind := _TYPES.get(name):
            frame[name] = frame[name].astype(kind)
    return frame


def _pandas() -> Any:
    try:
        import pandas
    except ImportError as error:
        raise UnsupportedError(
            f"this makes a pandas DataFrame, and pandas is missing ({error.name}): install the extra pandas, in a "
            "checkout with pip install '.[pandas]'"
        ) from None
    return pandas
