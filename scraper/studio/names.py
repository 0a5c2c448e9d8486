"""Korean names of artists and titles of webtoons, none twice under one seed."""

import math

from scraper.studio.dice import Dice

_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민나진지엄채"
    "원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용"
)
_FIRST = "서민지하도윤예수은시주현유태건준승동재성채다나소연혜보세아라인가희경영진선미"
_SECOND = "준우현민서윤진호원빈영아연희수지은린율나라솔찬혁규환석훈경미정주하람별온결담"
_QUALITIES = (
    "달빛",
    "새벽",
    "붉은",
    "푸른",
    "은빛",
    "황금",
    "마지막",
    "첫 번째",
    "사라진",
    "잊힌",
    "비밀의",
    "수상한",
    "우리 동네",
    "옆집",
    "월요일의",
    "한여름",
    "겨울밤",
    "안개 속",
    "그림자",
    "별빛",
    "불꽃",
    "유리",
    "종이",
    "거꾸로",
    "느린",
    "용감한",
    "게으른",
    "완벽한",
    "위험한",
    "다정한",
    "낯선",
    "오래된",
    "열두 시의",
    "지하철",
    "바닷가",
    "골목 끝",
    "하늘 위",
    "숲속",
    "도시의",
    "왕국의",
    "환생한",
    "돌아온",
    "계약직",
    "신입",
    "천재",
    "무명",
    "검은",
    "하얀",
    "꿈꾸는",
    "노래하는",
    "잠든",
    "춤추는",
    "숨은",
    "외딴",
    "작은",
    "거대한",
    "조용한",
    "시끄러운",
    "반짝이는",
    "소란한",
)
_NOUNS = (
    "고양이",
    "마법사",
    "기사",
    "탐정",
    "요리사",
    "빵집",
    "서점",
    "학교",
    "정원사",
    "여행자",
    "공주",
    "황제",
    "용사",
    "마녀",
    "늑대",
    "토끼",
    "우체부",
    "편의점",
    "세탁소",
    "사진관",
    "도서관",
    "편지",
    "일기",
    "약속",
    "계절",
    "연대기",
    "모험",
    "소나타",
    "로맨스",
    "사냥꾼",
    "검객",
    "연금술사",
    "아이돌",
    "작가",
    "선배",
    "후배",
    "남매",
    "가족",
    "식당",
    "찻집",
    "온실",
    "등대",
    "기차",
    "우산",
    "나침반",
    "시계공",
    "인형사",
    "의사",
    "변호사",
    "농부",
    "선장",
    "파수꾼",
    "그늘",
    "정령",
    "용",
    "여우",
    "곰",
    "유령",
    "로봇",
    "외계인",
)
_SHAPES = (
    "{0} {1}",
    "{0} {1} 이야기",
    "{0} {1}의 하루",
    "{0} {1}에게",
    "{0} {1}와 나",
    "{0} {1} 찾기",
    "{0} {1}의 비밀",
    "{0} {1} 클럽",
    "{0} {1} 일지",
    "안녕, {0} {1}",
)


def _shuffled(number: int, *, among: int, key: tuple[int | str, ...]) -> tuple[int, int]:
    """Return a number's place in a fixed shuffle of 0..among-1, and how many rounds it is past the end."""
    dice = Dice(*key)
    step = dice.number(among // 3, among - 1)
    while math.gcd(step, among) != 1:
        step += 1
    start = dice.number(0, among - 1)
    return (number * step + start) % among, number // among


def artist_name(seed: int, artist: int) -> str:
    """Return an artist's name."""
    among = len(_SURNAMES) * len(_FIRST) * len(_SECOND)
    place, again = _shuffled(artist, among=among, key=(seed, "names"))
    place, second = divmod(place, len(_SECOND))
    surname, first = divmod(place, len(_FIRST))
    name = _SURNAMES[surname] + _FIRST[first] + _SECOND[second]
    return f"{name} {again + 1}" if again else name


def _with_particle(shape: str, noun: str) -> str:
    """Choose 와 or 과 by the noun's last syllable."""
    closed = (ord(noun[-1]) - 0xAC00) % 28 != 0
    return shape.replace("{1}와", "{1}과") if closed else shape


def webtoon_title(seed: int, artist: int, webtoon: int) -> str:
    """Return a webtoon's title."""
    among = len(_QUALITIES) * len(_NOUNS) * len(_SHAPES)
    place, again = _shuffled(artist * 4 + webtoon, among=among, key=(seed, "titles"))
    place, shape = divmod(place, len(_SHAPES))
    quality, noun = divmod(place, len(_NOUNS))
    text = _with_particle(_SHAPES[shape], _NOUNS[noun]).format(_QUALITIES[quality], _NOUNS[noun])
    return f"{text} {again + 1}" if again else text
