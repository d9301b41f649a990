# Generated from specs/ionq-v0.3/ (IonQ Quantum Cloud API v0.3, as of 2026-05-06) by openapi-python-client 0.29.1.
# Do not edit: change the spec, its overlay or the templates in scripts/, then `make generate`.
from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define as _define

from ..._runtime import reading as _reading
from ..models.job_target import JobTarget
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.error_mitigation import ErrorMitigation
    from ..models.job_body import JobBody
    from ..models.job_input import JobInput
    from ..models.job_metadata import JobMetadata
    from ..models.job_settings import JobSettings
    from ..models.noise import Noise
    from ..models.registers import Registers


@_define(eq=False, repr=False)
class JobCreationPayload(_reading.Model):
    """A job to submit.

    Attributes:
        body (JobBody | Unset): The program in an older form, in place of `input`.
        error_mitigation (ErrorMitigation | Unset): Which errors to mitigate.
        input_ (JobInput | Unset): The program.
        lang (str | Unset): Form of an older body; json is the one known value.
        metadata (JobMetadata | Unset): Texts of one's own, which come back with the job.
        name (str | Unset): Name of the job.
        noise (Noise | Unset): The noise to simulate; on simulators only.
        registers (Registers | Unset): The qubits of each named register.
        settings (JobSettings | Unset): How to compile and run the job.
        shots (int | Unset): How often each circuit is run; the ideal simulator takes no notice.
        target (JobTarget | Unset): Name of the machine or simulator to run on.
    """

    body: JobBody | Unset = UNSET
    error_mitigation: ErrorMitigation | Unset = UNSET
    input_: JobInput | Unset = UNSET
    lang: str | Unset = UNSET
    metadata: JobMetadata | Unset = UNSET
    name: str | Unset = UNSET
    noise: Noise | Unset = UNSET
    registers: Registers | Unset = UNSET
    settings: JobSettings | Unset = UNSET
    shots: int | Unset = UNSET
    target: JobTarget | Unset = UNSET

    @classmethod
    def _shape(cls) -> _reading.Shape:
        from ..models.error_mitigation import ErrorMitigation
        from ..models.job_body import JobBody
        from ..models.job_input import JobInput
        from ..models.job_metadata import JobMetadata
        from ..models.job_settings import JobSettings
        from ..models.noise import Noise
        from ..models.registers import Registers

        return _reading.Shape(
            _reading.Field("body", "body", _reading.ModelOf(JobBody)),
            _reading.Field("error_mitigation", "error_mitigation", _reading.ModelOf(ErrorMitigation)),
            _reading.Field("input_", "input", _reading.ModelOf(JobInput)),
            _reading.Field("lang", "lang", _reading.STRING),
            _reading.Field("metadata", "metadata", _reading.ModelOf(JobMetadata)),
            _reading.Field("name", "name", _reading.STRING),
            _reading.Field("noise", "noise", _reading.ModelOf(Noise)),
            _reading.Field("registers", "registers", _reading.ModelOf(Registers)),
            _reading.Field("settings", "settings", _reading.ModelOf(JobSettings)),
            _reading.Field("shots", "shots", _reading.INTEGER),
            _reading.Field("target", "target", _reading.EnumOf(JobTarget)),
        )
