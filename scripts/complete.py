"""What a description leaves out and bindings need: a tag and an operationId for every operation, a Python name for
every value of an enum. Each has a rule, so a vendor who forgets one, or names two things alike, holds up nothing."""

import keyword
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import jsonschema_rs

from scripts.diff import operations
from scripts.grammar import Pointer, as_text, walk
from scripts.references import resolve
from scripts.spec_files import Document

# The names that every model has already.
TAKEN = {"from_dict", "to_dict", "additional_properties", "additional_keys"}
DELIMITERS = ". _-"
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
OCTETS = "application/octet-stream"
VERSION = re.compile(r"v?\d+([._]\d+)*")


def complete(document: Document) -> list[str]:
    """Fill in what is missing, in the document itself; gives a line for each thing that had to be decided."""
    return [
        *_servers(document),
        *_operations(document),
        *_titles(document),
        *_schemas(document),
        *_bodies(document),
    ]


def _servers(document: Document) -> Iterator[str]:
    if not document.get("servers"):
        document["servers"] = [{"url": "/"}]
        yield "the description names no server; callers have to"


def _operations(document: Document) -> Iterator[str]:
    seen: set[str] = set()
    declared = {tag["name"] for tag in document.get("tags", []) if isinstance(tag, dict) and "name" in tag}
    for method, path, item, operation in operations(document):
        title = f"{method.upper()} {path}"
        tags = [tag for tag in operation.get("tags", []) if isinstance(tag, str) and _plain_words(tag)]
        if not tags:
            words = [word for word in path.split("/") if word and "{" not in word and not VERSION.fullmatch(word)]
            operation["tags"] = [_tag(words[0], declared) if words else "api"]
            yield f"{title}: has no tag; it is in the group {operation['tags'][0]!r}"
        name = str(operation.get("operationId") or "")
        short = plain(name)
        if not short or short in seen or not short[0].isalpha() or keyword.iskeyword(short):
            new = _operation_id(method, path)
            while plain(new) in seen:
                new += "_2"
            reason = "has no operationId" if not name else f"has the operationId {name!r}, which cannot be taken"
            yield f"{title}: {reason}; it is called {new}"
            operation["operationId"] = name = new
        seen.add(plain(name))
        yield from _parameters(document, path, item, operation, title)


def _parameters(
    document: Document, path: str, item: dict[str, Any], operation: dict[str, Any], title: str
) -> Iterator[str]:
    """The parameters of the path are those in its braces, whatever is declared."""
    wanted = re.findall(r"{([^}]*)}", path)
    for place in (item, operation):
        kept = []
        for each in place.get("parameters", []):
            node = resolve(document, each)
            if node.get("in") == "path" and node.get("name") not in wanted:
                yield f"{title}: the path has no parameter {node.get('name')!r}; read without it"
            elif node.get("in") == "cookie" and node.get("required") is not True:
                yield f"{title}: the cookie parameter {node.get('name')!r} is left out: a client has cookies of its own"
            else:
                kept.append(each)
        if len(kept) < len(place.get("parameters", [])):
            place["parameters"] = kept
    nodes = [resolve(document, each) for each in [*item.get("parameters", []), *operation.get("parameters", [])]]
    for name in wanted:
        if name not in {node["name"] for node in nodes if node.get("in") == "path"}:
            yield f"{title}: the parameter {name!r} of the path is not described; it is taken for text"
            parameter = {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
            operation.setdefault("parameters", []).append(parameter)


def _titles(document: Document) -> Iterator[str]:
    """A component's class is called like its title, unless another one's would be called the same."""
    schemas = document.get("components", {}).get("schemas", {})
    names = {name: class_name(name, each) if isinstance(each, dict) else name for name, each in schemas.items()}
    uses = Counter(names.values())
    for name, called in names.items():
        if uses[called] > 1 and called != plain(name):
            yield f"#/components/schemas/{name}: others have the title {schemas[name]['title']!r}; it is called {name}"
            del schemas[name]["title"]


def _schemas(document: Document) -> Iterator[str]:
    for kind, pointer, node in walk(document):
        if kind != "schema" or not isinstance(node, dict):
            continue
        if isinstance(node.get("properties"), dict):
            yield from _fields(node, pointer)
        if isinstance(node.get("enum"), list):
            yield from _enum(node, pointer)
        if "default" in node and not _is_valid_default(document, node):
            yield f"{as_text(pointer)}: the default {node['default']!r} does not follow its own schema; read without it"
            del node["default"]


def _fields(schema: dict[str, Any], pointer: Pointer) -> Iterator[str]:
    seen: dict[str, str] = {}
    for name in list(schema["properties"]):
        attribute = "_".join(_words(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name))).lower()
        if attribute in TAKEN or not attribute or seen.setdefault(attribute, name) != name:
            why = f"every model has a member {attribute!r}" if attribute else "no Python name can be made of it"
            if attribute in seen:
                why = f"{seen[attribute]!r} has the same name in Python"
            yield f"{as_text(pointer)}/properties/{name}: {why}; the field is read as one that is not described"
            del schema["properties"][name]
            schema["required"] = [each for each in schema.get("required", []) if each != name]
            if not schema["required"]:
                del schema["required"]


def _enum(schema: dict[str, Any], pointer: Pointer) -> Iterator[str]:
    """Values that would give one Python name twice, or none, get names of their own."""
    values = schema["enum"]
    names = schema.get("x-enum-varnames", values)
    if len(names) != len(values):
        yield f"{as_text(pointer)}: x-enum-varnames has {len(names)} names for {len(values)} values; read without it"
        del schema["x-enum-varnames"]
        names = values
    if not all(isinstance(name, str) for name in names):
        return
    members = [_member(name, index) for index, name in enumerate(names)]
    if len(set(members)) == len(members) and all(member.isidentifier() for member in members):
        return
    chosen: list[str] = []
    for index, member in enumerate(members):
        new = member if member.isidentifier() else f"VALUE_{index}"
        number = 2
        while new in chosen:
            new, number = f"{member if member.isidentifier() else 'VALUE'}_{number}", number + 1
        chosen.append(new)
    schema["x-enum-varnames"] = chosen
    changed = [
        f"{value!r} is {new}" for value, member, new in zip(values, members, chosen, strict=True) if member != new
    ]
    yield f"{as_text(pointer)}: values without a Python name of their own: {', '.join(changed)}"


def _member(name: str, index: int) -> str:
    """As the generator calls an enum's value."""
    return "_".join(_words(name)).upper() if name[:1].isalpha() else f"VALUE_{index}"


def _is_valid_default(document: Document, schema: dict[str, Any]) -> bool:
    try:
        target = resolve(document, schema)
    except (LookupError, TypeError, ValueError):
        return True
    own = {key: target[key] for key in ("type", "enum") if key in target}
    return schema["default"] is None or jsonschema_rs.is_valid(own, schema["default"])


def _bodies(document: Document) -> Iterator[str]:
    """One media type for each body: a client needs no more than one way to say something."""
    for kind, pointer, node in walk(document):
        content = node.get("content") if kind == "request body" and isinstance(node, dict) else None
        if not isinstance(content, dict):
            continue
        for media in content:
            if encoding := content[media].get("encoding"):
                names = ", ".join(encoding)
                yield f"{as_text(pointer)}: {names}: sent as what they are, whatever `encoding` of {media} says"
        if len(content) < 2:
            continue
        best = min(content, key=lambda media: (_preference(media), list(content).index(media)))
        others = ", ".join(media for media in content if media != best)
        yield f"{as_text(pointer)}: is sent as {best}, and never as {others}"
        node["content"] = {best: content[best]}


def _preference(media: str) -> int:
    if is_json(media):
        return 0 if media == "application/json" else 1
    return 2 if media in FORMS else 3


def is_json(media: str) -> bool:
    """Whether a media type is JSON, or something written in it."""
    kind = media.partition(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith("+json")


def _tag(word: str, declared: set[str]) -> str:
    """The vendor's own name for a group where it has one that reads the same."""
    return next((tag for tag in sorted(declared) if plain(tag) == plain(word)), word)


def _operation_id(method: str, path: str) -> str:
    words = []
    for part in path.split("/"):
        names = re.findall(r"{([^}]*)}", part)
        words += ["by", *_plain_words(names[0])] if names else _plain_words(part)
    return "_".join([method, *words])


def plain(name: str) -> str:
    """A name without case and underscores, as a description and Python have it in common."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def class_name(name: str, schema: dict[str, Any]) -> str:
    """What the generator calls a component's class, in that form: as its title, else as itself."""
    return plain(str(schema.get("title") or name))


def _plain_words(name: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower())


def _words(name: str) -> list[str]:
    kept = "".join(letter for letter in name if letter.isidentifier() or letter.isdecimal() or letter in DELIMITERS)
    return [word for word in re.split(r"[. _-]+", kept) if word]
