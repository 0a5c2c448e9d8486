# Two images from one file: `docker build .` serves and trains on the processor, `--target gpu` on a GPU.
# The versions are those of constraints.txt, which is written on this Python.
FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1
WORKDIR /src
RUN python3 -m venv /opt/grimche
COPY pyproject.toml constraints.txt README.md LICENSE NOTICE ./
COPY LICENSES ./LICENSES
COPY storage ./storage
COPY scraper ./scraper
COPY model ./model
COPY bot ./bot
RUN /opt/grimche/bin/python -m pip install -c constraints.txt .

FROM build AS build-gpu
RUN /opt/grimche/bin/python -m pip install -c constraints.txt '.[gpu]'

FROM python:3.11-slim-bookworm AS base
# Debian's security updates replace versions, so a pinned one could not be installed tomorrow.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-nanum tini tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 grimche \
    && useradd --system --uid 10001 --gid grimche --no-create-home --home-dir /tmp grimche \
    && install -d -o grimche -g grimche -m 700 /data
ENV PATH=/opt/grimche/bin:/usr/local/bin:/usr/bin:/bin \
    HOME=/tmp \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    GRIMCHE_DATA=/data \
    GRIMCHE_LOG_FORMAT=json \
    GRIMCHE_METRICS_PORT=9464
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:9464/health', timeout=8)"]
ENTRYPOINT ["/usr/bin/tini", "--", "grimche"]
CMD ["serve", "--no-browser"]

FROM base AS gpu
COPY --from=build-gpu /opt/grimche /opt/grimche
USER 10001:10001

FROM base AS serve
COPY --from=build /opt/grimche /opt/grimche
USER 10001:10001
