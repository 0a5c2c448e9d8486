"""Say to admins how much the bot is used: figures, days, generations, complaints, and a picture of it all."""

from datetime import UTC, datetime, timedelta
from typing import Final

from discord import MediaGalleryItem, ui

from bot.discord.calls import Call
from bot.discord.markdown import escape
from bot.discord.pages import MOST_TEXT, Item, Page, Upload
from bot.figures import complaints_text, days_table, fitting, generations_text, stats_text

DAYS: Final = 7
MOST_DAYS: Final = 30
COMPLAINTS: Final = 5


async def tell_stats(call: Call, days: int) -> None:
    """Say how much it was used in the last days, with the picture of it."""
    since = datetime.now(UTC) - timedelta(days=days)
    figures = await call.parts.ledger.figures(since)
    complaints = await call.parts.ledger.complaints(since, limit=COMPLAINTS)
    parts = [escape(stats_text(figures, call.texts, since=since))]
    if table := days_table(figures):
        parts.append(f"{escape(call.texts.format('chat-stats-days'))}\n```\n{table}\n```")
    parts += [escape(generations_text(figures, call.texts)), escape(complaints_text(complaints, call.texts))]
    items: list[Item] = [ui.TextDisplay(fitting(parts, most=MOST_TEXT))]
    uploads: list[Upload] = []
    if figures.queries:
        language = call.texts.language
        data = await call.parts.service.stats_sheet(figures, since=since.date(), language=language)
        uploads.append(Upload(name="stats.png", data=data))
        items.append(ui.MediaGallery(MediaGalleryItem(uploads[0].url)))
    await call.show(Page(items=items, uploads=uploads))
