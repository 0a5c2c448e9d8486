import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.service import Service
from bot.web_chat import application


@pytest.mark.parametrize("path", ["/", "/style.css", "/api/samples", "/healthz", "/nowhere"])
async def test_every_response_is_guarded(client: TestClient, path: str) -> None:
    """Every response forbids foreign scripts, frames, sniffing and referrers."""
    headers = (await client.get(path)).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]", "[::1]:8080"])
async def test_own_hosts(client: TestClient, host: str) -> None:
    """The loopback names are answered on any port."""
    assert (await client.get("/healthz", headers={"Host": host})).status == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "127.0.0.1@evil.example", "x:y"],
)
async def test_foreign_hosts(client: TestClient, host: str) -> None:
    """A name that a stranger has pointed at this machine is refused."""
    response = await client.get("/", headers={"Host": host})
    assert response.status == 403
    assert (await response.json())["error"]["key"] == "error-forbidden"


async def test_configured_host(service: Service) -> None:
    """The host that the settings name is answered too."""
    async with TestClient(TestServer(application(service, hosts=["grimche.lan"]))) as client:
        assert (await client.get("/healthz", headers={"Host": "Grimche.lan:8080"})).status == 200


@pytest.mark.parametrize(("host", "status"), [("192.168.1.5:8080", 200), ("evil.example", 403)])
async def test_wildcard_host(service: Service, host: str, status: int) -> None:
    """A server for the whole network answers to its addresses, and still not to strangers' names."""
    async with TestClient(TestServer(application(service, hosts=["0.0.0.0"]))) as client:  # noqa: S104
        assert (await client.get("/healthz", headers={"Host": host})).status == status


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_foreign_origins(client: TestClient, headers: dict[str, str]) -> None:
    """Another site's page, or another port's, may not post."""
    response = await client.post("/api/like", json={"webtoon": 1}, headers=headers)
    assert response.status == 403


async def test_own_origin(client: TestClient) -> None:
    """The page itself may post."""
    origin = str(client.make_url("/")).rstrip("/")
    response = await client.post("/api/like", json={"webtoon": 0}, headers={"Origin": origin})
    assert response.status == 404


async def test_programs_may_post(client: TestClient) -> None:
    """What sends no Origin is no page of another site."""
    response = await client.post("/api/similar", data=aiohttp.FormData({"picture": ""}))
    assert response.status == 400
