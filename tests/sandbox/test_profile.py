"""What the bot says of itself: commands by scope and language, descriptions, and their limits."""

from typing import Any

import pytest

from tests.sandbox.conftest import Telegram


def named(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": name.title()} for name in names]


async def test_commands_by_scope_and_language(telegram: Telegram, anna: int) -> None:
    bert = await telegram.person("Bert", language_code="en-GB")

    async def shown(person: int, chat: int | None = None) -> list[str]:
        query = f"?chat_id={chat}" if chat else ""
        found = await telegram.control("GET", f"/people/{person}/commands{query}")
        return [one["command"] for one in found]

    async def put(commands: list[dict[str, str]], **values: Any) -> None:
        assert (await telegram.bot("setMyCommands", commands=commands, **values)).result is True

    await put(named("start"))
    await put(named("help"), language_code="en")
    await put(named("group"), scope={"type": "all_group_chats"})
    group = await telegram.group(anna, bert)
    assert (await shown(anna), await shown(bert), await shown(bert, group)) == (
        ["start"],
        ["help"],
        ["group"],
    )
    await put(named("hilfe"), scope={"type": "all_private_chats"})
    assert (await shown(anna), await shown(bert)) == (["hilfe"], ["hilfe"])
    await put(named("office"), scope={"type": "chat", "chat_id": anna})
    await put(named("boss"), scope={"type": "chat_administrators", "chat_id": group})
    assert (await shown(anna), await shown(bert)) == (["office"], ["hilfe"])
    assert (await shown(anna, group), await shown(bert, group)) == (["boss"], ["group"])
    await telegram.bot("deleteMyCommands", scope={"type": "chat", "chat_id": anna})
    assert await shown(anna) == ["hilfe"]


@pytest.mark.parametrize(
    ("commands", "error"),
    [
        ([{"command": "Hilfe", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "", "description": "x"}], "command must be non-empty"),
        ([{"command": "x" * 33, "description": "x"}], "command length must not exceed 32"),
        ([{"command": "x", "description": ""}], "command description must be non-empty"),
        ([{"command": "x", "description": "x" * 257}], "command description length must not exceed 256"),
        ([{"command": "x", "description": "x"}] * 101, "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_commands_that_cannot_be(
    telegram: Telegram, commands: list[dict[str, str]], error: str
) -> None:
    assert (await telegram.bot("setMyCommands", commands=commands)).error == f"Bad Request: {error}"


async def test_what_the_bot_says_of_itself(telegram: Telegram) -> None:
    await telegram.bot("setMyDescription", description="Was ich kann")
    await telegram.bot("setMyDescription", description="What I can", language_code="en")
    assert (await telegram.bot("getMyDescription", language_code="en")).result["description"] == "What I can"
    assert (await telegram.bot("getMyDescription", language_code="fr")).result[
        "description"
    ] == "Was ich kann"
    long = await telegram.bot("setMyShortDescription", short_description="x" * 121)
    assert long.error == "Bad Request: BOT_SHORT_DESCRIPTION_INVALID"
    assert (await telegram.bot("getMyName")).result == {"name": "Krefelder Klimapakt"}
