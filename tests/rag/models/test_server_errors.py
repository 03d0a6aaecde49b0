"""What is said of a server that no reply came from."""

import socket
import ssl
from pathlib import Path

import httpx
import pytest

from rag.models.model_client import trusted
from rag.models.server_errors import explained

CAUSES = {
    "its name is not known": socket.gaierror(-2, "Name or service not known"),
    "SSL_CERT_FILE": ssl.SSLCertVerificationError(1, "self-signed certificate"),
    "http://": ssl.SSLError(1, "wrong version number"),
    "start it": ConnectionRefusedError(111, "Connection refused"),
    "llm_api_key": UnicodeEncodeError("ascii", "é", 0, 1, "ordinal not in range"),
}


@pytest.mark.parametrize("words", CAUSES)
def test_what_keeps_a_server_from_being_reached_is_told_apart(words: str) -> None:
    error = httpx.ConnectError("as httpx puts it")
    error.__cause__ = CAUSES[words]
    said = explained(error, slow="was slow")
    assert words in said
    assert [others for others in CAUSES if others in said] == [words]


def test_a_file_of_authorities_in_the_environment_says_whom_to_trust(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    everybody = trusted().get_ca_certs(binary_form=True)
    own = tmp_path / "own.pem"
    monkeypatch.setenv("SSL_CERT_FILE", str(own))
    assert len(trusted().get_ca_certs()) == len(everybody)
    own.write_text(ssl.DER_cert_to_PEM_cert(everybody[0]))
    assert trusted().get_ca_certs(binary_form=True) == everybody[:1]
