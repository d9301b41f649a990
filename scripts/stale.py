"""Corrections whose reason has gone: the vendor has done what an action of ours did, or has taken away what it was
about."""

import copy
from typing import Any, Literal

import yaml
from attrs import frozen

from scripts.overlay import apply_action, find
from scripts.shapes import PROSE
from scripts.spec_files import Document

State = Literal["no target", "already so", "in vain", "needed"]
REASONS: dict[State, str] = {
    "no target": "matches nothing any more",
    "already so": "says what the vendor says by now",
    "in vain": "changes nothing any more",
}


@frozen
class StaleAction:
    """One action that can be taken out of an overlay; one that cannot stay says so in `in_the_way`."""

    number: int
    line: int
    target: str
    reason: str
    in_the_way: bool


def stale_actions(overlay_text: str, overlay: Document, before: Document, after: Document) -> list[StaleAction]:
    """The actions that were needed for the document as it was, and are not for the one it is to be."""
    lines = _lines(overlay_text)
    actions = overlay.get("actions") or []
    result = []
    for number, (old, new) in enumerate(zip(_states(actions, before), _states(actions, after), strict=True), start=1):
        if new != "needed" and old != new:
            target = str(actions[number - 1]["target"])
            in_the_way = new == "no target" or (
                new == "already so" and _joins_lists(after, target, actions[number - 1])
            )
            result.append(StaleAction(number, lines[number - 1], target, REASONS[new], in_the_way))
    return result


def without(overlay: Document, stale: list[StaleAction]) -> Document:
    """The overlay without the actions that cannot stay."""
    numbers = {action.number for action in stale if action.in_the_way}
    kept = [action for number, action in enumerate(overlay["actions"], start=1) if number not in numbers]
    return {**overlay, "actions": kept}


def _states(actions: list[Any], document: Document) -> list[State]:
    document = copy.deepcopy(document)
    states: list[State] = []
    # The parents of what the action before has removed, as they were: what removes and puts back has done nothing.
    removed: list[tuple[Any, Any]] = []
    for number, action in enumerate(actions, start=1):
        place = f"action {number}"
        matches = find(document, action["target"], place)
        if not matches:
            states.append("no target")
            removed = []
        elif "update" in action:
            already = all(_holds(match.value, action["update"]) for match in matches)
            states.append("already so" if already else "needed")
            if not already:
                apply_action(document, action, place)
            if removed and all(_alike(then, now) for then, now in removed):
                states[-2:] = ["in vain", "in vain"]
            removed = []
        else:
            parents = [_parent(document, match.parts) for match in matches]
            removed = [(copy.deepcopy(parent), parent) for parent in parents]
            apply_action(document, action, place)
            states.append("needed")
    return states


def _parent(document: Document, parts: tuple[int | str, ...]) -> Any:
    node: Any = document
    for part in parts[:-1]:
        node = node[part]
    return node


def _holds(node: Any, update: Any) -> bool:
    """Whether an update would add nothing but words."""
    if isinstance(node, list):
        return update in node
    if not isinstance(node, dict) or not isinstance(update, dict):
        return False
    # An update of nothing but words is about them.
    facts = {key: value for key, value in update.items() if key not in PROSE} or update
    return all(_has(node, key, value) for key, value in facts.items())


def _has(node: dict[str, Any], key: str, value: Any) -> bool:
    if key not in node:
        return False
    if isinstance(node[key], list) and isinstance(value, list):
        return all(item in node[key] for item in value)
    return _holds(node[key], value) if isinstance(node[key], dict) else bool(node[key] == value)


def _alike(then: Any, now: Any) -> bool:
    """Whether they differ in words only."""
    if isinstance(then, dict) and isinstance(now, dict):
        keys = {key for key in (*then, *now) if key not in PROSE}
        return all(key in then and key in now and _alike(then[key], now[key]) for key in keys)
    return bool(then == now)


def _joins_lists(document: Document, target: str, action: dict[str, Any]) -> bool:
    """Whether carrying out an action that is already so would name something twice in a list."""
    found = find(document, target, "the overlay")
    return any(isinstance(match.value, list) or _has_list(action["update"]) for match in found)


def _has_list(node: Any) -> bool:
    return isinstance(node, list) or (isinstance(node, dict) and any(_has_list(value) for value in node.values()))


def _lines(text: str) -> list[int]:
    """The line that each action starts in."""
    root = yaml.compose(text)
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if key.value == "actions":
            return [item.start_mark.line + 1 for item in value.value]
    return []
