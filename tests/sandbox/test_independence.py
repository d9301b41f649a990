"""The sandbox is no mirror of the wrapper: it imports neither it nor the bindings, by any way."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import quantum_sandbox

PACKAGE = Path(quantum_sandbox.__file__).parent
FORBIDDEN = ("quantum_jobs", "quantum_apis")

#: Serves in process and over a socket, with imports of the forbidden packages failing.
SANDBOX_ALONE = """
import sys
for name in ("quantum_jobs", "quantum_apis"):
    sys.modules[name] = None
import httpx
from quantum_sandbox import Sandbox
job = {"backend": "simulator", "type": "ionq.circuit.v1", "shots": 10,
       "input": {"gateset": "qis", "qubits": 1, "circuit": [{"gate": "x", "target": 0}]}}
with Sandbox() as sandbox:
    headers = {"Authorization": f"apiKey {sandbox.api_key}"}
    for transport in (None, sandbox.transport()):
        with httpx.Client(base_url=sandbox.url("ionq"), headers=headers, transport=transport) as client:
            made = client.post("jobs", json=job)
            assert made.status_code == 201, made.text
            assert client.get(f"jobs/{made.json()['id']}").status_code == 200
print("served")
"""


def _imported(tree: ast.AST) -> set[str]:
    """The top-level packages that code imports, also for a type checker only, and those that it names as text."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add((node.module or "").partition(".")[0])
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            names |= {name for name in FORBIDDEN if node.value == name or node.value.startswith(f"{name}.")}
    return names


def test_one_module_imports_the_wrapper_and_none_the_bindings() -> None:
    found = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in PACKAGE.rglob("*.py")
        for name in _imported(ast.parse(path.read_text(encoding="utf-8"))) & set(FORBIDDEN)
    }
    assert found == {("clients.py", "quantum_jobs")}


def test_the_sandbox_serves_where_neither_can_be_imported(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SANDBOX_ALONE], capture_output=True, text=True, check=False, cwd=tmp_path, timeout=120
    )
    assert done.stdout.strip() == "served", done.stderr
