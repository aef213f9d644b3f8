"""Answers to taps on buttons and to inline queries."""

from sandbox.keyboards import check_inline
from sandbox.markup import units
from sandbox.refusals import mistake
from sandbox.world import World

from .registry import JSON, Call, method

MOST_ANSWER = 200
MOST_RESULTS = 50
MOST_RESULT_ID = 64  # bytes


@method("answerCallbackQuery")
def answer_callback_query(world: World, call: Call) -> bool:
    text = str(call.get("text") or "")
    if units(text) > MOST_ANSWER:
        raise mistake("MESSAGE_TOO_LONG")
    url = str(call.get("url") or "")
    own = f"t.me/{world.bot['username']}".lower()
    if url and own not in url.lower():
        raise mistake("URL_INVALID")
    answer: JSON = {"text": text or None, "show_alert": bool(call.get("show_alert")), "url": url or None}
    query = world.close_query(call["callback_query_id"], answer)
    world.notify("answer", user_id=query.user_id, callback_query_id=query.id, answer=answer)
    return True


@method("answerInlineQuery")
def answer_inline_query(world: World, call: Call) -> bool:
    results = call["results"]
    if len(results) > MOST_RESULTS:
        raise mistake("RESULTS_TOO_MUCH")
    if len({one["id"] for one in results}) != len(results):
        raise mistake("RESULT_ID_DUPLICATE")
    for one in results:
        if not 1 <= len(one["id"].encode()) <= MOST_RESULT_ID:
            raise mistake("RESULT_ID_INVALID")
        check_inline(one.get("reply_markup"), None)
    keys = ("results", "next_offset", "is_personal", "cache_time", "button")
    world.close_query(call["inline_query_id"], {key: call[key] for key in keys if key in call.values})
    return True
