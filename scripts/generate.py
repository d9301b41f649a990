"""Specs in, bindings out: `python -m scripts.generate [--check] [SERVICE ...]`. With `--check` nothing is written; it
ends with status 1 when what stands in the repository is not what the specs give."""

import argparse
import difflib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from scripts.bindings import format_code, write_common, write_package
from scripts.effective import effective_document, effective_path, effective_text
from scripts.problem import exit_status
from scripts.services import SERVICES, Service, find_service, generated_folder
from scripts.spec_files import shown

PACKAGE = "quantum_apis"
COMMON = ("__init__.py", "py.typed", "_runtime")
SHOWN_LINES = 12


def generate(services: list[Service], *, check: bool = False) -> int:
    """Write the bindings of these services, or compare; the exit status."""
    with tempfile.TemporaryDirectory(prefix="quantum-generate-") as temporary:
        # One after another would be simpler, but the generator is a process of its own per service.
        built = Path(temporary) / PACKAGE
        built.mkdir()
        with ThreadPoolExecutor() as pool:
            effective = list(pool.map(lambda service: _build(service, built), services))
        write_common(built)
        format_code(built)
        wanted = {effective_path(service): text for service, text in zip(services, effective, strict=True)}
        parts = [*COMMON, *(service.package for service in services)]
        if check:
            return _compare(built, wanted, parts, everything=len(services) == len(SERVICES))
        _replace(built, wanted, parts)
    print(f"generated: {', '.join(service.name for service in services)}")
    return 0


def _build(service: Service, built: Path) -> str:
    document = effective_document(service)
    write_package(service, document, built / service.package)
    return effective_text(service, document)


def _replace(built: Path, wanted: dict[Path, str], parts: list[str]) -> None:
    """Swap the new parts in; until everything stands ready beside them, the old ones are not touched."""
    target = generated_folder() / PACKAGE
    staging = generated_folder() / f".{PACKAGE}-new"
    target.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(staging, ignore_errors=True)
    try:
        shutil.copytree(built, staging)
        for part in parts:
            old = target / part
            if old.is_dir():
                old.rename(staging / f"old-{part}")
            (staging / part).replace(old)
        for path, text in wanted.items():
            new = path.with_name(f".{path.name}-new")
            new.write_text(text, encoding="utf-8")
            new.replace(path)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _compare(built: Path, wanted: dict[Path, str], parts: list[str], *, everything: bool) -> int:
    target = generated_folder() / PACKAGE
    differences = [
        line for path, text in wanted.items() for line in _difference(path, path.exists() and path.read_text(), text)
    ]
    # A folder that no service has is a difference only when all services are looked at.
    new = {path.relative_to(built): path for path in _files(built)}
    old = {
        path.relative_to(target): path
        for path in _files(target)
        if everything or path.relative_to(target).parts[0] in parts
    }
    for name in sorted({*new, *old}):
        before = old[name].read_text(encoding="utf-8", errors="replace") if name in old else False
        after = new[name].read_text(encoding="utf-8") if name in new else False
        differences.extend(_difference(target / name, before, after))
    if not differences:
        print("generated files are what the specs give")
        return 0
    print("\n".join(differences))
    print("generated files differ from what the specs give: run `make generate`", file=sys.stderr)
    return 1


def _difference(path: Path, before: str | bool, after: str | bool) -> Iterator[str]:
    if before == after:
        return
    if not isinstance(before, str) or not isinstance(after, str):
        yield f"{shown(path)}: {'is missing' if isinstance(after, str) else 'should not be there'}"
        return
    lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), "committed", "generated", "", "", 1, ""))
    yield f"{shown(path)}: differs"
    yield from lines[:SHOWN_LINES]
    if len(lines) > SHOWN_LINES:
        yield f"... {len(lines) - SHOWN_LINES} more lines"


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m scripts.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only; status 1 when something differs")
    parser.add_argument("services", metavar="SERVICE", nargs="*", help=f"default: {', '.join(SERVICES)}")
    arguments = parser.parse_args()
    return exit_status(
        lambda: generate([find_service(name) for name in arguments.services or SERVICES], check=arguments.check)
    )


if __name__ == "__main__":
    sys.exit(main())
