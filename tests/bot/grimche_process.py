"""`grimche` as a process of its own."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import BinaryIO

Process = asyncio.subprocess.Process


@asynccontextmanager
async def running(
    *arguments: str, named: Mapping[str, str], log: int | BinaryIO = asyncio.subprocess.DEVNULL
) -> AsyncIterator[Process]:
    """Run a command until the end of the block at the latest; `named` are settings, its output is a pipe."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        env={**os.environ, **named},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=log,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
