"""Whether an interaction is what a spec says, to the letter: path, method, parameters, body; status, media type,
headers, schema. Where a schema lists properties and says nothing of others, others are violations."""

import copy
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import referencing
import referencing.jsonschema
from attrs import frozen
from jsonschema import Draft202012Validator, FormatChecker

from scripts.diff import operations
from scripts.spec_files import Document
from tests.cassette_tools.branches import Complaint, complaints
from tests.cassette_tools.cassette import PLACEHOLDER, Interaction

NAME = "urn:spec"
INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
NUMBER = re.compile(rf"{INTEGER.pattern}(\.[0-9]+)?([eE][+-]?[0-9]+)?")
FORMATS = FormatChecker()
FORMATS.checkers.update(Draft202012Validator.FORMAT_CHECKER.checkers)


@FORMATS.checks("int32")
def _is_int32(value: object) -> bool:
    return not isinstance(value, int | float) or -(2**31) <= value < 2**31


@FORMATS.checks("int64")
def _is_int64(value: object) -> bool:
    return not isinstance(value, int | float) or -(2**63) <= value < 2**63


@frozen
class Violation:
    """One place where an interaction is not what the spec says.

    `place` is one of: operation, key, path, query, request header, request body, status, media type, header, body.
    `path` is a JSONPath into it, or the name of the parameter or header.
    """

    number: int
    operation: str
    place: str
    path: str
    text: str

    def __str__(self) -> str:
        where = f"{self.place} {self.path}" if self.path else self.place
        return f"interaction {self.number}, {self.operation}, {where}: {self.text}"


@frozen
class Operation:
    """One operation of a spec. `pointer` leads to it; each of its parameters and those of its path has its own."""

    method: str
    template: str
    pointer: str
    pattern: re.Pattern[str]
    data: Mapping[str, Any]
    parameters: tuple[tuple[str, Any], ...]

    @property
    def name(self) -> str:
        return str(self.data["operationId"])


class Spec:
    """A normalised OpenAPI document, ready to be checked against. `key_prefix` is the word before the key in a header,
    for which OpenAPI has no place."""

    def __init__(self, document: Document, key_prefix: str = "") -> None:
        self.document = _closed(document)
        self._key = f"{key_prefix} {PLACEHOLDER}".lstrip()
        self.date = str(document["info"].get("x-as-of", "undated"))
        self.server = str(document["servers"][0]["url"])
        resource = referencing.Resource.from_contents(
            self.document, default_specification=referencing.jsonschema.DRAFT202012
        )
        self._registry: Any = referencing.Registry().with_resource(NAME, resource)
        self._validators: dict[str, Draft202012Validator] = {}
        self.operations = sorted(self._operations(), key=lambda each: each.template.count("{"))

    def operation_of(self, interaction: Interaction) -> Operation | None:
        """The operation that a request asks for; None where the spec has none, or the host is another's."""
        if not interaction.url.startswith(self.server + "/"):
            return None
        path = urlsplit(interaction.url).path.removeprefix(urlsplit(self.server).path)
        for operation in self.operations:
            if operation.method == interaction.method and operation.pattern.fullmatch(path):
                return operation
        return None

    def check(self, interaction: Interaction) -> list[Violation]:
        """Everything in an interaction that is not as the spec has it."""
        operation = self.operation_of(interaction)
        if operation is None:
            what = f"{interaction.method} {urlsplit(interaction.url)._replace(query='').geturl()}"
            return [Violation(interaction.number, "no operation", "operation", "", f"the spec has no {what}")]
        found = [*self._request(operation, interaction), *self._response(operation, interaction)]
        return [Violation(interaction.number, operation.name, place, each.path, each.text) for place, each in found]

    # What is asked.

    def _request(self, operation: Operation, interaction: Interaction) -> Iterator[tuple[str, Complaint]]:
        yield from self._key_header(operation, interaction)
        yield from self._parameters(operation, interaction)
        body = self._resolved(operation.data.get("requestBody"), f"{operation.pointer}/requestBody")
        if body is None:
            if interaction.request_body:
                yield "request body", Complaint("$", "the operation takes no body")
            return
        described, pointer = body
        if not interaction.request_body:
            if described.get("required"):
                yield "request body", Complaint("$", "is required")
            return
        kind = interaction.request_headers.get("content-type", "").partition(";")[0]
        yield from self._content(described, pointer, kind, interaction.request_body, "request ")

    def _key_header(self, operation: Operation, interaction: Interaction) -> Iterator[tuple[str, Complaint]]:
        schemes = self.document.get("components", {}).get("securitySchemes", {})
        wanted = operation.data.get("security", self.document.get("security") or [])
        names = {scheme["name"].lower() for scheme in schemes.values() if scheme.get("in") == "header"}
        needed = {schemes[name]["name"].lower() for each in wanted for name in each}
        for name in sorted(needed):
            if name not in interaction.request_headers:
                yield "key", Complaint(name, "the operation wants a key, and none was sent")
            elif interaction.request_headers[name] != self._key:
                yield "key", Complaint(name, f"should be {self._key}, is {interaction.request_headers[name]}")
        if not needed:
            for name in sorted(names & interaction.request_headers.keys()):
                yield "key", Complaint(name, "the operation is public, and a key was sent")

    def _parameters(self, operation: Operation, interaction: Interaction) -> Iterator[tuple[str, Complaint]]:
        path = urlsplit(interaction.url).path.removeprefix(urlsplit(self.server).path)
        match = operation.pattern.fullmatch(path)
        names = re.findall(r"\{([^}]+)\}", operation.template)
        given: dict[str, dict[str, list[str]]] = {"path": {}, "query": {}, "header": {}}
        for name, value in zip(names, match.groups() if match else (), strict=True):
            given["path"][name] = [unquote(value)]
        for name, value in parse_qsl(urlsplit(interaction.url).query, keep_blank_values=True):
            given["query"].setdefault(name, []).append(value)
        given["header"] = {name: [value] for name, value in interaction.request_headers.items()}
        places = {"path": "path", "query": "query", "header": "request header"}
        known = set()
        for where_it_stands, raw in operation.parameters:
            resolved = self._resolved(raw, where_it_stands)
            assert resolved is not None
            parameter, pointer = resolved
            where, name = parameter["in"], parameter["name"]
            known.add((where, name))
            values = given.get(where, {}).get(name.lower() if where == "header" else name)
            if values is None:
                if parameter.get("required"):
                    yield places[where], Complaint(name, "is required")
                continue
            is_list = "array" in kinds_of(self.resolved(parameter.get("schema", {})))
            if len(values) > 1 and not (is_list and parameter.get("explode", True)):
                yield places[where], Complaint(name, "is given more than once")
                continue
            value = self._parameter_value(parameter, values)
            for each in self._against(f"{pointer}/schema", value):
                yield places[where], Complaint(name + each.path.removeprefix("$"), each.text)
        for name in given["query"]:
            if ("query", name) not in known:
                yield "query", Complaint(name, "the operation has no such parameter")

    def _parameter_value(self, parameter: Mapping[str, Any], values: list[str]) -> Any:
        schema = self.resolved(parameter.get("schema", {}))
        kinds = kinds_of(schema)
        if "array" in kinds:
            items = self.resolved(schema.get("items", {}))
            if parameter.get("explode") is False:
                values = values[0].split(",")
            return [_typed(value, kinds_of(items)) for value in values]
        return _typed(values[0], kinds)

    # What is answered.

    def _response(self, operation: Operation, interaction: Interaction) -> Iterator[tuple[str, Complaint]]:
        answer = self._answer(operation, interaction.status)
        if answer is None:
            documented = ", ".join(operation.data["responses"])
            yield "status", Complaint("", f"{interaction.status} is not documented; {documented} are")
            return
        response, pointer = answer
        for name, raw in response.get("headers", {}).items():
            header = self._resolved(raw, f"{pointer}/headers/{_escaped(name)}")
            assert header is not None
            value = interaction.headers.get(name.lower())
            if value is None:
                if header[0].get("required"):
                    yield "header", Complaint(name.lower(), "is required")
                continue
            typed = _typed(value, kinds_of(self.resolved(header[0].get("schema", {}))))
            for each in self._against(f"{header[1]}/schema", typed):
                yield "header", Complaint(name.lower(), each.text)
        if not response.get("content"):
            if interaction.body:
                yield "body", Complaint("$", "a body where the spec has none")
            return
        yield from self._content(response, pointer, interaction.media_type, interaction.body, "")

    def _content(
        self, described: Mapping[str, Any], pointer: str, kind: str, body: bytes, prefix: str
    ) -> Iterator[tuple[str, Complaint]]:
        content = described.get("content", {})
        if kind not in content:
            yield prefix + "media type", Complaint("", f"{kind or 'none'} is none of {', '.join(content)}")
            return
        if "schema" not in content[kind]:
            return
        value: Any = body.decode("utf-8", "replace")
        if "json" in kind:
            try:
                value = json.loads(body, object_pairs_hook=_with_each_key_once, parse_constant=_refuse)
            except ValueError as error:
                yield prefix + "body", Complaint("$", f"is no JSON: {error}")
                return
        for each in self._against(f"{pointer}/content/{_escaped(kind)}/schema", value):
            yield prefix + "body", each

    # Looking things up.

    def _operations(self) -> Iterator[Operation]:
        for method, template, item, data in operations(self.document):
            pattern = re.compile(re.sub(r"\\\{[^}]+\\\}", "([^/]+)", re.escape(template)))
            path = f"/paths/{_escaped(template)}"
            parameters = [
                (f"{pointer}/parameters/{index}", each)
                for pointer, node in ((f"{path}/{method}", data), (path, item))
                for index, each in enumerate(node.get("parameters", []))
            ]
            yield Operation(method.upper(), template, f"{path}/{method}", pattern, data, tuple(parameters))

    def _resolved(self, node: Any, pointer: str) -> tuple[Mapping[str, Any], str] | None:
        """What a node is, behind its reference, and the pointer to that."""
        while isinstance(node, dict) and "$ref" in node:
            pointer = node["$ref"].removeprefix("#")
            node = self.at(pointer)
        return None if node is None else (node, pointer)

    def resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """A schema behind its reference."""
        resolved = self._resolved(schema, "")
        return resolved[0] if resolved else {}

    def _answer(self, operation: Operation, status: int) -> tuple[Mapping[str, Any], str] | None:
        """What is documented for a status, and the pointer to it."""
        responses = operation.data["responses"]
        code = next((each for each in (str(status), f"{status // 100}XX", "default") if each in responses), "")
        return self._resolved(responses.get(code), f"{operation.pointer}/responses/{code}")

    def body_schema(self, operation: Operation, interaction: Interaction) -> str | None:
        """Where the schema of an answer's JSON body stands; None where there is none."""
        answer, kind = self._answer(operation, interaction.status), interaction.media_type
        if answer is None or "json" not in kind or "schema" not in answer[0].get("content", {}).get(kind, {}):
            return None
        return f"{answer[1]}/content/{_escaped(kind)}/schema"

    def fits(self, schema: Mapping[str, Any], value: Any) -> bool:
        """Whether a value is what a schema of this document says."""
        resource = {**schema, "$defs": {}} if "$ref" not in schema else {"$ref": f"{NAME}{schema['$ref']}"}
        return not list(Draft202012Validator(self._absolute(resource), registry=self._registry).iter_errors(value))

    def _absolute(self, node: Any) -> Any:
        if isinstance(node, dict):
            return {
                key: f"{NAME}{value}" if key == "$ref" and str(value).startswith("#") else self._absolute(value)
                for key, value in node.items()
            }
        return [self._absolute(each) for each in node] if isinstance(node, list) else node

    def at(self, pointer: str) -> Any:
        """What stands at a JSON pointer."""
        node: Any = self.document
        for part in pointer.strip("/").split("/"):
            key = part.replace("~1", "/").replace("~0", "~")
            node = node[int(key)] if isinstance(node, list) else node[key]
        return node

    def _against(self, pointer: str, value: Any) -> list[Complaint]:
        validator = self._validators.get(pointer)
        if validator is None:
            validator = self._validators[pointer] = Draft202012Validator(
                {"$ref": f"{NAME}#{pointer}"},
                registry=self._registry,
                format_checker=FORMATS,
            )
        return complaints(validator.iter_errors(value))


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")


def _closed(document: Document) -> Document:
    closed = copy.deepcopy(document)
    _close(closed)
    return closed


def _close(node: Any) -> None:
    if isinstance(node, dict):
        # Parts of an allOf see each other's properties too.
        if isinstance(node.get("properties"), dict) and node.get("type") in ("object", ["object", "null"], None):
            node.setdefault("unevaluatedProperties" if "allOf" in node else "additionalProperties", False)
        for inner in node.values():
            _close(inner)
    elif isinstance(node, list):
        for inner in node:
            _close(inner)


def kinds_of(schema: Mapping[str, Any]) -> list[str]:
    """The JSON types that a schema names, in its alternatives too."""
    kinds = schema.get("type", [])
    found = [kinds] if isinstance(kinds, str) else list(kinds)
    for key in ("anyOf", "oneOf", "allOf"):
        for each in schema.get(key, []):
            found += kinds_of(each)
    return found


def _typed(text: str, kinds: list[str]) -> Any:
    """A parameter's text as the JSON value that its schema speaks of; as text where it cannot be one."""
    if "integer" in kinds and INTEGER.fullmatch(text):
        return int(text)
    if "number" in kinds and NUMBER.fullmatch(text):
        return float(text)
    if "boolean" in kinds and text in ("true", "false"):
        return text == "true"
    return text


def _with_each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    if twice := {key for key in keys if keys.count(key) > 1}:
        raise ValueError(f"an object has {', '.join(sorted(twice))} more than once")
    return dict(pairs)


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no number")
