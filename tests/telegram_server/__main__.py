"""Try a bot by hand: prints an address for it, sends what is typed, and prints what it says.

python -m tests.telegram_server [--port 8081]

/photo drawing.png words under it      /press the button's text      anything else is sent as it is
"""

import argparse
import asyncio
import sys
from pathlib import Path

from tests.telegram_server import Answer, Chat, Person, TelegramServer


async def main(port: int, language: str) -> None:
    """Serve until the end of the input."""
    server = TelegramServer()
    await server.start(port=port)
    person = server.person("You", language=language)
    _show(f"GRIMCHE_TELEGRAM_TOKEN={server.token}")
    _show(f"GRIMCHE_TELEGRAM_API={server.api}")
    _show(f"GRIMCHE_TELEGRAM_FILES={server.files}")
    listening = asyncio.create_task(_listen(person.private))
    try:
        while line := await asyncio.to_thread(sys.stdin.readline):
            await _do(person, line.strip())
    finally:
        listening.cancel()
        await server.stop()


async def _do(person: Person, line: str) -> None:
    word, _, rest = line.partition(" ")
    try:
        if word == "/photo":
            path, _, caption = rest.partition(" ")
            data = await asyncio.to_thread(Path(path).read_bytes)
            await person.sends(person.private, photo=data, caption=caption)
        elif word == "/press":
            message = person.private.find(lambda each: each.markup is not None)
            _show(str(await person.presses(message, rest)))
        elif line:
            await person.sends(person.private, text=line)
    except (AssertionError, OSError, StopIteration) as error:
        _show(f"! {error}")


async def _listen(chat: Chat) -> None:
    while True:
        answer = await chat.answer(timeout=1e9)
        _show(_described(answer))


def _described(answer: Answer) -> str:
    sizes = [len(data) for data in (*answer.album, answer.photo, answer.document) if data]
    return f"{answer.html}\n  pictures: {sizes}  buttons: {list(answer.labels)}"


def _show(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Run a local Telegram.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--language", default="en")
    chosen = parser.parse_args()
    asyncio.run(main(chosen.port, chosen.language))
