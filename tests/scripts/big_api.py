"""An API with one of everything, for tests that change it."""

from typing import Any

from scripts.spec_files import Document

STATUS = {"$ref": "#/components/schemas/Status"}
JOB = {"$ref": "#/components/schemas/Job"}


def answer(schema: Any, **more: Any) -> dict[str, Any]:
    return {"description": "Our words.", "content": {"application/json": {"schema": schema}}, **more}


BIG: Document = {
    "openapi": "3.1.0",
    "info": {"title": "Big", "version": "1"},
    "servers": [{"url": "https://big.example/v1"}],
    "security": [{"key": []}],
    "paths": {
        "/jobs": {
            "get": {
                "operationId": "listJobs",
                "tags": ["jobs"],
                "summary": "Our words.",
                "parameters": [
                    {"name": "status", "in": "query", "schema": STATUS},
                    {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 25, "default": 10}},
                    {"name": "ids", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
                ],
                "responses": {
                    "200": answer(
                        {"type": "array", "items": JOB}, headers={"X-Request-Id": {"schema": {"type": "string"}}}
                    )
                },
            },
            "post": {
                "operationId": "createJob",
                "tags": ["jobs"],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {"$ref": "#/components/schemas/NewJob"},
                            "example": {"device": "simulator"},
                        }
                    },
                },
                "responses": {
                    "201": answer(JOB),
                    "400": answer({"type": "object", "properties": {"detail": {"type": "string"}}}),
                    "429": {"description": "Our words."},
                },
            },
        },
        "/jobs/{id}": {
            "get": {
                "operationId": "getJob",
                "tags": ["jobs"],
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "responses": {"200": answer(JOB)},
            }
        },
        "/health": {
            "get": {"operationId": "getHealth", "tags": ["health"], "security": [], "responses": {"200": answer({})}}
        },
    },
    "components": {
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "X-API-KEY"},
            "bearer": {"type": "http", "scheme": "bearer"},
        },
        "schemas": {
            "Status": {"type": "string", "enum": ["ready", "done"]},
            "Job": {
                "description": "Our words.",
                "type": "object",
                "required": ["id", "status"],
                "properties": {
                    "id": {"type": "string", "description": "Our words."},
                    "status": STATUS,
                    "cost": {"type": ["number", "null"]},
                    "count": {"type": "integer"},
                    "created": {"type": "string", "format": "date-time"},
                    "note": {"type": "string"},
                    "tags": {"type": "object", "additionalProperties": {"type": "string"}},
                    "stats": {"type": "object", "properties": {"qubits": {"type": "integer"}}},
                    "failure": {"anyOf": [{"$ref": "#/components/schemas/Failure"}, {"type": "null"}]},
                    "result": {"anyOf": [{"$ref": "#/components/schemas/Counts"}, {"type": "string"}]},
                    "strict": {"type": "object", "properties": {"a": {}}, "additionalProperties": False},
                },
            },
            "Failure": {"type": "object", "properties": {"code": {"type": "string"}}, "required": ["code"]},
            "Counts": {
                "type": "object",
                "properties": {"kind": {"const": "counts"}, "counts": {"type": "object"}},
                "required": ["kind"],
            },
            "NewJob": {
                "type": "object",
                "required": ["device"],
                "properties": {
                    "device": {"type": "string", "enum": ["simulator", "qpu"]},
                    "shots": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100},
                    "name": {"type": ["string", "null"], "maxLength": 50},
                    "seed": {"type": "number"},
                    "input": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
                },
            },
        },
    },
}
