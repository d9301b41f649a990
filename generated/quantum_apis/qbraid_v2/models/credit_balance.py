# Generated from specs/qbraid-v2/ (qBraid Runtime API 2, as of 2026-11-21) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import Any

from attrs import define as _define

from ..._runtime import reading as _reading
from ..types import UNSET, Unset


@_define(eq=False, repr=False)
class CreditBalance(_reading.Model):
    """Credits that are left.

    Attributes:
        auto_recharge (Any | Unset): Whether and how the balance is topped up by itself.
        aws_credits (float | str | Unset): Credits for AWS that are left.
        organization_id (str | Unset): Id of the organization.
        qbraid_credits (float | str | Unset): qBraid credits that are left.
        user_id (str | Unset): Id of the user.
    """

    auto_recharge: Any | Unset = UNSET
    aws_credits: float | str | Unset = UNSET
    organization_id: str | Unset = UNSET
    qbraid_credits: float | str | Unset = UNSET
    user_id: str | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        return _reading.Shape(
            _reading.Field("auto_recharge", "autoRecharge", _reading.ANY),
            _reading.Field("aws_credits", "awsCredits", _reading.UnionOf(_reading.NUMBER, _reading.STRING)),
            _reading.Field("organization_id", "organizationId", _reading.STRING),
            _reading.Field("qbraid_credits", "qbraidCredits", _reading.UnionOf(_reading.NUMBER, _reading.STRING)),
            _reading.Field("user_id", "userId", _reading.STRING),
        )
