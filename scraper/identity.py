"""Say truthfully who asks."""

from importlib.metadata import version

from scraper.robots import NAME


def agent(contact: str) -> str:
    """Write the User-Agent: name, version, and how to reach the operator when there is a `contact`."""
    about = f"webtoon style search; {contact}" if contact else "webtoon style search"
    return f"{NAME}/{version('grimche')} ({about})"
