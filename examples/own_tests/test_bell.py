"""The same user's tests, on the sandbox: ``pytest examples/own_tests``. The fixture comes with the package."""

from __future__ import annotations

import pytest
import quantum_jobs
from bell import correlation
from quantum_sandbox import Sandbox


def test_the_qubits_of_a_bell_pair_agree(quantum_sandbox: Sandbox) -> None:
    assert correlation() == pytest.approx(1.0)


def test_a_lost_answer_makes_no_second_job(quantum_sandbox: Sandbox) -> None:
    quantum_sandbox.faults.add("drop", method="POST", times=1, stored=True)  # taken, and the answer is lost
    assert correlation() == pytest.approx(1.0)
    assert len(quantum_sandbox.journal.select(method="POST")) == 1


def test_two_runs_with_one_key_make_one_job(quantum_sandbox: Sandbox) -> None:
    assert correlation(key="bell-1") == correlation(key="bell-1")
    assert len(quantum_sandbox.journal.select(method="POST")) == 1


def test_a_refused_job_is_an_error_that_says_why(quantum_sandbox: Sandbox) -> None:
    quantum_sandbox.faults.add("status", method="POST", status=400)
    with pytest.raises(quantum_jobs.InvalidRequestError):
        correlation()
