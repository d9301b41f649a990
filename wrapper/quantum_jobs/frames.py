"""pandas DataFrames of results, and the types of columns (extra ``pandas``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from quantum_jobs.counts import Outcomes
from quantum_jobs.errors import UnsupportedError

if TYPE_CHECKING:
    import pandas

#: What of numbers, moments and durations stands in a column; text, statuses and tags are as they come.
_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("shots", "num_qubits", "queue_position", "queue_length", "counts"), "Int64"),
    **dict.fromkeys(("cost", "cost_usd", "estimated_cost", "estimated_cost_usd"), "float64"),
    **dict.fromkeys(("probability", "standard_error"), "float64"),
    **dict.fromkeys(("created_at", "started_at", "ended_at"), "datetime64[us, UTC]"),
    **dict.fromkeys(("execution_duration", "predicted_wait", "queue_time"), "timedelta64[us]"),
    **dict.fromkeys(("online", "simulator"), "boolean"),
}


def of_results(results: Mapping[str, Outcomes]) -> pandas.DataFrame:
    """A row for each outcome of each result; the columns are ``result`` (its label), ``outcome``, ``counts``,
    ``probability`` and ``standard_error``."""
    rows = [
        (label, outcome, (result.counts or {}).get(outcome), probability, (result.standard_errors or {}).get(outcome))
        for label, result in results.items()
        for outcome, probability in result._outcomes().items()
    ]
    columns = ["result", "outcome", "counts", "probability", "standard_error"]
    return typed(load_pandas().DataFrame(rows, columns=columns))


def typed(frame: pandas.DataFrame) -> pandas.DataFrame:
    """The same with types that do not depend on which values are missing."""
    for name in frame.columns:
        if kind := _TYPES.get(name):
            frame[name] = frame[name].astype(kind)
    return frame


def load_pandas() -> Any:
    """Import pandas. Raises UnsupportedError without it."""
    try:
        import pandas
    except ImportError as error:
        raise UnsupportedError(
            f"this makes a pandas DataFrame, and pandas is missing ({error.name}): install the extra pandas, in a "
            "checkout with pip install '.[pandas]'"
        ) from None
    return pandas
