# Generated from specs/ionq-v0.4/ (IonQ Cloud Platform API v0.4, as of 2026-10-01) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class RequestValidation(_reading.Model):
    """Which part of a request is not valid.

    Attributes:
        keys (list[str] | Unset): Names of the fields with bad values.
        source (str | Unset): Where in the request they stand, such as params.
    """

    keys: list[str] | Unset = UNSET
    source: str | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("keys", "keys", _reading.ListOf(_reading.STRING)),
            _reading.Field("source", "source", _reading.STRING),
        )
