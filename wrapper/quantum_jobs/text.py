"""Text of others, made safe to show: a service's message must not move the cursor of a terminal or forge a log line."""

from __future__ import annotations


def printable(text: str) -> str:
    """The text with control characters, line ends and unpaired surrogates as escapes, such as ``\\x1b``."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)
