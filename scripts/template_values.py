"""What the templates need to know beyond what the generator passes on: it leaves out, or reads past, whatever is not
about types."""

import ast
import json
import re
from collections.abc import Iterator
from typing import Any

from scripts.complete import FORMS, OCTETS, class_name, is_json, plain
from scripts.diff import operations
from scripts.grammar import server_url, walk
from scripts.problem import Problem
from scripts.references import resolve
from scripts.services import ROOT, Service
from scripts.shapes import Shapes
from scripts.spec_files import Document, copied

# Hand-written, in the place where it is used: the bindings import it, and nothing makes a copy of it there.
RUNTIME = ROOT / "generated" / "quantum_apis" / "_runtime"
SOURCES = {"response.json()": "json", "response.text": "text", "response.content": "bytes", "None": "none"}
PAGINATION = "x-pagination"
# OpenAPI's styles of query parameters, as the bindings' runtime names them; those left out are its default.
STYLES = {"form": "comma", "spaceDelimited": "space", "pipeDelimited": "pipe"}


def template_values(service: Service, document: Document) -> dict[str, Any]:
    """The variables of a service, by name. Raises a Problem for what bindings cannot express."""
    return {
        "base_url": base_url(service, document),
        **_key(document, service),
        "key_variable": service.key_variable,
        "url_variables": list(service.url_variables),
        "other_versions": list(service.other_versions),
        "groups": {_plain_group(tag["name"]): tag.get("description", "") for tag in document.get("tags", [])},
        "sources": SOURCES,
        "forms": {
            "multipart/form-data": "files=_requests.parts",
            "application/x-www-form-urlencoded": "data=_requests.form",
        },
        "errors": _errors(),
        "authentication": {_name(each): _authentication(document, each) for _, _, _, each in operations(document)},
        "descriptions": {_name(each): _descriptions(document, item, each) for _, _, item, each in operations(document)},
        "fields": _fields(document),
        "styles": {_name(each): _styles(document, item, each) for _, _, item, each in operations(document)},
        "paginations": {
            _name(each): _pagination(document, item, each)
            for _, _, item, each in operations(document)
            if PAGINATION in each
        },
        "discriminators": _discriminators(document),
        "bodies": {
            _name(each): media for _, _, _, each in operations(document) if (media := body_media(document, each))
        },
    }


def template_text(values: dict[str, Any]) -> str:
    """A template that sets these variables."""
    return "".join(f"{{% set {name} = {json.dumps(value, ensure_ascii=False)} %}}\n" for name, value in values.items())


def _name(operation: dict[str, Any]) -> str:
    """An operation's name without case and underscores, which its id and its module have in common."""
    return plain(operation["operationId"])


def _plain_group(name: str) -> str:
    return "_".join(re.findall(r"[a-z0-9]+", name.lower()))


def _errors() -> list[str]:
    """The names that the runtime's errors have; read and not imported, since another copy may be installed."""
    tree = ast.parse((RUNTIME / "errors.py").read_text(encoding="utf-8"))
    return sorted(node.name for node in tree.body if isinstance(node, ast.ClassDef))


def base_url(service: Service, document: Document) -> str:
    """Where the service is: as its `service.yaml` says, else the description's first server that names a host; empty
    when none does. Variables of a server have their defaults."""
    return service.base_url or usable_url(document.get("servers", []))


def usable_url(servers: list[dict[str, Any]]) -> str:
    """The first of several servers that names a host, encrypted before others; empty where none does."""
    urls = map(server_url, servers)
    found = [url for url in urls if re.match(r"https?://[^/{}]+", url) and not re.search(r"[{}]", url)]
    return next((url for url in found if url.startswith("https:")), found[0] if found else "")


def _key(document: Document, service: Service) -> dict[str, str]:
    """Where the key goes: into a header, after a word, or into the query; nowhere when the service takes none."""
    name, scheme = key_scheme(document, service)
    kind, style = scheme.get("type"), str(scheme.get("scheme", "")).lower()
    if kind == "apiKey" and scheme.get("in") == "query":
        return {"key_header": "", "key_parameter": str(scheme["name"]), "key_prefix": service.key_prefix}
    if kind == "apiKey":
        return {"key_header": str(scheme["name"]), "key_parameter": "", "key_prefix": service.key_prefix}
    if name:
        prefix = service.key_prefix or ("Basic" if style == "basic" else "Bearer")
        return {"key_header": "Authorization", "key_parameter": "", "key_prefix": prefix}
    return {"key_header": "", "key_parameter": "", "key_prefix": ""}


def key_scheme(document: Document, service: Service) -> tuple[str, dict[str, Any]]:
    """The security scheme that clients sign in with, by name: the one that `service.yaml` names, else the one that most
    operations take, a key in a header before others. Empty where there is none that a client can use."""
    schemes = document.get("components", {}).get("securitySchemes", {})
    usable = {name: scheme for name, each in schemes.items() if _ranks(scheme := resolve(document, each))}
    if service.scheme:
        if service.scheme not in usable:
            raise Problem(
                f"specs/{service.name}: no security scheme {service.scheme!r}; there are: {', '.join(usable)}"
            )
        return service.scheme, usable[service.scheme]
    uses = [name for _, _, _, each in operations(document) for way in each.get("security") or [] for name in way]
    wanted = [name for name in usable if name in uses] or list(usable)
    best = max(wanted, key=lambda name: (uses.count(name), _ranks(usable[name]), name == wanted[0]), default="")
    return best, usable.get(best, {})


def _ranks(scheme: dict[str, Any]) -> int:
    """How well a client can use a scheme; 0 is not at all. A cookie is for browsers."""
    kind, place, style = scheme.get("type"), scheme.get("in"), str(scheme.get("scheme", "")).lower()
    if kind == "apiKey":
        return {"header": 5, "query": 2}.get(str(place), 0)
    if kind == "http":
        return {"bearer": 4, "basic": 1}.get(style, 0)
    return 3 if kind in ("oauth2", "openIdConnect") else 0


def body_media(document: Document, operation: dict[str, Any]) -> str:
    """The media type that an operation's body is sent in, unless that is JSON."""
    content = resolve(document, operation.get("requestBody", {})).get("content", {})
    media = next(iter(content), "")
    return "" if not media or is_json(media) else media


def generator_input(document: Document) -> Document:
    """The description as the generator takes it: it knows no other media types for bytes than octet-stream, and no
    parameters that are documents."""
    result: Document = copied(document)
    bodies = result.get("components", {}).get("requestBodies", {}).values()
    for body in [*bodies, *(each["requestBody"] for _, _, _, each in operations(result) if "requestBody" in each)]:
        content = body.get("content", {})
        for media in list(content):
            if not is_json(media) and media not in FORMS:
                content[OCTETS] = {"schema": {"type": "string", "format": "binary"}}
                if media != OCTETS:
                    del content[media]
    for kind, _, node in walk(result):
        if kind == "parameter" and isinstance(node.get("content"), dict):
            node["schema"] = next(iter(node.pop("content").values())).get("schema", {})
    answers = result.get("components", {}).get("responses", {}).values()
    for answer in [*answers, *(node for _, _, _, each in operations(result) for node in each["responses"].values())]:
        content = answer.get("content", {})
        if content and not any(is_json(media) or media.startswith("text/") or media == OCTETS for media in content):
            answer["content"] = {OCTETS: {"schema": {"type": "string", "format": "binary"}}}
    return result


def _authentication(document: Document, operation: dict[str, Any]) -> str:
    """Whether an operation takes a key. A description that has schemes and never says where they hold means any."""
    ways = operation.get("security")
    if not any("security" in each for _, _, _, each in operations(document)):
        return "optional" if document.get("components", {}).get("securitySchemes") else "none"
    return "none" if not ways else "optional" if {} in ways else "required"


def _parameters(
    document: Document, item: dict[str, Any], operation: dict[str, Any]
) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """What an operation takes by (place, name); the operation's own come last, as they hold."""
    for each in [*item.get("parameters", []), *operation.get("parameters", [])]:
        parameter = resolve(document, each)
        yield (parameter["in"], parameter["name"]), parameter


def _descriptions(document: Document, item: dict[str, Any], operation: dict[str, Any]) -> dict[str, str]:
    """The prose for each parameter, by place and name; the generator knows that of the schemas only."""
    return {
        f"{place} {name}": str(parameter["description"]).strip()
        for (place, name), parameter in _parameters(document, item, operation)
        if parameter.get("description")
    }


def _fields(document: Document) -> dict[str, dict[str, str]]:
    """The prose for each field, by the schema's plain name; where a field has none, that of the schema it refers to.
    The generator passes over what stands beside a reference."""
    return {
        class_name(name, schema): {
            field: text
            for field, each in schema.get("properties", {}).items()
            if (text := _description(document, each))
        }
        for name, schema in document.get("components", {}).get("schemas", {}).items()
    }


def _description(document: Document, schema: dict[str, Any]) -> str:
    if schema.get("description"):
        return str(schema["description"]).strip()
    if "$ref" in schema:
        return _description(document, resolve(document, schema, steps=1))
    alternatives = [each for each in schema.get("anyOf", []) if each != {"type": "null"}]
    return _description(document, alternatives[0]) if len(alternatives) == 1 else ""


def _styles(document: Document, item: dict[str, Any], operation: dict[str, Any]) -> dict[str, str]:
    """How the lists and objects of query parameters are written, where it is not one parameter per item."""
    result = {}
    for (place, name), parameter in _parameters(document, item, operation):
        style = parameter.get("style", "form")
        if place == "query" and "schema" not in parameter:
            result[name] = "json"
        elif place == "query" and style == "deepObject":
            result[name] = style
        elif place == "query" and not parameter.get("explode", style == "form"):
            result[name] = STYLES[style]
    return result


def _pagination(document: Document, item: dict[str, Any], operation: dict[str, Any]) -> str:
    """The Python expression for an operation's `x-pagination`: dotted paths into the answer, names of parameters."""
    where = f"{operation['operationId']}: {PAGINATION}"
    data = operation[PAGINATION]
    kinds = {"cursor": "CursorPages", "more": "NumberedPages", "remaining": "NumberedPages"}
    paths = [key for key in ("items", "cursor", "more", "remaining") if key in data]
    parameters = [key for key in ("parameter", "size") if key in data]
    kind = next((name for key, name in kinds.items() if key in data), None)
    if kind is None or {"items", "parameter"} - data.keys() or data.keys() - {*paths, *parameters}:
        raise Problem(f"{where}: needs items, parameter, and one of cursor, more and remaining; may have size")
    known = {name for (place, name), _ in _parameters(document, item, operation) if place == "query"}
    for key in parameters:
        if data[key] not in known:
            raise Problem(f"{where}: {key} {data[key]!r} is no query parameter of this operation")
    for key in paths:
        _check_path(document, operation, str(data[key]), f"{where}: {key}")
    arguments = [f"{key}=({', '.join(json.dumps(part) for part in str(data[key]).split('.'))},)" for key in paths]
    arguments += [f"{key}={json.dumps(data[key])}" for key in parameters]
    return f"{kind}({', '.join(arguments)})"


def _check_path(document: Document, operation: dict[str, Any], path: str, where: str) -> None:
    """Raises a Problem where no success has such a field."""
    shapes = Shapes(document)
    for code, answer in operation["responses"].items():
        schema = resolve(document, answer).get("content", {}).get("application/json", {}).get("schema")
        if code.startswith("2") and schema is not None:
            for key in path.split("."):
                schema = shapes.of(schema).properties.get(key)
                if schema is None:
                    break
            else:
                return
    raise Problem(f"{where} {path!r} is not in the answer of this operation")


def _discriminators(document: Document) -> dict[str, dict[str, Any]]:
    """The unions that name their alternatives: by the names of these, the field and which one its values stand for."""
    found: dict[str, list[dict[str, Any]]] = {}
    for union in _unions(document):
        classes = {}
        for each in union["alternatives"]:
            name = each["$ref"].rpartition("/")[2]
            classes[name] = class_name(name, resolve(document, each, steps=1))
        mapping = {name: name for name in classes}
        for value, target in union["discriminator"].get("mapping", {}).items():
            mapping[value] = target.rpartition("/")[2]
        which = {value: classes[name] for value, name in mapping.items() if name in classes}
        described = {"field": union["discriminator"]["propertyName"], "names": which}
        found.setdefault("|".join(sorted(classes.values())), []).append(described)
    # Two that are told apart differently and have the same alternatives: here they look alike, so none of them counts.
    return {key: alike[0] for key, alike in found.items() if all(each == alike[0] for each in alike)}


def _unions(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        alternatives = [each for each in node.get("oneOf") or node.get("anyOf") or [] if each != {"type": "null"}]
        if (
            isinstance(node.get("discriminator"), dict)
            and alternatives
            and all("$ref" in each for each in alternatives)
        ):
            yield {"discriminator": node["discriminator"], "alternatives": alternatives}
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _unions(child)
