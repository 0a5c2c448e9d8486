"""Tell addresses that may be fetched for strangers from those that lead into somebody's own network."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from yarl import URL

from storage.errors import AddressRefused

LONGEST = 2048
PORTS = frozenset({80, 443})

Address = IPv4Address | IPv6Address

_URL = re.compile(r"https?://[^\s<>\"“”«»「」『』]+", re.IGNORECASE)
_PARTICLE = re.compile(r"(\.(?:jpe?g|png|webp|gif|bmp|avif))[가-힣]+$", re.IGNORECASE)
_CLOSING = {")": "(", "]": "[", "}": "{"}
# Browsers read a backslash as a slash and leave control characters out; others do not.
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
# The last label of a name is never a number, whatever notation a resolver would take it in.
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+", re.IGNORECASE)
_OWN_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa", "test", "onion")

# https://www.iana.org/assignments/iana-ipv4-special-registry, and one address that a large host gives to
# its own services: https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
_REFUSED_4 = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
# https://www.iana.org/assignments/iana-ipv6-special-registry: of what is assigned to everybody, tunnels
# (Teredo, 6to4), documentation and tests.
_ASSIGNED_6 = ip_network("2000::/3")
_REFUSED_6 = tuple(
    ip_network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)
# A network without IPv4 reaches it here: https://www.rfc-editor.org/rfc/rfc6052#section-2.1
_NAT64 = ip_network("64:ff9b::/96")


def find_urls(text: str) -> list[str]:
    """List the http and https addresses in a text, without the marks and Korean particles behind them."""
    return list(dict.fromkeys(_trimmed(found) for found in _URL.findall(text)))


def check_url(text: str) -> URL:
    """Read an address that may be fetched as far as can be told by looking at it; raises AddressRefused.

    What its name leads to is checked by whoever looks the name up.
    """
    try:
        return _checked(_read(text))
    except ValueError as error:
        raise AddressRefused from error


def check_redirect(url: URL, location: str) -> URL:
    """Read where an address sends us on to; raises AddressRefused."""
    try:
        return _checked(url.join(_read(location)))
    except ValueError as error:
        raise AddressRefused from error


def is_public(address: Address) -> bool:
    """Tell whether an address is one of the internet's, and not of some network's own."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _REFUSED_4)
    if address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    return address in _ASSIGNED_6 and not any(address in network for network in _REFUSED_6)


def _trimmed(url: str) -> str:
    """Leave out the end of the sentence, and a bracket that was opened before the address."""
    url = _PARTICLE.sub(r"\1", url.rstrip(".,;:!?'’…*_~`|"))
    while url and url[-1] in _CLOSING and url.count(_CLOSING[url[-1]]) < url.count(url[-1]):
        url = url[:-1].rstrip(".,;:!?'’")
    return _PARTICLE.sub(r"\1", url)


def _read(text: str) -> URL:
    if len(text) > LONGEST or _FORBIDDEN.search(text):
        raise AddressRefused
    return URL(text)


def _checked(url: URL) -> URL:
    if url.scheme not in {"http", "https"} or url.port not in PORTS or "@" in url.raw_authority:
        raise AddressRefused
    if len(str(url)) > LONGEST or not _is_public_host(url.raw_host or ""):
        raise AddressRefused
    return url.with_fragment(None)


def _is_public_host(host: str) -> bool:
    *labels, last = host.lower().split(".")
    if ":" in host or _NUMBER.fullmatch(last):
        return "%" not in host and is_public(ip_address(host))  # whose ValueError means no address at all
    return all(labels) and bool(labels) and last != "" and last not in _OWN_NAMES
