"""Several jobs or results at once: drawn side by side, and as a pandas DataFrame."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from quantum_jobs import frames, plotting
from quantum_jobs.async_job import AsyncJob
from quantum_jobs.checks import checked_list
from quantum_jobs.client import Job
from quantum_jobs.errors import UsageError
from quantum_jobs.model import Device, JobRecord
from quantum_jobs.plotting import Kind
from quantum_jobs.result import Result

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes

Comparable = Job | AsyncJob | Result


def plot(
    results: Iterable[Comparable] | Mapping[str, Comparable] | Comparable,
    *,
    labels: Sequence[str] | None = None,
    kind: Kind = "probabilities",
    top: int = 16,
    title: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the histograms of several jobs or results side by side, with error bars where shots were counted (extra
    ``plot``).

    Args:
        results: jobs, which are waited for, or results; or a mapping of labels to them. An ``AsyncJob`` is drawn once
            its result was awaited.
        labels: one for each; else jobs are labelled by service and device.
        kind: ``"probabilities"`` or ``"counts"``.
        top: of more outcomes than this, only so many are drawn by themselves, the most likely ones; the others are
            drawn together.
        title: stands above it; else the jobs' name, where they have one in common.
        ax: matplotlib axes to draw in; new ones where left out.

    Gives the axes; ``plot(...).figure.savefig(...)`` writes a file.

    Raises UsageError for what cannot be drawn so, UnsupportedError without matplotlib, and what ``result`` of a job
    raises.
    """
    things = _labelled(results, labels)
    if title is None:
        names = {thing.record.name if not isinstance(thing, Result) else None for thing in things.values()}
        title = names.pop() if len(names) == 1 else None
    drawn = {label: _result(thing) for label, thing in things.items()}
    return plotting.bars(drawn, kind=kind, top=top, title=title, ax=ax)


def to_pandas(
    things: Iterable[Any] | Mapping[str, Comparable], *, labels: Sequence[str] | None = None
) -> pandas.DataFrame:
    """A pandas DataFrame of jobs, records, devices or results (extra ``pandas``). No request is sent.

    Jobs and records: a row each, with the record's fields, a column ``tags.<name>`` for each tag, and money as floats.
    Devices: a row each. Results, also as a mapping of labels to them: a row for each outcome, with its result's label.

    Raises UsageError for anything else, and for several kinds at once, and UnsupportedError without pandas.
    """
    if isinstance(things, (Job, AsyncJob, JobRecord, Device, Result)):
        things = [things]
    if not isinstance(things, Mapping):
        things = checked_list(things, "jobs or results")
        if not things or all(isinstance(thing, (Job, AsyncJob, JobRecord)) for thing in things):
            return _frame_of_records([getattr(thing, "record", thing) for thing in things])
        if all(isinstance(thing, Device) for thing in things):
            return _frame_of_devices(things)
        if not all(isinstance(thing, Result) for thing in things):
            kinds = ", ".join(sorted({type(thing).__name__ for thing in things}))
            raise UsageError(f"expected only jobs or records, only results, or only devices; got {kinds}")
    return frames.of_results({label: _result(thing) for label, thing in _labelled(things, labels).items()})


def _frame_of_records(records: Sequence[JobRecord]) -> pandas.DataFrame:
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
    return frames.typed(frames.load_pandas().DataFrame(columns))


def _frame_of_devices(devices: Sequence[Device]) -> pandas.DataFrame:
    """A row for each device."""
    names = ("service", "id", "name", "status", "online", "simulator", "num_qubits", "queue_length", "queue_time")
    return frames.typed(
        frames.load_pandas().DataFrame({name: [getattr(device, name) for device in devices] for name in names})
    )


def _labelled(
    things: Iterable[Comparable] | Mapping[str, Comparable] | Comparable, labels: Sequence[str] | None
) -> dict[str, Comparable]:
    """What is compared, by its labels."""
    if isinstance(things, (Job, AsyncJob, Result)):
        things = [things]
    if labels is None and isinstance(things, Mapping):
        labels = [str(label) for label in things]
    given = list(things.values()) if isinstance(things, Mapping) else checked_list(things, "jobs or results")
    for thing in given:
        if not isinstance(thing, (Job, AsyncJob, Result)):
            raise UsageError(f"expected jobs or results, got {type(thing).__name__}")
    if labels is None:
        labels = _distinct([_label(thing, number) for number, thing in enumerate(given, 1)])
    if isinstance(labels, str) or len(labels) != len(given) or len(set(labels)) != len(given):
        raise UsageError(f"labels must be {len(given)} different texts, one for each of what is compared")
    return dict(zip(labels, given, strict=True))


def _label(thing: Comparable, number: int) -> str:
    if isinstance(thing, Result):
        return f"result {number}"
    return f"{thing.service} {thing.record.device}" if thing.record.device else thing.service


def _distinct(labels: Sequence[str]) -> list[str]:
    """Labels that occur more than once get a number."""
    often, seen = Counter(labels), Counter[str]()
    distinct = []
    for label in labels:
        seen[label] += 1
        distinct.append(f"{label} ({seen[label]})" if often[label] > 1 else label)
    return distinct


def _result(thing: Comparable) -> Result:
    if isinstance(thing, Result):
        return thing
    if isinstance(thing, Job):
        return thing.result()
    fetched = thing._fetched.get((False, None), [])
    if len(fetched) != 1:
        raise UsageError(f"the result of {thing.ref} is not here yet: await its result() first, and give that")
    return fetched[0]
