"""What can be given to update-spec, and that anything else is refused with a reason."""

import copy
import json
import time
from pathlib import Path
from typing import Any

import pytest

from scripts.diff import operations_of
from scripts.documents import check_service, read_document
from scripts.effective import vendor_document
from scripts.fetching import read_source, source_name
from scripts.normalise import normalise
from scripts.problem import Problem
from scripts.services import SERVICES, find_service
from scripts.spec_files import Document, dump_document
from tests.loopback import Answer, Loopback

from .big_api import BIG

PAGES = Path(__file__).parent / "pages"
TEXT = dump_document(BIG)
ONE = {**BIG, "paths": {"/health": BIG["paths"]["/health"]}}


def page(text: str, words: str = "yaml") -> str:
    sample = "  ```json 200\n  {}\n  ```\n"
    return f"# A page\n\nThe vendor's own words.\n\n{sample}\n````{words}\n{text}\n````\n\nMore words.\n"


@pytest.mark.parametrize(
    ("text", "extent", "operations"),
    [
        (TEXT, "whole", 4),
        (json.dumps(BIG), "whole", 4),
        (json.dumps(BIG, indent="\t"), "whole", 4),
        ("\n\n# a comment\n" + TEXT, "whole", 4),
        (dump_document(ONE), "operation", 1),
        (page(TEXT), "whole", 4),
        (page(TEXT, "yaml get /jobs/{id}"), "operation", 1),
        (page(TEXT, "yaml https://big.example/docs POST /jobs"), "operation", 1),
        (page(json.dumps(ONE), "json"), "operation", 1),
        (page(TEXT).replace("````", "```"), "whole", 4),
        (page(TEXT).replace("\n", "\r\n"), "whole", 4),
    ],
)
def test_a_document_or_a_page_with_one_in_it_is_read(text: str, extent: str, operations: int) -> None:
    given = read_document(text, "x")
    assert (given.extent, len(operations_of(given.document))) == (extent, operations)
    assert given.document["info"] == BIG["info"]


def test_the_extent_can_be_decided_by_the_caller() -> None:
    assert read_document(dump_document(ONE), "x", "whole").extent == "whole"
    with pytest.raises(Problem, match="describes 4 operations, so it is no page of one"):
        read_document(TEXT, "x", "operation")


# Each line ten times the one before: a million of millions, if it were written out.
LAUGHS = "openapi: 3.1.0\na0: &a0 x\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 13)
)


def broken(**changes: Any) -> str:
    return dump_document({**copy.deepcopy(BIG), **changes})


def schema(**keywords: Any) -> str:
    return broken(components={"schemas": {**copy.deepcopy(BIG["components"]["schemas"]), "X": keywords}})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is neither an OpenAPI document nor a page"),
        ("<!DOCTYPE html><html>Not found</html>", "is an HTML page"),
        ("<html>openapi: 3.1.0</html>", "is an HTML page"),
        ("{}", "not an OpenAPI 3.0 or 3.1 document"),
        ("[]", "is neither"),
        ('{"openapi": "3.1.0"', "x:[0-9]+: did not find expected ',' or '}'"),
        ('{"openapi": "2.0", "info": {}, "paths": {}}', "not an OpenAPI 3.0 or 3.1 document"),
        ("swagger: '2.0'\n", "is Swagger 2.0, which is not read: convert it to OpenAPI 3 first"),
        ("openapi: 3.1.0\ninfo: {}\npaths: []\n", "`paths` is missing or not a mapping"),
        ("openapi: 3.1.0\ninfo: {}\npaths: {}\n", "describes no operation"),
        (TEXT[:-1], "may be cut short"),
        (TEXT[: len(TEXT) // 2], "cut short"),
        (json.dumps(BIG)[:-9], "x:[0-9]+: did not find expected ',' or '}'"),
        (page(TEXT)[:600], "does not end, so it is cut short"),
        (page("no: openapi"), "is neither"),
        (page(TEXT) + page(TEXT), "holds 2 OpenAPI blocks"),
        (page(TEXT, "yaml get /other"), "is about GET /other, which its document does not describe"),
        ("openapi: 3.1.0\na: &a [*a]\ninfo: {}\npaths: {}\n", "recursive"),
        (LAUGHS, "nested too deeply, or too large"),
        ('{"openapi": "3.1.0", "info": {"title": "\\ud800"}, "paths": {}}', "not Unicode"),
        ('{"a": ' + "[" * 5000 + "]" * 5000 + "}", "nested too deeply|JSON"),
        (broken(paths={"/a": [1]}), "describes no operation\n  #/paths/~1a: "),
        (broken(paths={"/a": {"get": 1}}), "describes no operation\n  #/paths/~1a/get: "),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_reason(text: str, message: str) -> None:
    with pytest.raises(Problem, match=message):
        read_document(text, "x")


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        (TEXT[: TEXT.index("components:")], "refers to #/components/schemas/Status"),
        (schema(**{"$ref": "#/components/schemas/X"}), "#/components/schemas/X: refers to #/components/schemas/X"),
        (schema(**{"$ref": "other.yaml#/X"}), "refers to other.yaml#/X, which is not in this document"),
    ],
)
def test_references_that_lead_nowhere_are_told(text: str, lost: str) -> None:
    assert any(lost in each for each in read_document(text, "x").dangling)


def test_a_page_without_a_document_in_it_is_refused() -> None:
    with pytest.raises(Problem, match="is neither an OpenAPI document nor a page with one in it"):
        read_document((PAGES / "ionq-v0.3-get-job.md").read_text(encoding="utf-8"), "x")


@pytest.mark.parametrize("one", SERVICES)
@pytest.mark.parametrize("other", SERVICES)
def test_a_document_of_another_service_is_refused(one: str, other: str) -> None:
    theirs, ours = (vendor_document(find_service(name)) for name in (one, other))
    if one == other:
        check_service(normalise(theirs, one), ours, find_service(other), "x")
    else:
        with pytest.raises(Problem, match=f"is not {other}: it describes"):
            check_service(theirs, ours, find_service(other), "x")


def test_a_service_that_has_moved_is_still_itself() -> None:
    service = find_service("qbraid-v2")
    moved = {**BIG, "servers": [{"url": "https://new.example"}]}
    check_service(moved, BIG, service, "x")
    with pytest.raises(Problem, match="is not qbraid-v2"):
        check_service({**moved, "info": {"title": "Other", "version": "1"}}, BIG, service, "x")
    with pytest.raises(Problem, match="is not qbraid-v2"):
        check_service({**BIG, "paths": {"/a": BIG["paths"]["/jobs"], "/b": {}}}, BIG, service, "x")


def test_a_url_is_read_and_a_redirect_is_followed_at_the_same_place_only() -> None:
    with Loopback() as server, Loopback() as elsewhere:
        server.routes |= {
            "GET /spec": Answer(TEXT.encode()),
            "GET /moved": Answer(b"", 302, {"location": "/dated"}),
            "GET /dated": Answer(TEXT.encode(), headers={"last-modified": "Mon, 05 Oct 2026 08:00:00 GMT"}),
            "GET /away": Answer(b"", 302, {"location": f"{elsewhere.origin}/spec"}),
            "GET /round": Answer(b"", 302, {"location": "/round"}),
        }
        assert read_source(f"{server.origin}/spec?version=2") == (TEXT, None)
        assert read_source(f"{server.origin}/moved") == (TEXT, "2026-10-05")
        for path, message in (("away", "redirects to another place"), ("round", "redirects more than 5 times")):
            with pytest.raises(Problem, match=message):
                read_source(f"{server.origin}/{path}")
        assert elsewhere.asked == []
    with pytest.raises(Problem, match="cannot be fetched"):
        read_source(f"{server.origin}/spec")


def test_a_download_is_taken_whole_or_not_at_all() -> None:
    with Loopback() as server:
        server.routes |= {
            "GET /half": Answer(TEXT.encode(), headers={"content-length": "99999"}),
            "GET /large": Answer(b"x" * 3000),
            "GET /error": Answer(b"<html>", 503),
            "GET /binary": Answer(b"\xff\xfe"),
        }
        for path, message in (
            ("half", "cannot be fetched"),
            ("large", "is larger than 2000 bytes"),
            ("error", "answers with status 503"),
            ("none", "answers with status 404"),
            ("binary", "is not text in UTF-8"),
        ):
            with pytest.raises(Problem, match=message):
                read_source(f"{server.origin}/{path}", largest=2000, seconds=5)


def test_a_download_that_trickles_ends_with_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 100.0])
    with Loopback() as server:
        server.routes["GET /slow"] = Answer(b"x")
        monkeypatch.setattr("scripts.fetching.time.monotonic", lambda: next(clock))
        with pytest.raises(Problem, match="takes longer than 5 seconds"):
            read_source(f"{server.origin}/slow", seconds=5)
    assert time.monotonic is not None


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("http://example.org/spec", "only https is fetched"),
        ("http://127.0.0.1.example.org/spec", "only https is fetched"),
        ("https://user:secret@127.0.0.1/spec", "user name or password"),
        ("https://a:b:c/spec", "is not a URL"),
        ("nowhere.yaml", "nowhere.yaml: no such file"),
        (".", "cannot be read"),
    ],
)
def test_a_source_that_is_not_to_be_read_is_refused(source: str, message: str) -> None:
    with pytest.raises(Problem, match=message) as problem:
        read_source(source)
    assert "secret" not in str(problem.value)


def test_a_source_is_named_without_what_is_nobodys_business(tmp_path: Path) -> None:
    assert source_name("https://a.example/spec?token=x#y") == "https://a.example/spec"
    assert source_name(str(tmp_path / "spec.yaml")) == "spec.yaml"


def test_a_document_is_data(small: Document) -> None:
    """Nothing in it is carried out: a YAML tag that would build an object is an error."""
    with pytest.raises(Problem, match="could not determine a constructor"):
        read_document(dump_document(small) + "x: !!python/object/apply:os.abort []\n", "x")
