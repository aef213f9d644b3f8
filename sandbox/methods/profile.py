"""What a bot says of itself: who it is, its names and descriptions, its commands and menu button."""

import re

from sandbox.refusals import mistake, refusal
from sandbox.scopes import Scope
from sandbox.world import World

from .registry import JSON, Call, method

MOST_COMMANDS = 100
MOST_COMMAND = 32
MOST_COMMAND_DESCRIPTION = 256
TEXTS = {
    "Name": ("name", 64, "BOT_TITLE_INVALID"),
    "Description": ("description", 512, "BOT_DESCRIPTION_INVALID"),
    "ShortDescription": ("short_description", 120, "BOT_SHORT_DESCRIPTION_INVALID"),
}
ABILITIES = {
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
    "can_connect_to_business": False,
    "has_main_web_app": False,
}


@method("getMe")
def get_me(world: World, _: Call) -> JSON:
    return {**world.bot, **ABILITIES, **world.profile.get("abilities", {})}


@method("logOut")
@method("close")
def close(_: World, __: Call) -> bool:
    return True


def _language(call: Call) -> str:
    code = str(call.get("language_code") or "")
    if code and not re.fullmatch("[a-z]{2}", code):
        raise mistake("LANG_CODE_INVALID")
    return code


def _scope(world: World, call: Call) -> Scope:
    given = call.get("scope") or {"type": "default"}
    kind = given["type"]
    if "chat_id" not in given:
        if kind not in ("default", "all_private_chats", "all_group_chats", "all_chat_administrators"):
            raise mistake("can't parse BotCommandScope: Unsupported type specified")
        return kind, 0, 0
    chat = world.find_chat(given["chat_id"])
    if chat.private and kind != "chat":
        raise mistake("there are no administrators in the private chat")
    return kind, chat.id, int(given.get("user_id") or 0)


@method("setMyCommands")
def set_my_commands(world: World, call: Call) -> bool:
    commands = [_command(one) for one in call["commands"]]
    if len(commands) > MOST_COMMANDS:
        raise mistake("BOT_COMMANDS_TOO_MUCH")
    world.commands.put(_scope(world, call), _language(call), commands)
    world.notify("commands")
    return True


def _command(given: JSON) -> JSON:
    command = given["command"].strip().removeprefix("/")
    description = given["description"].strip()
    if not command:
        raise mistake("command must be non-empty")
    if len(command) > MOST_COMMAND:
        raise mistake(f"command length must not exceed {MOST_COMMAND}")
    if not re.fullmatch("[a-z0-9_]+", command):
        raise mistake("BOT_COMMAND_INVALID")
    if not description:
        raise mistake("command description must be non-empty")
    if len(description) > MOST_COMMAND_DESCRIPTION:
        raise mistake(f"command description length must not exceed {MOST_COMMAND_DESCRIPTION}")
    return {"command": command, "description": description}


@method("getMyCommands")
def get_my_commands(world: World, call: Call) -> list[JSON]:
    return world.commands.get(_scope(world, call), _language(call))


@method("deleteMyCommands")
def delete_my_commands(world: World, call: Call) -> bool:
    world.commands.put(_scope(world, call), _language(call), [])
    world.notify("commands")
    return True


def _text_methods(title: str, field: str, most: int, refused: str) -> None:
    @method(f"setMy{title}")
    def set_text(world: World, call: Call) -> bool:
        text = str(call.get(field) or "")
        if len(text) > most:
            raise mistake(refused)
        world.profile[title, _language(call)] = text
        world.notify("profile")
        return True

    @method(f"getMy{title}")
    def get_text(world: World, call: Call) -> JSON:
        default = world.bot["first_name"] if field == "name" else ""
        given = world.profile.get((title, _language(call))) or world.profile.get((title, ""))
        return {field: given or default}


for _title, (_field, _most, _refused) in TEXTS.items():
    _text_methods(_title, _field, _most, _refused)


@method("setChatMenuButton")
def set_chat_menu_button(world: World, call: Call) -> bool:
    button = call.get("menu_button") or {"type": "default"}
    if button["type"] not in ("default", "commands", "web_app"):
        raise mistake("can't parse menu button: MenuButton has unsupported type")
    world.profile["menu", _private(world, call)] = button
    world.notify("profile")
    return True


def _private(world: World, call: Call) -> int:
    number = int(call.get("chat_id") or 0)
    if number and not world.find_chat(number).private:
        raise refusal("chat not found")
    return number


@method("getChatMenuButton")
def get_chat_menu_button(world: World, call: Call) -> JSON:
    default: JSON = world.profile.get(("menu", 0), {"type": "commands"})
    button: JSON = world.profile.get(("menu", _private(world, call)), default)
    return button


@method("setMyDefaultAdministratorRights")
def set_my_default_administrator_rights(world: World, call: Call) -> bool:
    world.profile["rights", bool(call.get("for_channels"))] = call.get("rights") or {}
    return True


@method("getMyDefaultAdministratorRights")
def get_my_default_administrator_rights(world: World, call: Call) -> JSON:
    rights: JSON = world.profile.get(("rights", bool(call.get("for_channels"))), {})
    return rights
