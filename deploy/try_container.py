"""Do what the Dockerfile says in folders with chroot, then run what it would run; see try_container.sh."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

DOCKERFILE = Path("Dockerfile")
COMPOSE = Path("compose.yaml")
EXAMPLE = Path(".env.example")
SECONDS = 120
CHROOT = shutil.which("chroot") or "/usr/sbin/chroot"  # what runs inside has another PATH
# What lets the clean Debian reach its packages as this machine does.
BORROWED = ("/etc/resolv.conf", "/etc/pip.conf", "/etc/ssl/certs/ca-certificates.crt", "/etc/xdg/pip")


@dataclass(kw_only=True)
class Stage:
    """A stage of the build, as far as its steps have come."""

    root: Path
    env: dict[str, str] = field(default_factory=dict)
    folder: str = "/"
    user: str = "0:0"
    health: list[str] = field(default_factory=list)
    entry: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)


def main(folder: Path, target: str) -> None:
    """Build the target's stages, and run the last one."""
    stages: dict[str, Stage] = {}
    for word, rest in _needed(list(_instructions(DOCKERFILE.read_text())), target):
        print(f"--- {word} {rest[:100]}", flush=True)
        if word == "FROM":
            stage = _begin(folder, rest.split(), stages)
        else:
            _do(stage, word, rest, stages)
    _serve(stages[target])


def _instructions(text: str) -> Iterator[tuple[str, str]]:
    """List the instructions; lines that end with a backslash go on."""
    whole = "".join(line for line in text.splitlines(keepends=True) if not line.lstrip().startswith("#"))
    for line in whole.replace("\\\n", " ").splitlines():
        if line.strip():
            word, _, rest = line.strip().partition(" ")
            yield word, " ".join(rest.split()) if word not in {"CMD", "HEALTHCHECK"} else rest.strip()


def _needed(steps: Sequence[tuple[str, str]], target: str) -> Iterator[tuple[str, str]]:
    """Leave out the stages that the target is not made of."""
    blocks: dict[str, list[tuple[str, str]]] = {}
    for word, rest in steps:
        if word == "FROM":
            name = rest.split()[-1]
        blocks.setdefault(name, []).append((word, rest))
    wanted, todo = set(), [target]
    while todo:
        wanted.add(name := todo.pop())
        words = " ".join(rest for _, rest in blocks[name]).replace("--from=", " ").split()
        todo += [other for other in blocks if other in words and other not in wanted]
    yield from (step for name, block in blocks.items() if name in wanted for step in block)


def _begin(folder: Path, words: Sequence[str], stages: dict[str, Stage]) -> Stage:
    image, name = words[0], words[-1]
    before = stages.get(image)
    root = folder / f"stage-{name}"
    shutil.rmtree(root, ignore_errors=True)
    _run(["cp", "-a", "--reflink=auto", str(before.root if before else folder / "debian"), str(root)])
    if before is None:
        _borrow(root)
        (root / "usr/local/bin/python").unlink(missing_ok=True)
        (root / "usr/local/bin/python").symlink_to("/usr/bin/python3")
    stages[name] = Stage(root=root)
    if before:
        stages[name].env, stages[name].folder = dict(before.env), before.folder
        stages[name].health, stages[name].entry = before.health, before.entry
        stages[name].command = before.command
    return stages[name]


def _borrow(root: Path) -> None:
    """Let the clean Debian find packages and certificates where this machine does."""
    for name in (*BORROWED, *os.environ.get("TRY_BORROW", "").split()):
        source, place = Path(name), root / name.lstrip("/")
        if source.is_dir():
            shutil.copytree(source, place, dirs_exist_ok=True)
        elif source.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, place)


def _do(stage: Stage, word: str, rest: str, stages: dict[str, Stage]) -> None:
    match word:
        case "COPY":
            _copy(stage, shlex.split(rest), stages)
        case "RUN":
            command = f"cd {shlex.quote(stage.folder)} && {rest}"
            _run([CHROOT, str(stage.root), "/bin/sh", "-ec", command], env=_env(stage, building=True))
        case "WORKDIR":
            stage.folder = rest
            (stage.root / rest.lstrip("/")).mkdir(parents=True, exist_ok=True)
        case "ENV":
            pairs = [pair.partition("=") for pair in shlex.split(rest)]
            stage.env |= {name: value for name, _, value in pairs}
        case _:
            _note(stage, word, rest)


def _note(stage: Stage, word: str, rest: str) -> None:
    """Note what matters only once it runs."""
    match word:
        case "USER":
            stage.user = rest
        case "HEALTHCHECK":
            stage.health = json.loads(rest.partition("CMD")[2])
        case "ENTRYPOINT":
            stage.entry = json.loads(rest)
        case "CMD":
            stage.command = json.loads(rest)
        case "VOLUME":
            pass
        case _:
            sys.exit(f"{word} is not known here")


def _copy(stage: Stage, words: list[str], stages: dict[str, Stage]) -> None:
    """Copy from another stage, or from here what .dockerignore lets through."""
    origin = Path()
    if words[0].startswith("--from="):
        origin = stages[words.pop(0).removeprefix("--from=")].root
    *sources, place = words
    target = stage.root / (place.lstrip("/") if place[0] == "/" else f"{stage.folder}/{place}".lstrip("/"))
    for source in sources:
        path = origin / source.lstrip("/")
        if origin == Path():
            allowed = Path(".dockerignore").read_text().splitlines()
            if f"!{source}" not in allowed:
                sys.exit(f"{source} is kept out by .dockerignore")
        if path.is_dir():
            shutil.copytree(path, target, symlinks=True, dirs_exist_ok=True)
        else:
            shutil.copy(path, target)


def _env(stage: Stage, *, building: bool) -> dict[str, str]:
    usual = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
    ours = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "http"))}
    return {**usual, **(ours | {"DEBIAN_FRONTEND": "noninteractive"} if building else {}), **stage.env}


def _composed() -> dict[str, str]:
    """Set what compose.yaml sets over the whole example, as if somebody had put every line of it in force."""
    lines = re.findall(r"^#?(GRIMCHE_\w+)=(.*)$", EXAMPLE.read_text(), re.MULTILINE)
    pinned = re.findall(r'^      (GRIMCHE_\w+): "?([^"\n]+)"?$', COMPOSE.read_text(), re.MULTILINE)
    return dict(lines) | dict(pinned)


def _serve(stage: Stage) -> None:
    """Run it as its user on a read-only tree until it is healthy; then stop it."""
    root, env = str(stage.root), _env(stage, building=False) | _composed()
    _run(["mount", "--bind", root, root])
    _run(["mount", "--bind", f"{root}/data", f"{root}/data"])
    _run(["mount", "-t", "tmpfs", "tmpfs", f"{root}/tmp"])  # noqa: S108  it is the new tree's
    Path(f"{root}/dev/shm").mkdir(exist_ok=True)  # noqa: S108  an engine has one too
    _run(["mount", "-t", "tmpfs", "tmpfs", f"{root}/dev/shm"])  # noqa: S108
    _run(["mount", "-t", "proc", "proc", f"{root}/proc"])
    _run(["mount", "-o", "remount,ro,bind", root])
    inside = [CHROOT, f"--userspec={stage.user}", root]
    program = [*inside, stage.entry[-1]]
    for place in ("/opt/grimche/written", "/etc/written", "/written"):
        if (
            subprocess.run([*inside, "touch", place], env=env, check=False, capture_output=True).returncode
            == 0
        ):
            sys.exit(f"{place} could be written")
    _run([*program, "scrape", "--source", "sample", "--artists", "3", "--episodes", "4"], env=env)
    _run([*program, "doctor", "--offline"], env=env)
    serving = subprocess.Popen([*inside, *stage.entry, *stage.command], env=env)
    _wait(serving, [*inside, *stage.health], env=env)
    serving.send_signal(signal.SIGTERM)
    print(f"ended with {serving.wait(SECONDS)}", flush=True)


def _wait(serving: "subprocess.Popen[bytes]", health: Sequence[str], *, env: dict[str, str]) -> None:
    """Ask as the engine does until it is healthy."""
    began = time.monotonic()
    while subprocess.run(health, env=env, check=False, capture_output=True).returncode:
        if serving.poll() is not None or time.monotonic() - began > SECONDS:
            sys.exit("it does not become healthy")
        time.sleep(1)
    print(f"healthy after {time.monotonic() - began:.0f} s", flush=True)


def _run(command: Sequence[str], *, env: dict[str, str] | None = None, check: bool = True) -> None:
    ended = subprocess.run(command, env=env, check=False)
    if check and ended.returncode:
        sys.exit(f"{shlex.join(command)[:200]}: ended with {ended.returncode}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
