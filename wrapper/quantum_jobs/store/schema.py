"""The tables of a job store, and how those of an earlier version become those of this one. Both SQLite and Postgres
read these statements; ``{id}`` stands for a number that the database gives to each new row.

Times are text in ISO 8601, UTC, with microseconds, so that they sort; money is decimal text, so that no digit is lost.
"""

from __future__ import annotations

_FIRST = (
    "CREATE TABLE quantum_store (version INTEGER NOT NULL)",
    # The programs of a submission, as JSON; the same ones are kept once.
    "CREATE TABLE quantum_programs (digest TEXT PRIMARY KEY, programs TEXT NOT NULL)",
    """CREATE TABLE quantum_submissions (
        id {id},
        service TEXT NOT NULL,
        base_url TEXT NOT NULL,
        account TEXT NOT NULL,
        idempotency_key TEXT NOT NULL,
        state TEXT NOT NULL,
        owner TEXT NOT NULL,
        lease_until DOUBLE PRECISION NOT NULL,
        job_id TEXT,
        error TEXT,
        device TEXT NOT NULL,
        shots BIGINT,
        name TEXT,
        tags TEXT NOT NULL,
        options TEXT NOT NULL,
        program_digest TEXT NOT NULL,
        versions TEXT NOT NULL,
        sent_at TEXT NOT NULL,
        ended_at TEXT,
        UNIQUE (service, account, idempotency_key)
    )""",
    """CREATE TABLE quantum_jobs (
        id {id},
        service TEXT NOT NULL,
        base_url TEXT NOT NULL,
        job_id TEXT NOT NULL,
        status TEXT NOT NULL,
        device TEXT,
        name TEXT,
        created_at TEXT NOT NULL,
        cost_amount TEXT,
        cost_currency TEXT,
        cost_usd TEXT,
        calibration_id TEXT,
        record TEXT NOT NULL,
        UNIQUE (service, base_url, job_id)
    )""",
    "CREATE INDEX quantum_submissions_by_job ON quantum_submissions (job_id)",
    "CREATE INDEX quantum_jobs_by_id ON quantum_jobs (job_id)",
    "CREATE INDEX quantum_jobs_by_time ON quantum_jobs (created_at)",
    """CREATE TABLE quantum_results (
        job BIGINT NOT NULL,
        memory INTEGER NOT NULL,
        aggregation TEXT NOT NULL,
        results TEXT NOT NULL,
        PRIMARY KEY (job, memory, aggregation)
    )""",
    # Keys that were sent without this store, with no job_id where it is not known whether they have made one, and since
    # when an account's jobs were looked through for them.
    """CREATE TABLE quantum_keys (
        service TEXT NOT NULL,
        account TEXT NOT NULL,
        idempotency_key TEXT NOT NULL,
        base_url TEXT NOT NULL,
        job_id TEXT,
        PRIMARY KEY (service, account, idempotency_key)
    )""",
    """CREATE TABLE quantum_accounts (
        service TEXT NOT NULL,
        account TEXT NOT NULL,
        listed_at TEXT NOT NULL,
        PRIMARY KEY (service, account)
    )""",
)

#: The statements that lead from each version to the next one, from an empty database on.
MIGRATIONS = (_FIRST,)
VERSION = len(MIGRATIONS)
