import re
import traceback
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.settings import Settings, load_settings, variable
from bot.texts import Language
from storage.errors import SettingsError
from tests.storage.examples import as_another_user, public_folder

EXAMPLE = Path(__file__).parents[2] / ".env.example"


def test_defaults() -> None:
    """Without any setting the data lie in ./data and the web chat listens on this machine alone."""
    settings = load_settings()
    assert (settings.data, settings.web_host) == (Path("data"), "127.0.0.1")


def test_environment_beats_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable of the environment wins over the same name in `.env`."""
    Path(".env").write_text("GRIMCHE_WEB_PORT=1111\nGRIMCHE_LANGUAGE=ko\n", encoding="utf-8")
    monkeypatch.setenv("GRIMCHE_WEB_PORT", "2222")
    settings = load_settings()
    assert (settings.web_port, settings.language) == (2222, Language.KO)


def test_option_beats_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """An option of the command line wins over the environment, and None is no option."""
    monkeypatch.setenv("GRIMCHE_DATA", "from-environment")
    monkeypatch.setenv("GRIMCHE_THREADS", "3")
    settings = load_settings({"data": Path("from-option"), "threads": None})
    assert (settings.data, settings.threads) == (Path("from-option"), 3)


def test_empty_value_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that is there but empty counts as not given."""
    monkeypatch.setenv("GRIMCHE_DATA", "")
    assert load_settings().data == Path("data")


def test_all_faults_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence names every wrong setting, from both places, and no right one."""
    monkeypatch.setenv("GRIMCHE_WEB_PORT", "eighty")
    monkeypatch.setenv("GRIMCHE_THREADS", "0")
    Path(".env").write_text("GRIMCHE_LANGUAGE=fr\nGRIMCHE_DATA=here\n", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    named = re.findall(r"GRIMCHE_\w+", str(caught.value))
    assert sorted(named) == ["GRIMCHE_LANGUAGE", "GRIMCHE_THREADS", "GRIMCHE_WEB_PORT"]


def test_value_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong value is kept out of the sentence, for it could be a secret in the wrong place."""
    monkeypatch.setenv("GRIMCHE_WEB_PORT", "123456:secret-token")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("place", ["environment", "file"])
def test_unknown_name(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown name is a fault wherever it stands, and the nearest known one is offered."""
    if place == "environment":
        monkeypatch.setenv("GRIMCHE_WEBPORT", "80")
    else:
        Path(".env").write_text("GRIMCHE_WEBPORT=80\n", encoding="utf-8")
    with pytest.raises(
        SettingsError, match=r"GRIMCHE_WEBPORT is unknown \(did you mean GRIMCHE_WEB_PORT\?\)"
    ):
        load_settings()


def test_names_of_others_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names without our prefix are nobody's fault."""
    monkeypatch.setenv("WEB_PORT", "nonsense")
    Path(".env").write_text("OTHER_PROGRAM=1\n", encoding="utf-8")
    assert load_settings() == Settings()


def test_example_names_every_setting_with_its_default() -> None:
    """`.env.example` holds exactly the settings, each under its description and with its default."""
    entries = re.findall(r"^# (.+)\n#?(GRIMCHE_\w+)=(.*)$", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
    expected = [
        (str(field.description), variable(name), str(field.default))
        for name, field in Settings.model_fields.items()
    ]
    assert entries == expected


def test_example_is_valid() -> None:
    """The example as it stands gives the defaults, and so it does with every line in force."""
    every = Path("every.env")
    every.write_text(re.sub("^#GRIMCHE", "GRIMCHE", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert load_settings(env_file=EXAMPLE) == load_settings(env_file=every) == Settings()


def test_example_leaves_the_defaults_to_others() -> None:
    """What the example sets is empty, so that copied as it stands it overrides nothing."""
    assert not any(dotenv_values(EXAMPLE).values())


def test_folder_that_may_not_be_entered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that root runs as another user, from root's own folder, finds no `.env` there."""
    with public_folder() as folder:
        monkeypatch.chdir(folder)
        folder.chmod(0)
        with as_another_user():
            assert load_settings() == Settings()
        folder.chmod(0o755)


def test_file_that_may_not_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A `.env` of somebody else is a fault with a sentence, for its settings would be missing."""
    with public_folder() as folder:
        monkeypatch.chdir(folder)
        (folder / ".env").touch(mode=0)
        with as_another_user(), pytest.raises(SettingsError, match="may not be read"):
            load_settings()


def test_settings_cannot_be_changed() -> None:
    """Settings are read once and stay."""
    with pytest.raises(ValueError, match="frozen"):
        Settings().web_port = 1  # type: ignore[misc]  # assigning is what must fail


TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"  # noqa: S105  nobody's


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_TOKEN", "my-bot"),
        ("TELEGRAM_TOKEN", f"bot{TOKEN}"),
        ("TELEGRAM_TOKEN", f"{TOKEN}/getMe"),
        ("TELEGRAM_API", "api.telegram.org/bot"),
        ("TELEGRAM_API", "https://api.telegram.org/bot?x=1"),
        ("TELEGRAM_FILES", "file:///telegram"),
        ("TELEGRAM_WEBHOOK", "http://bot.example.org/"),
        ("TELEGRAM_WEBHOOK_SECRET", "with a space"),
        ("TELEGRAM_WEBHOOK_SECRET", "a" * 257),
        ("TELEGRAM_WEBHOOK_PORT", "65536"),
        ("ADMINS", "mina"),
        ("ADMINS", "telegram:mina"),
        ("ADMINS", "telegram:1;telegram:2"),
        ("ADMINS", "signal:1"),
        ("PERSON_PER_MINUTE", "0"),
        ("WEB", "perhaps"),
    ],
)
def test_faulty_chat_setting(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """A faulty setting of a chat network is named."""
    monkeypatch.setenv(f"GRIMCHE_{name}", value)
    with pytest.raises(SettingsError, match=f"GRIMCHE_{name} "):
        load_settings()


@pytest.mark.parametrize("name", ["TELEGRAM_TOKEN", "TELEGRAM_WEBHOOK_SECRET", "WEB_PORT"])
def test_faulty_secret_is_in_no_error(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A secret that is not quite right, or in the wrong place, is in no error, nor in what caused it."""
    monkeypatch.setenv(f"GRIMCHE_{name}", f" bot{TOKEN}/")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    told = "".join(traceback.format_exception(caught.value))
    assert "AAHdq" not in f"{told} {caught.value!r} {caught.value.__cause__!r}"


def test_admins_of_a_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each door has its own admins, named by their numbers."""
    monkeypatch.setenv("GRIMCHE_ADMINS", "telegram:123, discord:456,telegram:789")
    settings = load_settings()
    assert settings.admins_of("telegram") == {123, 789}
    assert settings.admins_of("discord") == {456}
    assert load_settings({"admins": ""}).admins_of("telegram") == frozenset()


def test_own_bot_api(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Bot API of one's own may be anywhere, with a webhook behind a proxy."""
    monkeypatch.setenv("GRIMCHE_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("GRIMCHE_TELEGRAM_API", "http://127.0.0.1:8081/bot")
    monkeypatch.setenv("GRIMCHE_TELEGRAM_WEBHOOK", "https://bot.example.org:8443/telegram/hook")
    settings = load_settings()
    assert settings.telegram_token.get_secret_value() == TOKEN
    assert settings.telegram_api == "http://127.0.0.1:8081/bot"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GRIMCHE_SCRAPE_CRON", "at night"),
        ("GRIMCHE_SCRAPE_CRON", "99 4 * * *"),
        ("GRIMCHE_SCRAPE_ZONE", "Asia/Nowhere"),
        ("GRIMCHE_SCRAPE_ZONE", "../../etc"),
        ("GRIMCHE_SCRAPE_PLATFORMS", "naver,sample"),
    ],
)
def test_a_schedule_that_cannot_be_kept_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """Wrong times, zones and platforms are errors that name their setting."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        load_settings()


def test_platforms_are_listed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blanks, empty names and repetitions in the list do no harm."""
    monkeypatch.setenv("GRIMCHE_SCRAPE_PLATFORMS", "kakaopage, naver,,naver")
    assert load_settings().scraped == ("kakaopage", "naver")


def test_a_platform_that_is_off_is_not_scraped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kakao Webtoon has to be wanted by two settings, and who forgot one reads which."""
    monkeypatch.setenv("GRIMCHE_SCRAPE_PLATFORMS", "naver, kakao")
    with pytest.raises(SettingsError, match="GRIMCHE_KAKAO is off, but GRIMCHE_SCRAPE_PLATFORMS"):
        load_settings()
    assert load_settings({"kakao": True}).scraped == ("naver", "kakao")
