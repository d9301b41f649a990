"""What a recorded interaction may have that its spec has not: each with the reason. All else is a violation."""

import re

from attrs import frozen

from tests.cassette_tools.conformance import Violation


@frozen
class Allowed:
    """Violations that are known: of this service, place and path, with a text that matches."""

    service: str
    place: str
    path: str
    text: str
    reason: str

    def covers(self, service: str, violation: Violation) -> bool:
        return (
            service == self.service
            and violation.place == self.place
            and re.fullmatch(self.path, violation.path) is not None
            and re.search(self.text, violation.text) is not None
        )


ALLOWED = (
    Allowed(
        service="ionq-v0.4",
        place="operation",
        path="",
        text=r"no GET https://api\.ionq\.co/v0\.4/jobs/[^/]+/results/(histogram|shots)$",
        reason="Answers of the vendor's own page name such URLs; no document describes what stands behind them, and "
        "the wrapper follows what an answer names.",
    ),
    Allowed(
        service="ionq-v0.4",
        place="body",
        path=r"\$\.type",
        text=r"^'ionq\.circuit\.v2' is not one of",
        reason="IonQ's own client for Qiskit reads jobs of this type; no document lists it.",
    ),
    Allowed(
        service="ionq-v0.4",
        place="body",
        path=r"\$\.probabilities",
        text=r"^\{.*\} is not of type 'number'$",
        reason="Of jobs of the type ionq.circuit.v2 IonQ's own client reads registers right below the kind of result; "
        "no document has this form.",
    ),
    Allowed(
        service="ionq-v0.3",
        place="request body",
        path=r"\$\.input\.circuits\[\d+\]\.qubits",
        text="is not in the spec",
        reason="The wrapper gives each circuit's width beside the width of all; the vendor's table of a circuit's "
        "fields names none.",
    ),
)


def reason_for(service: str, violation: Violation) -> str | None:
    """Why a violation is none; None for one that counts."""
    return next((each.reason for each in ALLOWED if each.covers(service, violation)), None)
