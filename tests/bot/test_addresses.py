from ipaddress import ip_address

import pytest

from bot.addresses import LONGEST, check_redirect, check_url, find_urls, is_public
from storage.errors import AddressRefused

HOSTILE = [
    # not http, or not at a usual port
    "ftp://pictures.example.org/a.png",
    "file:///etc/passwd",
    "gopher://pictures.example.org/_GET",
    "data:image/png;base64,AAAA",
    "javascript:alert(1)",
    "//pictures.example.org/a.png",
    "pictures.example.org/a.png",
    "http:///a.png",
    "http://",
    "http://pictures.example.org:22/a.png",
    "http://pictures.example.org:8080/a.png",
    "http://pictures.example.org:0/a.png",
    "http://pictures.example.org:99999/a.png",
    # somebody's name or another host before the host
    "http://user@pictures.example.org/a.png",
    "http://user:secret@pictures.example.org/a.png",
    "http://pictures.example.org\\@127.0.0.1/a.png",
    "http://pictures.example.org\t.evil/a.png",
    "http://pictures.example.org/a.png HTTP/1.1\r\nHost: x",
    # IPv4 in all its spellings
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://017700000001/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://127.0.0.1./",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://%31%32%37.0.0.1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://10.0.0.1/",
    "http://100.64.0.1/",
    "http://100.100.100.200/latest/meta-data/",
    "http://168.63.129.16/",
    "http://169.254.169.254/latest/meta-data/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.0.0.192/",
    "http://192.0.2.1/",
    "http://192.168.1.1/",
    "http://198.18.0.1/",
    "http://198.51.100.1/",
    "http://203.0.113.1/",
    "http://224.0.0.1/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    # IPv6, and IPv4 within it
    "http://[::1]/",
    "http://[::]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[64:ff9b:1::1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[100::1]/",
    "http://[2001:db8::1]/",
    "http://[3fff::1]/",
    # names of a network's own
    "http://localhost/",
    "http://LOCALHOST/",
    "http://localhost./",
    "http://a.localhost/",
    "http://printer/",
    "http://printer.local/",
    "http://metadata.google.internal/",
    "http://router.lan/",
    "http://router.home.arpa/",
    "http://hidden.onion/",
    "http://a..example.org/",
    f"http://pictures.example.org/{'a' * LONGEST}",
]


@pytest.mark.parametrize("url", HOSTILE)
def test_hostile_address(url: str) -> None:
    """An address that leads, or could be read to lead, into a network's own part is refused by its looks."""
    with pytest.raises(AddressRefused):
        check_url(url)


@pytest.mark.parametrize("location", [url for url in HOSTILE if ":" in url])
def test_hostile_redirect(location: str) -> None:
    """So it is where a good address sends us there."""
    with pytest.raises(AddressRefused):
        check_redirect(check_url("https://pictures.example.org/a.png"), location)


@pytest.mark.parametrize(
    "url",
    [
        "http://pictures.example.org/a.png",
        "HTTPS://Pictures.Example.ORG:443/a%20b.png?size=1&x=%ED%95%9C",
        "https://그림.example.org/한글.png",
        "http://93.184.216.34/a.png",
        "https://[2606:2800:220:1:248:1893:25c8:1946]/a.png",
        "https://pictures.example.org/a.png#part",
        "https://10.example.org/a.png",
        "https://localhost.example.org/a.png",
    ],
)
def test_usual_address(url: str) -> None:
    """Usual addresses are let through."""
    assert check_url(url).scheme in {"http", "https"}


@pytest.mark.parametrize(
    ("location", "reached"),
    [
        ("/b.png", "https://pictures.example.org/b.png"),
        ("b.png", "https://pictures.example.org/a/b.png"),
        ("//other.example.org/b.png", "https://other.example.org/b.png"),
        ("http://other.example.org/b.png#part", "http://other.example.org/b.png"),
    ],
)
def test_usual_redirect(location: str, reached: str) -> None:
    """A redirect is read against the address that gave it."""
    assert str(check_redirect(check_url("https://pictures.example.org/a/a.png"), location)) == reached


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("172.32.0.1", True),
        ("100.128.0.1", True),
        ("2606:4700::1111", True),
        ("64:ff9b::8.8.8.8", True),
        ("64:ff9b::10.0.0.1", False),
        ("::ffff:8.8.8.8", False),
        ("4000::1", False),
    ],
)
def test_public(address: str, public: bool) -> None:  # noqa: FBT001  a column of the table
    """What lies beside the refused blocks is public."""
    assert is_public(ip_address(address)) is public


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("no address, just example.org/a.png", []),
        ("https://a.example/b.png", ["https://a.example/b.png"]),
        ("Look: https://a.example/b.png!", ["https://a.example/b.png"]),
        ("(https://a.example/b_(c).png)", ["https://a.example/b_(c).png"]),
        (
            "<https://a.example/b.png>, [x](https://a.example/c.png).",
            ["https://a.example/b.png", "https://a.example/c.png"],
        ),
        ("https://a.example/b.png랑 비슷한 거", ["https://a.example/b.png"]),
        ("“https://a.example/한글”", ["https://a.example/한글"]),
        ("https://a.example/1 https://a.example/1", ["https://a.example/1"]),
        ("ftp://a.example/1 HTTP://a.example/?q=1&r=2;", ["HTTP://a.example/?q=1&r=2"]),
    ],
)
def test_find_urls(text: str, found: list[str]) -> None:
    """Addresses are found in a sentence without its marks, each once."""
    assert find_urls(text) == found
