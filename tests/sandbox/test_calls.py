"""The form of Bot API calls: how they may be sent, and what is turned down before it is looked at."""

import aiohttp
import pytest

from tests.sandbox.conftest import TOKEN, Telegram


async def test_parameters_in_the_query_of_a_get(telegram: Telegram, anna: int) -> None:
    url = f"{telegram.root}/bot{TOKEN}/sendMessage?chat_id={anna}&text=Guten%20Tag"
    async with telegram.session.get(url) as answer:
        assert (await answer.json())["result"]["text"] == "Guten Tag"


async def test_parameters_as_form(telegram: Telegram, anna: int) -> None:
    assert (await telegram.bot("sendMessage", chat_id=anna, text="Tag")).result["text"] == "Tag"


async def test_parameters_as_json(telegram: Telegram, anna: int) -> None:
    markup = {"inline_keyboard": [[{"text": "Ja", "callback_data": "y"}]]}
    body = {"chat_id": anna, "text": "Tag", "reply_markup": markup, "disable_notification": True}
    answer = await telegram.post(f"/bot{TOKEN}/sendMessage", json=body)
    assert answer.result["reply_markup"] == markup


async def test_parameters_as_multipart(telegram: Telegram, anna: int) -> None:
    answer = await telegram.upload("sendDocument", {"document": ("a.ics", b"BEGIN")}, chat_id=anna)
    assert answer.result["document"]["file_name"] == "a.ics"


async def test_method_names_ignore_case(telegram: Telegram) -> None:
    assert (await telegram.bot("GETME")).result["username"] == "KlimapaktBot"


async def test_wrong_token(telegram: Telegram) -> None:
    answer = await telegram.post("/bot1000000001:other/getMe")
    assert (answer.status, answer.error) == (401, "Unauthorized")


async def test_token_without_form(telegram: Telegram) -> None:
    answer = await telegram.post("/botnothing/getMe")
    assert (answer.status, answer.error) == (404, "Not Found")


async def test_unknown_method(telegram: Telegram) -> None:
    answer = await telegram.bot("sendMassage")
    assert (answer.status, answer.error) == (404, "Not Found: method not found")
    assert await telegram.violations() == ["Not Found: method not found"]


async def test_unknown_parameter(telegram: Telegram, anna: int) -> None:
    answer = await telegram.bot("sendMessage", chat_id=anna, text="x", reply_to_message_id=1)
    assert "has no parameter 'reply_to_message_id'" in answer.error
    assert len(await telegram.violations()) == 1


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"text": "x"}, "Bad Request: chat_id is empty"),
        ({"chat_id": 1001}, "Bad Request: message text is empty"),
        ({"chat_id": 1001, "text": ""}, "Bad Request: message text is empty"),
        ({"chat_id": 1001, "text": " \n "}, "Bad Request: text must be non-empty"),
        ({"chat_id": 1001, "text": "x", "parse_mode": "BBCode"}, "Bad Request: unsupported parse_mode"),
        (
            {"chat_id": 1001, "text": "x", "reply_markup": "[oops"},
            "Bad Request: can't parse reply_markup JSON object",
        ),
        (
            {"chat_id": 1001, "text": "x", "message_thread_id": "seven"},
            "Bad Request: parameter 'message_thread_id' must be an Integer",
        ),
    ],
)
async def test_refused_for_its_form(
    telegram: Telegram, anna: int, values: dict[str, object], error: str
) -> None:
    answer = await telegram.bot("sendMessage", **values)
    assert (answer.status, answer.error) == (400, error)
    assert await telegram.violations() == [error]


async def test_unknown_field_deep_inside(telegram: Telegram, anna: int) -> None:
    markup = {"inline_keyboard": [[{"text": "Ja", "callback_data": "y", "colour": "red"}]]}
    answer = await telegram.bot("sendMessage", chat_id=anna, text="x", reply_markup=markup)
    assert "InlineKeyboardButton has no field 'colour'" in answer.error


async def test_every_answer_tells_the_time(telegram: Telegram) -> None:
    await telegram.control("PUT", "/clock", {"now": "2030-01-01T00:00:00+00:00"})
    for method in ("getMe", "nothing"):
        answer = await telegram.bot(method)
        assert 0 <= float(answer.headers["X-Sandbox-Now"]) - 1893456000 < 5


async def test_calls_are_logged(telegram: Telegram, anna: int) -> None:
    before = (await telegram.control("GET", "/calls"))[-1]["n"]
    await telegram.bot("sendMessage", chat_id=anna, text="x")
    await telegram.bot("sendMessage", chat_id=7, text="x")
    good, bad = await telegram.control("GET", f"/calls?after={before}")
    assert (good["method"], good["params"], good["ok"], good["error"]) == (
        "sendMessage",
        {"chat_id": anna, "text": "x"},
        True,
        None,
    )
    assert (bad["n"], bad["ok"], bad["error"]) == (before + 2, False, "Bad Request: chat not found")


async def test_too_large_a_body(telegram: Telegram, anna: int) -> None:
    files = {"document": ("big.bin", bytes(50 * 1024 * 1024 + 1))}
    answer = await telegram.upload("sendDocument", files, chat_id=anna)
    assert (answer.status, answer.error) == (413, "Request Entity Too Large")


async def test_control_refuses_with_reasons(telegram: Telegram) -> None:
    assert "error" in await telegram.control("GET", "/people/5/chat", status=404)
    assert "error" in await telegram.control("POST", "/people", {}, status=400)
    async with telegram.session.post(f"{telegram.root}/sandbox/people", data=b"{") as answer:
        assert answer.status == 400


async def test_session_reuse_does_not_mix_answers(telegram: Telegram, anna: int) -> None:
    async with aiohttp.ClientSession() as other:
        url = f"{telegram.root}/bot{TOKEN}/getMe"
        async with other.get(url) as first, telegram.session.get(url) as second:
            assert await first.json() == await second.json()
