"""One document of many: files beside a document that it refers to are brought in, and path items that are references
are written out, since the generator passes over them."""

import re
from pathlib import Path
from typing import Any

from scripts.fetching import read_source
from scripts.grammar import SECTIONS, walk
from scripts.problem import Problem
from scripts.references import pointer_of, resolve
from scripts.spec_files import Document, copied, parse_document

# Rounds of writing out; what holds itself would go on for ever.
DEEPEST = 4


def bundle(document: Document, folder: Path | None) -> Document:
    """A copy without references to other files, as far as these lie in `folder` or below; None: nothing is read."""
    result: Document = copied(document)
    _Bundle(result, folder).run()
    for path, item in result["paths"].items():
        if isinstance(item, dict) and "$ref" in item:
            try:
                target = resolve(result, item)
            except (LookupError, TypeError, ValueError):
                continue
            beside = {key: value for key, value in item.items() if key != "$ref"}
            result["paths"][path] = {**copied(target), **beside}
    for _ in range(DEEPEST):
        if not _write_out(result):
            break
    return result


def _write_out(document: Document) -> bool:
    """Put a copy in the place of every reference to something that is no component: the generator knows no others."""
    found = False
    for _, _, node in list(walk(document)):
        reference = node.get("$ref") if isinstance(node, dict) else None
        try:
            parts = pointer_of(str(reference)) if reference else ()
            if not parts or (parts[0] == "components" and len(parts) == 3):
                continue
            target = copied(resolve(document, {"$ref": reference}, steps=1))
        except (LookupError, TypeError, ValueError):
            continue
        if isinstance(target, dict):
            beside = {key: value for key, value in node.items() if key != "$ref"}
            node.clear()
            node.update({**target, **beside})
            found = True
    return found


class _Bundle:
    def __init__(self, document: Document, folder: Path | None) -> None:
        self.document = document
        self.folder = folder.resolve() if folder else None
        self.files: dict[Path, Any] = {}
        # Where each (file, pointer) stands now.
        self.names: dict[tuple[Path, str], str] = {}

    def run(self) -> None:
        if self.folder is not None:
            self._follow(self.document, "document", None)

    def _follow(self, node: Any, kind: str, file: Path | None) -> None:
        """Turn the references below a node, which came from `file`, into references within the document."""
        for inner, _, each in list(walk(node, kind)):
            reference = each.get("$ref") if isinstance(each, dict) else None
            if not isinstance(reference, str) or (file is None and reference.startswith("#")):
                continue
            place, _, pointer = reference.partition("#")
            target = self._path(place, file) if place else file
            if target is None:
                continue
            if inner == "path item":
                content = copied(self._read(target, pointer, reference))
                del each["$ref"]
                each.update(content if isinstance(content, dict) else {})
                self._follow(each, inner, target)
            elif inner in SECTIONS:
                each["$ref"] = self._import(target, pointer, inner, reference)

    def _import(self, file: Path, pointer: str, kind: str, reference: str) -> str:
        if (file, pointer) in self.names:
            return self.names[file, pointer]
        content = copied(self._read(file, pointer, reference))
        section = self.document.setdefault("components", {}).setdefault(SECTIONS[kind], {})
        words = re.sub(r"[^A-Za-z0-9_.-]", "_", pointer.rsplit("/", 1)[-1] or file.stem) or "Unnamed"
        name, number = words, 2
        while name in section:
            name, number = f"{words}{number}", number + 1
        section[name] = content
        self.names[file, pointer] = f"#/components/{SECTIONS[kind]}/{name}"
        self._follow(content, kind, file)
        return self.names[file, pointer]

    def _path(self, place: str, file: Path | None) -> Path | None:
        """The file that a reference names; None where it is not one beside the document."""
        if re.match(r"[a-z][a-z0-9+.-]*:", place, re.I) or self.folder is None:
            return None
        path = ((file.parent if file else self.folder) / place).resolve()
        if not path.is_relative_to(self.folder):
            raise Problem(f"{place}: a reference that leads out of the document's folder is not followed")
        return path

    def _read(self, file: Path, pointer: str, reference: str) -> Any:
        if file not in self.files:
            try:
                text, _ = read_source(str(file))
            except Problem as problem:
                raise Problem(f"{reference}: {str(problem).removeprefix(f'{file}: ')}") from None
            self.files[file] = parse_document(text, file.name)
        node = self.files[file]
        try:
            for part in pointer_of(f"#{pointer}" if pointer else "#"):
                node = node[int(part) if isinstance(node, list) else part]
        except (LookupError, TypeError, ValueError):
            raise Problem(f"{reference}: {file.name} holds nothing there") from None
        return node
