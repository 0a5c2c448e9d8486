"""Say to admins how much the bot is used: figures, days, generations, complaints, and a picture of it all."""

from datetime import UTC, datetime, timedelta
from typing import Final

from telegram.constants import MessageLimit

from bot.figures import complaints_text, days_table, fitting, generations_text, stats_text
from bot.telegram.calls import Call
from bot.telegram.html import escape

DAYS: Final = 7
MOST_DAYS: Final = 30
COMPLAINTS: Final = 5


async def stats(call: Call) -> None:
    """Say how much it was used in the last days, and send the picture of it."""
    days = min(max(int(call.words[:4]), 1), MOST_DAYS) if call.words.isdecimal() else DAYS
    since = datetime.now(UTC) - timedelta(days=days)
    figures = await call.parts.ledger.figures(since)
    complaints = await call.parts.ledger.complaints(since, limit=COMPLAINTS)
    parts = [escape(stats_text(figures, call.texts, since=since))]
    if table := days_table(figures):
        parts.append(f"{escape(call.texts.format('chat-stats-days'))}\n<pre>{escape(table)}</pre>")
    parts += [escape(generations_text(figures, call.texts)), escape(complaints_text(complaints, call.texts))]
    await call.tell(fitting(parts, most=MessageLimit.MAX_TEXT_LENGTH))
    if figures.queries:
        service, language = call.parts.service, call.texts.language
        await call.message.reply_photo(
            await service.stats_sheet(figures, since=since.date(), language=language)
        )
