"""A service from a document: bindings that work alone, and a page that says what to do next."""

import datetime
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import httpx
import pytest
from attrs import fields_dict
from quantum_apis._runtime.client import Service as ClientService, SyncClient
from quantum_apis._runtime.requests import Request

from scripts import update_spec
from scripts.add_service import add_service
from scripts.diff import operations_of
from scripts.effective import effective_path, make_effective
from scripts.generate import generate
from scripts.problem import Problem
from scripts.services import ROOT, find_service, load_services
from scripts.spec_files import Document, dump_document, load_document
from scripts.template_values import template_values
from scripts.update_spec import plan
from scripts.vendor import Provenance, VendorDocument, assemble
from tests.loopback import Answer, Loopback

KEY: dict[str, Any] = {"k": {"type": "http", "scheme": "bearer"}}
ANSWER = {"200": {"description": "", "content": {"application/json": {"schema": {"type": "object"}}}}}
FILE = {"type": "string", "format": "binary"}
TEXTS = {"type": "array", "items": {"type": "string"}}
FORM = {"type": "object", "required": ["file"], "properties": {"file": FILE, "tags": TEXTS, "meta": {"type": "object"}}}
LOGIN = {"type": "object", "properties": {"user": {"type": "string"}, "scopes": TEXTS}}


def use(folder: Path, patch: pytest.MonkeyPatch) -> Path:
    """An empty place for specs and bindings."""
    patch.setenv("QUANTUM_SPECS_FOLDER", str(folder / "specs"))
    patch.setenv("QUANTUM_GENERATED_FOLDER", str(folder / "generated"))
    patch.setenv("QUANTUM_PROJECT_FOLDER", str(folder))
    (folder / "specs").mkdir(exist_ok=True)
    return folder


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_generator: None) -> Path:
    """An empty place, where bindings are not really made."""
    return use(tmp_path, monkeypatch)


def given(document: Document, folder: Path, name: str = "given.yaml") -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump_document(document))
    return str(path)


def service(schemes: dict[str, Any] | None = None, security: Any = None, servers: Any = None, **paths: Any) -> Document:
    document: Document = {"openapi": "3.1.0", "info": {"title": "Acme, Inc.", "version": "1"}, "paths": {}}
    document["paths"]["/things"] = {"get": {"operationId": "listThings", "tags": ["things"], "responses": ANSWER}}
    document["paths"] |= {f"/{name}": {"post": {"responses": ANSWER, **node}} for name, node in paths.items()}
    document["servers"] = [{"url": "https://acme.example/v1"}] if servers is None else servers
    document |= {"components": {"securitySchemes": schemes}} if schemes else {}
    return document | ({"security": security} if security is not None else {})


def odd() -> Document:
    """One of everything that foreign descriptions have."""

    def body(media: str, schema: Any) -> dict[str, Any]:
        return {"tags": ["things"], "requestBody": {"required": True, "content": {media: {"schema": schema}}}}

    document = service(
        KEY,
        [{"k": []}],
        upload={**body("multipart/form-data", FORM), "operationId": "upload"},
        login={**body("application/x-www-form-urlencoded", LOGIN), "operationId": "login"},
        text={**body("text/csv", {"type": "string"}), "operationId": "text"},
        bytes={**body("application/octet-stream", FILE), "operationId": "raw"},
        named={"operationId": "class", "tags": []},
    )
    answers: dict[str, Any] = {"200": {"description": "", "content": {"image/png": {"schema": FILE}}}}
    header = {"name": "X-Needed", "in": "header", "required": True, "schema": {"type": "string"}}
    filters = {"type": "object", "properties": {"a": {}}}
    deep = {"name": "filter", "in": "query", "style": "deepObject", "schema": filters}
    document["paths"]["/images/{id}"] = {"get": {"responses": answers, "parameters": [header, deep]}}
    kinds = {"type": "string", "enum": ["a-b", "a_b"]}
    item = {"type": "object", "properties": {"id": {"type": "string"}, "kind": kinds}}
    document["components"]["schemas"] = {"Item": item}
    schema = {"allOf": [{"$ref": "#/components/schemas/Item"}, {"description": "An item."}]}
    content = {"application/json; charset=utf-8": {"schema": schema}}
    document["paths"]["/items"] = {"get": {"responses": {"200": {"description": "", "content": content}}}}
    return document


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory, generator: None) -> Path:
    """The whole command on that description, and on one without any model, once; where the files are."""
    with pytest.MonkeyPatch.context() as patch:
        folder = use(tmp_path_factory.mktemp("acme"), patch)
        add_service("acme-v1", given(odd(), folder))
        add_service("bare-v1", given(bare(), folder))
    return folder


def bare() -> Document:
    """No component, no body, no parameter, and an answer that says nothing."""
    document = service()
    document["paths"]["/things"]["get"]["responses"] = {"204": {"description": ""}}
    return document


@pytest.fixture
def in_acme(acme: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, as the place that commands work in; it is not to be changed."""
    return use(acme, monkeypatch)


def run(folder: Path, code: str, **environment: str) -> str:
    """What a program prints that has only the new bindings."""
    variables = {**os.environ, "PYTHONPATH": str(folder / "generated"), **environment}
    done = subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def sent(folder: Path, *calls: str) -> list[dict[str, Any]]:
    """The requests that calls of the new client send."""
    code = (
        "import httpx, json\nfrom quantum_apis import acme_v1\nfrom quantum_apis.acme_v1.models import *\n"
        "from quantum_apis.acme_v1.types import File\n"
        "def answer(request):\n"
        "    print(json.dumps({'url': str(request.url), 'method': request.method, 'headers': dict(request.headers),"
        " 'body': request.read().decode()}))\n"
        "    return httpx.Response(200, json={})\n"
        "client = acme_v1.connect(transport=httpx.MockTransport(answer))\n"
    )
    lines = run(folder, code + "\n".join(calls), ACME_API_KEY="secret").splitlines()
    return [json.loads(line) for line in lines]


def client_of(folder: Path, answer: Callable[[httpx.Request], httpx.Response]) -> SyncClient:
    """A client as the bindings of the new service have it."""
    found = find_service("acme-v1")
    values = template_values(found, load_document(effective_path(found)))
    names = fields_dict(ClientService).keys() & values.keys()
    described = ClientService(**{name: values[name] for name in names})

    class Client(SyncClient):
        service: ClassVar[ClientService] = described

    key = described.find_key("secret" if described.key_header or described.key_parameter else None)
    return Client(key, base_url=described.find_base_url(None), transport=httpx.MockTransport(answer))


def request_of(folder: Path) -> httpx.Request:
    """The request that the operation which lists things sends."""
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json={})

    found = find_service("acme-v1")
    values = template_values(found, load_document(effective_path(found)))
    authentication = values["authentication"]["listthings"]
    client_of(folder, answer).send(Request(operation="x", method="GET", path="/things", authentication=authentication))
    return asked[0]


KEYS = [
    ("a header", {"k": {"type": "apiKey", "in": "header", "name": "X-Key"}}, [{"k": []}], ("x-key", "secret")),
    ("the query", {"k": {"type": "apiKey", "in": "query", "name": "key"}}, [{"k": []}], ("?key=secret", "")),
    ("bearer", KEY, [{"k": []}], ("authorization", "Bearer secret")),
    ("basic", {"k": {"type": "http", "scheme": "basic"}}, [{"k": []}], ("authorization", "Basic secret")),
    ("OAuth", {"k": {"type": "oauth2", "flows": {}}}, [{"k": ["read"]}], ("authorization", "Bearer secret")),
    (
        "several, of which one is for browsers",
        {"c": {"type": "apiKey", "in": "cookie", "name": "s"}, **KEY},
        [{"c": []}, {"k": []}],
        ("authorization", "Bearer secret"),
    ),
    (
        "several, of which a header is plainer",
        {"q": {"type": "apiKey", "in": "query", "name": "s"}, "k": {"type": "apiKey", "in": "header", "name": "X-K"}},
        [{"q": []}, {"k": []}],
        ("x-k", "secret"),
    ),
    ("one that nothing asks for", KEY, None, ("authorization", "Bearer secret")),
]


@pytest.mark.parametrize(("schemes", "security", "place"), [each[1:] for each in KEYS], ids=[each[0] for each in KEYS])
def test_the_key_goes_where_the_service_wants_it(
    workspace: Path, schemes: dict[str, Any], security: Any, place: tuple[str, str]
) -> None:
    add_service("acme-v1", given(service(schemes, security), workspace))
    request = request_of(workspace)
    if place[0][0] == "?":
        assert str(request.url) == f"https://acme.example/v1/things{place[0]}"
        assert "secret" not in str(request.headers.raw)
    else:
        assert request.headers[place[0]] == place[1]
        assert "secret" not in str(request.url)


def test_a_service_without_keys_is_called_without_one(workspace: Path) -> None:
    add_service("acme-v1", given(service(), workspace))
    assert "authorization" not in request_of(workspace).headers


def test_a_key_in_a_query_is_in_no_exception(workspace: Path) -> None:
    schemes = {"k": {"type": "apiKey", "in": "query", "name": "key"}}
    add_service("acme-v1", given(service(schemes, [{"k": []}]), workspace))

    def answer(request: httpx.Request) -> httpx.Response:
        assert "secret" in str(request.url)
        raise httpx.ConnectError("no", request=request)

    with pytest.raises(httpx.ConnectError) as error:
        client_of(workspace, answer).send(Request(operation="x", method="GET", path="/", authentication="required"))
    assert "secret" not in f"{error.value.request.url} {error.value.request.headers.raw}"


SERVERS = [
    ("templated", [{"url": "https://{a}.b/{v}", "variables": {"a": {"default": "eu"}, "v": {"default": "v2"}}}], "https://eu.b/v2"),
    ("not the first", [{"url": "/relative"}, {"url": "http://a.b"}, {"url": "https://c.d/"}], "https://c.d"),
]  # fmt: skip


@pytest.mark.parametrize(("servers", "url"), [each[1:] for each in SERVERS], ids=[each[0] for each in SERVERS])
def test_the_base_url_is_a_url(workspace: Path, servers: Any, url: str) -> None:
    add_service("acme-v1", given(service(servers=servers), workspace))
    assert str(request_of(workspace).url) == f"{url}/things"


@pytest.mark.parametrize("servers", [[], [{"url": "/api/v1"}], [{"url": "https://{region}.a.b"}]])
def test_without_a_base_url_the_caller_is_asked_for_one(
    workspace: Path, servers: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_service("acme-v1", given(service(servers=servers), workspace))
    with pytest.raises(ValueError, match="pass base_url, or set the environment variable ACME_V1_API_URL"):
        request_of(workspace)
    monkeypatch.setenv("ACME_V1_API_URL", "https://own.example/x")
    assert str(request_of(workspace).url) == "https://own.example/x/things"
    assert "put `base_url` into service.yaml" in (workspace / "specs/acme-v1/NEXT.md").read_text()


def test_a_relative_server_is_below_the_place_that_the_document_is_from(workspace: Path) -> None:
    with Loopback() as server:
        server.routes["GET /docs/openapi.json"] = Answer(json.dumps(service(servers=[{"url": "/api/v1"}])).encode())
        add_service("acme-v1", f"{server.origin}/docs/openapi.json")
        assert find_service("acme-v1").base_url == f"{server.origin}/api/v1"
        assert find_service("acme-v1").published == f"{server.origin}/docs/openapi.json"


def test_bodies_that_are_not_json_are_sent_as_what_they_are(acme: Path) -> None:
    upload, login, text, raw = sent(
        acme,
        "b = UploadBody.from_dict({'tags': ['a', 'b'], 'meta': {'n': 1}})",
        "b.file = File(b'the bytes', 'f.txt', 'text/plain')",
        "client.things.upload(body=b)",
        "client.things.login(body=LoginBody.from_dict({'user': 'a b', 'scopes': ['x', 'y']}))",
        "client.things.text(body=File('a,b'))",
        "client.things.raw(body=File(b'\\x01'))",
    )
    assert upload["headers"]["authorization"] == "Bearer secret"
    assert upload["headers"]["content-type"].startswith("multipart/form-data; boundary=")
    parts = upload["body"]
    assert 'name="file"; filename="f.txt"\r\nContent-Type: text/plain\r\n\r\nthe bytes' in parts
    assert parts.count('name="tags"') == 2
    assert '{"n": 1}' in parts
    assert login["body"] == "scopes=x&scopes=y&user=a+b"
    assert (text["headers"]["content-type"], text["body"]) == ("text/csv", "a,b")
    assert (raw["headers"]["content-type"], raw["body"]) == ("application/octet-stream", "\x01")


def test_a_foreign_description_gives_bindings_that_pass_every_check(acme: Path, mypy_cache: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml")]
    command += ["--cache-dir", str(mypy_cache), str(acme / "generated/quantum_apis")]
    environment = {**os.environ, "MYPYPATH": str(acme / "generated")}
    done = subprocess.run(command, cwd=acme, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    names = "import pkgutil, importlib, quantum_apis as p\n"
    names += "for m in pkgutil.walk_packages(p.__path__, p.__name__ + '.'): print(importlib.import_module(m.name))"
    imported = run(acme, names)
    assert "acme_v1.api.items.get_items" in imported
    assert "bare_v1.api.things.list_things" in imported


def test_a_new_service_is_a_service_like_the_others(in_acme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = in_acme / "specs/acme-v1"
    assert {path.name for path in folder.iterdir()} == {
        "NEXT.md",
        "effective.yaml",
        "overlay.yaml",
        "service.yaml",
        "vendor",
    }
    steps = (folder / "NEXT.md").read_text()
    for words in ("Scheme k: the header Authorization", "POST /named: has no tag", "'a_b' is A_B_2"):
        assert words in steps
    assert str(in_acme) not in steps
    assert load_services(in_acme / "specs").keys() == {"acme-v1", "bare-v1"}
    assert generate([find_service("acme-v1")], check=True) == 0
    # The vendor may change it.
    assert plan(find_service("acme-v1"), given(odd(), in_acme)).changes == []


HISTORIES = Path(__file__).parent / "histories"


@pytest.mark.parametrize("editions", [("aqt-0.3.0", "aqt-0.4.0"), ("oqtopus-1", "oqtopus-2", "oqtopus-3")])
def test_a_new_service_takes_over_its_vendors_next_editions(
    workspace: Path, editions: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(update_spec, "type_check", lambda generated: [])
    first, *later = (str(HISTORIES / f"{name}.yaml") for name in editions)
    add_service("acme-v1", first, as_of=datetime.date(2026, 1, 1))
    for month, source in enumerate(later, start=2):
        acme = find_service("acme-v1")
        assert update_spec.update(acme, source, as_of=datetime.date(2026, month, 1)) == 0
        assert plan(acme, source).changes == []
    assert "left out" not in capsys.readouterr().out


def test_what_was_made_is_said(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert add_service("acme-v1", given(odd(), workspace)) == 0
    assert capsys.readouterr().out.startswith("acme-v1: 8 operations, as quantum_apis.acme_v1\n")


def test_hostile_answers_are_read_without_an_exception(acme: Path) -> None:
    """The tolerance that the other bindings have."""
    code = (
        "from quantum_apis.acme_v1.models import Item\n"
        "for value in (None, 1, 'x', [], {}, [1], {'kind': 1}, {'id': None}):\n"
        "    for body in ({'id': value}, {'kind': value}, {'more': value}):\n"
        "        assert Item.from_dict(body).to_dict() == body\n"
        "item = Item.from_dict({'kind': 'new'})\n"
        "assert item.kind == 'new' and not item.kind.is_known\n"
    )
    run(acme, code)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("Acme", None, "a service's name is small letters and figures"),
        ("../x", None, "a service's name is small letters and figures"),
        ("ionq-v0.4", None, "is there already; `make update-spec SERVICE=ionq-v0.4"),
        ("acme-v1", "<html>", "is an HTML page"),
        ("acme-v1", "openapi: 3.1.0\ninfo: {}\npaths: {}\n", "describes no operation"),
    ],
)
def test_what_cannot_be_started_leaves_nothing_behind(
    workspace: Path, name: str, text: str | None, message: str
) -> None:
    source = given(service(), workspace)
    if text is not None:
        Path(source).write_text(text)
    with pytest.raises(Problem, match=message):
        add_service(name, source)
    assert list((workspace / "specs").iterdir()) == []
    assert not (workspace / "generated").exists()


@pytest.mark.parametrize("name", ["acme-v1-0", "acme-v1.0"])
def test_a_service_whose_package_another_has_is_refused(workspace: Path, name: str) -> None:
    package = workspace / "generated/quantum_apis/acme_v1_0"
    package.mkdir(parents=True)
    (package / "client.py").write_text("of another service")
    with pytest.raises(Problem, match="acme_v1_0: choose another name"):
        add_service(name, given(service(), workspace))
    assert list((workspace / "specs").iterdir()) == []
    assert (package / "client.py").read_text() == "of another service"


def test_one_operation_of_very_many_is_left_out_alone(workspace: Path) -> None:
    document = service()
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for number in range(400):
        fields = {f"f{each}": {"$ref": f"#/components/schemas/M{(number * 7 + each) % 400}"} for each in range(8)}
        schemas[f"M{number}"] = {"type": "object", "properties": fields}
        answer = {"application/json": {"schema": {"$ref": f"#/components/schemas/M{number}"}}}
        operation = {"responses": {"200": {"description": "", "content": answer}}}
        document["paths"][f"/m{number}"] = {"get": operation, "delete": operation}
    cookie = {"name": "c", "in": "cookie", "required": True, "schema": {}}
    document["paths"]["/m1"]["get"] = {**document["paths"]["/m1"]["get"], "parameters": [cookie]}
    taken = VendorDocument(Provenance("2026-01-01", "whole", "vendor"), document)
    effective = make_effective(assemble([taken], "x"), [], find_service("qbraid-v2"))
    assert [each.operation for each in effective.left_out] == ["GET /m1"]
    assert len(operations_of(effective.document)) == 800
