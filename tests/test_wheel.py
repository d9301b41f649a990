"""What users install works: the wheel, in an environment of its own, with nothing of this checkout on the path."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path
from typing import Any

import attrs
import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("quantum_jobs", "quantum_apis", "quantum_sandbox")


@attrs.frozen
class Installed:
    """The wheel, and the environment that it was installed into."""

    wheel: Path
    home: Path

    def command(self, name: str) -> Path:
        return self.home / "env" / ("Scripts" if os.name == "nt" else "bin") / name

    def run(self, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of the environment, run from elsewhere."""
        return _run(self.command(name), *arguments, cwd=self.home)

    def ask(self, code: str) -> Any:
        """What a program in the environment prints, as JSON."""
        done = self.run("python", "-c", f"import json; {code}")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


def _run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    # What belongs to the environment that runs the tests must not lead into it.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, env=kept, capture_output=True, text=True, check=False, timeout=600
    )


def _checked(*command: str | Path, cwd: Path) -> None:
    done = _run(*command, cwd=cwd)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    home = tmp_path_factory.mktemp("installed")
    _checked(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", home, ROOT, cwd=home)
    (wheel,) = home.glob("*.whl")
    found = Installed(wheel, home)
    # The pip that is there installs into it: to make another takes longer than all the rest.
    _checked(sys.executable, "-m", "venv", "--without-pip", home / "env", cwd=home)
    pip = (sys.executable, "-m", "pip", "--python", found.command("python"), "install")
    quiet = ("--quiet", "--disable-pip-version-check", "--only-binary", ":all:")
    _checked(*pip, *quiet, "--constraint", ROOT / "constraints/dev.txt", wheel, cwd=home)
    return found


def _metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [each for each in archive.namelist() if each.endswith(".dist-info/METADATA")]
        return Parser().parsestr(archive.read(name).decode())


def test_all_packages_are_imported_from_the_clean_environment(installed: Installed) -> None:
    modules = (
        *("quantum_jobs", "quantum_jobs.client", "quantum_jobs.async_client", "quantum_jobs.services.ionq_v0_3"),
        *("quantum_apis.ionq_v0_4.api.jobs.get_job", "quantum_apis.ionq_v0_3.models", "quantum_apis.qbraid_v2.client"),
        *("quantum_apis", "quantum_jobs.programs", "quantum_sandbox", "quantum_sandbox.errors"),
    )
    imported = f"from importlib import import_module; files = [import_module(name).__file__ for name in {modules}]"
    files = installed.ask(f"{imported}; print(json.dumps(files))")
    assert all(Path(file).is_relative_to(installed.home / "env") for file in files), files


def test_all_packages_say_that_they_are_typed(installed: Installed) -> None:
    code = (
        "from importlib.resources import files; "
        f"print(json.dumps([files(name).joinpath('py.typed').is_file() for name in {PACKAGES}]))"
    )
    assert installed.ask(code) == [True, True, True]


def test_the_installed_package_does_its_work(installed: Installed) -> None:
    code = """
import httpx, quantum_jobs
answers = {"/v0.4/jobs/a": {"id": "a", "status": "completed", "shots": 4, "stats": {"qubits": 2}, "results": None},
           "/v0.4/jobs/a/results/probabilities": {"1": 0.75, "3": 0.25}}
transport = httpx.MockTransport(lambda request: httpx.Response(200, json=answers[request.url.path]))
with quantum_jobs.connect("ionq", api_key="a-key", transport=transport) as client:
    print(json.dumps(client.job("a").result(timeout=60).counts))
"""
    assert installed.ask(code) == {"01": 3, "11": 1}


def test_the_command_is_installed(installed: Installed) -> None:
    told = installed.run("quantum-jobs", "--version")
    assert (told.returncode, told.stdout.strip()) == (0, f"quantum-jobs {_metadata(installed.wheel)['Version']}")


def test_what_needs_an_extra_says_which(installed: Installed) -> None:
    for extra, *command in (
        ["sandbox", "quantum-jobs", "demo"],
        ["sandbox", "quantum-jobs", "sandbox", "--port", "0"],
        ["sandbox", "quantum-sandbox", "--port", "0"],
        ["cli", "quantum-jobs", "list"],
    ):
        told = installed.run(*command)
        assert told.returncode != 0
        assert f"pip install '.[{extra}]'" in told.stderr
        assert told.stdout == ""
        assert "Traceback" not in told.stderr


def test_the_core_needs_four_packages_and_no_more(installed: Installed) -> None:
    needed = _metadata(installed.wheel).get_all("Requires-Dist", [])
    core = {re.split(r"[\s<>=!~;\[(]", each)[0] for each in needed if "extra ==" not in each}
    assert core == {"httpx", "anyio", "attrs", "python-dateutil"}


def test_the_metadata_names_python_the_licence_and_the_version(installed: Installed) -> None:
    metadata = _metadata(installed.wheel)
    assert metadata["Name"] == "quantum-jobs"
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["License-Expression"] == "Apache-2.0"
    assert installed.ask("import quantum_jobs; print(json.dumps(quantum_jobs.__version__))") == metadata["Version"]


def test_the_wheel_holds_the_three_packages_and_nothing_else(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as archive:
        names = archive.namelist()
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    for folder, package in (("wrapper", "quantum_jobs"), ("generated", "quantum_apis"), ("sandbox", "quantum_sandbox")):
        files = [path for end in ("py", "html") for path in (ROOT / folder / package).rglob(f"*.{end}")]
        assert {path.relative_to(ROOT / folder).as_posix() for path in files} <= set(names)
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]
