"""Try a bot by hand: prints addresses for it, does what is typed, and prints what it says.

python -m tests.discord_server [--port 8082] [--locale ko]

/similar image=@drawing.png title=words    a command with options; a file follows @
/press the button's text                   /pick the option's text
@bot words @drawing.png                    a message that mentions it; anything else is a private one
"""

import argparse
import asyncio
import shlex
import sys
from pathlib import Path
from typing import Any

from tests.discord_server import Channel, DiscordServer, Person, Reply, Upload


class Conversation:
    """Somebody in a channel of a server, and what the bot said last."""

    def __init__(self, person: Person, channel: Channel) -> None:
        """Have nothing to press yet."""
        self.person = person
        self.channel = channel
        self.last: Reply | None = None

    async def does(self, line: str) -> None:
        """Do one line, and print what the bot answers."""
        if line.startswith(("/press ", "/pick ")) and self.last is not None:
            act = self.person.presses if line.startswith("/press") else self.person.picks
            self.show(await (await act(self.last, line.partition(" ")[2])).reply(timeout=60))
        elif line.startswith("/"):
            name, options = _read(line)
            asked = await self.person.uses(name, where=self.channel, **options)
            self.show(await asked.reply(timeout=60))
        elif line:
            await self._writes(line)

    async def _writes(self, line: str) -> None:
        words = shlex.split(line)
        is_public = words[0] == "@bot"
        images = [_file(word) for word in words if word.startswith("@") and word != "@bot"]
        text = " ".join(word for word in words if not word.startswith("@"))
        where = self.channel if is_public else self.person.dm
        await self.person.writes(where, text=text, images=images, mentions_bot=is_public)
        self.show(await where.answer(timeout=60))

    def show(self, reply: Reply) -> None:
        """Print a message, and keep it to be pressed."""
        self.last = reply
        options = [option for select in reply.selects for option in select.options]
        _print(f"{'(only you) ' if reply.ephemeral else ''}{reply.text}")
        _print(f"  pictures: {len(reply.images)}  buttons: {list(reply.labels)}  options: {options}")


async def main(port: int, locale: str) -> None:
    """Serve until the end of the input."""
    server = DiscordServer()
    await server.start(port=port)
    person = server.person("You", locale=locale)
    guild = server.guild("Try", [person], owner=person, locale=locale)
    _print(f"GRIMCHE_DISCORD_TOKEN={server.token}")
    _print(f"GRIMCHE_DISCORD_API={server.api}")
    _print(f"GRIMCHE_DISCORD_GATEWAY={server.gateway}")
    _print(f"GRIMCHE_DISCORD_ADMIN_GUILD={guild.id}")
    _print(f"GRIMCHE_ADMINS=discord:{person.id}")
    conversation = Conversation(person, guild.channel("general"))
    try:
        while line := await asyncio.to_thread(sys.stdin.readline):
            try:
                await conversation.does(line.strip())
            except (AssertionError, OSError, ValueError) as error:
                _print(f"! {error}")
    finally:
        await server.stop()


def _read(line: str) -> tuple[str, dict[str, Any]]:
    """Read a command, its sub-command and its options."""
    words = shlex.split(line)
    options = dict(word.split("=", 1) for word in words if "=" in word)
    path = " ".join(word for word in words if "=" not in word)
    return path, {name: _value(text) for name, text in options.items()}


def _value(text: str) -> Upload | str | bool:
    if text.startswith("@"):
        return _file(text)
    return text == "true" if text in {"true", "false"} else text


def _file(text: str) -> Upload:
    path = Path(text.removeprefix("@"))
    return Upload(name=path.name, data=path.read_bytes())


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Run a local Discord.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--locale", default="en-US")
    chosen = parser.parse_args()
    asyncio.run(main(chosen.port, chosen.locale))
