"""Who may send with an idempotency key: one at a time, and never two of which the second has not looked for the first's
job. On SQLite and on Postgres."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from quantum_jobs import JobRecord, Store, arguments
from quantum_jobs.services.base import Submission
from quantum_jobs.store import account_store, owners
from quantum_jobs.store.account_store import AccountStore

IDENTITY = ("ionq-v0.4", "http://127.0.0.1/v0.4", "the digest of a key")


def submission(key: str = "t", shots: int = 10, **more: Any) -> Submission:
    circuit = {"qubits": 1, "circuit": [{"gate": "x", "target": 0}]}
    return arguments.submission(circuit, device="simulator", shots=shots, idempotency_key=key, **more)


def record(job_id: str = "job-0") -> JobRecord:
    return JobRecord(id=job_id, service="ionq-v0.4", submission_digest=submission().digest)


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    with Store(place) as store:
        yield store


@pytest.fixture
def mine(store: Store) -> AccountStore:
    return store._of_account(IDENTITY, lambda data: data)


class Clock:
    """Moves the time of the processes that share a store, whose claims end by it."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def watch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from quantum_jobs.store import postgres, sqlite

        for kind in (sqlite._SqliteTransaction, postgres._PostgresTransaction):
            now = kind.now
            monkeypatch.setattr(kind, "now", lambda transaction, now=now: now(transaction) + self.ahead)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    clock.watch(monkeypatch)
    return clock


@pytest.fixture
def another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every claim is another process's, that lives."""
    monkeypatch.setattr(owners, "is_of_this_process", lambda owner: False)
    monkeypatch.setattr(owners, "is_dead", lambda owner: False)


def test_a_key_that_nobody_has_is_free(mine: AccountStore) -> None:
    assert mine.claim(submission()).state == "free"


def test_a_key_that_another_process_submits_with_is_busy(mine: AccountStore, another_process: None) -> None:
    assert mine.may_send(submission(), mine.claim(submission()), 30)
    assert mine.claim(submission()).state == "busy"


def test_of_two_that_found_a_key_free_one_may_send(mine: AccountStore, another_process: None) -> None:
    first, second = mine.claim(submission()), mine.claim(submission())
    assert mine.may_send(submission(), second, 30)
    assert not mine.may_send(submission(), first, 30)
    assert mine.may_send(submission(), second, 30)  # again, after a 429 say


def test_keys_of_other_accounts_and_services_are_other_keys(store: Store, mine: AccountStore) -> None:
    mine.may_send(submission(), mine.claim(submission()), 30)
    for other in (("ionq-v0.3", *IDENTITY[1:]), (IDENTITY[0], "http://127.0.0.1:1", IDENTITY[2]), (*IDENTITY[:2], "x")):
        assert store._of_account(other, lambda data: data).claim(submission()).state == "free"


def test_a_known_key_gives_its_job(mine: AccountStore) -> None:
    mine.may_send(submission(), mine.claim(submission()), 30)
    mine.made(submission(), record())
    known = mine.claim(submission())
    assert (known.state, known.job_id, known.record) == ("known", "job-0", record())


def test_what_was_sent_is_another_s_no_earlier_than_its_request_can_have_ended(
    mine: AccountStore, clock: Clock, another_process: None
) -> None:
    mine.may_send(submission(), mine.claim(submission()), 300)
    clock.ahead = 300
    assert mine.claim(submission()).state == "busy"
    clock.ahead = 301 + account_store.MARGIN
    second = mine.claim(submission())
    assert second.state == "in_doubt"
    assert mine.claim(submission()).state == "busy"  # while the second looks
    assert mine.may_send(submission(), second, 30)


def test_whoever_has_lost_a_claim_changes_nothing_but_that_the_job_is_there(
    store: Store, mine: AccountStore, clock: Clock, another_process: None
) -> None:
    first = mine.claim(submission())
    mine.may_send(submission(), first, 30)
    clock.ahead = 100
    second = mine.claim(submission())
    assert not mine.may_send(submission(), first, 30)
    mine.ended(submission(), first, "it failed", in_doubt=False)
    assert [each.state for each in store.submissions()] == ["sent"]
    mine.made(submission(), record())
    assert not mine.may_send(submission(), second, 30)
    mine.ended(submission(), second, "it failed", in_doubt=True)
    assert mine.claim(submission()).record == record()


@pytest.mark.parametrize(("in_doubt", "state"), [(False, "free"), (True, "in_doubt")])
def test_what_has_ended_is_free_at_once(mine: AccountStore, another_process: None, in_doubt: bool, state: str) -> None:
    first = mine.claim(submission())
    mine.may_send(submission(), first, 30)
    mine.ended(submission(), first, "no", in_doubt=in_doubt)
    assert mine.claim(submission()).state == state


def test_what_this_process_left_behind_is_looked_for_at_once(mine: AccountStore) -> None:
    """Its submissions with one key take turns, so the one before is over."""
    mine.may_send(submission(), mine.claim(submission()), 30)
    assert mine.claim(submission()).state == "in_doubt"


def test_another_submission_takes_the_place_of_one_that_made_nothing(store: Store, mine: AccountStore) -> None:
    first = mine.claim(submission())
    mine.may_send(submission(), first, 30)
    mine.ended(submission(), first, "refused", in_doubt=False)
    assert [each.error for each in store.submissions()] == ["refused"]
    other = submission(shots=99, tags={"run": 2})
    assert mine.may_send(other, mine.claim(other), 30)
    (kept,) = store.submissions()
    assert (kept.shots, kept.tags, kept.state, kept.error) == (99, {"run": 2}, "sent", None)


def test_of_many_that_want_to_send_at_once_one_may(mine: AccountStore, another_process: None) -> None:
    gate = threading.Barrier(8)

    def send(_: int) -> bool:
        claim = mine.claim(submission())
        gate.wait()
        return mine.may_send(submission(), claim, 30)

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(send, range(8))) == [False] * 7 + [True]


def test_of_many_that_take_over_at_once_one_does(mine: AccountStore, clock: Clock, another_process: None) -> None:
    mine.may_send(submission(), mine.claim(submission()), 30)
    clock.ahead = 100
    with ThreadPoolExecutor(8) as threads:
        states = list(threads.map(lambda _: mine.claim(submission()).state, range(8)))
    assert sorted(states) == ["busy"] * 7 + ["in_doubt"]


def test_the_record_of_a_known_key_is_read_by_it(mine: AccountStore) -> None:
    assert mine.may_send(submission(), mine.claim(submission()), 30)
    assert mine.known("t") is None
    mine.made(submission(), record())
    mine.made(submission("beside-the-store"), record("job-1"))
    assert [mine.known(key) for key in ("t", "beside-the-store", "nobody-s")] == [record(), record("job-1"), None]


def test_machines_that_write_the_same_at_once_in_other_orders_do_not_lock_each_other_out(place: str) -> None:
    names = [f"job-{number}" for number in range(300)]
    both = names, names[::-1]
    gate = threading.Barrier(2, timeout=20)

    def note(of: list[str]) -> None:
        with Store(place) as store:
            account = store._of_account(IDENTITY, lambda data: data)
            gate.wait()
            account.note_keys(dict(zip(of, of, strict=True)))
            gate.wait()
            account.save([record(name) for name in of])

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(note, both))


# Whether a process is still there.


def test_a_process_that_lives_is_not_dead() -> None:
    owner = owners.new_owner()
    assert owners.is_of_this_process(owner)
    assert not owners.is_dead(owner)
    assert owner != owners.new_owner()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are told to be gone on POSIX only")
def test_a_process_that_was_killed_is_dead_also_before_its_parent_has_noticed() -> None:
    code = "import time; from quantum_jobs.store import owners; print(owners.new_owner(), flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        owner = process.stdout.readline().strip()
        assert not owners.is_dead(owner)
        assert not owners.is_of_this_process(owner)
        process.send_signal(signal.SIGKILL)
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert owners.is_dead(owner)
    assert owners.is_dead(owner)


def test_of_another_machine_or_in_a_form_of_another_version_nobody_is_dead() -> None:
    machine, rest = owners.new_owner().split("|", 1)
    assert not owners.is_dead(f"{machine}-another|{rest}")
    assert not owners.is_dead("anything")
    assert not owners.is_dead("")


def test_a_process_with_the_number_of_an_earlier_one_is_not_taken_for_it() -> None:
    machine, number, started, last = owners.new_owner().split("|")
    assert owners.is_dead(f"{machine}|{number}|{int(started) - 1}|{last}")
