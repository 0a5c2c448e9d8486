"""What a platform tells about a webtoon besides its pictures."""

from dataclasses import dataclass

from scraper.studio.dice import Dice
from storage.records import AgeGrade, Status, Weekday

_GENRES = (
    "로맨스",
    "판타지",
    "액션",
    "일상",
    "스릴러",
    "개그",
    "무협",
    "드라마",
    "학원",
    "스포츠",
    "감성",
    "로판",
    "미스터리",
    "요리",
)
_HEROES = (
    "평범한 회사원",
    "전학 온 학생",
    "은퇴한 용사",
    "가난한 요리사",
    "기억을 잃은 기사",
    "동네 서점 주인",
    "서툰 마법사",
    "전직 탐정",
    "막내 작가",
    "시골로 내려온 의사",
    "꿈을 잃은 음악가",
    "빚에 쫓기는 청년",
)
_TURNS = (
    "우연히 낡은 편지 한 통을 줍는다",
    "말하는 고양이를 만난다",
    "어느 날 과거로 돌아간다",
    "이웃집의 비밀을 알게 된다",
    "뜻밖의 계약을 맺는다",
    "사라진 친구를 찾아 나선다",
    "왕국의 음모에 휘말린다",
    "첫사랑과 다시 마주친다",
    "작은 가게를 물려받는다",
    "밤마다 같은 꿈을 꾼다",
)
_ENDS = (
    "그날부터 모든 것이 달라지기 시작한다.",
    "과연 원하던 답을 찾을 수 있을까?",
    "조금은 서툴지만 따뜻한 하루하루가 이어진다.",
    "되돌릴 수 없는 선택의 시간이 다가온다.",
    "웃음과 눈물이 함께하는 이야기.",
    "숨겨진 진실이 하나씩 드러난다.",
)
_GRADES = ((AgeGrade.ALL, 0.5), (AgeGrade.TWELVE, 0.28), (AgeGrade.FIFTEEN, 0.22))
_STATES = ((Status.ONGOING, 0.6), (Status.FINISHED, 0.28), (Status.HIATUS, 0.12))


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """A webtoon's synopsis (Korean), genres, weekdays, age grade and status."""

    synopsis: str
    genres: tuple[str, ...]
    weekdays: tuple[Weekday, ...]
    age_grade: AgeGrade
    status: Status


def webtoon_count(seed: int, artist: int) -> int:
    """Return how many webtoons an artist has drawn: two to four."""
    return Dice(seed, "count", artist).number(2, 4)


def webtoon_details(seed: int, artist: int, webtoon: int) -> Details:
    """Return what the platform tells about a webtoon; independent of its artist's style."""
    dice = Dice(seed, "details", artist, webtoon)
    hero, turn, end = dice.pick(_HEROES), dice.pick(_TURNS), dice.pick(_ENDS)
    days = dice.some(tuple(Weekday), 2 if dice.chance(0.2) else 1)
    return Details(
        synopsis=f"{_topic(hero)} {turn}. {end}",
        genres=tuple(dice.some(_GENRES, dice.number(1, 3))),
        weekdays=tuple(day for day in Weekday if day in days),
        age_grade=dice.weighted(_GRADES),
        status=dice.weighted(_STATES),
    )


def _topic(noun: str) -> str:
    """Add 은 or 는 by the noun's last syllable."""
    return noun + ("은" if (ord(noun[-1]) - 0xAC00) % 28 else "는")
