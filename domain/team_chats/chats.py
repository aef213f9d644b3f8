"""The office's group and the partners' group: what the bot needs there, and what becomes of who asks in."""

from collections.abc import Mapping
from enum import StrEnum

TAG_LENGTH = 16  # of a member's tag, in Telegram's characters
GATHERS_FROM = 3  # organisations that support an idea, before the partners' group sees it
LARGEST_OF_TAGS = 0xFFFF  # Telegram takes no emoji there


class Purpose(StrEnum):
    OFFICE = "office"
    PARTNERS = "partners"


class Lack(StrEnum):
    """What the bot misses in a group."""

    ADMIN = "admin"
    INVITE = "invite"
    REMOVE = "remove"
    TAG = "tag"
    TOPICS = "topics"


RIGHTS = {
    Lack.INVITE: "can_invite_users",
    Lack.REMOVE: "can_restrict_members",
    Lack.TAG: "can_manage_tags",
    Lack.TOPICS: "can_manage_topics",
}
OF_PARTNERS = (Lack.INVITE, Lack.REMOVE, Lack.TAG)


class WishState(StrEnum):
    """Of a wish to be let into the partners' group."""

    ASKED = "asked"
    ADMITTED = "admitted"
    REFUSED = "refused"


class MemberState(StrEnum):
    INSIDE = "inside"
    LEFT_PACT = "left_pact"  # acts for no partner any more; the office is asked
    TO_REMOVE = "to_remove"
    MAY_STAY = "may_stay"


def lacking(purpose: Purpose, bot: Mapping[str, object], *, has_topics: bool) -> list[Lack]:
    """`bot` is what Telegram says of it as a member; an administrator is given all rights at once."""
    needs = OF_PARTNERS if purpose is Purpose.PARTNERS else (Lack.TOPICS,) if has_topics else ()
    if needs and bot.get("status") != "administrator":
        return [Lack.ADMIN, *needs]
    return [lack for lack in needs if not bot.get(RIGHTS[lack])]


def tag_of(organisation: str) -> str:
    """What fits beside a member's name."""
    plain = "".join(letter for letter in organisation if letter.isalnum() or letter in " &.-+/")
    plain = " ".join("".join(letter for letter in plain if ord(letter) <= LARGEST_OF_TAGS).split())
    return plain if len(plain) <= TAG_LENGTH else plain[: TAG_LENGTH - 1].rstrip() + "…"
