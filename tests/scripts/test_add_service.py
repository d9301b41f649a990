"""A service from a document: bindings that work alone, and a page that says what to do next."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scripts.add_service import add_service
from scripts.diff import operations_of
from scripts.effective import make_effective
from scripts.generate import generate
from scripts.problem import Problem
from scripts.services import ROOT, find_service, load_services
from scripts.spec_files import Document, dump_document
from scripts.update_spec import plan
from scripts.vendor import Provenance, VendorDocument, assemble
from tests.loopback import Answer, Loopback

pytestmark = pytest.mark.usefixtures("generator")


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place for specs and bindings."""
    monkeypatch.setenv("QUANTUM_SPECS_FOLDER", str(tmp_path / "specs"))
    monkeypatch.setenv("QUANTUM_GENERATED_FOLDER", str(tmp_path / "generated"))
    monkeypatch.setenv("QUANTUM_PROJECT_FOLDER", str(tmp_path))
    (tmp_path / "specs").mkdir()
    return tmp_path


def given(document: Document, folder: Path, name: str = "given.yaml") -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump_document(document))
    return str(path)


def run(workspace: Path, code: str, **environment: str) -> str:
    """What a program prints that has only the new bindings."""
    variables = {**os.environ, "PYTHONPATH": str(workspace / "generated"), **environment}
    done = subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def sent(workspace: Path, call: str, package: str = "acme_v1", connect: str = "", **environment: str) -> dict[str, Any]:
    """The request that a call of the new client sends."""
    code = (
        f"import httpx, json\nfrom quantum_apis import {package} as it\n"
        "def answer(request):\n"
        "    print(json.dumps({'url': str(request.url), 'method': request.method, 'headers': dict(request.headers),"
        " 'body': request.read().decode()}))\n"
        "    return httpx.Response(200, json={})\n"
        f"client = it.connect({connect} transport=httpx.MockTransport(answer))\n{call}\n"
    )
    found: dict[str, Any] = json.loads(run(workspace, code, **environment))
    return found


def service(schemes: dict[str, Any] | None = None, security: Any = None, servers: Any = None, **paths: Any) -> Document:
    answer = {"200": {"description": "", "content": {"application/json": {"schema": {"type": "object"}}}}}
    document: Document = {"openapi": "3.1.0", "info": {"title": "Acme, Inc.", "version": "1"}, "paths": {}}
    document["paths"]["/things"] = {"get": {"operationId": "listThings", "tags": ["things"], "responses": answer}}
    document["paths"] |= {f"/{name}": {"post": {"responses": answer, **node}} for name, node in paths.items()}
    document["servers"] = [{"url": "https://acme.example/v1"}] if servers is None else servers
    document |= {"components": {"securitySchemes": schemes}} if schemes else {}
    return document | ({"security": security} if security is not None else {})


KEYS = [
    ("a header", {"k": {"type": "apiKey", "in": "header", "name": "X-Key"}}, [{"k": []}], ("x-key", "secret")),
    ("the query", {"k": {"type": "apiKey", "in": "query", "name": "key"}}, [{"k": []}], ("?key=secret", "")),
    ("bearer", {"k": {"type": "http", "scheme": "bearer"}}, [{"k": []}], ("authorization", "Bearer secret")),
    ("basic", {"k": {"type": "http", "scheme": "basic"}}, [{"k": []}], ("authorization", "Basic secret")),
    ("OAuth", {"k": {"type": "oauth2", "flows": {}}}, [{"k": ["read"]}], ("authorization", "Bearer secret")),
    (
        "several, of which one is for browsers",
        {"c": {"type": "apiKey", "in": "cookie", "name": "s"}, "k": {"type": "http", "scheme": "bearer"}},
        [{"c": []}, {"k": []}],
        ("authorization", "Bearer secret"),
    ),
    (
        "several, of which a header is plainer",
        {"q": {"type": "apiKey", "in": "query", "name": "s"}, "k": {"type": "apiKey", "in": "header", "name": "X-K"}},
        [{"q": []}, {"k": []}],
        ("x-k", "secret"),
    ),
    (
        "one that nothing asks for",
        {"k": {"type": "http", "scheme": "bearer"}},
        None,
        ("authorization", "Bearer secret"),
    ),
]


@pytest.mark.parametrize(("schemes", "security", "place"), [each[1:] for each in KEYS], ids=[each[0] for each in KEYS])
def test_the_key_goes_where_the_service_wants_it(
    workspace: Path, schemes: dict[str, Any], security: Any, place: tuple[str, str]
) -> None:
    add_service("acme-v1", given(service(schemes, security), workspace))
    request = sent(workspace, "client.things.list_things()", ACME_API_KEY="secret")
    if place[0][0] == "?":
        assert request["url"] == f"https://acme.example/v1/things{place[0]}"
        assert "secret" not in str(request["headers"])
    else:
        assert request["headers"][place[0]] == place[1]
        assert "secret" not in request["url"]


def test_a_service_without_keys_is_called_without_one(workspace: Path) -> None:
    add_service("acme-v1", given(service(), workspace))
    request = sent(workspace, "client.things.list_things()")
    assert "authorization" not in request["headers"]


def test_a_key_in_a_query_is_in_no_exception(workspace: Path) -> None:
    schemes = {"k": {"type": "apiKey", "in": "query", "name": "key"}}
    add_service("acme-v1", given(service(schemes, [{"k": []}]), workspace))
    code = (
        "import httpx\nfrom quantum_apis import acme_v1\n"
        "def answer(request): raise httpx.ConnectError('no', request=request)\n"
        "client = acme_v1.connect('secret', transport=httpx.MockTransport(answer))\n"
        "try: client.things.list_things()\n"
        "except httpx.ConnectError as error: print(error.request.url, repr(error.request.headers))\n"
    )
    assert "secret" not in run(workspace, code)


SERVERS = [
    ("templated", [{"url": "https://{a}.b/{v}", "variables": {"a": {"default": "eu"}, "v": {"default": "v2"}}}], "https://eu.b/v2"),
    ("not the first", [{"url": "/relative"}, {"url": "http://a.b"}, {"url": "https://c.d/"}], "https://c.d"),
]  # fmt: skip


@pytest.mark.parametrize(("servers", "url"), [each[1:] for each in SERVERS], ids=[each[0] for each in SERVERS])
def test_the_base_url_is_a_url(workspace: Path, servers: Any, url: str) -> None:
    add_service("acme-v1", given(service(servers=servers), workspace))
    assert run(workspace, "from quantum_apis.acme_v1.client import BASE_URL; print(BASE_URL)") == url


@pytest.mark.parametrize("servers", [[], [{"url": "/api/v1"}], [{"url": "https://{region}.a.b"}]])
def test_without_a_base_url_the_caller_is_asked_for_one(workspace: Path, servers: Any) -> None:
    add_service("acme-v1", given(service(servers=servers), workspace))
    code = "from quantum_apis import acme_v1\ntry: acme_v1.connect()\nexcept ValueError as error: print(error)"
    assert "pass base_url, or set the environment variable ACME_V1_API_URL" in run(workspace, code)
    request = sent(workspace, "client.things.list_things()", ACME_V1_API_URL="https://own.example/x")
    assert request["url"] == "https://own.example/x/things"
    assert "put `base_url` into service.yaml" in (workspace / "specs/acme-v1/NEXT.md").read_text()


def test_a_relative_server_is_below_the_place_that_the_document_is_from(workspace: Path) -> None:
    with Loopback() as server:
        server.routes["GET /docs/openapi.json"] = Answer(json.dumps(service(servers=[{"url": "/api/v1"}])).encode())
        add_service("acme-v1", f"{server.origin}/docs/openapi.json")
        assert find_service("acme-v1").base_url == f"{server.origin}/api/v1"
        assert find_service("acme-v1").published == f"{server.origin}/docs/openapi.json"


FILE = {"type": "string", "format": "binary"}
TEXTS = {"type": "array", "items": {"type": "string"}}
FORM = {"type": "object", "required": ["file"], "properties": {"file": FILE, "tags": TEXTS, "meta": {"type": "object"}}}
LOGIN = {"type": "object", "properties": {"user": {"type": "string"}, "scopes": TEXTS}}


def test_bodies_that_are_not_json_are_sent_as_what_they_are(workspace: Path) -> None:
    def body(media: str, schema: Any) -> dict[str, Any]:
        return {"tags": ["things"], "requestBody": {"required": True, "content": {media: {"schema": schema}}}}

    document = service(
        upload={**body("multipart/form-data", FORM), "operationId": "upload"},
        login={**body("application/x-www-form-urlencoded", LOGIN), "operationId": "login"},
        text={**body("text/csv", {"type": "string"}), "operationId": "text"},
        bytes={**body("application/octet-stream", FILE), "operationId": "raw"},
    )
    add_service("acme-v1", given(document, workspace))
    upload = sent(
        workspace,
        "from quantum_apis.acme_v1.types import File; from quantum_apis.acme_v1.models import UploadBody as B\n"
        "b = B.from_dict({'tags': ['a', 'b'], 'meta': {'n': 1}}); b.file = File(b'the bytes', 'f.txt', 'text/plain')\n"
        "client.things.upload(body=b)",
    )
    assert upload["headers"]["content-type"].startswith("multipart/form-data; boundary=")
    parts = upload["body"]
    assert 'name="file"; filename="f.txt"\r\nContent-Type: text/plain\r\n\r\nthe bytes' in parts
    assert parts.count('name="tags"') == 2
    assert '{"n": 1}' in parts
    login = "from quantum_apis.acme_v1.models import LoginBody as B\n"
    login += "client.things.login(body=B.from_dict({'user': 'a b', 'scopes': ['x', 'y']}))"
    assert sent(workspace, login)["body"] == "scopes=x&scopes=y&user=a+b"
    from_types = "from quantum_apis.acme_v1.types import File\n"
    text = sent(workspace, f"{from_types}client.things.text(body=File('a,b'))")
    assert (text["headers"]["content-type"], text["body"]) == ("text/csv", "a,b")
    raw = sent(workspace, f"{from_types}client.things.raw(body=File(b'\\x01'))")
    assert (raw["headers"]["content-type"], raw["body"]) == ("application/octet-stream", "\x01")


def odd() -> Document:
    """One of everything that foreign descriptions have."""
    document = service(
        {"k": {"type": "http", "scheme": "bearer"}},
        [{"k": []}],
        upload={"requestBody": {"content": {"multipart/form-data": {"schema": FORM}}}},
        named={"operationId": "class", "tags": []},
    )
    answers: dict[str, Any] = {"200": {"description": "", "content": {"image/png": {"schema": FILE}}}}
    header = {"name": "X-Needed", "in": "header", "required": True, "schema": {"type": "string"}}
    deep = {
        "name": "filter",
        "in": "query",
        "style": "deepObject",
        "schema": {"type": "object", "properties": {"a": {}}},
    }
    document["paths"]["/images/{id}"] = {"get": {"responses": answers, "parameters": [header, deep]}}
    item = {
        "type": "object",
        "properties": {"id": {"type": "string"}, "kind": {"type": "string", "enum": ["a-b", "a_b"]}},
    }
    document["components"]["schemas"] = {"Item": item}
    schema = {"allOf": [{"$ref": "#/components/schemas/Item"}, {"description": "An item."}]}
    content = {"application/json; charset=utf-8": {"schema": schema}}
    document["paths"]["/items"] = {"get": {"responses": {"200": {"description": "", "content": content}}}}
    return document


def test_a_foreign_description_gives_bindings_that_pass_every_check(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add_service("acme-v1", given(odd(), workspace))
    assert capsys.readouterr().out.startswith("acme-v1: 5 operations, as quantum_apis.acme_v1\n")
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), "--strict"]
    command += ["--cache-dir", str(workspace / "cache"), str(workspace / "generated/quantum_apis")]
    environment = {**os.environ, "MYPYPATH": str(workspace / "generated")}
    done = subprocess.run(command, cwd=workspace, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    names = "import pkgutil, importlib, quantum_apis.acme_v1 as p\n"
    names += "for m in pkgutil.walk_packages(p.__path__, p.__name__ + '.'): print(importlib.import_module(m.name))"
    assert "items.get_items" in run(workspace, names)
    assert generate([find_service("acme-v1")], check=True) == 0
    folder = workspace / "specs/acme-v1"
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
    assert str(workspace) not in steps
    # And it is a service like the others: the vendor may change it.
    assert plan(find_service("acme-v1"), given(odd(), workspace)).changes == []
    assert load_services(workspace / "specs").keys() == {"acme-v1"}


def test_hostile_answers_are_read_without_an_exception(workspace: Path) -> None:
    """The tolerance that the other bindings have."""
    add_service("acme-v1", given(odd(), workspace))
    code = (
        "from quantum_apis.acme_v1.models import Item\n"
        "for value in (None, 1, 'x', [], {}, [1], {'kind': 1}, {'id': None}):\n"
        "    for body in ({'id': value}, {'kind': value}, {'more': value}):\n"
        "        assert Item.from_dict(body).to_dict() == body\n"
        "item = Item.from_dict({'kind': 'new'})\n"
        "assert item.kind == 'new' and not item.kind.is_known\n"
    )
    run(workspace, code)


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
    effective = make_effective(assemble([taken], "x"), [])
    assert [each.operation for each in effective.left_out] == ["GET /m1"]
    assert len(operations_of(effective.document)) == 800
