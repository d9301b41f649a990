"""Reading and writing spec files. Scalars follow YAML 1.2's core schema, which is what OpenAPI means: `yes` and dates
are text, `1e3` is a number. Mapping keys are always text, as in JSON. A key that stands twice is an error. The merge
key `<<` of YAML 1.1 is followed, since vendors who write by hand use it."""

import contextlib
import json
import re
from pathlib import Path
from typing import Any

import yaml

from scripts.problem import Problem

Document = dict[str, Any]

WIDTH = 120

# (tag, pattern, the characters such a scalar can start with)
CORE_SCHEMA = (
    ("tag:yaml.org,2002:null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("tag:yaml.org,2002:int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    (
        "tag:yaml.org,2002:float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        list("-+.0123456789"),
    ),
)


# The parser in C, which comes with PyYAML's wheels, takes a tenth of the time.
class _Loader(yaml.CSafeLoader):
    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - as PyYAML declares it

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key that is not a scalar", key_node.start_mark)
            key = str(key_node.value)
            if key in mapping:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} of line {line} stands twice in one mapping", key_node.start_mark
                )
            value = self.construct_object(value_node, deep=True)
            if key == "<<" and not key_node.style:
                for each in value if isinstance(value, list) else [value]:
                    if not isinstance(each, dict):
                        raise yaml.constructor.ConstructorError(
                            None, None, "`<<` merges what is no mapping", key_node.start_mark
                        )
                    merged = {**each, **merged}
            else:
                mapping[key] = value
        return {**merged, **mapping}

    def construct_core_int(self, node: yaml.ScalarNode) -> int:
        text = node.value
        return int(text, 0) if text.startswith(("0o", "0x")) else int(text)

    def construct_core_float(self, node: yaml.ScalarNode) -> float:
        # Python reads YAML's `.inf` and `.nan` without their dot.
        return float(re.sub(r"\.(?=inf|nan)", "", node.value.lower()))


class _Dumper(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


for _tag, _pattern, _starts in CORE_SCHEMA:
    _Loader.add_implicit_resolver(_tag, re.compile(rf"^(?:{_pattern})$"), _starts)
    # The dumper knows both versions' rules, so text that either would misread is quoted.
    _Dumper.add_implicit_resolver(_tag, re.compile(rf"^(?:{_pattern})$"), _starts)
_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.construct_core_int)
_Loader.add_constructor("tag:yaml.org,2002:float", _Loader.construct_core_float)


def parse_document(text: str, origin: str) -> Document:
    """The mapping in a YAML or JSON text. `origin` is named in the error when there is none."""
    try:
        document = _json(text) or yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise Problem(f"{origin}:{line}: {error.problem or error.context}") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise Problem(f"{origin}: not readable as YAML or JSON: {error}") from None
    if not isinstance(document, dict):
        raise Problem(f"{origin}: expected a mapping at the top, found {type(document).__name__}")
    return document


def _json(text: str) -> Any:
    """What a text in JSON says, read in a tenth of the time; None for one in YAML, whose mappings may begin alike."""
    if text.lstrip().startswith("{"):
        with contextlib.suppress(json.JSONDecodeError):
            return json.loads(text, object_pairs_hook=_each_key_once)
    return None


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"the key {next(key for key in keys if keys.count(key) > 1)!r} stands twice in one mapping")
    return result


def load_document(path: Path) -> Document:
    """The mapping in a YAML or JSON file."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Problem(f"{shown(path)}: no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(f"{shown(path)}: cannot be read: {error}") from None
    return parse_document(text, shown(path))


def dump_document(document: Document) -> str:
    """The document as YAML: the same bytes for the same content, in the order it has."""
    return str(yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH))


def copied(node: Any) -> Any:
    """A copy of plain JSON, in which nothing is shared; copy.deepcopy takes five times as long."""
    if isinstance(node, dict):
        return {key: copied(value) for key, value in node.items()}
    return [copied(item) for item in node] if isinstance(node, list) else node


def shown(path: Path) -> str:
    """A path as people know it: relative to where the command runs, when it lies below."""
    try:
        return str(path.resolve().relative_to(Path.cwd().resolve()))
    except ValueError:
        return str(path)
