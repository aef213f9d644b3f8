"""What stands in `deploy/` fits the rest: paths, settings, ports."""

import json
import re
import shlex
import shutil
import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml

from bot.__main__ import _parser
from bot.settings import Settings
from domain.basics.files import MEBI
from handlers.chat.sheet_process import MOST_MEMORY

HERE = Path(__file__).parents[2]
DEPLOY = HERE / "deploy"
SETTINGS = {name.upper() for name in Settings.model_fields}


@pytest.fixture
def compose() -> dict[str, Any]:
    given: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return given


def test_two_bots_share_one_database_and_one_webhook(compose: dict[str, Any]) -> None:
    bots = [compose["services"][name] for name in ("bot1", "bot2")]
    assert bots[0] == bots[1]
    assert set(bots[0]["environment"]) <= SETTINGS
    given = {name: re.sub(r"\$\{(\w+):\?\}", r"\1", value) for name, value in bots[0]["environment"].items()}
    settings = Settings.model_validate({name.lower(): value for name, value in given.items()})
    assert settings.listen == ("0.0.0.0", 8080)
    assert "@postgresql/" in settings.database_url
    assert (HERE / "deploy" / bots[0]["build"]["context"] / bots[0]["build"]["dockerfile"]).resolve().exists()


def test_volumes_and_services_that_are_named_exist(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for service in services.values():
        assert set(service.get("depends_on", ())) <= set(services)
        for volume in service.get("volumes", ()):
            source = volume.partition(":")[0]
            assert source in compose["volumes"] or (DEPLOY / source).exists()


def test_services_write_only_where_they_must_and_get_no_more_rights(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "caddy" else []), name
        assert "no-new-privileges:true" in service["security_opt"], name
        assert re.fullmatch(r"\d+[mg]", service["mem_limit"]), name
        assert service["restart"] == "unless-stopped", name
    assert compose["services"]["postgresql"]["user"] == "postgres"  # or its image would begin as root


def test_images_and_installers_have_exact_versions(compose: dict[str, Any]) -> None:
    dockerfile = (DEPLOY / "Dockerfile").read_text()
    images = re.findall(r"(?:FROM |--from=)(\S+)", dockerfile)
    images += [service["image"] for service in compose["services"].values() if "build" not in service]
    assert len(images) == 4
    for image in images:
        numbers = 2 if image.startswith("postgres:") else 3
        assert re.search(rf":\d+(\.\d+){{{numbers - 1}}}(-|$)", image), image
    texts = (dockerfile, (HERE / "Makefile").read_text(), (HERE / "docs" / "operating.md").read_text())
    installers = {re.search(r"\buv(?::|==)(\S+)", text)[1] for text in texts}  # type: ignore[index]
    assert len(installers) == 1


def test_proxy_lets_only_the_webhook_and_public_pages_through_to_both_bots(
    compose: dict[str, Any],
) -> None:
    text = (DEPLOY / "Caddyfile").read_text()
    webhook = compose["services"]["bot1"]["environment"]["WEBHOOK_URL"]
    assert re.findall(r"handle (\S+)", text) == ["@open"]
    assert f"@open path /{webhook.rpartition('/')[2]} /workshop/* /programme/* /calendar/*\n" in text
    assert "reverse_proxy bot1:8080 bot2:8080" in text
    assert "respond 404" in text


def test_image_holds_every_folder_that_the_bot_imports() -> None:
    text = (DEPLOY / "Dockerfile").read_text()
    copied = {words.split()[0] for words in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE)}
    assert copied == {"pyproject.toml", "bot", "handlers", "domain", "storage", "locales"}
    assert all((HERE / name).exists() for name in copied)


def unit() -> dict[str, str]:
    lines = (DEPLOY / "klimapakt-bot.service").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def test_unit_runs_the_bot_and_lets_it_write_its_data() -> None:
    program, *arguments = shlex.split(unit()["ExecStart"])
    assert program == f"{unit()['WorkingDirectory']}/.venv/bin/python"
    assert arguments[:2] == ["-m", "bot"]
    assert _parser().parse_args(arguments[2:]).act
    assert unit()["ReadWritePaths"] == f"{unit()['WorkingDirectory']}/data"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="only where there is systemd")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    """With the program put where there is one, which it looks for."""
    text = (DEPLOY / "klimapakt-bot.service").read_text().replace(unit()["ExecStart"], "/bin/true")
    (tmp_path / "klimapakt-bot.service").write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", tmp_path / "klimapakt-bot.service"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "klimapakt-bot.service" not in done.stderr, done.stderr


def test_unit_may_do_little() -> None:
    given = unit()
    assert given["CapabilityBoundingSet"] == ""
    assert given["ProtectSystem"] == "strict"
    assert given["SystemCallFilter"] == "~@privileged"  # the last line; the first allows
    assert "SystemCallFilter=@system-service" in (DEPLOY / "klimapakt-bot.service").read_text()
    assert set(given["RestrictAddressFamilies"].split()) == {"AF_INET", "AF_INET6", "AF_UNIX"}
    switched_on = {name for name, value in given.items() if value == "true"}
    assert switched_on >= {"NoNewPrivileges", "PrivateDevices", "PrivateTmp", "PrivateUsers", "ProtectHome"}
    assert switched_on >= {"MemoryDenyWriteExecute", "RestrictNamespaces", "RestrictSUIDSGID"}


def test_unit_has_memory_for_the_bot_and_two_files_of_people() -> None:
    """Whichever takes too much ends, not the bot beside it."""
    given = unit()
    assert given["MemoryMax"] == "1G"
    assert 1024 * MEBI - 2 * MOST_MEMORY > 200 * MEBI  # what the bot has with a million people
    assert given["OOMPolicy"] == "continue"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="only where there is systemd")
def test_systemd_finds_little_exposed() -> None:
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", DEPLOY / "klimapakt-bot.service"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_commands_of_the_page_exist() -> None:
    text = (HERE / "docs" / "operating.md").read_text()
    for words in re.findall(r"python -m bot ([^\n`|]+)", text):
        _parser().parse_args(shlex.split(words))
    for file in re.findall(r"deploy/[\w.-]+", text):
        assert (HERE / file).exists(), file


def test_daily_back_up_keeps_thirty_days(tmp_path: Path) -> None:
    pact = tmp_path / "pact"
    (pact / ".venv" / "bin").mkdir(parents=True)
    python = pact / ".venv" / "bin" / "python"
    python.write_text('#!/bin/sh\nfor last; do :; done\numask > "$last"\necho "$@" >> "$last"\n')
    python.chmod(0o755)
    old, recent, other = (tmp_path / name for name in ("2020-01-01.db", "2020-01-02.db", "notes.txt"))
    for file, days in ((old, 40), (recent, 20), (other, 40)):
        file.touch()
        subprocess.run(["touch", "-d", f"{days} days ago", file], check=True)
    subprocess.run([DEPLOY / "backup.sh", tmp_path], cwd=pact, check=True, env={"PATH": "/usr/bin:/bin"})
    kept = {file.name for file in tmp_path.iterdir() if file.is_file()}
    assert kept >= {recent.name, other.name}
    assert old.name not in kept
    (today,) = kept - {recent.name, other.name}
    assert (tmp_path / today).read_text() == f"0077\n-m bot backup {tmp_path / today}\n"


class Advisories(BaseHTTPRequestHandler):
    """As OSV answers, with one for a package that is named so."""

    against = ""

    def do_POST(self) -> None:
        queries = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        known = {"vulns": [{"id": "PYSEC-1", "modified": "2026-01-01T00:00:00Z"}]}
        self._say({"results": [known if q["package"]["name"] == self.against else {} for q in queries]})

    def do_GET(self) -> None:
        self._say({"id": "PYSEC-1", "modified": "2026-01-01T00:00:00Z", "summary": "Reads too much"})

    def _say(self, answer: object) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 # the library's signature
        pass


def audit(url: str) -> tuple[int, str]:
    done = subprocess.run(
        [HERE / ".ci" / "audit", "--service-url", url], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    ("against", "code", "words"), [("aiohttp", 1, "PYSEC-1: Reads too much"), ("", 0, "none known")]
)
def test_audit_shows_what_is_known_against_a_locked_package(against: str, code: int, words: str) -> None:
    handler = type("Known", (Advisories,), {"against": against})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever).start()
        found = audit(f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
    assert found[0] == code
    assert words in found[1]


def test_audit_that_reaches_nobody_says_so_and_stops_nothing() -> None:
    code, said = audit("http://127.0.0.1:1")
    assert code == 0
    assert said.startswith("advisories: not checked, no advisories reachable")
