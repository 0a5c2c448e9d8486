"""Bars in the terminal for long work."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn

from bot.progress import Report, Stage, Step

WORDS = {
    Stage.COLLECT: "Collecting",
    Stage.TRAIN: "Training",
    Stage.EXPORT: "Exporting",
    Stage.EMBED: "Embedding",
    Stage.COMPARE: "Comparing",
    Stage.BACKUP: "Copying",
}


@contextmanager
def show_bars() -> Iterator[Report]:
    """Show one bar for each stage that is reported, on standard error."""
    tasks: dict[Stage, TaskID] = {}
    columns = (
        TextColumn("{task.description:<10}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[pictures]}"),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:

        def report(step: Step) -> None:
            if step.stage not in tasks:
                tasks[step.stage] = progress.add_task(WORDS[step.stage], total=1.0, pictures="")
            pictures = step.note or (f"{step.pictures} pictures" if step.pictures else "")
            progress.update(tasks[step.stage], completed=step.share, pictures=pictures)

        yield report
