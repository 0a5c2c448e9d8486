"""The command that looks the installation over: `doctor`."""

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.context import Context, pass_context
from bot.cli.output import print_table
from storage.errors import SettingsError

if TYPE_CHECKING:
    from bot.doctor.findings import Finding
    from bot.texts import Texts


@click.command(short_help="Say what is wrong here, and what to do.")
@click.option("--offline", is_flag=True, help="Ask nobody on the network.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_context
def doctor(context: Context, *, offline: bool, as_json: bool) -> None:
    """Look over settings, tokens, database, generations, fonts, disk, clock, rights and ports.

    Ends with 1 when something does not work; warnings alone end with 0.
    """
    from bot import texts as all_texts  # noqa: PLC0415  `--help` shall not wait for it
    from bot.doctor import examination  # noqa: PLC0415
    from bot.doctor.findings import Severity, fault  # noqa: PLC0415

    try:
        patient = examination.patient_of(context.settings, env_file=Path(".env"))
        texts = context.texts
        found = asyncio.run(examination.examine(patient, offline=offline))
    except SettingsError as error:
        texts = all_texts.get(all_texts.Language(context.language or all_texts.Language.EN))
        found = [fault("settings", faults=str(error.values["faults"]))]
    _print(found, texts=texts, as_json=as_json)
    if any(finding.severity is Severity.FAULT for finding in found):
        sys.stdout.flush()
        raise click.exceptions.Exit(1)


def _print(found: "list[Finding]", *, texts: "Texts", as_json: bool) -> None:
    lines = [
        {
            "finding": finding.key,
            "severity": str(finding.severity),
            "what": finding.sentence(texts),
            "remedy": finding.remedy(texts),
        }
        for finding in found
    ]
    if as_json:
        click.echo(json.dumps(lines, ensure_ascii=False, indent=2))
    elif lines:
        header = [texts.format(f"doctor-{name}") for name in ("severity", "what", "remedy")]
        rows = [(texts.format(f"doctor-{line['severity']}"), line["what"], line["remedy"]) for line in lines]
        print_table(header, rows)
    else:
        click.echo(texts.format("doctor-healthy"))
