"""What the cassettes cover: operation by status by provenance, and what has no cassette."""

import ast
from collections.abc import Iterable

from scripts.complete import plain
from scripts.services import project_folder
from tests.cassette_tools.cassette import Cassette
from tests.cassette_tools.conformance import Spec
from tests.cassette_tools.verifying import spec_of


def used_by_wrapper(service: str) -> list[str]:
    """The operations that the wrapper's modules for a service call, by the bindings' names."""
    name = service.replace("-", "_").replace(".", "_")
    folder = project_folder() / "wrapper" / "quantum_jobs" / "services"
    found = set()
    for file in folder.glob(f"{name}*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and f"quantum_apis.{name}.api" in node.module:
                found |= {alias.name for alias in node.names}
    return sorted(found)


def operation_names(spec: Spec) -> dict[str, str]:
    """The spec's operations by what the bindings call them."""
    return {plain(operation.name): operation.name for operation in spec.operations}


def counted(cassettes: Iterable[Cassette], spec: Spec) -> dict[tuple[str, int], dict[str, int]]:
    """How many interactions there are of each operation and status, by provenance."""
    found: dict[tuple[str, int], dict[str, int]] = {}
    for cassette in cassettes:
        for interaction in cassette.interactions:
            operation = spec.operation_of(interaction)
            name = operation.name if operation else "(in no spec)"
            sources = found.setdefault((name, interaction.status), {})
            sources[cassette.source] = sources.get(cassette.source, 0) + 1
    return found


def uncovered(service: str, spec: Spec, seen: Iterable[tuple[str, int]]) -> list[str]:
    """The documented statuses of operations that the wrapper uses and no cassette has."""
    names, covered = operation_names(spec), set(seen)
    missing = []
    for binding in used_by_wrapper(service):
        name = names[plain(binding)]
        operation = next(each for each in spec.operations if each.name == name)
        statuses = {status for operation_, status in covered if operation_ == name}
        for code in operation.data["responses"]:
            ranged = any(status // 100 == int(code[0]) for status in statuses) if code.endswith("XX") else False
            if not ranged and not (code.isdigit() and int(code) in statuses):
                missing.append(f"{name} {code}")
    return missing


def report(service: str, cassettes: list[Cassette]) -> list[str]:
    """Lines for people."""
    spec = spec_of(service)
    found = counted(cassettes, spec)
    sources = sorted({source for each in found.values() for source in each})
    interactions = sum(sum(each.values()) for each in found.values())
    lines = [f"{service}: {len(cassettes)} cassettes, {interactions} interactions, spec of {spec.date}", ""]
    lines.append(f"{'operation':<28}{'status':>7}" + "".join(f"{source:>12}" for source in sources))
    for name, status in sorted(found):
        counts = found[name, status]
        lines.append(f"{name:<28}{status:>7}" + "".join(f"{counts.get(source, 0) or '':>12}" for source in sources))
    missing = uncovered(service, spec, found)
    lines += ["", f"used by the wrapper and without a cassette: {', '.join(missing) or 'nothing'}"]
    used = {plain(name) for name in used_by_wrapper(service)}
    unused = [name for key, name in sorted(operation_names(spec).items()) if key not in used]
    seen = {name for name, _ in found}
    lines.append(f"not used by the wrapper, no cassette: {', '.join(n for n in unused if n not in seen) or 'nothing'}")
    return lines
