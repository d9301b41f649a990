"""OpenAPI Overlay 1.0: our names, words and corrections for a vendor's description. Stricter than the standard: every
action must match something and say why it is there, so one whose reason has gone cannot linger unseen; and words are
said only of what is there. A service has up to three files, taken in this order: `names.yaml`, `words.yaml`,
`overlay.yaml`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import jsonpath
import yaml
from attrs import field, frozen
from jsonpath.match import JSONPathMatch

from scripts.grammar import Pointer
from scripts.naming import NAME, give_names
from scripts.problem import Problem
from scripts.spec_files import Document, copied, parse_document, shown

FILES = ("names.yaml", "words.yaml", "overlay.yaml")
REASONS = ("description", "x-evidence")
WORDS = ("description", "summary")
# What describes without promising anything: an update of it never says what the vendor says.
PROSE = (*WORDS, "title", "example", "examples", "externalDocs")

State = Literal["needed", "no target", "already so", "in vain"]
STATES: dict[State, str] = {
    "no target": "matches nothing any more",
    "already so": "says what the vendor says by now",
    "in vain": "changes nothing any more",
}


@frozen
class Action:
    """One action, and where it stands."""

    file: str
    number: int
    line: int
    data: dict[str, Any] = field(repr=False, eq=False)

    @property
    def target(self) -> str:
        """Its JSONPath."""
        return str(self.data.get("target"))

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: action {self.number} ({self.target})"


@frozen
class Overlay:
    """One overlay file."""

    path: Path
    text: str
    actions: tuple[Action, ...]


@frozen
class Trouble:
    """Why an action cannot be carried out. `words` are the keys below its update that say something about nothing;
    where there are any, the rest was carried out."""

    action: Action
    text: str
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.action}: {self.text}"


@frozen
class Applied:
    """What became of a description, and of each action."""

    document: Document
    troubles: list[Trouble]
    states: dict[tuple[str, int], State]
    # What each action has written, in order.
    written: list[tuple[Pointer, Action]]

    def blame(self, pointer: Pointer) -> Action | None:
        """The last action that wrote what a pointer leads to, or something around it, nearest first."""
        found = [(len(where), index) for index, (where, _) in enumerate(self.written) if where == pointer[: len(where)]]
        return self.written[max(found)[1]][1] if found else None


def load_overlays(folder: Path) -> list[Overlay]:
    """A service's overlays, in their order."""
    paths = [folder / name for name in FILES if (folder / name).exists()]
    return [read_overlay(path, path.read_text(encoding="utf-8")) for path in paths]


def read_overlay(path: Path, text: str) -> Overlay:
    """An overlay's text. Raises a Problem that names everything which is wrong with how it is written."""
    origin = shown(path)
    data = parse_document(text, origin)
    if data.get("overlay") != "1.0.0":
        raise Problem(f"{origin}: `overlay` must be '1.0.0', found {data.get('overlay')!r}")
    if not isinstance(data.get("actions"), list):
        raise Problem(f"{origin}: `actions` must be a list")
    lines = _lines(text)
    actions = [
        Action(origin, number, line, each if isinstance(each, dict) else {})
        for number, (each, line) in enumerate(zip(data["actions"], lines, strict=True), start=1)
    ]
    if wrong := [f"{action}: {text}" for action in actions for text in _mistakes(action.data)]:
        raise Problem("\n  ".join(["the overlay cannot be read:", *wrong]) if len(wrong) > 1 else wrong[0])
    return Overlay(path, text, tuple(actions))


def apply_overlays(document: Document, overlays: list[Overlay]) -> Applied:
    """A copy with all actions carried out that can be; the others are told, all of them at once."""
    applied = Applied(copied(document), [], {}, [])
    for overlay in overlays:
        removed: list[tuple[Action, Any, Any]] = []
        for action in overlay.actions:
            removed = _apply(applied, action, removed)
        if any(NAME in str(action.data.get("update")) for action in overlay.actions):
            named, problems = give_names(applied.document)
            applied.document.clear()
            applied.document.update(named)
            if problems:
                raise Problem("\n  ".join([f"{shown(overlay.path)}: the names cannot be given:", *problems]))
    return applied


def find(document: Document, target: str, place: str) -> list[JSONPathMatch]:
    """What a target matches."""
    try:
        return list(jsonpath.finditer(target, document))
    except jsonpath.JSONPathError as error:
        raise Problem(f"{place}: is not a JSONPath: {error}") from None


def is_words(update: Any) -> bool:
    """Whether an update says something, and changes nothing."""
    if not isinstance(update, dict) or not update:
        return False
    return all(is_words(value) if isinstance(value, dict) else key in WORDS for key, value in update.items())


def _apply(applied: Applied, action: Action, removed: list[tuple[Action, Any, Any]]) -> list[tuple[Action, Any, Any]]:
    """Carry out one action. `removed` has the parents of what the action before has taken out, then and now: what takes
    out and puts back has done nothing."""
    key = action.file, action.number
    matches = find(applied.document, action.target, str(action))
    if not matches:
        applied.states[key] = "no target"
        applied.troubles.append(Trouble(action, "matches nothing; the reason for it may have gone"))
        return []
    if "update" not in action.data:
        parents = [_parent(applied.document, match.parts) for match in matches]
        before = [(action, copied(parent), parent) for parent in parents]
        _remove(applied.document, matches)
        applied.states[key] = "needed"
        applied.written.extend((match.parts[:-1], action) for match in matches if len(match.parts) > 1)
        return before
    update = action.data["update"]
    applied.states[key] = "already so" if all(_holds(match.value, update) for match in matches) else "needed"
    absent: dict[str, int] = {}
    for match in matches:
        only_words = is_words(update)
        update_here = update
        if isinstance(match.value, dict) and isinstance(update, dict):
            missing = list(_absent(match.value, update, (), in_fields=_is_fields(match.parts), words=only_words))
            for path in missing:
                absent[".".join(path)] = absent.get(".".join(path), 0) + 1
            update_here = _without(update, missing)
        if not _update(match.value, update_here):
            applied.troubles.append(Trouble(action, f"needs a mapping or a list to act on, found {match.value!r}"))
            return []
        applied.written.extend((leaf, action) for leaf in _leaves(update_here, match.parts))
    # Said of several things, words may be about some of them only.
    if lost := tuple(path for path, times in absent.items() if times == len(matches)):
        text = f"describes what is not there: {', '.join(lost)}"
        applied.troubles.append(Trouble(action, text, lost))
    if removed and all(_alike(then, now) for _, then, now in removed):
        remover = removed[0][0]
        applied.states[key] = applied.states[remover.file, remover.number] = "in vain"
    return []


def _mistakes(data: dict[str, Any]) -> Iterator[str]:
    if not isinstance(data.get("target"), str):
        yield "has no `target`"
        return
    for reason in () if is_words(data.get("update")) else REASONS:
        if not str(data.get(reason) or "").strip():
            yield f"has no `{reason}`"
    if unknown := sorted(set(data) - {"target", "update", "remove", *REASONS}):
        yield f"has keys that mean nothing here: {', '.join(unknown)}"
    if ("update" in data) == (data.get("remove") is True):
        yield "needs either `update` or `remove: true`"
    if data.get("remove") is True and data["target"].strip() == "$":
        yield "the whole document cannot be removed"


def _is_fields(parts: Pointer) -> bool:
    return parts[-1:] == ("properties",)


def _absent(
    node: dict[str, Any], update: dict[str, Any], path: tuple[str, ...], *, in_fields: bool, words: bool
) -> Iterator[tuple[str, ...]]:
    """The ways into an update that only say something about what is not there: it would come into being by that."""
    for key, value in update.items():
        if not isinstance(value, dict):
            continue
        here = (*path, key)
        if key not in node or not isinstance(node[key], dict):
            if words or (in_fields and value.keys() <= set(WORDS)):
                yield here
        else:
            yield from _absent(node[key], value, here, in_fields=key == "properties", words=words)


def _without(update: dict[str, Any], paths: list[tuple[str, ...]]) -> dict[str, Any]:
    if not paths:
        return update
    update = copied(update)
    for path in paths:
        node = update
        for key in path[:-1]:
            node = node[key]
        del node[path[-1]]
    return update


def _leaves(update: Any, pointer: Pointer) -> Iterator[Pointer]:
    if isinstance(update, dict) and update:
        for key, value in update.items():
            yield from _leaves(value, (*pointer, key))
    else:
        yield pointer


def _update(node: Any, update: Any) -> bool:
    if isinstance(node, list):
        # What the vendor says by now is not said twice.
        node.extend([copied(update)] if update not in node else [])
    elif isinstance(node, dict) and isinstance(update, dict):
        _merge(node, update)
    else:
        return False
    return True


def _merge(node: dict[str, Any], update: dict[str, Any]) -> None:
    for key, value in update.items():
        present = node.get(key)
        if isinstance(present, dict) and isinstance(value, dict):
            _merge(present, value)
        elif isinstance(present, list) and isinstance(value, list):
            present.extend(copied(item) for item in value if item not in present)
        else:
            node[key] = copied(value)


def _remove(document: Document, matches: list[JSONPathMatch]) -> None:
    # The last first, so that the positions of list items still to be removed stay true.
    for parts in sorted({match.parts for match in matches}, key=_position, reverse=True):
        del _parent(document, parts)[parts[-1]]


def _position(parts: tuple[int | str, ...]) -> list[tuple[int, str]]:
    return [(part, "") if isinstance(part, int) else (-1, part) for part in parts]


def _parent(document: Document, parts: tuple[int | str, ...]) -> Any:
    node: Any = document
    for part in parts[:-1]:
        node = node[part]
    return node


def _holds(node: Any, update: Any) -> bool:
    """Whether an update would add nothing but words. One of nothing but words is about them."""
    if isinstance(node, list):
        return update in node
    if not isinstance(node, dict) or not isinstance(update, dict):
        return False
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


def _lines(text: str) -> list[int]:
    """The line that each action starts in."""
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if key.value == "actions":
            return [item.start_mark.line + 1 for item in value.value]
    return []
