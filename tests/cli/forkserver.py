"""The command in a process of its own that starts at once: forked from one in which everything is imported already.

python forkserver.py --serve SOCKET    serves
python forkserver.py SOCKET ARG...     runs ``quantum-jobs ARG...`` with its own streams, folder and environment
"""

import json
import os
import signal
import socket
import sys


def run(path: str, arguments: list[str]) -> int:
    """Have the server run the command; gives the exit status."""
    asked = {"arguments": arguments, "folder": os.getcwd(), "environment": dict(os.environ)}
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(path)
        socket.send_fds(connection, [json.dumps(asked).encode()], [0, 1, 2])
        return connection.recv(1)[0]


def serve(path: str) -> None:
    """Serve until the process is ended."""
    from quantum_jobs.cli import costs, history, listing, results, services, submitting, watching  # noqa: F401 -- as below
    from quantum_jobs.services import ionq_v0_3, ionq_v0_4, qbraid_v2  # noqa: F401 -- imported once for all
    from quantum_jobs.store import Store  # noqa: F401 -- as above

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        print("ready", flush=True)
        while True:
            connection, _ = listener.accept()
            data, streams, _, _ = socket.recv_fds(connection, 1_000_000, 3)
            if os.fork() == 0:
                connection.send(bytes([_answer(json.loads(data), streams)]))
                os._exit(0)
            connection.close()
            for stream in streams:
                os.close(stream)


def _answer(asked: dict, streams: list[int]) -> int:
    from quantum_jobs.cli import main

    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115 -- open until the end
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    try:
        return main(asked["arguments"])
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


if __name__ == "__main__":
    if sys.argv[1] == "--serve":
        serve(sys.argv[2])
    else:
        sys.exit(run(sys.argv[1], sys.argv[2:]))
