"""Polls: how they are put together, voted on by people, and closed, by hand or when their time is over."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from .chats import Person
from .refusals import mistake, refusal
from .tags import units
from .texts import MOST_TEXT, compose
from .updates import JSON
from .world import World

MOST_QUESTION = 300
MOST_OPTION = 100
MOST_EXPLANATION = 200
MOST_OPTIONS = 12
KEPT = ("country_codes", "open_period", "close_date")


@dataclass(slots=True)
class Ballot:
    """A poll, one object in all the messages that carry it, and who has chosen what."""

    poll: JSON
    by_bot: bool
    votes: dict[int, list[int]] = field(default_factory=dict)


def new_poll(world: World, given: JSON, *, by_bot: bool) -> JSON:
    quiz = given.get("type") == "quiz"
    poll = {
        "id": str(secrets.randbits(62)),
        **_text("question", given, "poll question", MOST_QUESTION),
        "options": _options(given),
        "total_voter_count": 0,
        "is_closed": bool(given.get("is_closed")),
        "is_anonymous": bool(given.get("is_anonymous", True)),
        "type": "quiz" if quiz else "regular",
        "allows_multiple_answers": bool(given.get("allows_multiple_answers")),
        "allows_revoting": bool(given.get("allows_revoting", not quiz)),
        "members_only": bool(given.get("members_only")),
        **{key: given[key] for key in KEPT if given.get(key)},
        **(_text("description", given, "poll description", MOST_TEXT) if given.get("description") else {}),
        **(_quiz(given) if quiz else {}),
    }
    ballot = world.polls[poll["id"]] = Ballot(poll, by_bot)
    _limit_time(world, ballot)
    return poll


def _text(name: str, given: JSON, what: str, most: int) -> JSON:
    text, entities = compose(
        str(given.get(name) or ""), given.get(f"{name}_parse_mode"), given.get(f"{name}_entities"), MOST_TEXT
    )
    if not text:
        raise mistake(f"{what} must be non-empty")
    if units(text) > most:
        raise mistake(f"{what} length must not exceed {most}")
    return {name: text, **({f"{name}_entities": entities} if entities else {})}


def _options(given: JSON) -> list[JSON]:
    options = given["options"]
    if any(one.get(kind) for one in (given, *options) for kind in ("media", "explanation_media")):
        raise mistake("the sandbox does not offer media in polls")
    if not options:
        raise mistake("poll must have at least 1 option")
    if len(options) > MOST_OPTIONS:
        raise mistake(f"poll can't have more than {MOST_OPTIONS} options")
    return [_option(position, one) for position, one in enumerate(options)]


def _option(position: int, given: JSON) -> JSON:
    text = _text("text", given, "poll options", MOST_OPTION)
    return {"persistent_id": str(position), **text, "voter_count": 0}


def _quiz(given: JSON) -> JSON:
    correct = given.get("correct_option_ids") or []
    if not correct or not all(0 <= one < len(given["options"]) for one in correct):
        raise mistake("wrong correct option ID specified")
    if not given.get("explanation"):
        return {"correct_option_ids": correct}
    return {
        "correct_option_ids": correct,
        **_text("explanation", given, "poll explanation", MOST_EXPLANATION),
    }


def _limit_time(world: World, ballot: Ballot) -> None:
    poll = ballot.poll
    if "open_period" in poll:
        poll["close_date"] = world.clock.date() + poll["open_period"]
    if "close_date" in poll:
        seconds = max(0.0, poll["close_date"] - world.clock.now()) + 0.01
        asyncio.get_running_loop().call_later(seconds, close_due, world)


def close_due(world: World) -> None:
    """Close what is over by now; asked in time, and whenever the clock is moved."""
    now = world.clock.now()
    for ballot in list(world.polls.values()):
        if not ballot.poll["is_closed"] and ballot.poll.get("close_date", now + 1) <= now:
            close(world, ballot)


def close(world: World, ballot: Ballot) -> None:
    if ballot.poll["is_closed"]:
        raise refusal("poll has already been closed")
    ballot.poll["is_closed"] = True
    _tell(world, ballot)


def vote(world: World, ballot: Ballot, person: Person, chosen: Sequence[int]) -> None:
    """None chosen takes the vote back; the bot hears of votes in its own polls."""
    poll, before = ballot.poll, ballot.votes.get(person.id, [])
    chosen = sorted(set(chosen))
    if poll["is_closed"]:
        raise refusal("the poll is closed")
    if not all(0 <= one < len(poll["options"]) for one in chosen):
        raise refusal("the poll has no such option")
    if len(chosen) > 1 and not poll["allows_multiple_answers"]:
        raise refusal("the poll allows one answer only")
    if chosen == before:
        return
    if before and not poll["allows_revoting"]:
        raise refusal("votes in this poll cannot be changed")
    ballot.votes[person.id] = chosen
    _count(ballot)
    if ballot.by_bot and not poll["is_anonymous"]:
        names = [poll["options"][one]["persistent_id"] for one in chosen]
        answer = {"poll_id": poll["id"], "user": person.user, "option_ids": chosen}
        world.updates.add("poll_answer", {**answer, "option_persistent_ids": names}, person.id)
    _tell(world, ballot)


def _count(ballot: Ballot) -> None:
    for position, option in enumerate(ballot.poll["options"]):
        option["voter_count"] = sum(position in chosen for chosen in ballot.votes.values())
    ballot.poll["total_voter_count"] = sum(bool(chosen) for chosen in ballot.votes.values())


def _tell(world: World, ballot: Ballot) -> None:
    if ballot.by_bot:
        now = {**ballot.poll, "options": [dict(option) for option in ballot.poll["options"]]}
        world.updates.add("poll", now, int(world.bot["id"]))
    for chat in world.chats.values():
        if any(post.data.get("poll") is ballot.poll for post in chat.posts.values()):
            world.changed(chat)
