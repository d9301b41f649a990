"""No test reads the keys and addresses of whoever runs it."""

import pytest

from scripts.services import SERVICES


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for service in SERVICES.values():
        for variable in (service.key_variable, *service.url_variables):
            monkeypatch.delenv(variable, raising=False)
