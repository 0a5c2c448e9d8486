"""Print how fast Grimche answers: each stage of a query, throughput, cold start, memory, search, predict.

    python benchmarks/query.py [--data DIR] [--pictures 10000] [--queries 200] [--seed 7]

Fills a sample catalogue of the given size in DIR (a temporary folder without it; a filled one is used
again), then measures everything in this one run.  Latencies are per query, in milliseconds.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as `grimche serve` does, before numpy is imported

import argparse
import asyncio
import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import numpy as np
from PIL import Image

from bot.catalogue_jobs import Sample, scrape_sample
from bot.progress import ignore
from bot.settings import Settings, load_settings
from model.colours import COLOURS
from model.decode import decode
from model.encoder import Encoder
from model.finder import BEST, Finder
from model.index import Index, best_first, best_means
from model.manifest import Manifest
from model.serving import load_finder
from scraper.studio import draw_jpeg, draw_thumbnail

EPISODES = 50
WARM_UP = 10


def main() -> None:
    """Measure everything and print one table per part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of the sample catalogue, kept for the next run")
    parser.add_argument("--pictures", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--web-queries", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings({"data": options.data or Path(folder)})
        filling = fill(settings, options.pictures, seed=options.seed)
        print(f"filled {options.pictures:,} pictures in {filling:.0f} s (0 when they were there)\n")
        finder = asyncio.run(load_finder(settings.database, settings.generations))
        thumbnails = [
            draw_jpeg(options.seed + 1, number, webtoon=0, episode=0) for number in range(options.queries)
        ]
        measure_queries(finder, thumbnails, seed=options.seed)
        measure_search(finder.generation.manifest, seed=options.seed)
        measure_cold_start(settings, thumbnails[0])
        measure_web(settings, thumbnails, queries=options.web_queries)
        measure_predict(finder, thumbnails)


def fill(settings: Settings, pictures: int, *, seed: int) -> float:
    """Bring the sample catalogue to its size; return the seconds it took."""
    webtoons = max(1, pictures // EPISODES)
    started = time.perf_counter()
    sample = Sample(seed=seed, artists=webtoons, webtoons=webtoons, episodes=EPISODES)
    asyncio.run(scrape_sample(settings, sample, report=ignore))
    return time.perf_counter() - started


def measure_queries(finder: Finder, thumbnails: Sequence[bytes], *, seed: int) -> None:
    """Print the stages of a query for thumbnails and screenshots, and queries per second."""
    shots = [draw_screenshot(seed, number) for number in range(6)]
    kinds = {
        "thumbnail 202x120 (JPEG)": list(thumbnails),
        "screenshot 1080x1920 (JPEG)": [encode(shot, "JPEG", quality=90) for shot in shots] * 10,
        "screenshot 1080x1920 (PNG)": [encode(shot, "PNG") for shot in shots] * 10,
    }
    print(f"{'one query, ms':<30}{'stage':<9}{'p50':>8}{'p95':>8}{'p99':>8}")
    for name, pictures in kinds.items():
        for picture in pictures[:WARM_UP]:
            finder.find([picture])
        taken = [answer_times(finder, picture) for picture in pictures]
        for stage in taken[0]:
            print(f"{name:<30}{stage:<9}{percentiles([times[stage] for times in taken])}")
    with ThreadPoolExecutor(2) as pool:
        started = time.perf_counter()
        list(pool.map(lambda picture: finder.find([picture]), thumbnails))
        rate = len(thumbnails) / (time.perf_counter() - started)
    print(f"\nthumbnail queries per second, two threads: {rate:.0f}\n")


def answer_times(finder: Finder, picture: bytes) -> dict[str, float]:
    """Time one query, by stage and as a whole, in seconds."""
    started = time.perf_counter()
    answer = finder.find([picture])
    return {**answer.seconds, "whole": time.perf_counter() - started}


def measure_search(manifest: Manifest, *, seed: int) -> None:
    """Print how long the ten best webtoons of 10^3 to 10^6 vectors take."""
    style = manifest.dimensions
    dimensions = style + manifest.head_length + (COLOURS if manifest.palette > 0 else 0)
    random = np.random.default_rng(seed)
    print(f"{'search, ms':<30}{'':<9}{'p50':>8}{'p95':>8}{'p99':>8}")
    for exponent in (3, 4, 5, 6):
        count = 10**exponent
        vectors = random.standard_normal((count, dimensions), dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        index = Index(vectors, np.arange(count) // EPISODES, style=style)

        def search(index: Index = index, query: np.ndarray = vectors[0]) -> None:
            similarities, _ = index.compare(query)
            best_first(best_means(similarities, index.starts, count=BEST), 10)

        times = repeat(search, 30 if exponent < 6 else 10)
        print(f"{f'{count:,} vectors of {dimensions}':<39}{percentiles(times)}", flush=True)
    print()


def measure_cold_start(settings: Settings, picture: bytes) -> None:
    """Print how long `grimche similar` takes from nothing to its answer."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "query.jpg")
        file.write_bytes(picture)
        command = [*grimche(settings), "similar", str(file)]

        def run() -> None:
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

        run()
        print(f"{'cold start of similar, ms':<39}{percentiles(repeat(run, 10))}")
        print(f"{'cold start of --help, ms':<39}{percentiles(repeat(helping(settings), 10))}\n")


def helping(settings: Settings) -> Callable[[], object]:
    """Return a run of `grimche --help`."""
    command = [*grimche(settings), "--help"]
    return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def measure_web(settings: Settings, thumbnails: Sequence[bytes], *, queries: int) -> None:
    """Print the web server's resident memory before and after many queries, and their latency."""
    with served(settings) as (process, url), httpx.Client(base_url=url, timeout=60) as client:
        times = []
        for number in range(queries):
            files = {"picture": ("query.jpg", thumbnails[number % len(thumbnails)])}
            started = time.perf_counter()
            client.post("/api/similar", files=files).raise_for_status()
            times.append(time.perf_counter() - started)
            if number == WARM_UP:
                first = resident_mb(process.pid)
        print(f"{f'web chat, {queries} queries, ms':<39}{percentiles(times[WARM_UP:])}")
        print(f"web server's memory, MB: {first:.0f} at first, {resident_mb(process.pid):.0f} after all\n")


@contextmanager
def served(settings: Settings) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Run the web server on a free port while the block runs."""
    command = [*grimche(settings), "serve", "--port", "0", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout  # noqa: S101  # asked for above
            yield process, process.stdout.readline().split()[-1]
        finally:
            process.terminate()


def measure_predict(finder: Finder, thumbnails: Sequence[bytes]) -> None:
    """Print the encoder's time beside that of the same network in keras.Model.predict."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    from model.bodies import build_body  # noqa: PLC0415  # TensorFlow only comes in here
    from model.export import WEIGHTS, unpack_weights  # noqa: PLC0415
    from model.generations import read_file  # noqa: PLC0415
    from model.recipe import Recipe  # noqa: PLC0415

    generation = finder.generation
    manifest = generation.manifest
    network = build_body(Recipe(body=manifest.body, widths=manifest.channels))
    network.set_weights(unpack_weights(read_file(Path("none"), generation, name=WEIGHTS)))
    crop = decode(thumbnails[0])[0]
    batches = [
        np.stack(
            [np.asarray(Image.fromarray(crop).resize((width, height)), np.float32)] * (1 + manifest.mirror)
        )
        for height, width in manifest.sizes
    ]

    def predict() -> None:
        for batch in batches:
            network.predict(batch, verbose=0)

    encoder = Encoder(generation, side_by_side=True)
    predict()
    slow = statistics.median(repeat(predict, 20))
    fast = statistics.median(repeat(lambda: encoder.statistics([crop]), 50))
    print(
        f"encode, LiteRT: {fast * 1e3:.1f} ms; keras.Model.predict: {slow * 1e3:.1f} ms; {slow / fast:.0f}x"
    )


def draw_screenshot(seed: int, number: int) -> Image.Image:
    """Draw what a phone shows of a webtoon: a bar, and panels on white with gutters between them."""
    shot = Image.new("RGB", (1080, 1920), "white")
    shot.paste((245, 245, 247), (0, 0, 1080, 110))
    top = 150
    for episode, height in enumerate((520, 620, 440)):
        panel = draw_thumbnail(seed + 2, number, webtoon=0, episode=episode)
        shot.paste(panel.resize((1000, height), Image.Resampling.BICUBIC), (40, top))
        top += height + 60
    return shot


def encode(picture: Image.Image, name: str, **options: int) -> bytes:
    """Write a picture in a format of Pillow's."""
    buffer = io.BytesIO()
    picture.save(buffer, name, **options)
    return buffer.getvalue()


def grimche(settings: Settings) -> list[str]:
    """Return the command line of this environment's Grimche on the catalogue."""
    return [str(Path(sys.executable).with_name("grimche")), "--data", str(settings.data)]


def repeat(work: Callable[[], object], times: int) -> list[float]:
    """Run `work` again and again; return the seconds of each time."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return taken


def percentiles(seconds: Sequence[float]) -> str:
    """Format p50, p95 and p99 in milliseconds."""
    return "".join(f"{value * 1e3:8.1f}" for value in np.percentile(seconds, (50, 95, 99)))


def resident_mb(process: int) -> float:
    """Read how much memory a process holds."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main()
