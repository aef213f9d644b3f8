"""The command line: `python -m bot run|import|export|migrate|doctor|backup|move|staff`."""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

gc.disable()  # modules stay: looking for garbage while they load is a seventh of the start

from pydantic import ValidationError  # noqa: E402 # see above

from bot import cli  # noqa: E402 # see above
from bot.settings import Settings, check_database_url, telegram_id  # noqa: E402 # see above

gc.freeze()
gc.set_threshold(10_000)  # instead of 700 new objects, which one tap makes: a twentieth of its time
gc.enable()


def main(arguments: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    try:
        settings = Settings()
    except ValidationError as error:
        for problem in error.errors():
            name = str(problem["loc"][0]).upper() if problem["loc"] else ""
            print(f"{name}: {problem['msg'].removeprefix('Value error, ')}".lstrip(": "), file=sys.stderr)
        return 2
    except UnicodeDecodeError:
        print(".env is no text in UTF-8; please save it as one", file=sys.stderr)
        return 2
    act: Callable[[Settings, argparse.Namespace], int] = given.act
    return act(settings, given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_daily(commands)
    _add_upkeep(commands)
    return parser


def _add_daily(commands: Any) -> None:
    run = commands.add_parser("run", help="run the bot; without TELEGRAM_TOKEN in a sandbox")
    run.add_argument("--keep", action="store_true", help="keep the sandbox's data of the last run")
    run.set_defaults(act=cli.run)
    bring_in = commands.add_parser("import", help="bring in partners, events or emission factors from a file")
    bring_in.add_argument("what", choices=("partners", "events", "factors"))
    bring_in.add_argument("file")
    bring_in.add_argument("--letters", action="store_true", help="also write the links as letters")
    bring_in.add_argument("--yes", action="store_true", help="factors: bring them in, not only look")
    bring_in.set_defaults(act=cli.bring_in)
    give_out = commands.add_parser("export", help="write the register of partners to a .csv or .xlsx file")
    give_out.add_argument("what", choices=("partners",))
    give_out.add_argument("file", help="written over if it is there")
    give_out.set_defaults(act=cli.give_out)


def _add_upkeep(commands: Any) -> None:
    commands.add_parser("migrate", help="bring the database to this version's form").set_defaults(
        act=cli.migrate_only
    )
    commands.add_parser("doctor", help="check settings, database, and what could not be done").set_defaults(
        act=cli.doctor
    )
    back_up = commands.add_parser("backup", help="copy the database while the bot runs")
    back_up.add_argument("file", help="a new one")
    back_up.set_defaults(act=cli.back_up)
    move = commands.add_parser("move", help="move from DATABASE_URL to another, empty database")
    move.add_argument(
        "to", metavar="DATABASE_URL", type=_database_url, help="like postgresql://user:password@host/name"
    )
    move.set_defaults(act=cli.move)
    staff = commands.add_parser("staff", help="who is staff")
    staff.add_argument("action", choices=("add", "remove", "list"))
    staff.add_argument("telegram_id", nargs="?", type=_telegram_id, help="as /daten shows it")
    staff.add_argument("name", nargs="?", default="", help="until they have written themselves")
    staff.add_argument(
        "--role",
        choices=("reader", "staff", "administrator"),
        default="staff",
        help="look only, do the office's work, also say who is staff",
    )
    staff.set_defaults(act=cli.staff)


def _telegram_id(text: str) -> int:
    try:
        return telegram_id(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _database_url(text: str) -> str:
    try:
        check_database_url(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text


if __name__ == "__main__":
    os.umask(0o077)  # database, back-ups and exports hold people's data
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:  # `doctor | head` has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)
