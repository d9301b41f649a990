"""Whether an answer is what the service's document says, to the letter: status, media type, every field and its type.

Where a schema lists properties and says nothing of others, others are an error.
"""

from __future__ import annotations

import copy
import functools
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import referencing
import referencing.jsonschema
import yaml

SPECS = Path(__file__).parents[2] / "specs"
BASE_PATHS = {"/v0.4": "ionq-v0.4", "/v0.3": "ionq-v0.3", "/api/v1": "qbraid-v2"}
_METHODS = ("get", "post", "put", "delete", "patch")


@functools.cache
def document(service: str) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    parsed: dict[str, Any] = yaml.load((SPECS / service / "effective.yaml").read_text(), loader)
    return parsed


@functools.cache
def strict_document(service: str) -> dict[str, Any]:
    closed = copy.deepcopy(document(service))
    _close(closed)
    return closed


def _close(value: Any) -> None:
    if isinstance(value, dict):
        if isinstance(value.get("properties"), dict) and value.get("type") in ("object", None):
            value.setdefault("additionalProperties", False)
        for inner in value.values():
            _close(inner)
    elif isinstance(value, list):
        for inner in value:
            _close(inner)


@functools.cache
def operations(service: str) -> list[tuple[str, str, re.Pattern[str], dict[str, Any]]]:
    """Method, path, pattern and description; those without a parameter in the path first."""
    found = []
    for path, item in strict_document(service)["paths"].items():
        pattern = re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path))
        found += [(method.upper(), path, pattern, item[method]) for method in _METHODS if method in item]
    return sorted(found, key=lambda operation: operation[1].count("{"))


def operation_of(service: str, method: str, path: str) -> tuple[str, dict[str, Any]] | None:
    for known, template, pattern, description in operations(service):
        if known == method and pattern.fullmatch(path):
            return template, description
    return None


@functools.cache
def _validator(service: str, pointer: str) -> jsonschema.Draft202012Validator:
    resource = referencing.Resource.from_contents(
        strict_document(service), default_specification=referencing.jsonschema.DRAFT202012
    )
    registry = referencing.Registry().with_resource("urn:document", resource)
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(
        {"$ref": f"urn:document#{pointer}"}, registry=registry, format_checker=checker
    )


def _escaped(*parts: str) -> str:
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)


def problems(service: str, method: str, path: str, status: int, content_type: str, body: bytes) -> list[str]:
    """What is wrong with an answer; nothing for a path that the document does not have."""
    found = operation_of(service, method, path)
    if found is None:
        return []
    template, description = found
    responses = description["responses"]
    code = next((c for c in (str(status), f"{status // 100}XX", "default") if c in responses), None)
    if code is None:
        return [f"{method} {template}: status {status} is not documented: {', '.join(responses)}"]
    pointer = _escaped("paths", template, method.lower(), "responses", code)
    response = responses[code]
    if "$ref" in response:
        pointer = response["$ref"].removeprefix("#")
        response = functools.reduce(lambda node, part: node[part], pointer[1:].split("/"), strict_document(service))
    content = response.get("content", {})
    media_type = content_type.split(";")[0]
    if content and media_type not in content:
        return [f"{method} {template}: {media_type} is not one of {', '.join(content)}"]
    if "schema" not in content.get(media_type, {}):
        return []
    value = body.decode() if media_type.startswith("text/") else json.loads(body)
    errors = _validator(service, pointer + _escaped("content", media_type, "schema")).iter_errors(value)
    return [f"{method} {template} {status}: {error.json_path}: {error.message[:300]}" for error in errors]


def problems_of(method: str, path: str, status: int, content_type: str, body: bytes) -> list[str]:
    """The same for a whole path."""
    for base, service in BASE_PATHS.items():
        if path.startswith(base + "/"):
            return problems(service, method, path.removeprefix(base), status, content_type, body)
    return []
