"""Times as both vendors write them."""

from __future__ import annotations

from datetime import UTC, datetime


def iso(moment: float) -> str:
    """ISO 8601 in UTC with milliseconds."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def optional_iso(moment: float | None) -> str | None:
    return None if moment is None else iso(moment)
