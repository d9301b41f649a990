"""Where requests go: the argument, the service's own variable, the one that its vendor's versions share, the vendor."""

from __future__ import annotations

import pytest
import quantum_jobs
from quantum_jobs import UsageError

OWN = {"ionq-v0.4": "IONQ_V0_4_API_URL", "ionq-v0.3": "IONQ_V0_3_API_URL", "qbraid-v2": "QBRAID_API_URL"}
SHARED = {"ionq-v0.4": "IONQ_API_URL", "ionq-v0.3": "IONQ_API_URL"}


def base_url(service: str, given: str | None = None) -> str:
    """As the client shows it."""
    with quantum_jobs.connect(service, api_key="a-key", base_url=given) as client:
        return repr(client).rpartition(" at ")[2].removesuffix(">")


@pytest.mark.parametrize("service", OWN)
def test_the_argument_comes_before_the_services_own_variable(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OWN[service], "https://own.example/v9")
    assert base_url(service) == "https://own.example/v9"
    assert base_url(service, "https://given.example/v8/") == "https://given.example/v8"


@pytest.mark.parametrize("service", SHARED)
def test_the_services_own_variable_comes_before_the_shared_one_and_is_taken_as_it_is(
    service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IONQ_API_URL", "https://shared.example/v0.4")
    monkeypatch.setenv(OWN[service], "https://own.example/v0.4")
    assert base_url(service) == "https://own.example/v0.4"
    monkeypatch.setenv(OWN[service], "")
    assert base_url(service).startswith("https://shared.example/")


@pytest.mark.parametrize(
    ("shared", "v4", "v3"),
    [
        ("https://api.ionq.co/v0.4", "https://api.ionq.co/v0.4", "https://api.ionq.co/v0.3"),
        ("https://api.ionq.co/v0.3", "https://api.ionq.co/v0.4", "https://api.ionq.co/v0.3"),
        ("http://127.0.0.1:8400/v0.4/", "http://127.0.0.1:8400/v0.4", "http://127.0.0.1:8400/v0.3"),
        (
            "https://proxy.example/v0.4/ionq/v0.3",
            "https://proxy.example/v0.4/ionq/v0.4",
            "https://proxy.example/v0.4/ionq/v0.3",
        ),
        ("https://proxy.example/ionq", "https://proxy.example/ionq", "https://proxy.example/ionq"),
        ("https://proxy.example/v0.4.1", "https://proxy.example/v0.4.1", "https://proxy.example/v0.4.1"),
        ("https://v0.4", "https://v0.4", "https://v0.4"),
    ],
)
def test_the_shared_variable_stands_for_both_of_ionqs_versions(
    shared: str, v4: str, v3: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IONQ_API_URL", shared)
    assert (base_url("ionq-v0.4"), base_url("ionq-v0.3")) == (v4, v3)


@pytest.mark.parametrize("variable", ["IONQ_V0_4_API_URL", "IONQ_API_URL"])
def test_a_variable_that_holds_no_base_url_is_named(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, "ftp://nowhere")
    with pytest.raises(UsageError, match=variable):
        quantum_jobs.connect("ionq", api_key="a-key")


@pytest.mark.parametrize(
    ("spelled", "url"),
    [
        ("https://API.Example.com/v0.4", "https://api.example.com/v0.4"),
        ("HTTPS://api.example.com:443/v0.4", "https://api.example.com/v0.4"),
        ("https://api.example.com:/v0.4//", "https://api.example.com/v0.4"),
        ("https://api.example.com:8443/Prefix/v0.4", "https://api.example.com:8443/Prefix/v0.4"),
        ("https://api.example.com:443", "https://api.example.com"),
        ("http://localhost:80/v0.4", "http://localhost/v0.4"),
        ("http://localhost:443/v0.4", "http://localhost:443/v0.4"),
        ("http://[::1]:8400/v0.4", "http://[::1]:8400/v0.4"),
        ("https://[2001:DB8::1]:443/v0.4", "https://[2001:db8::1]/v0.4"),
    ],
)
def test_however_a_base_url_is_spelled_it_is_one_account(spelled: str, url: str) -> None:
    assert base_url("ionq", spelled) == url
