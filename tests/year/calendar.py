"""A year on the invented platform: what is published each day, and what else happens there."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from scraper import studio
from storage.records import Status, Weekday
from tests.platforms.world import Work, World

FIRST = date(2025, 3, 3)  # a Monday
DAYS = 365
_DEBUT = 30  # a new work every so many days; each second one is by a new artist
_ENDINGS = 73  # a work ends every so many days, rests, is renamed or is taken off
_FIRST_INSTALMENTS = 6  # with which a new work begins
_LAST_INSTALMENTS = 2  # which appear between the last run that saw a work listed and its end


@dataclass(slots=True, kw_only=True)
class Year:
    """The days go by with `pass_days`; what a work was when it was taken off stands in `removed`."""

    world: World
    dice: random.Random
    day: int = 0
    removed: list[Work] = field(default_factory=list)
    debuts: list[Work] = field(default_factory=list)

    def pass_days(self, count: int) -> list[Work]:
        """Let days pass, and give the works whose artists were not known before."""
        for work in self.world.works:
            work.up = False
        if self.day // _ENDINGS > len(self.removed):
            self._end()
        before = len(self.debuts)
        for _ in range(count):
            self._publish(FIRST + timedelta(days=self.day))
            if self.day % _DEBUT == _DEBUT // 2:
                self._begin()
            self.day += 1
        return self.debuts[before:]

    def _publish(self, today: date) -> None:
        """Let what appears on this day of the week have another instalment."""
        for work in self.world.works:
            days = work.weekdays or tuple(Weekday)[:1]
            if not (work.finished or work.resting) and list(Weekday)[today.weekday()] in days:
                self.world.publish(work, day=today)

    def _begin(self) -> None:
        known = {work.painters[0].hand for work in self.world.works}
        work = self.world.begin(_FIRST_INSTALMENTS, day=FIRST + timedelta(days=self.day))
        if work.painters[0].hand not in known:
            self.debuts.append(work)

    def _end(self) -> None:
        """End one work, rename a second one, let a third rest, wake it the next time, take a fourth off.

        What ends has its last instalments now, which nobody has seen before it is not listed any more.  The
        others change before anything new: of what is taken off nobody could know that.
        """
        running = [work for work in self.world.works if not work.finished and not work.resting]
        resting = [work for work in self.world.works if work.resting]
        ending, named, tired, going = self.dice.sample(running, 4)
        self.world.publish(ending, _LAST_INSTALMENTS, day=FIRST + timedelta(days=self.day))
        ending.finished = True
        named.title = f"{named.title} {len(self.removed) + 2}부"
        for work in resting:
            work.resting = False
        tired.resting = True
        self.world.remove(going)
        self.removed.append(going)


def status_of(work: Work) -> Status:
    """Say how a work stands that is on the platform."""
    if work.finished:
        return Status.FINISHED
    return Status.HIATUS if work.resting else Status.ONGOING


def unseen(world: World, work: Work, number: int) -> bytes:
    """Draw a scene by a work's artist that no thumbnail was made of."""
    return studio.draw_jpeg(world.seed, work.painters[0].hand, webtoon=0, episode=100 + number)
