"""One order for mappings, whose keys have none in JSON: a vendor who only shuffles them changes nothing of ours."""

from typing import Any

# What a reader looks for first; everything else follows by name.
FIRST = (
    *("openapi", "info", "servers", "tags", "paths", "components"),
    *("title", "version", "operationId", "summary", "description", "name", "in", "required", "security"),
    *("parameters", "requestBody", "responses", "$ref", "type", "format", "enum", "items", "properties"),
    *("get", "put", "post", "patch", "delete"),
)
_RANK = {key: rank for rank, key in enumerate(FIRST)}


def ordered(node: Any) -> Any:
    """A copy with all mappings in order. Lists keep theirs, it means something."""
    if isinstance(node, list):
        return [ordered(item) for item in node]
    if not isinstance(node, dict):
        return node
    result = {key: ordered(node[key]) for key in sorted(node, key=lambda key: (_RANK.get(key, len(FIRST)), key))}
    properties, required = result.get("properties"), result.get("required")
    if isinstance(properties, dict):
        # Required fields first, in the order of the list that names them: the one order here that is the vendor's.
        names = [name for name in required if name in properties] if isinstance(required, list) else []
        result["properties"] = {name: properties[name] for name in dict.fromkeys([*names, *sorted(properties)])}
    return result
