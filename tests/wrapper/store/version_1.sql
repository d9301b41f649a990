-- A store as version 1 of its tables has it.
BEGIN TRANSACTION;
CREATE TABLE quantum_accounts (
        service TEXT NOT NULL,
        account TEXT NOT NULL,
        listed_at TEXT NOT NULL,
        PRIMARY KEY (service, account)
    );
INSERT INTO "quantum_accounts" VALUES('ionq-v0.4','5b138f2f073fc8f779b409534445c558','2026-11-21T19:27:24.161573+00:00');
CREATE TABLE quantum_jobs (
        id INTEGER PRIMARY KEY,
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
    );
INSERT INTO "quantum_jobs" VALUES(1,'ionq-v0.4','https://api.ionq.co/v0.4','job-0','COMPLETED','simulator','bell','2026-11-21T12:00:00.000000+00:00','0.97','USD','0.97',NULL,'{"id":"job-0","service":"ionq-v0.4","status":"COMPLETED","vendor_status":"completed","status_message":null,"name":"bell","device":"simulator","shots":10,"num_qubits":1,"tags":{"theta":"0.5"},"idempotency_key":"t","submission_digest":"9517353328637e6ecc88aad74a44dc15364244136fa355b3","created_at":"2026-11-21T12:00:00+00:00","started_at":null,"ended_at":null,"execution_duration":null,"queue_position":null,"predicted_wait":null,"cost":null,"estimated_cost":null,"failure":null,"parent_id":null,"child_ids":[],"raw":{"id":"job-0","status":"completed"}}');
CREATE TABLE quantum_keys (
        service TEXT NOT NULL,
        account TEXT NOT NULL,
        idempotency_key TEXT NOT NULL,
        base_url TEXT NOT NULL,
        job_id TEXT,
        PRIMARY KEY (service, account, idempotency_key)
    );
INSERT INTO "quantum_keys" VALUES('ionq-v0.4','5b138f2f073fc8f779b409534445c558','before','https://api.ionq.co/v0.4','job-from-before');
CREATE TABLE quantum_programs (digest TEXT PRIMARY KEY, programs TEXT NOT NULL);
INSERT INTO "quantum_programs" VALUES('1c1d426a0648bc31cca0550a6106c8be17fc340f1a100e3df0cde855bec78fdd','[{"format":"ionq.circuit","data":{"qubits":1,"circuit":[{"gate":"x","target":0}],"gateset":"qis"}}]');
CREATE TABLE quantum_results (
        job BIGINT NOT NULL,
        memory INTEGER NOT NULL,
        aggregation TEXT NOT NULL,
        results TEXT NOT NULL,
        PRIMARY KEY (job, memory, aggregation)
    );
INSERT INTO "quantum_results" VALUES(1,0,'','[{"counts":{"1":10},"counts_kind":"derived","probabilities":{"1":1.0},"memory":null,"num_qubits":1,"registers":{},"raw":{"1":1.0}}]');
CREATE TABLE quantum_store (version INTEGER NOT NULL);
INSERT INTO "quantum_store" VALUES(1);
CREATE TABLE quantum_submissions (
        id INTEGER PRIMARY KEY,
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
    );
INSERT INTO "quantum_submissions" VALUES(1,'ionq-v0.4','https://api.ionq.co/v0.4','5b138f2f073fc8f779b409534445c558','t','known','machine|1|1|random',1.79528928915729832655e+09,'job-0',NULL,'simulator',10,'bell','{"theta":0.5}','{}','1c1d426a0648bc31cca0550a6106c8be17fc340f1a100e3df0cde855bec78fdd','{"quantum-jobs": "0.1.0", "python": "3.11.7"}','2026-11-21T19:27:24.157265+00:00','2026-11-21T19:27:24.161040+00:00');
CREATE INDEX quantum_submissions_by_job ON quantum_submissions (job_id);
CREATE INDEX quantum_jobs_by_id ON quantum_jobs (job_id);
CREATE INDEX quantum_jobs_by_time ON quantum_jobs (created_at);
COMMIT;
