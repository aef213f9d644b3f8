"""The command line: exit codes and lines that a person can act on."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyrage import decrypt
from pyrage.x25519 import Identity

from bot.__main__ import main
from storage.agenda import Timed
from storage.engine import inbox
from storage.engine.database import Database
from tests.support.book import NOW
from tests.support.databases import fresh_database

HERE = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("setting", "value", "line"),
    [
        ("TIMEZONE", "Mars/Base", "TIMEZONE: 'Mars/Base' is no time zone; write it like Europe/Berlin"),
        ("STAFF_IDS", "Olga", "STAFF_IDS: 'Olga' is no Telegram user id"),
        ("WEBHOOK_URL", "https://bot.example", "WEBHOOK_URL needs a WEBHOOK_SECRET"),
    ],
)
def test_bad_setting_ends_with_a_clear_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], setting: str, value: str, line: str
) -> None:
    monkeypatch.setenv(setting, value)
    assert main(["migrate"]) == 2
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith(line)


def test_real_process_exits_with_2_and_without_a_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "migrate"],
        env={**os.environ, "PYTHONPATH": str(HERE), "QUIET_HOURS": "nachts"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "QUIET_HOURS: 'nachts' is no span of hours; write it like 20:00-08:00\n"


def test_whoever_reads_only_the_beginning_sees_no_traceback(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "doctor"],
            env={**os.environ, "PYTHONPATH": str(HERE)},
            cwd=tmp_path,
            stdout=pipe,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_a_process_writes_is_for_its_own_user_alone(tmp_path: Path) -> None:
    for command in ("migrate", "backup copy.db", "export partners register.csv"):
        done = subprocess.run(
            [sys.executable, "-m", "bot", *command.split()],
            env={**os.environ, "PYTHONPATH": str(HERE), "DATABASE_URL": "sqlite:///data/pact.db"},
            cwd=tmp_path,
            check=False,
        )
        assert done.returncode == 0
    written = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.rglob("*")}
    assert written.pop("data") == 0o700
    assert {"pact.db", "copy.db", "register.csv"} <= set(written)
    assert set(written.values()) == {0o600}, written


def test_back_up_and_export_are_encrypted_to_the_operators_key(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    identity = Identity.generate()
    monkeypatch.setenv("BACKUP_KEY", str(identity.to_public()))
    assert main(["migrate"]) == 0
    for command, name, start in (
        ("backup", "copy.db", b"SQLite format 3"),
        ("export partners", "register.csv", b"\xef\xbb\xbfName;"),
    ):
        assert main([*command.split(), str(tmp_path / name)]) == 0
        assert f"{tmp_path / name}.age" in capsys.readouterr().out
        assert not (tmp_path / name).exists()
        assert decrypt((tmp_path / f"{name}.age").read_bytes(), [identity]).startswith(start)


def test_start_narrows_the_rights_of_files_of_before(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/data/pact.db")
    monkeypatch.setenv("TELEGRAM_TOKEN", "1:a")
    monkeypatch.setattr("bot.logs.set_up", lambda *_: None)  # it would outlive this test
    monkeypatch.setattr("bot.cli.serve", lambda *_: asyncio.sleep(0))
    assert main(["migrate"]) == 0
    (tmp_path / "data").chmod(0o755)
    (tmp_path / "data" / "pact.db").chmod(0o644)
    assert main(["run"]) == 0
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "data" / "pact.db").stat().st_mode & 0o777 == 0o600


def test_settings_are_read_from_a_file_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DATABASE_URL=sqlite:///elsewhere/bot.db\n")
    assert main(["migrate"]) == 0
    assert (tmp_path / "elsewhere" / "bot.db").exists()


def test_staff_are_added_listed_and_removed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["staff", "add", "5", "\u202eOlga\u200b"]) == 0
    assert main(["staff", "list"]) == 0
    assert main(["staff", "add", "6", "Lena", "--role", "reader"]) == 0
    assert main(["staff", "remove", "5"]) == 2  # the last administrator
    assert main(["staff", "add", "6", "--role", "administrator"]) == 0
    assert main(["staff", "remove", "5"]) == 0
    said, added = capsys.readouterr(), "5 administrator Olga\n"
    assert said.out == added * 2 + added + "6 reader Lena\n" + added + "6 administrator Lena\n" * 2
    assert "Somebody has to administer" in said.err
    assert main(["staff", "add"]) == 2
    assert main(["staff", "remove", "5"]) == 2
    assert "5 is not staff" in capsys.readouterr().err


@pytest.mark.parametrize("number", ["-5", "0", "99999999999999999", "Olga"])
def test_staff_have_a_number_that_telegram_gives(capsys: pytest.CaptureFixture[str], number: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["staff", "add", number])
    assert ended.value.code == 2
    assert f"'{number}' is no Telegram user id" in capsys.readouterr().err


def test_back_up_takes_no_folder_and_writes_over_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "old.db").write_text("all that we have")
    for given, words in ((".", ". is a folder"), ("old.db", "is there already"), ("/", "is a folder")):
        assert main(["backup", given]) == 2
        (said,) = capsys.readouterr().err.splitlines()
        assert words in said
    assert (tmp_path / "old.db").read_text() == "all that we have"


def test_file_of_settings_in_another_encoding_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / ".env").write_bytes("PACT_NAME=Bündnis".encode("latin-1"))
    assert main(["migrate"]) == 2
    assert capsys.readouterr().err == ".env is no text in UTF-8; please save it as one\n"


def test_move_goes_to_a_database_that_can_be_one(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["move", "mysql://x/y"])
    assert ended.value.code == 2
    assert "write it like sqlite:" in capsys.readouterr().err


def test_doctor_lists_what_needs_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 1
    assert "staff: nobody" in capsys.readouterr().out
    main(["staff", "add", "5", "Olga"])
    assert main(["doctor"]) == 0
    database = Database("sqlite:///data/pact.db")
    database.run_now(inbox.store, inbox.read([{"update_id": 77}], NOW))
    database.run_now(inbox.note_failure, 77, "KeyError: x", park=True)
    database.close()
    capsys.readouterr()
    assert main(["doctor"]) == 1
    assert "77, received 2026-11-23 09:00 UTC: KeyError: x" in capsys.readouterr().out


def test_import_reports_rows_and_says_where_the_links_are(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "partners.csv"
    columns = "name,kind,category,contact_name,joined_on"
    file.write_text(f"{columns}\nA GmbH,partner,company,Anna,2023-05-04\nB,partner,firm,,2023-05-04")
    assert main(["import", "partners", str(file)]) == 1
    said = capsys.readouterr()
    assert f"{file}:3: name" in said.err
    assert "category" in said.err
    assert "1 taken, 1 rejected" in said.out
    assert "https://t.me/KlimapaktBot?start=" in (tmp_path / "invites.csv").read_text(encoding="utf-8-sig")
    assert main(["import", "events", str(tmp_path / "nowhere.csv")]) == 1
    assert "nowhere.csv cannot be read or written: No such file" in capsys.readouterr().err


def test_register_is_exported_by_the_ending_of_the_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    partners = tmp_path / "partners.csv"
    partners.write_text("name,kind,category,joined_on,Farbe\nA GmbH,partner,company,2023-05-04,rot")
    assert main(["import", "partners", str(partners)]) == 0
    assert "columns that mean nothing here: Farbe" in capsys.readouterr().err
    for name, start in (("out.csv", b"\xef\xbb\xbfName;Art;"), ("out.xlsx", b"PK")):
        assert main(["export", "partners", str(tmp_path / name)]) == 0
        assert f"1 rows: {tmp_path / name}" in capsys.readouterr().out
        assert (tmp_path / name).read_bytes().startswith(start)
        assert main(["import", "partners", str(tmp_path / name)]) == 0
    capsys.readouterr()
    for name, words in (("out.pdf", "as .ods or as .csv"), ("no/out.csv", "No such file")):
        assert main(["export", "partners", str(tmp_path / name)]) == 1
        assert words in capsys.readouterr().err


def test_import_says_why_a_file_is_no_list(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "partners.xlsx"
    file.write_bytes(b"PK\x03\x04 & more")
    assert main(["import", "partners", str(file)]) == 1
    assert capsys.readouterr().err == (
        f"{file}: This file cannot be read as a table. Please save it again as .xlsx or .csv.\n"
    )


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    assert all(command in said for command in ("run", "import", "export", "migrate", "doctor", "staff"))


def test_back_up_and_move_say_what_they_did(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, postgresql: str
) -> None:
    assert main(["staff", "add", "5", "Olga"]) == 0
    assert main(["backup", "copy.db"]) == 0
    assert "copy.db: complete" in capsys.readouterr().out
    assert main(["backup", "/nowhere/copy.db"]) == 2
    assert "no folder /nowhere" in capsys.readouterr().err
    with fresh_database(postgresql) as url:
        assert main(["move", url]) == 0
        said = capsys.readouterr()
        assert "rows moved and counted" in said.out
        assert main(["move", url]) == 1
        assert "rows already in person" in capsys.readouterr().err
        monkeypatch.setenv("DATABASE_URL", url)
        assert main(["staff", "list"]) == 0
        assert capsys.readouterr().out == "5 administrator Olga\n"
        monkeypatch.setenv("PATH", str(tmp_path))
        assert main(["backup", "other.db"]) == 1
        assert "pg_dump" in capsys.readouterr().err


def test_database_that_cannot_be_reached_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://pact@127.0.0.1:1/pact")
    monkeypatch.setenv("TELEGRAM_TOKEN", "1:a")
    monkeypatch.setattr("bot.logs.set_up", lambda *_: None)  # it would outlive this test
    assert main(["run"]) == 1
    assert "The database cannot be used: connection failed" in capsys.readouterr().err


def test_move_is_refused_while_the_bot_runs(capsys: pytest.CaptureFixture[str]) -> None:
    running = Database("sqlite:///data/pact.db")
    running.claim()
    assert main(["move", "sqlite:///other.db"]) == 1
    assert "Another bot is running" in capsys.readouterr().err
    running.close()


def test_move_into_a_database_that_the_bot_would_refuse_is_refused(
    postgresql: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with fresh_database(postgresql, "ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C'") as url:
        assert main(["move", url]) == 1
    assert "the bot needs UTF8" in capsys.readouterr().err


@pytest.mark.parametrize("is_terminal", [True, False])
def test_long_work_shows_its_progress_in_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], is_terminal: bool
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)
    monkeypatch.setattr("bot.progress.DELAY", 0)
    for command in (["staff", "add", "5"], ["backup", "copy.db"], ["move", "sqlite:///other.db"]):
        assert main(command) == 0
    said = capsys.readouterr().err
    for words in ("migration:", "back-up:", "move:"):
        assert (words in said) == is_terminal


def test_doctor_lists_all_that_comes_by_the_clock(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/pact.db")
    main(["staff", "add", "501", "Olga"])
    assert main(["doctor"]) == 0
    listed = capsys.readouterr().out.partition("what comes by the clock:")[2].splitlines()
    assert len([line for line in listed if line]) == len(Timed)
    assert any("UTC  Digests of the office" in line for line in listed)
