"""OpenAPI Overlay 1.0: our corrections to a vendor's document. Stricter than the standard: every action must match
something and say why it is there, so a correction whose reason has gone cannot linger unseen."""

import copy
from typing import Any

import jsonpath
from jsonpath.match import JSONPathMatch

from scripts.problem import Problem
from scripts.spec_files import Document

REASONS = ("description", "x-evidence")


def apply_overlay(document: Document, overlay: Document, origin: str) -> Document:
    """A corrected copy of the document. `origin` is the overlay file's name, for errors."""
    if overlay.get("overlay") != "1.0.0":
        raise Problem(f"{origin}: `overlay` must be '1.0.0', found {overlay.get('overlay')!r}")
    actions = overlay.get("actions")
    if not isinstance(actions, list):
        raise Problem(f"{origin}: `actions` must be a list")
    corrected = copy.deepcopy(document)
    for number, action in enumerate(actions, start=1):
        apply_action(corrected, action, f"{origin}: action {number}")
    return corrected


def apply_action(document: Document, action: Any, place: str) -> None:
    """Carry out one action on the document itself. `place` is where it stands, for errors."""
    if not isinstance(action, dict) or not isinstance(action.get("target"), str):
        raise Problem(f"{place}: has no `target`")
    target = action["target"]
    place = f"{place} ({target})"
    for reason in REASONS:
        if not str(action.get(reason) or "").strip():
            raise Problem(f"{place}: has no `{reason}`")
    if unknown := sorted(set(action) - {"target", "update", "remove", *REASONS}):
        raise Problem(f"{place}: has keys that mean nothing here: {', '.join(unknown)}")
    if ("update" in action) == (action.get("remove") is True):
        raise Problem(f"{place}: needs either `update` or `remove: true`")
    matches = find(document, target, place)
    if not matches:
        raise Problem(f"{place}: matches nothing; the reason for this correction may have gone")
    if "update" in action:
        for match in matches:
            _check_words(match.value, action["update"], place, in_fields=match.parts[-1:] == ("properties",))
            _update(match.value, action["update"], place)
    else:
        _remove(document, matches, place)


def find(document: Document, target: str, place: str) -> list[JSONPathMatch]:
    """What a target matches."""
    try:
        return list(jsonpath.finditer(target, document))
    except jsonpath.JSONPathError as error:
        raise Problem(f"{place}: is not a JSONPath: {error}") from None


def _check_words(node: Any, update: Any, place: str, *, in_fields: bool) -> None:
    """Raises a Problem for words about a field that is not there: it would come into being by them."""
    if not isinstance(node, dict) or not isinstance(update, dict):
        return
    for key, value in update.items():
        if in_fields and key not in node and isinstance(value, dict) and value.keys() <= {"description"}:
            raise Problem(f"{place}: describes a field {key!r}, which is not there")
        _check_words(node.get(key), value, place, in_fields=key == "properties")


def _update(node: Any, update: Any, place: str) -> None:
    if isinstance(node, list):
        node.append(copy.deepcopy(update))
    elif isinstance(node, dict) and isinstance(update, dict):
        _merge(node, update)
    else:
        raise Problem(f"{place}: an update needs a mapping or a list to act on, found {node!r}")


def _merge(node: dict[str, Any], update: dict[str, Any]) -> None:
    for key, value in update.items():
        present = node.get(key)
        if isinstance(present, dict) and isinstance(value, dict):
            _merge(present, value)
        elif isinstance(present, list) and isinstance(value, list):
            present.extend(copy.deepcopy(value))
        else:
            node[key] = copy.deepcopy(value)


def _remove(document: Document, matches: list[JSONPathMatch], place: str) -> None:
    # The last first, so that the positions of list items still to be removed stay true.
    for parts in sorted({match.parts for match in matches}, key=_position, reverse=True):
        if not parts:
            raise Problem(f"{place}: the whole document cannot be removed")
        parent: Any = document
        for part in parts[:-1]:
            parent = parent[part]
        del parent[parts[-1]]


def _position(parts: tuple[int | str, ...]) -> list[tuple[int, str]]:
    return [(part, "") if isinstance(part, int) else (-1, part) for part in parts]
