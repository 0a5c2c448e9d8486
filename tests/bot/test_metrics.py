import asyncio
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.app import open_service
from bot.doors import run_doors
from bot.lives import DoorState
from bot.metrics_door import MetricsDoor
from bot.service import Service
from bot.settings import load_settings
from bot.web_server import WebDoor
from storage.errors import MetricsCannotListen, TokenRefused


@pytest.fixture
async def metrics(own_data: Path) -> AsyncIterator[tuple[Service, str]]:
    """Serve the metrics of a service, and give it with their address."""
    settings = load_settings({"data": own_data, "metrics_port": 0})
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def listens(url: str) -> None:
        address.set_result(url)

    async with open_service(settings) as service:
        stop = asyncio.Event()
        task = asyncio.create_task(MetricsDoor(service, settings=settings, listens=listens).run(stop))
        yield service, await address
        stop.set()
        await task


async def read(url: str) -> tuple[int, str]:
    """Fetch an address."""
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text()


async def test_metrics_are_as_prometheus_reads_them(metrics: tuple[Service, str], thumbnail: bytes) -> None:
    """Prometheus' own parser finds questions, durations, queue, catalogue, generation and jobs."""
    service, address = metrics
    service.observed.lives.note("web", DoorState.OPEN)
    with service.observed.meters.asking("web"):
        await service.similar([thumbnail])
    _, text = await read(f"{address}/metrics")
    samples = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert samples["grimche_queries_total", "answered", "web"] == 1
    assert samples["grimche_query_seconds_count", "web"] == 1
    assert samples["grimche_query_seconds_bucket", "+Inf", "web"] == 1
    assert samples["grimche_queue_waiting", "pictures"] == 0
    assert samples["grimche_catalogue", "vectors"] == 36
    assert samples["grimche_door_open", "open", "web"] == 1
    assert samples["grimche_job_state", "done", "scrape"] == 1
    assert samples["grimche_memory_bytes",] > 1_000_000
    assert re.search(r'grimche_info\{generation="starter[^"]*",version=', text)


async def test_healthy(metrics: tuple[Service, str]) -> None:
    """With an open door, a readable database and a free loop, all is well."""
    service, address = metrics
    service.observed.lives.note("telegram", DoorState.OPEN)
    assert await read(f"{address}/health") == (200, '{"healthy": true, "faults": []}')


@pytest.mark.parametrize("fault", ["door", "database", "loop"])
async def test_unhealthy(fault: str, metrics: tuple[Service, str], own_data: Path) -> None:
    """A shut door, a database that is gone and a loop that was held up are each said with 503."""
    service, address = metrics
    if fault == "door":
        service.observed.lives.note("telegram", DoorState.AWAY, why="NetworkError")
    elif fault == "database":
        (own_data / "grimche.db").rename(own_data / "elsewhere.db")
    else:
        service.observed.lag = 60.0
    status, text = await read(f"{address}/health")
    (said,) = json.loads(text)["faults"]
    assert (status, fault in said) == (503, fault != "door")
    assert fault != "door" or said == "telegram is away: NetworkError"


async def test_metrics_without_database(metrics: tuple[Service, str], own_data: Path) -> None:
    """Where the database cannot be read, the metrics of the process are there all the same."""
    _, address = metrics
    (own_data / "grimche.db").rename(own_data / "elsewhere.db")
    status, text = await read(f"{address}/metrics")
    assert status == 200
    assert "grimche_memory_bytes" in text
    assert "grimche_catalogue" not in text


async def test_taken_port(metrics: tuple[Service, str]) -> None:
    """A port that another program has is said with the setting that changes it."""
    service, address = metrics
    settings = load_settings({"metrics_port": int(address.rpartition(":")[2])})
    with pytest.raises(MetricsCannotListen, match="GRIMCHE_METRICS_PORT"):
        await MetricsDoor(service, settings=settings).run(asyncio.Event())


async def test_metrics_keep_nothing_open(metrics: tuple[Service, str]) -> None:
    """When the last door that people use is shut, the process ends although metrics are served."""
    service, _ = metrics

    class Shut(WebDoor):
        async def run(self, stop: asyncio.Event) -> None:  # noqa: ARG002  it does not wait for it
            raise TokenRefused(door="Telegram", setting="GRIMCHE_TELEGRAM_TOKEN")

    settings = load_settings({"web_port": 0})
    shut = Shut(service, settings=settings, listens=_ignore)
    with pytest.raises(TokenRefused):
        await run_doors([shut, MetricsDoor(service, settings=settings)], asyncio.Event(), say=print)


async def _ignore(_url: str) -> None:
    """Tell nobody where it listens."""
