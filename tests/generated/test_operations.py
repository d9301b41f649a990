"""Every operation of every service, called in eight ways: what is sent is what the spec describes, what is answered is
read into the described classes, and nothing of it is lost."""

import asyncio
import functools
import importlib
import inspect
import json
import typing
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from quantum_apis._runtime import reading
from quantum_apis._runtime.errors import UnexpectedStatus

from scripts.complete import is_json, plain
from scripts.diff import operations_of
from scripts.references import resolve
from scripts.services import SERVICES, Service
from scripts.template_values import body_media
from tests.loopback import Answer, Asked, Loopback

from .described import JSON, Described, described, effective, examples, operation_modules, title

KEY = "key-for-tests"
PLAIN = ("sync", "asyncio", "group sync", "group asyncio")
DETAILED = tuple(f"{name}_detailed" for name in PLAIN)
# All eight send by two functions; of each of these, and of modules and groups, some are enough to read every answer.
READ, READ_DETAILED = ("sync", "group asyncio"), ("asyncio_detailed", "group sync_detailed")
# Other bodies than JSON are made by people; tests/scripts/test_add_service.py sends some.
ALL = pytest.mark.parametrize(
    "each", [each for each in described() if not body_media(each.document, each.operation.node)], ids=title
)


class Line:
    """A server to call, over real connections or without, and one client per service that calls it."""

    def __init__(self, server: Loopback, runner: asyncio.Runner, *, connected: bool) -> None:
        self.server = server
        self.runner = runner
        self.transport = None if connected else server.transport()
        self.clients: dict[str, Any] = {}

    def client(self, service: Service, *, asynchronous: bool = False) -> Any:
        """A service's client."""
        name = "connect_async" if asynchronous else "connect"
        if f"{service.name} {name}" not in self.clients:
            connect = getattr(importlib.import_module(f"quantum_apis.{service.package}"), name)
            url = f"{self.server.origin}/base"
            self.clients[f"{service.name} {name}"] = connect(KEY, url, transport=self.transport)
        return self.clients[f"{service.name} {name}"]

    def answers(self, content: bytes, status: int, media: str = "text/plain") -> None:
        """What every call gets from now on."""
        self.server.fallback = Answer(content, status, {"content-type": media})

    def close(self) -> None:
        for name, client in self.clients.items():
            if name.endswith("async"):
                self.runner.run(client.close())
            else:
                client.close()


@pytest.fixture(scope="module")
def line(request: pytest.FixtureRequest) -> Iterator[Line]:
    with Loopback() as server, asyncio.Runner() as runner:
        line = Line(server, runner, connected=getattr(request, "param", False))
        yield line
        line.close()


class Call:
    """The arguments of one call, and what has to arrive when it is made with them."""

    def __init__(self, each: Described, body: Any = None) -> None:
        self.each = each
        self.arguments: dict[str, Any] = {}
        self.query: dict[str, list[str]] = {}
        self.headers: dict[str, str] = {}
        self.path = each.operation.path
        self.body = body
        names = list(inspect.signature(each.module.build_request).parameters)
        known = {plain(name): name for name in names}
        for node in each.operation.parameters().values():
            self._add(resolve(each.document, node), known)
        if body is not None:
            self.arguments["body"] = self._as_model(body)
        assert set(names) == set(self.arguments)

    def _add(self, parameter: dict[str, Any], known: dict[str, str]) -> None:
        name, value = parameter["name"], self.each.sample(parameter["schema"])
        if parameter["in"] == "header" and isinstance(value, str):
            value = value.encode("ascii", "ignore").decode()
        # A name that starts with a digit is given a word before it.
        self.arguments[known.get(plain(name)) or known[f"field{plain(name)}"]] = value
        texts = [_text(item) for item in (value if isinstance(value, list) else [value])]
        if parameter["in"] == "path":
            self.path = self.path.replace(f"{{{name}}}", quote(texts[0], safe=""))
        elif parameter.get("style") == "deepObject":
            self.query |= {f"{name}[{key}]": [_text(item)] for key, item in value.items()}
            self.arguments[known[plain(name)]] = self._as_model(value, known[plain(name)])
        elif parameter["in"] == "query":
            self.query[name] = [",".join(texts)] if parameter.get("explode") is False else texts
        else:
            self.headers[name.lower()] = texts[0]

    def _as_model(self, body: Any, name: str = "body") -> Any:
        wanted = inspect.signature(self.each.module.build_request).parameters[name].annotation
        classes = typing.get_args(wanted) or (wanted,)
        models = [reading.ModelOf(cls) for cls in classes if inspect.isclass(cls) and issubclass(cls, reading.Model)]
        return reading.UnionOf(*models).read(body) if models else body

    def make(self, line: "Line", name: str) -> Any:
        """Make the call in one of the eight ways, and check what arrived."""
        is_async = "asyncio" in name
        client = line.client(self.each.service, asynchronous=is_async)
        if name.startswith("group"):
            group = getattr(client, self.each.module.__name__.split(".")[-2])
            operation = self.each.module.__name__.split(".")[-1]
            function = getattr(group, operation + ("_detailed" if name.endswith("detailed") else ""))
            call = functools.partial(function, **self.arguments)
        else:
            call = functools.partial(getattr(self.each.module, name), client=client, **self.arguments)
        line.server.asked.clear()
        outcome = _outcome(lambda: line.runner.run(call()) if is_async else call())
        (asked,) = line.server.asked
        self._check(asked)
        return outcome

    def _check(self, asked: Asked) -> None:
        assert (asked.method, asked.path) == (self.each.operation.method.upper(), f"/base{self.path}")
        client = importlib.import_module(f"quantum_apis.{self.each.service.package}").Client.service
        assert {key: value for key, value in asked.query.items() if key != client.key_parameter} == self.query
        assert asked.headers.items() >= self.headers.items()
        # A description that never says where its schemes hold means everywhere.
        is_public = not self.each.operation.node.get("security") and (
            _says_where_keys_go(self.each.service.name) or not client.key_header
        )
        if client.key_header and not is_public:
            assert asked.headers[client.key_header.lower()] == f"{client.key_prefix} {KEY}".strip()
        else:
            assert KEY not in str(asked.headers)
        assert (json.loads(asked.body) if asked.body else None) == self.body


@functools.cache
def _says_where_keys_go(service: str) -> bool:
    return any("security" in operation.node for operation in operations_of(effective(service)).values())


def _text(value: Any) -> str:
    return json.dumps(value) if isinstance(value, bool) else str(value)


def _outcome(call: Any) -> Any:
    try:
        return call()
    except UnexpectedStatus as error:
        return error


def bodies(each: Described) -> list[Any]:
    """What is sent: every sample of the spec, and one with everything in it."""
    node = resolve(each.document, each.operation.node.get("requestBody"))
    if node is None:
        return [None]
    media = node["content"][JSON]
    return [*examples(each.document, media), each.sample(media["schema"])]


def unread(value: Any, reader: reading.Reader, where: str = "$") -> Iterator[str]:
    """The objects that should have become a described class and did not."""
    if isinstance(reader, reading.ModelOf) and isinstance(value, dict):
        yield where
    if isinstance(value, reading.Model):
        for field in reading.shape_of(type(value)).fields:
            yield from unread(getattr(value, field.name), field.reader, f"{where}.{field.key}")
    if isinstance(value, list) and isinstance(reader, reading.ListOf):
        for index, item in enumerate(value):
            yield from unread(item, reader.item, f"{where}[{index}]")


@ALL
def test_what_is_sent_is_what_the_spec_describes(each: Described, line: Line) -> None:
    for body in bodies(each):
        call = Call(each, body)
        line.answers(b"", 418)
        for name in (*PLAIN, *DETAILED):
            error = call.make(line, name)
            # A status that the spec does not describe is an error, unless it describes all of them.
            assert isinstance(error, UnexpectedStatus), error
            assert error.status_code == 418


@ALL
def test_what_is_answered_is_read_and_comes_back_whole(each: Described, line: Line) -> None:
    call = Call(each, bodies(each)[-1])
    for code, media, value in each.answers():
        status = int(code.replace("default", "500").replace("XX", "99"))
        content = b"" if not media else value if isinstance(value, bytes) else _content(media, value)
        line.answers(content, status, media or "text/plain")
        parsed = [call.make(line, name) for name in READ]
        detailed = [call.make(line, name) for name in READ_DETAILED]
        if status >= 400:
            assert all(isinstance(error, UnexpectedStatus) and error.status_code == status for error in parsed)
            parsed = [error.parsed for error in parsed]
        if media:
            parsed += [each.parsed for each in detailed]
        for read in parsed:
            assert reading.write(read) == (value if media else None), (code, media)
            assert list(unread(read, _reader(each, code))) == []


@pytest.mark.parametrize("line", [True], indirect=True, ids=["connected"])
@pytest.mark.parametrize("service", SERVICES)
def test_what_is_sent_over_real_connections_is_the_same(service: str, line: Line) -> None:
    with_a_body = (each for each in described() if each.service.name == service and bodies(each) != [None])
    test_what_is_sent_is_what_the_spec_describes(next(with_a_body), line)


def _content(media: str, value: Any) -> bytes:
    return (json.dumps(value) if is_json(media) else str(value)).encode()


def _reader(each: Described, code: str) -> reading.Reader:
    low = 0 if code == "default" else int(code.replace("X", "0"))
    answers: tuple[Any, ...] = each.module._ANSWERS
    found: reading.Reader = next(answer.reader for answer in answers if answer.codes[0] == low)
    return found


def picked(value: Any, reader: reading.Reader, where: str = "$") -> Iterator[tuple[str, Any, list[Any]]]:
    """The choices that were made among classes: (where, the value, the classes there were)."""
    if isinstance(reader, reading.UnionOf):
        classes = [alternative.model for alternative in reader.alternatives if isinstance(alternative, reading.ModelOf)]
        if isinstance(value, reading.Model) and len(classes) > 1:
            yield where, value, classes
        lists = [alternative for alternative in reader.alternatives if isinstance(alternative, reading.ListOf)]
        reader = lists[0] if lists else reader
    if isinstance(value, reading.Model):
        shape = reading.shape_of(type(value))
        for field in shape.fields:
            yield from picked(getattr(value, field.name), field.reader, f"{where}.{field.key}")
        for key, item in value.additional_properties.items():
            yield from picked(item, shape.additional, f"{where}.{key}")
    if isinstance(value, list) and isinstance(reader, reading.ListOf):
        for index, item in enumerate(value):
            yield from picked(item, reader.item, f"{where}[{index}]")


@ALL
def test_a_sample_becomes_the_class_that_it_is_a_sample_of(each: Described) -> None:
    """Among several classes the one is taken whose schema the object follows to the letter, where there is one."""
    schemas = {plain(name): schema for name, schema in each.document["components"]["schemas"].items()}
    for code, media, value in each.answers():
        if media != JSON:
            continue
        reader = _reader(each, code)
        for where, chosen, classes in picked(reader.read(value), reader):
            strict = [cls for cls in classes if not each.faults(schemas[plain(cls.__name__)], chosen.to_dict())]
            assert not strict or type(chosen) in strict, f"{code} {where}: {type(chosen).__name__}, not {strict}"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("QIS circuit", "CircuitJobCreationPayload"),
        ("Native circuit", "CircuitJobCreationPayload"),
        ("OpenQASM 3 program", "CircuitJobCreationPayload"),
        ("Several circuits", "MultiCircuitJobCreationPayload"),
        ("Quantum function", "QuantumFunctionJobCreationPayload"),
        ("QAOA", "QctrlQaoaJobCreationPayload"),
    ],
)
def test_a_sample_of_a_new_job_becomes_the_kind_of_job_that_it_is(name: str, expected: str) -> None:
    each = next(one for one in described() if title(one) == "ionq-v0.4-CreateJob")
    media = each.operation.node["requestBody"]["content"][JSON]
    assert type(Call(each, media["examples"][name]["value"]).arguments["body"]).__name__ == expected


def test_there_is_a_module_for_every_operation_and_no_other() -> None:
    for service in SERVICES.values():
        modules = {each.module.__name__ for each in described() if each.service is service}
        assert modules == {module.__name__ for module in operation_modules(service.package).values()}
