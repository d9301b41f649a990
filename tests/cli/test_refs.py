"""References from arguments, a file or a pipe, so that commands compose."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from quantum_jobs.cli.refs import Ref, read_refs
from quantum_jobs.errors import UsageError
from quantum_sandbox import Sandbox

from tests.cli.conftest import SIMULATORS, Shell, submitted


@pytest.fixture
def refs(cloud: Sandbox, shell: Shell, bell: Path) -> list[str]:
    """One job at each service."""
    return [submitted(shell, bell, service) for service in SIMULATORS]


def test_what_list_prints_is_read_by_every_command_that_takes_jobs(
    refs: list[str], shell: Shell, quick_polls: None
) -> None:
    for listed in (shell("list"), shell("list", "--json")):
        for command in ("status", "wait", "result", "cost", "cancel"):
            done = shell(command, "-", stdin=listed.out)
            assert done.status == 0, done.err
            assert {row[0] for row in done.rows} == set(refs), command
    piped = shell("wait", "-", "--json", stdin=shell("list").out)
    assert {record["status"] for record in shell("status", "-", "--json", stdin=piped.out).json} == {"COMPLETED"}
    assert set(shell("delete", "-", "--yes", stdin=piped.out).out.split()) == set(refs)


def test_references_are_read_from_a_file_with_comments(refs: list[str], shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "jobs.txt"
    path.write_text("\ufeff# my jobs\r\n\r\n" + "\r\n".join(f"{ref} and what it is for" for ref in refs))
    assert [row[0] for row in shell("status", "--from", path).rows] == refs
    assert [row[0] for row in shell("status", refs[0], "--from", path).rows] == refs


def test_references_in_json_may_be_objects_words_or_lines(refs: list[str], shell: Shell) -> None:
    service, _, job_id = refs[0].partition(":")
    for text in (
        json.dumps(refs),
        json.dumps([{"ref": ref} for ref in refs]),
        "\n".join(json.dumps({"ref": ref, "more": 1}) for ref in refs),
        json.dumps([{"service": service, "id": job_id}, *refs[1:]]),
    ):
        assert [row[0] for row in shell("status", "-", stdin=text).rows] == refs


def test_an_empty_pipe_is_nothing_to_do(shell: Shell) -> None:
    for text in ("", "\n", "[]"):
        for command in ("status", "wait", "cancel", "cost", "result"):
            done = shell(command, "-", stdin=text)
            assert (done.status, done.out, done.err) == (0, "", "")
    assert shell("status", "-", "--json").json == []


def test_a_short_name_stands_for_its_service() -> None:
    assert read_refs(["ionq:a", "ionq-v0.4:a"], None) == [Ref("ionq-v0.4", "a")]
    assert read_refs(["qbraid:qbraid:job:1"], None) == [Ref("qbraid-v2", "qbraid:job:1")]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("ionq:a\nbell", "line 2: 'bell' names no service"),
        ("ionq:../x", "line 1"),
        ("acme:1", "line 1: 'acme:1' begins with no service"),
        ('[{"id": "a"}]', "value 1 names no job"),
        ('{"ref": 1}', "value 1 names no job"),
        ("[1", "neither JSON nor a list of references"),
        ("\x1b[2Jx:y", "line 1"),
    ],
)
def test_what_names_no_job_is_told_with_its_place(shell: Shell, text: str, complaint: str) -> None:
    done = shell("status", "-", stdin=text)
    assert (done.status, done.out) == (2, "")
    assert complaint in done.err
    assert "\x1b" not in done.err


def test_no_reference_at_all_is_a_mistake(shell: Shell) -> None:
    done = shell("cancel")
    assert done.status == 2
    assert "'<service>:<id>'" in done.err


@given(st.binary(max_size=200))
def test_any_bytes_give_references_or_a_usage_error(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(data)
    complaint, found = "", []
    try:
        found = read_refs([], path)
    except UsageError as error:
        complaint = error.message
    assert complaint.isprintable()
    assert all(isinstance(ref, Ref) for ref in found)
