"""Changes to plant in an API, each with what has to be found: the table behind the tests of diff and merge."""

import copy
from collections.abc import Callable
from typing import Any

from attrs import frozen

from scripts.spec_files import Document

from .big_api import BIG, JOB, answer


@frozen
class Planted:
    """A change and what it must be found as: (level, kind, place and path)."""

    name: str
    edit: Callable[[Document], Any]
    expected: set[tuple[str, str, str]]

    def document(self) -> Document:
        """The API with the change in it."""
        result = copy.deepcopy(BIG)
        self.edit(result)
        return result


def put(path: str, value: Any) -> Callable[[Document], None]:
    """Set what a path of keys, with blanks between them, leads to."""

    def edit(document: Document) -> None:
        *above, last = path.split(" ")
        node: Any = document
        for key in above:
            node = node[int(key) if isinstance(node, list) else key]
        if isinstance(node, list):
            node.insert(int(last), value)
        else:
            node[last] = value

    return edit


def drop(path: str) -> Callable[[Document], None]:
    """Take away what a path of keys leads to."""

    def edit(document: Document) -> None:
        *above, last = path.split(" ")
        node: Any = document
        for key in above:
            node = node[int(key) if isinstance(node, list) else key]
        del node[int(last) if isinstance(node, list) else last]

    return edit


def move(path: str, old: str, new: str) -> Callable[[Document], None]:
    """Give what stands under a key another one."""

    def edit(document: Document) -> None:
        node: Any = document
        for key in path.split(" "):
            node = node[key]
        node[new] = node.pop(old)

    return edit


def both(*edits: Callable[[Document], None]) -> Callable[[Document], None]:
    """Several edits, one after the other."""

    def edit(document: Document) -> None:
        for each in edits:
            each(document)

    return edit


def read(level: str, kind: str, path: str) -> set[tuple[str, str, str]]:
    """What is met wherever a job is answered."""
    return {
        (level, kind, f"response 200 $[*]{path}"),
        (level, kind, f"response 201 ${path}"),
        (level, kind, f"response 200 ${path}"),
    }


def sent(level: str, kind: str, path: str) -> set[tuple[str, str, str]]:
    """What is met where a job is created."""
    return {(level, kind, f"request body $.{path}")}


def everywhere(document: Document, edit: Callable[[dict[str, Any], tuple[str, ...]], None]) -> Document:
    """A copy in which every object of the paths and components was edited, except sample values and maps of names."""

    def walk(node: Any, keys: tuple[str, ...]) -> Any:
        if isinstance(node, list):
            return [walk(item, keys) for item in node]
        if not isinstance(node, dict):
            return node
        kept = (
            {"example", "examples", "default", "enum", "required", "security"} if keys[-1:] != ("properties",) else ()
        )
        result = {
            key: copy.deepcopy(value) if key in kept else walk(value, (*keys, key)) for key, value in node.items()
        }
        maps = {
            "properties",
            "responses",
            "content",
            "headers",
            "schemas",
            "parameters",
            "paths",
            "components",
            "patch",
        }
        maps |= {"securitySchemes", "requestBodies", "examples", "security", "mapping", "$defs", "patternProperties"}
        is_map = keys[-1:] and keys[-1] in maps and keys[-2:-1] != ("properties",)
        if not is_map and keys[:1] != ("info",) and not (keys[:1] == ("paths",) and len(keys) == 2):
            edit(result, keys)
        return result

    return {
        key: walk(value, (key,)) if key in ("paths", "components") else copy.deepcopy(value)
        for key, value in document.items()
    }


COST = {"type": "object", "properties": {"usd": {"type": "number"}}}
JOBS, ONE = "paths /jobs", "paths /jobs/{id} get"
FIELDS, NEW = "components schemas Job properties", "components schemas NewJob properties"
PLANTED = [
    # what is read
    Planted("field gone", drop(f"{FIELDS} note"), read("breaking", "field-removed", ".note")),
    Planted("field new", put(f"{FIELDS} extra", {"type": "string"}), read("additive", "field-added", ".extra")),
    Planted(
        "nested field gone",
        drop(f"{FIELDS} stats properties qubits"),
        read("breaking", "field-removed", ".stats.qubits"),
    ),
    Planted("type changed", put(f"{FIELDS} note type", "boolean"), read("breaking", "type-changed", ".note")),
    Planted("type widened", put(f"{FIELDS} count type", "number"), read("breaking", "type-widened", ".count")),
    Planted(
        "type narrowed", put(f"{FIELDS} cost type", ["integer", "null"]), read("neutral", "type-narrowed", ".cost")
    ),
    Planted("type given up", put(f"{FIELDS} note", {}), read("breaking", "type-widened", ".note")),
    Planted("null new", put(f"{FIELDS} note type", ["string", "null"]), read("breaking", "null-allowed", ".note")),
    Planted("null gone", put(f"{FIELDS} cost type", "number"), read("neutral", "null-refused", ".cost")),
    Planted(
        "object never null",
        put(f"{FIELDS} failure", {"$ref": "#/components/schemas/Failure"}),
        read("neutral", "null-refused", ".failure"),
    ),
    Planted(
        "may be missing",
        put("components schemas Job required", ["id"]),
        read("breaking", "field-now-optional", ".status"),
    ),
    Planted(
        "always there", put("components schemas Job required 0", "note"), read("neutral", "field-now-required", ".note")
    ),
    Planted(
        "enum value new",
        put("components schemas Status enum 0", "paused"),
        read("breaking", "value-added", ".status") | {("additive", "value-added", "query parameter status $")},
    ),
    Planted(
        "enum value gone",
        put("components schemas Status enum", ["ready"]),
        read("neutral", "value-removed", ".status") | {("breaking", "value-removed", "query parameter status $")},
    ),
    Planted(
        "enum opened",
        drop("components schemas Status enum"),
        read("breaking", "values-opened", ".status") | {("additive", "values-opened", "query parameter status $")},
    ),
    Planted("enum closed", put(f"{FIELDS} note enum", ["a"]), read("neutral", "values-closed", ".note")),
    Planted("format changed", drop(f"{FIELDS} created format"), read("breaking", "format-changed", ".created")),
    Planted(
        "alternative new",
        put(f"{FIELDS} result anyOf 0", {"type": "integer"}),
        read("breaking", "alternative-added", ".result"),
    ),
    Planted("alternative gone", drop(f"{FIELDS} result anyOf 1"), read("neutral", "alternative-removed", ".result")),
    Planted(
        "choice where there was none",
        put(f"{FIELDS} note", {"anyOf": [{"type": "string"}, {"type": "integer"}]}),
        read("breaking", "alternative-added", ".note"),
    ),
    Planted(
        "inside an alternative",
        drop("components schemas Counts properties counts"),
        read("breaking", "field-removed", ".result.counts"),
    ),
    Planted(
        "map of another type",
        put(f"{FIELDS} tags additionalProperties type", "integer"),
        read("breaking", "type-changed", ".tags.*"),
    ),
    Planted(
        "map gone", put(f"{FIELDS} tags additionalProperties", False), read("breaking", "field-removed", ".tags.*")
    ),
    Planted(
        "other fields",
        drop(f"{FIELDS} strict additionalProperties"),
        read("neutral", "other-fields-allowed", ".strict.*"),
    ),
    Planted("deprecated field", put(f"{FIELDS} note deprecated", True), read("neutral", "deprecated", ".note")),
    Planted("other keyword", put(f"{FIELDS} count format", "int64"), read("neutral", "keyword-changed", ".count")),
    Planted("limit in an answer", put(f"{FIELDS} count maximum", 5), read("neutral", "limit-tightened", ".count")),
    # what is sent
    Planted(
        "needed field new",
        both(put(f"{NEW} project", {"type": "string"}), put("components schemas NewJob required 0", "project")),
        sent("breaking", "required-field-added", "project"),
    ),
    Planted(
        "field needed",
        put("components schemas NewJob required 0", "shots"),
        sent("breaking", "field-now-required", "shots"),
    ),
    Planted(
        "field not needed",
        put("components schemas NewJob required", []),
        sent("additive", "field-now-optional", "device"),
    ),
    Planted("field taken", put(f"{NEW} project", {"type": "string"}), sent("additive", "field-added", "project")),
    Planted("field not taken", drop(f"{NEW} seed"), sent("breaking", "field-removed", "seed")),
    Planted("value not taken", put(f"{NEW} device enum", ["simulator"]), sent("breaking", "value-removed", "device")),
    Planted("value taken", put(f"{NEW} device enum 0", "qpu2"), sent("additive", "value-added", "device")),
    Planted("any value taken", drop(f"{NEW} device enum"), sent("additive", "values-opened", "device")),
    Planted("only some values taken", put(f"{NEW} name enum", ["a", "b"]), sent("breaking", "values-closed", "name")),
    Planted("higher minimum", put(f"{NEW} shots minimum", 10), sent("breaking", "limit-tightened", "shots")),
    Planted("lower maximum", put(f"{NEW} shots maximum", 10), sent("breaking", "limit-tightened", "shots")),
    Planted("higher maximum", put(f"{NEW} shots maximum", 10_000), sent("additive", "limit-loosened", "shots")),
    Planted("shorter text", put(f"{NEW} name maxLength", 20), sent("breaking", "limit-tightened", "name")),
    Planted("any length", drop(f"{NEW} name maxLength"), sent("additive", "limit-loosened", "name")),
    Planted("pattern new", put(f"{NEW} name pattern", "^a"), sent("breaking", "limit-tightened", "name")),
    Planted("default changed", put(f"{NEW} shots default", 1000), sent("breaking", "default-changed", "shots")),
    Planted("null not taken", put(f"{NEW} name type", "string"), sent("breaking", "null-refused", "name")),
    Planted("null taken", put(f"{NEW} seed type", ["number", "null"]), sent("additive", "null-allowed", "seed")),
    Planted("only whole numbers", put(f"{NEW} seed type", "integer"), sent("breaking", "type-narrowed", "seed")),
    Planted("alternative not taken", drop(f"{NEW} input anyOf 1"), sent("breaking", "alternative-removed", "input")),
    Planted(
        "alternative taken",
        put(f"{NEW} input anyOf 0", {"type": "object"}),
        sent("additive", "alternative-added", "input"),
    ),
    Planted(
        "no other fields taken",
        put("components schemas NewJob additionalProperties", False),
        sent("breaking", "other-fields-refused", "*"),
    ),
    Planted(
        "body not needed",
        put(f"{JOBS} post requestBody required", False),
        {("additive", "body-now-optional", "request body")},
    ),
    Planted("body gone", drop(f"{JOBS} post requestBody"), {("breaking", "body-removed", "request body")}),
    Planted(
        "body new",
        put(f"{ONE} requestBody", {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}),
        {("breaking", "required-body-added", "request body")},
    ),
    # parameters
    Planted(
        "parameter gone", drop(f"{JOBS} get parameters 1"), {("breaking", "parameter-removed", "query parameter limit")}
    ),
    Planted(
        "parameter new",
        put(f"{JOBS} get parameters 0", {"name": "page", "in": "query", "schema": {"type": "integer"}}),
        {("additive", "parameter-added", "query parameter page")},
    ),
    Planted(
        "needed parameter new",
        put(
            f"{JOBS} get parameters 0",
            {"name": "X-Org", "in": "header", "required": True, "schema": {"type": "string"}},
        ),
        {("breaking", "required-parameter-added", "header parameter X-Org")},
    ),
    Planted(
        "parameter needed",
        put(f"{JOBS} get parameters 1 required", True),
        {("breaking", "parameter-now-required", "query parameter limit")},
    ),
    Planted(
        "lower limit",
        put(f"{JOBS} get parameters 1 schema maximum", 20),
        {("breaking", "limit-tightened", "query parameter limit $")},
    ),
    Planted(
        "other default",
        put(f"{JOBS} get parameters 1 schema default", 20),
        {("breaking", "default-changed", "query parameter limit $")},
    ),
    Planted(
        "joined by commas",
        put(f"{JOBS} get parameters 2 explode", False),
        {("breaking", "parameter-style-changed", "query parameter ids")},
    ),
    Planted(
        "parameter deprecated",
        put(f"{JOBS} get parameters 2 deprecated", True),
        {("neutral", "deprecated", "query parameter ids")},
    ),
    # answers
    Planted("answer new", put(f"{ONE} responses 202", answer(JOB)), {("additive", "answer-added", "response 202")}),
    Planted(
        "error new", put(f"{ONE} responses 404", {"description": ""}), {("additive", "error-added", "response 404")}
    ),
    Planted("error gone", drop(f"{JOBS} post responses 400"), {("neutral", "error-removed", "response 400")}),
    Planted(
        "other status",
        move(f"{JOBS} post responses", "201", "200"),
        {("breaking", "answer-removed", "response 201"), ("additive", "answer-added", "response 200")},
    ),
    Planted(
        "body of an error new",
        put(f"{JOBS} post responses 429", answer({"type": "string"})),
        {("additive", "content-added", "response 429")},
    ),
    Planted(
        "body of an error gone",
        drop(f"{JOBS} post responses 400 content"),
        {("breaking", "content-removed", "response 400")},
    ),
    Planted(
        "other media type",
        put(f"{ONE} responses 200 content text/csv", {"schema": {"type": "string"}}),
        {("additive", "content-added", "response 200 (text/csv)")},
    ),
    Planted(
        "header gone",
        drop(f"{JOBS} get responses 200 headers X-Request-Id"),
        {("breaking", "header-removed", "response 200 header X-Request-Id")},
    ),
    Planted(
        "header new",
        put(f"{JOBS} get responses 200 headers X-Left", {"schema": {"type": "integer"}}),
        {("additive", "header-added", "response 200 header X-Left")},
    ),
    # operations and the document
    Planted("operation gone", drop(f"{JOBS} post"), {("breaking", "operation-removed", "")}),
    Planted("path gone", drop("paths /health"), {("breaking", "operation-removed", "")}),
    Planted(
        "operation new",
        put(
            "paths /cost",
            {"get": {**BIG["paths"]["/health"]["get"], "operationId": "getCost", "responses": {"200": answer(COST)}}},
        ),
        {("additive", "operation-added", "")},
    ),
    Planted("operation renamed", put(f"{ONE} operationId", "readJob"), {("breaking", "operation-renamed", "")}),
    Planted("operation moved", put(f"{ONE} tags", ["runs"]), {("breaking", "operation-regrouped", "")}),
    Planted("operation deprecated", put(f"{ONE} deprecated", True), {("neutral", "deprecated", "")}),
    Planted(
        "path parameter renamed",
        both(put(f"{ONE} parameters 0 name", "job"), move("paths", "/jobs/{id}", "/jobs/{job}")),
        {("neutral", "parameter-renamed", ""), ("neutral", "parameter-renamed", "path parameter id")},
    ),
    Planted("key needed", put("paths /health get security", [{"key": []}]), {("breaking", "key-needed", "")}),
    Planted("key not needed", put(f"{ONE} security", []), {("additive", "key-not-needed", "")}),
    Planted("other key", put(f"{ONE} security", [{"bearer": []}]), {("breaking", "key-scheme-changed", "")}),
    Planted(
        "server moved",
        put("servers", [{"url": "https://big.example/v2"}]),
        {("breaking", "server-changed", "$.servers")},
    ),
    Planted("version", put("info version", "2"), {("neutral", "version-changed", "$.info.version")}),
]
