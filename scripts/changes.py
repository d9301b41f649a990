"""What can change in an interface, and what each change means for a client. Reading is what a service answers, writing
is what a client sends: the same change can break one and help the other."""

from collections.abc import Iterable
from typing import Any, Literal, get_args

from attrs import asdict, evolve, frozen

Level = Literal["breaking", "additive", "neutral"]
LEVELS: tuple[Level, ...] = get_args(Level)


@frozen
class Rule:
    """How a kind of change is classed, and what the bindings make of it in an answer."""

    reading: Level
    writing: Level
    note: str = ""


UNTIL_REGENERATED = "until the bindings are regenerated"
RULES = {
    # fields of an object
    "field-removed": Rule("breaking", "breaking", "reads as UNSET"),
    "field-added": Rule("additive", "additive", f"is in additional_properties {UNTIL_REGENERATED}"),
    "required-field-added": Rule("additive", "breaking", f"is in additional_properties {UNTIL_REGENERATED}"),
    "field-now-required": Rule("neutral", "breaking"),
    "field-now-optional": Rule("breaking", "additive", "reads as UNSET where it is missing"),
    "object-became-map": Rule("breaking", "breaking", f"each value is in additional_properties {UNTIL_REGENERATED}"),
    "other-fields-refused": Rule("neutral", "breaking"),
    "other-fields-allowed": Rule("neutral", "additive"),
    # kinds of values
    "type-changed": Rule("breaking", "breaking", f"is kept as it came {UNTIL_REGENERATED}"),
    "type-widened": Rule("breaking", "additive", f"is kept as it came {UNTIL_REGENERATED}"),
    "type-narrowed": Rule("neutral", "breaking"),
    "null-allowed": Rule("breaking", "additive", "reads as None"),
    "null-refused": Rule("neutral", "breaking"),
    "alternative-added": Rule("breaking", "additive", f"is read as what fits it best {UNTIL_REGENERATED}"),
    "alternative-removed": Rule("neutral", "breaking"),
    "format-changed": Rule("breaking", "breaking", f"is kept as it came {UNTIL_REGENERATED}"),
    # sets of values
    "value-added": Rule("breaking", "additive", f"is kept, and its is_known is False {UNTIL_REGENERATED}"),
    "value-removed": Rule("neutral", "breaking"),
    "values-closed": Rule("neutral", "breaking"),
    "values-opened": Rule("breaking", "additive", "is kept, and its is_known is False for every new value"),
    "limit-tightened": Rule("neutral", "breaking"),
    "limit-loosened": Rule("neutral", "additive"),
    "default-added": Rule("neutral", "additive"),
    "default-changed": Rule("neutral", "breaking"),
    "keyword-changed": Rule("neutral", "neutral"),
    "discriminator-changed": Rule("breaking", "neutral", "is read as what fits it best, or as another alternative"),
    "became-read-only": Rule("neutral", "breaking"),
    "became-write-only": Rule("breaking", "neutral", "reads as UNSET"),
    "may-be-written": Rule("neutral", "additive"),
    "may-be-read": Rule("additive", "neutral"),
    "combination-changed": Rule("breaking", "breaking", f"is kept as it came {UNTIL_REGENERATED}"),
    "deprecated": Rule("neutral", "neutral"),
    # operations
    "operation-removed": Rule("breaking", "breaking"),
    "operation-added": Rule("additive", "additive"),
    "operation-renamed": Rule("breaking", "breaking"),
    "operation-regrouped": Rule("breaking", "breaking"),
    "operation-name-overruled": Rule("neutral", "neutral"),
    "key-needed": Rule("breaking", "breaking"),
    "key-not-needed": Rule("additive", "additive"),
    "key-way-added": Rule("additive", "additive"),
    "key-scheme-changed": Rule("breaking", "breaking"),
    # what is sent
    "parameter-removed": Rule("breaking", "breaking"),
    "parameter-added": Rule("additive", "additive"),
    "required-parameter-added": Rule("breaking", "breaking"),
    "parameter-now-required": Rule("breaking", "breaking"),
    "parameter-now-optional": Rule("additive", "additive"),
    "parameter-renamed": Rule("neutral", "neutral"),
    "parameter-style-changed": Rule("breaking", "breaking"),
    "body-removed": Rule("breaking", "breaking"),
    "body-added": Rule("additive", "additive"),
    "required-body-added": Rule("breaking", "breaking"),
    "body-now-required": Rule("breaking", "breaking"),
    "body-now-optional": Rule("additive", "additive"),
    # what is answered
    "answer-removed": Rule("breaking", "breaking"),
    "answer-added": Rule("additive", "additive"),
    "error-removed": Rule("neutral", "neutral"),
    "error-added": Rule("additive", "additive"),
    "content-removed": Rule("breaking", "breaking"),
    "content-added": Rule("additive", "additive"),
    "header-removed": Rule("breaking", "breaking"),
    "header-added": Rule("additive", "additive"),
    # the document
    "server-changed": Rule("breaking", "breaking"),
    "version-changed": Rule("neutral", "neutral"),
}


@frozen
class Change:
    """One difference. `operation` is empty for the whole document; `path` is a JSONPath into what `place` names."""

    level: Level
    kind: str
    operation: str
    place: str
    path: str
    text: str
    note: str = ""
    # The alternative of a union that it is in, by name.
    inside: str = ""
    # What it is called in the bindings, where they are known.
    python: str = ""

    @property
    def field(self) -> str:
        """The last name in the path: the field that changed."""
        name = self.path.rsplit(".", 1)[-1] if "." in self.path else ""
        return "other fields of " + self.path.rsplit(".", 2)[-2] if name == "*" else name

    @property
    def headline(self) -> str:
        """The change without where it is: the same for all operations that a component's change reaches."""
        subject = f"{self.field}: " if self.field else ""
        return f"{subject}{self.text}" + (f" ({self.note})" if self.note else "")

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def make_change(kind: str, operation: str, place: str, path: str, text: str, *, reading: bool = False) -> Change:
    """A change, classed by its rule."""
    rule = RULES[kind]
    level = rule.reading if reading else rule.writing
    note = rule.note if reading and level != "neutral" else ""
    return Change(level, kind, operation, place, path, text, note)


def count(changes: Iterable[Change]) -> dict[str, int]:
    """How many there are of each level."""
    found = [change.level for change in changes]
    return {level: found.count(level) for level in LEVELS}


def as_report(changes: list[Change]) -> list[str]:
    """Lines for people: the worst first, each change once, and below it where a client meets it."""
    lines = []
    for level in LEVELS:
        for headline, places in _grouped(changes, level).items():
            lines.append(f"{level:<9} {headline}")
            lines.extend(f"{'':<9}   {place}" for place in places)
    return lines


def as_changelog(changes: list[Change], title: str) -> str:
    """An entry for a changelog, in Markdown: for those who use the bindings that know the change already."""
    lines = [f"- {title}"]
    changes = [evolve(change, note="", python="") for change in changes]
    for level in LEVELS:
        for headline, places in _grouped(changes, level).items():
            operations = list(dict.fromkeys(place.split(",")[0] for place in places))
            more = f" and {len(operations) - 3} more" if len(operations) > 3 else ""
            lines.append(f"  - {level}: {headline}: {', '.join(f'`{each}`' for each in operations[:3])}{more}")
    return "\n".join(lines) + "\n"


def add_to_changelog(text: str, entry: str) -> str:
    """The changelog with an entry more under `## Unreleased`, which is made above the first release if need be."""
    lines = text.splitlines(keepends=True)
    titles = [index for index, line in enumerate(lines) if line.startswith("## ")]
    start = next((index for index in titles if lines[index].strip().lower() == "## unreleased"), None)
    if start is None:
        at = titles[0] if titles else len(lines)
        gap = "\n" if at and lines[at - 1].strip() else ""
        return "".join([*lines[:at], f"{gap}## Unreleased\n\n{entry}", *(["\n"] if lines[at:] else []), *lines[at:]])
    end = next((index for index in titles if index > start), len(lines))
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    section = [line if line.endswith("\n") else f"{line}\n" for line in lines[: end or None]]
    blank = ["\n"] if end == start + 1 else []
    return "".join([*section, *blank, entry, *(lines[end:] or [])])


def _grouped(changes: list[Change], level: Level) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for change in changes:
        if change.level == level:
            where = ", ".join(part for part in (change.operation or "the document", change.place) if part)
            places = groups.setdefault(change.headline, [])
            place = (
                where + (f" {change.path}" if change.path else "") + (f" [{change.python}]" if change.python else "")
            )
            # Two alternatives of one body can hold the same component.
            places.extend([place] if place not in places else [])
    return groups
