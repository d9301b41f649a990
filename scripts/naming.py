"""Names for what a vendor left without one. An overlay gives a schema, parameter, answer or body a name with
`x-component-name`; it then becomes a component of that name, and a component that has one already is renamed."""

from typing import Any

from scripts.grammar import SECTIONS, Pointer, as_text, rebuild, walk
from scripts.spec_files import Document

NAME = "x-component-name"
NULL = {"type": "null"}


def give_names(document: Document) -> tuple[Document, list[str]]:
    """A copy in which the names hold, and what stands in their way."""
    problems: list[str] = []
    renamed: dict[str, str] = {}
    lifted: dict[tuple[str, str], Any] = {}

    def change(kind: str, pointer: Pointer, node: dict[str, Any]) -> Any:
        name = node.pop(NAME, None)
        if name is None:
            return node
        section = SECTIONS.get(kind)
        if section is None or "$ref" in node:
            problems.append(f"{as_text(pointer)}: cannot be called {name}: it is a {'reference' if section else kind}")
            return node
        if len(pointer) == 3 and pointer[:2] == ("components", section):
            renamed[f"#/components/{section}/{pointer[2]}"] = name
            return node
        content, nullable = _without_null(node)
        if lifted.setdefault((section, name), content) != content:
            problems.append(f"{as_text(pointer)}: cannot be called {name}: something else is called that")
            return node
        reference = {"$ref": f"#/components/{section}/{name}"}
        return {"anyOf": [reference, dict(NULL)]} if nullable else reference

    result: Document = rebuild(document, change)
    components = result.setdefault("components", {}) if lifted else result.get("components", {})
    for section, nodes in components.items():
        if isinstance(nodes, dict):
            components[section] = {renamed.get(f"#/components/{section}/{key}", key): nodes[key] for key in nodes}
            if len(components[section]) < len(nodes):
                problems.append(f"#/components/{section}: two components would have one name")
    for (section, name), content in lifted.items():
        if components.setdefault(section, {}).setdefault(name, content) != content:
            problems.append(f"#/components/{section}/{name}: is there already, and is something else")
    if renamed:
        _follow(result, {old: f"{old.rpartition('/')[0]}/{new}" for old, new in renamed.items()})
    return result, problems


def _without_null(node: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    kinds = node.get("type")
    if not isinstance(kinds, list) or "null" not in kinds:
        return node, False
    left = [kind for kind in kinds if kind != "null"]
    return {**node, "type": left[0] if len(left) == 1 else left}, True


def _follow(document: Document, moved: dict[str, str]) -> None:
    """Let the references to what was renamed lead to where it is now."""
    for kind, _, node in walk(document):
        if not isinstance(node, dict):
            continue
        if isinstance(node.get("$ref"), str):
            node["$ref"] = moved.get(node["$ref"], node["$ref"])
        mapping = node.get("discriminator", {}).get("mapping") if kind == "schema" else None
        if isinstance(mapping, dict):
            for value, target in mapping.items():
                mapping[value] = moved.get(target, target)
