"""Whether a corrected, normalised document can become bindings: first the standard's rules, then what the generator
would turn into broken or misleading code without a word."""

import re
from collections.abc import Iterator
from typing import Any

from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

from scripts.normalise import METHODS
from scripts.problem import Problem
from scripts.spec_files import Document

# The names that every model has already.
TAKEN = {"from_dict", "to_dict", "additional_properties", "additional_keys"}
DELIMITERS = ". _-"
SHOWN = 10
# References that lead to references; more than this lead nowhere.
MOST_STEPS = 50


def validate(document: Document, origin: str) -> None:
    """Raises a Problem that lists what is wrong and where."""
    # One after the other: what a later look relies on is sure by then.
    wrong = (
        list(references(document, document, "#"))
        or list(_standard(document))
        or [*_operations(document), *_schemas(document, "#")]
    )
    if wrong:
        more = [f"... and {len(wrong) - SHOWN} more"] if len(wrong) > SHOWN else []
        raise Problem("\n  ".join([f"{origin}: cannot become bindings:", *wrong[:SHOWN], *more]))


def operations(document: Document) -> Iterator[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """Every operation as (method, path, path item, operation), in the document's order."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield method, path, item, item[method]


def resolve(document: Document, node: Any, steps: int | None = None) -> Any:
    """The node, or what its local `$ref` points to, through no more than this number of references."""
    left = MOST_STEPS if steps is None else steps
    while isinstance(node, dict) and "$ref" in node and left:
        left -= 1
        target: Any = document
        for part in str(node["$ref"]).removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    if steps is None and not left:
        raise KeyError("references that only lead to each other")
    return node


def references(document: Document, node: Any, where: str) -> Iterator[str]:
    """Every reference below a node that leads nowhere in the document."""
    if isinstance(node, dict) and isinstance(node.get("$ref"), str):
        try:
            resolve(document, node)
        except (KeyError, TypeError):
            yield f"{where}: refers to {node['$ref']}, which is not in this document"
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in children:
        yield from references(document, value, f"{where}/{_escaped(key)}")


def _escaped(key: str | int) -> str:
    return str(key).replace("~", "~0").replace("/", "~1")


def _standard(document: Document) -> Iterator[str]:
    try:
        for error in OpenAPIV31SpecValidator(document).iter_errors():
            where = "/".join(_escaped(part) for part in getattr(error, "absolute_path", ()))
            yield f"#/{where}: {_deepest(error)}"
    except (OpenAPIValidationError, LookupError, TypeError) as error:
        yield f"#: {error}"


def _deepest(error: Any) -> str:
    """The most telling of the reasons below an error, on one line."""
    while getattr(error, "context", None):
        error = max(error.context, key=lambda inner: len(inner.absolute_path))
    return " ".join(str(getattr(error, "message", error)).split())[:300]


def _operations(document: Document) -> Iterator[str]:
    seen: dict[str, str] = {}
    for method, path, item, operation in operations(document):
        where = f"#/paths/{_escaped(path)}/{method}"
        name = operation.get("operationId")
        if not name or not operation.get("tags"):
            yield f"{where}: needs an operationId and a tag; they name the module and its folder"
        plain = re.sub(r"[^a-z0-9]", "", str(name).lower())
        if plain in seen:
            yield f"{where}: the operationId {name!r} reads like that of {seen[plain]}"
        seen[plain] = where
        yield from _path_parameters(document, item, operation, path, where)
        content = resolve(document, operation.get("requestBody", {})).get("content", {})
        if content and list(content) != ["application/json"]:
            yield f"{where}/requestBody: only application/json can be sent, found {', '.join(content)}"


def _path_parameters(
    document: Document, item: dict[str, Any], operation: dict[str, Any], path: str, where: str
) -> Iterator[str]:
    parameters = [resolve(document, each) for each in [*item.get("parameters", []), *operation.get("parameters", [])]]
    declared = {each["name"] for each in parameters if each.get("in") == "path" and each.get("required") is True}
    if declared != set(re.findall(r"{([^}]*)}", path)):
        yield f"{where}: the path's parameters and the required `in: path` parameters differ"
    for each in parameters:
        if each.get("in") == "cookie":
            yield f"{where}: a cookie parameter ({each['name']}) cannot be sent; a client has cookies of its own"
        if "schema" not in each:
            yield f"{where}: the parameter {each['name']!r} has no schema; one that is a document cannot be sent"
        if each.get("style", "simple") != "simple" and each.get("in") in ("path", "header"):
            yield f"{where}: the parameter {each['name']!r} has the style {each['style']}, which cannot be sent"
        if each["name"].lower() == "body":
            yield f"{where}: a parameter called {each['name']!r} would hide the request body"


def _schemas(node: Any, where: str) -> Iterator[str]:
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _schemas(item, f"{where}/{index}")
    if not isinstance(node, dict):
        return
    if isinstance(node.get("properties"), dict) and not where.endswith("/properties"):
        yield from _names(node["properties"], f"{where}/properties")
    if isinstance(node.get("enum"), list) and not where.endswith("/properties"):
        yield from _enum(node, where)
    for key, value in node.items():
        if key not in ("example", "examples", "default", "enum") or where.endswith("/properties"):
            yield from _schemas(value, f"{where}/{_escaped(key)}")


def _names(properties: dict[str, Any], where: str) -> Iterator[str]:
    for name in properties:
        attribute = "_".join(_words(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name))).lower()
        if attribute in TAKEN:
            yield f"{where}/{name}: every model has a member {attribute!r}; the overlay must rename or remove it"
        if not attribute:
            yield f"{where}/{name}: no Python name can be made of it"


def _enum(schema: dict[str, Any], where: str) -> Iterator[str]:
    values = schema["enum"]
    names = schema.get("x-enum-varnames", values)
    if len(names) != len(values):
        yield f"{where}: x-enum-varnames has {len(names)} names for {len(values)} values"
    if not all(isinstance(name, str) for name in names):
        return
    seen: dict[str, str] = {}
    for index, name in enumerate(names):
        member = "_".join(_words(name)).upper() if name[:1].isalpha() else f"VALUE_{index}"
        if member in seen:
            yield f"{where}: {seen[member]!r} and {name!r} would both be called {member}; add x-enum-varnames"
        if not member.isidentifier():
            yield f"{where}: no Python name can be made of {name!r}; add x-enum-varnames"
        seen[member] = name


def _words(name: str) -> list[str]:
    kept = "".join(letter for letter in name if letter.isidentifier() or letter.isdecimal() or letter in DELIMITERS)
    return [word for word in re.split(r"[. _-]+", kept) if word]
