from __future__ import annotations

import pytest

from qualikit.coding.endpoint.address import address_of
from qualikit.errors import EndpointRefused


@pytest.mark.parametrize(
    ("written", "url", "host"),
    [
        ("http://localhost:11434", "http://localhost:11434", "localhost:11434"),
        (" http://127.0.0.1:8080/v1/ ", "http://127.0.0.1:8080", "127.0.0.1:8080"),
        ("http://192.168.1.20/v1/chat/completions", "http://192.168.1.20", "192.168.1.20"),
        ("http://[::1]:1234/v1", "http://[::1]:1234", "[::1]:1234"),
        ("https://Modele.Exemple.fr/api/v1", "https://modele.exemple.fr/api", "modele.exemple.fr"),
        ("https://modèle.exemple.fr", "https://xn--modle-6ra.exemple.fr", "xn--modle-6ra.exemple.fr"),
    ],
)
def test_an_address_is_read_with_v1_or_without(written, url, host):
    found = address_of(written)
    assert (found.url, found.host) == (url, host)
    assert found.asked == f"{url}/v1/chat/completions"
    assert address_of(found.url) == found


@pytest.mark.parametrize(
    "written",
    [
        "http://modele.exemple.fr",
        "http://8.8.8.8:80",
        "http://172.32.0.1",
        "http://169.254.169.254",
        "http://0.0.0.0:80",
        "http://localhost.exemple.fr",
        "http://127.0.0.1.exemple.fr",
        "http://serveur",
        "http://2130706433",
    ],
)
def test_words_are_not_sent_in_the_clear_to_a_machine_that_may_be_far(written):
    with pytest.raises(EndpointRefused, match="chiffrée"):
        address_of(written)


@pytest.mark.parametrize(
    "written",
    [
        "", "localhost:11434", "ftp://localhost", "file:///etc/passwd", "https://", "https://a:b@exemple.fr",
        "https://exemple.fr?x=1", "https://exemple.fr#x", "https://exemple.fr:99999", "https://exem ple.fr",
        "https://exemple.fr/\n", "https://exemple.fr\\@autre.fr", "https://exemple.fr/" + "a" * 200, "https://-",
        "https://[::1%25eth0]", "https://exemple.fr\r\nHost: autre",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(written):
    if written.endswith("/\n"):
        assert address_of(written).host == "exemple.fr"  # white space around is nothing
        return
    with pytest.raises(EndpointRefused):
        address_of(written)
