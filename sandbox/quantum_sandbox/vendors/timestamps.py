"""Timestamps in the form that both vendors use."""

from __future__ import annotations

from datetime import UTC, datetime


def iso(timestamp: float) -> str:
    """Seconds since the Unix epoch as ISO 8601 in UTC, with milliseconds."""
    return datetime.fromtimestamp(timestamp, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def optional_iso(timestamp: float | None) -> str | None:
    return None if timestamp is None else iso(timestamp)
