"""A year of `grimche serve` before a local platform and both local chat servers, in which nothing is learned.

Days are compressed: nothing waits for the night, an admin's /scrape stands for the run of a night, and one
run is made for five days of the platform, 73 in all; a badge for new episodes lasts until that run has seen
it.  The first run, and one after each crash, the process makes by itself: its start finds that a night has
passed without one.  `python -m benchmarks.year --days 1` makes all 365.  The process itself is the real one,
in real time.  Retrains are as quick as they can be chosen, and get as much of the processor as everything
else.
"""

import pytest
import pytest_asyncio

from tests.year.living import Report, live

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3000)]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def year(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Let a year go by."""
    return await live(tmp_path_factory.mktemp("year") / "data", days_a_run=5, learns=False)


@pytest.mark.asyncio(loop_scope="module")
class TestAYear:
    """What an operator finds who looks at it again after a year."""

    async def test_the_catalogue_is_the_platform(self, year: Report) -> None:
        """Webtoon by webtoon, episode by episode, thumbnail by sha256."""
        assert not year.differences

    async def test_every_question_got_an_answer(self, year: Report) -> None:
        """Or an apology, where the process was killed while it worked on it."""
        assert not year.strange
        assert year.answered > year.runs
        assert year.sorry <= year.deaths * 2

    async def test_new_artists_are_known_after_one_run(self, year: Report) -> None:
        """A scene that no thumbnail was made of is said to be by who drew it, on both networks."""
        assert len(year.debuts) > 2
        assert [found for found, _ in year.debuts] == [drew for _, drew in year.debuts]

    async def test_a_changed_interface_harms_nothing(self, year: Report) -> None:
        """The admin who did not ask is told once, and what was there stays."""
        assert year.told_of_change == 1
        assert not year.harmed

    async def test_what_was_missed_is_made_up_for(self, year: Report) -> None:
        """Nobody called for the first run, nor for the one that was due after each crash."""
        assert year.made_up == 1 + len(year.crashes)

    async def test_no_crash_leaves_a_trace(self, year: Report) -> None:
        """It was killed while it scraped, embedded and made a backup, and everything is whole."""
        assert year.deaths == len(year.crashes) == 3
        assert not year.faults
