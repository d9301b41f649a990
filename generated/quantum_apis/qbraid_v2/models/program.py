# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import Any

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.program_format import ProgramFormat


@_define(eq=False, repr=False)
class Program(_reading.Model):
    """A quantum program.

    Attributes:
        format_ (ProgramFormat): Form of the program.
        data (Any): The program itself; text, or a JSON value where the format says so.
    """

    format_: ProgramFormat
    data: Any

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("format_", "format", _reading.EnumOf(ProgramFormat), required=True),
            _reading.Field("data", "data", _reading.ANY, required=True),
        )
