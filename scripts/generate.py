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
from scripts.effective import Effective, effective_document, effective_path, effective_text
from scripts.problem import exit_status
from scripts.services import SERVICES, Service, find_service, generated_folder
from scripts.spec_files import shown
from scripts.template_values import RUNTIME

PACKAGE = "quantum_apis"
COMMON = ("__init__.py", "py.typed")
SHOWN_LINES = 12


def generate(services: list[Service], *, check: bool = False) -> int:
    """Write the bindings of these services, or compare; the exit status."""
    with tempfile.TemporaryDirectory(prefix="quantum-generate-") as temporary:
        effectives = {service: effective_document(service) for service in services}
        built, effectives = build(effectives, Path(temporary))
        wanted = {effective_path(service): effective_text(service, each) for service, each in effectives.items()}
        if check:
            return _compare(built, wanted, _parts(services), everything=len(services) == len(SERVICES))
        install(built, services, wanted)
    for service, effective in effectives.items():
        for each in effective.left_out:
            print(f"{service.name}: left out: {each}")
    print(f"generated: {', '.join(service.name for service in services)}")
    return 0


def build(effectives: dict[Service, Effective], folder: Path) -> tuple[Path, dict[Service, Effective]]:
    """Make the bindings of these descriptions, and what they share, in a package below `folder`; gives its path, and
    the descriptions without what the generator itself refused."""
    built = folder / PACKAGE
    built.mkdir()
    # The generator is a process of its own per service.
    with ThreadPoolExecutor() as pool:
        made = list(pool.map(lambda each: write_package(each, effectives[each], built / each.package), effectives))
    write_common(built)
    format_code(built)
    return built, dict(zip(effectives, made, strict=True))


def install(built: Path, services: list[Service], texts: dict[Path, str]) -> None:
    """Put new bindings and texts in their places, all of them or none: what was there stays until all stands ready
    beside it, and comes back when something goes wrong on the way."""
    target = generated_folder() / PACKAGE
    staging = generated_folder() / f".{PACKAGE}-new"
    shutil.rmtree(staging, ignore_errors=True)
    target.mkdir(parents=True, exist_ok=True)
    swaps = [(staging / "new" / part, target / part) for part in _parts(services)]
    swaps += [(path.with_name(f".{path.name}-new"), path) for path in texts]
    done: list[tuple[Path, Path, Path]] = []
    try:
        shutil.copytree(built, staging / "new")
        for path, text in texts.items():
            path.with_name(f".{path.name}-new").write_text(text, encoding="utf-8")
        for number, (new, place) in enumerate(swaps):
            old = staging / f"old-{number}"
            # Noted before it is done: Ctrl-C may come between any two steps.
            done.append((new, old, place))
            if place.exists():
                shutil.move(place, old)
            new.rename(place)
    except BaseException:
        for new, old, place in reversed(done):
            if old.exists() or not new.exists():
                shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
            if old.exists():
                shutil.move(old, place)
        raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        for path in texts:
            path.with_name(f".{path.name}-new").unlink(missing_ok=True)


def _parts(services: list[Service]) -> list[str]:
    """What is replaced in the package. The runtime is not, in the one place where it is written by hand."""
    is_handwritten = (generated_folder() / PACKAGE / RUNTIME.name).resolve() == RUNTIME
    return [*COMMON, *([] if is_handwritten else [RUNTIME.name]), *(service.package for service in services)]


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
