"""Taking actions, or parts of them, out of an overlay's text, so that comments and the rest of the lines stay as they
are."""

from typing import Any

import yaml
from attrs import frozen

from scripts.overlay import Overlay, Trouble
from scripts.spec_files import copied, dump_document, parse_document


@frozen
class Removal:
    """What goes: an action by its number, or only these ways into its update, keys with dots between them."""

    number: int
    words: tuple[str, ...] = ()


def removal_of(trouble: Trouble) -> Removal:
    """What puts an end to a trouble."""
    return Removal(trouble.action.number, trouble.words)


def without(overlay: Overlay, removals: list[Removal]) -> str:
    """The overlay's text without them. An alias of an anchor that goes is written out."""
    wanted = _data_without(parse_document(overlay.text, str(overlay.path)), removals)
    actions = _actions(yaml.compose(overlay.text))
    lines = overlay.text.splitlines(keepends=True)
    gone: list[tuple[int, int]] = []
    by_number = {removal.number: removal for removal in removals if not removal.words}
    for removal in removals:
        if removal.number in by_number:
            continue
        gone += [_range(lines, key, value) for key, value in _words(actions[removal.number - 1], removal.words)]
    gone += [_range(lines, actions[number - 1], actions[number - 1]) for number in by_number]
    kept = [line for index, line in enumerate(lines) if not any(start <= index < end for start, end in gone)]
    text = "".join(kept)
    if _reads_as(text, wanted):
        return text
    # An alias has lost its anchor, or what goes shares a line with what stays: without the comments, then.
    header = "".join(line for line in lines[: _first(lines)])
    return header + dump_document(wanted)


def _data_without(data: dict[str, Any], removals: list[Removal]) -> dict[str, Any]:
    # Aliases are one object in memory; what goes from one action must not go from another.
    actions = [copied(action) for action in data["actions"]]
    whole = {removal.number for removal in removals if not removal.words}
    for removal in removals:
        action = actions[removal.number - 1]
        for path in removal.words:
            _drop(action["update"], path)
        if removal.words and not action["update"]:
            whole.add(removal.number)
    kept = [action for number, action in enumerate(actions, start=1) if number not in whole]
    return {**data, "actions": kept}


def _drop(update: dict[str, Any], path: str) -> bool:
    """Take out what a path of keys leads to, and what is empty after that. Keys may hold dots themselves."""
    for key in list(update):
        if path == key:
            del update[key]
            return True
        if path.startswith(f"{key}.") and isinstance(update[key], dict) and _drop(update[key], path[len(key) + 1 :]):
            if not update[key]:
                del update[key]
            return True
    return False


def _actions(root: Any) -> list[yaml.Node]:
    return next(list(value.value) for key, value in root.value if key.value == "actions")


def _words(action: yaml.Node, paths: tuple[str, ...]) -> list[tuple[yaml.Node, yaml.Node]]:
    update = next(value for key, value in action.value if key.value == "update")
    found = []
    for path in paths:
        node, rest = update, path
        while isinstance(node, yaml.MappingNode):
            pair = next(
                (each for each in node.value if rest == each[0].value or rest.startswith(f"{each[0].value}.")), None
            )
            if pair is None:
                break
            if rest == pair[0].value:
                found.append(pair)
                break
            node, rest = pair[1], rest[len(pair[0].value) + 1 :]
    return found


def _range(lines: list[str], start: yaml.Node, end: yaml.Node) -> tuple[int, int]:
    """The lines of a node, without the comments and blank lines that follow it."""
    first, last = start.start_mark.line, end.end_mark.line
    # A block ends where the next thing begins, anything else where its own last character is.
    is_block = isinstance(end, yaml.CollectionNode) and not end.flow_style
    last += 1 if end.end_mark.column and not is_block else 0
    while last - 1 > first and (not lines[last - 1].strip() or lines[last - 1].lstrip().startswith("#")):
        last -= 1
    return first, last


def _first(lines: list[str]) -> int:
    return next((index for index, line in enumerate(lines) if line.strip() and not line.startswith("#")), 0)


def _reads_as(text: str, wanted: dict[str, Any]) -> bool:
    try:
        return bool(_as_read(text) == wanted)
    except Exception:
        return False


def _as_read(text: str) -> Any:
    return parse_document(text, "the overlay")
