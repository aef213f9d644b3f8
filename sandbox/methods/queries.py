"""Answers to taps on buttons and to inline queries."""

from sandbox.keyboards import check_inline
from sandbox.methods.sending import caption_of, listed, mentions
from sandbox.refusals import mistake
from sandbox.tags import units
from sandbox.texts import MOST_TEXT, compose
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
        inline_content(world, one)
    keys = ("results", "next_offset", "is_personal", "cache_time", "button")
    world.close_query(call["inline_query_id"], {key: call[key] for key in keys if key in call.values})
    return True


def inline_content(world: World, result: JSON) -> JSON:
    """What the message of a chosen result contains; a wrong one is refused when it is offered."""
    given = result.get("input_message_content")
    if given is None:
        caption = caption_of(world, result) or {"caption": result.get("title", "")}
        return {"text": caption["caption"], **listed("entities", caption.get("caption_entities", []))}
    if "message_text" in given:
        text = given["message_text"]
        text, entities = compose(text, given.get("parse_mode"), given.get("entities"), MOST_TEXT)
        if not text:
            raise mistake("message text is empty")
        return {"text": text, **listed("entities", mentions(world, entities))}
    if "phone_number" in given:
        return {"contact": given}
    return {"location": {"latitude": given["latitude"], "longitude": given["longitude"]}}
