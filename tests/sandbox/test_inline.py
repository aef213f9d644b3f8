"""Inline queries: asked, answered, chosen, and the message edited afterwards."""

import asyncio
from typing import Any

from tests.sandbox.conftest import Telegram


def article(number: str, **values: Any) -> dict[str, Any]:
    content = {"message_text": f"<b>{number}</b>", "parse_mode": "HTML"}
    return {"type": "article", "id": number, "title": number, "input_message_content": content, **values}


async def ask(telegram: Telegram, person: int, results: list[dict[str, Any]]) -> Any:
    asking = asyncio.create_task(
        telegram.control("POST", f"/people/{person}/inline", {"query": "solar", "wait": 30})
    )
    (update,) = await telegram.updates(timeout=30)
    query = update["inline_query"]
    assert (query["query"], query["from"]["id"]) == ("solar", person)
    await telegram.bot("answerInlineQuery", inline_query_id=query["id"], results=results)
    return await asking


async def test_results_and_choice(telegram: Telegram, anna: int) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": "y"}]]}
    found = await ask(telegram, anna, [article("1"), article("2", reply_markup=keyboard)])
    assert [one["id"] for one in found["results"]] == ["1", "2"]
    choice = {"inline_query_id": found["inline_query_id"], "result_id": "2"}
    message = await telegram.control("POST", f"/people/{anna}/inline/chosen", choice)
    assert (message["text"], message["via_bot"]["username"]) == ("2", "KlimapaktBot")
    chosen, sent = await telegram.updates()
    inline_id = chosen["chosen_inline_result"]["inline_message_id"]
    assert sent["message"]["via_bot"]["is_bot"] is True
    edited = await telegram.bot("editMessageText", inline_message_id=inline_id, text="neu")
    assert edited.result is True
    assert (await telegram.chat(anna))["messages"][-1]["text"] == "neu"


async def test_taps_on_inline_messages(telegram: Telegram, anna: int) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": "y"}]]}
    found = await ask(telegram, anna, [article("1", reply_markup=keyboard)])
    choice = {"inline_query_id": found["inline_query_id"], "result_id": "1"}
    message = await telegram.control("POST", f"/people/{anna}/inline/chosen", choice)
    await telegram.updates()
    tap = {"message_id": message["message_id"], "label": "Ja"}
    await telegram.control("POST", f"/people/{anna}/taps", tap)
    (update,) = await telegram.updates()
    assert "inline_message_id" in update["callback_query"]
    assert "message" not in update["callback_query"]


async def test_most_results(telegram: Telegram, anna: int) -> None:
    body = {"query": "x", "wait": 0}
    query = (await telegram.control("POST", f"/people/{anna}/inline", body))["inline_query_id"]
    many = [article(str(n)) for n in range(51)]
    answer = await telegram.bot("answerInlineQuery", inline_query_id=query, results=many)
    assert answer.error == "Bad Request: RESULTS_TOO_MUCH"
    wrong = [article("1", input_message_content={"message_text": "<p>", "parse_mode": "HTML"})]
    answer = await telegram.bot("answerInlineQuery", inline_query_id=query, results=wrong)
    assert answer.error.startswith("Bad Request: can't parse entities: ")
    same = [article("1"), article("1")]
    answer = await telegram.bot("answerInlineQuery", inline_query_id=query, results=same)
    assert answer.error == "Bad Request: RESULT_ID_DUPLICATE"
