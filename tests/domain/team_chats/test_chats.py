"""What the bot needs in a group, and what stands beside a member's name."""

import pytest

from domain.team_chats.chats import OF_PARTNERS, RIGHTS, Lack, Purpose, lacking, tag_of

MEMBER = {"status": "member"}
ADMIN = {"status": "administrator"}
WITH_ALL = {**ADMIN, **dict.fromkeys(RIGHTS.values(), True)}


@pytest.mark.parametrize(
    ("purpose", "bot", "has_topics", "lacks"),
    [
        (Purpose.PARTNERS, MEMBER, False, [Lack.ADMIN, *OF_PARTNERS]),
        (Purpose.PARTNERS, ADMIN, False, list(OF_PARTNERS)),
        (Purpose.PARTNERS, WITH_ALL | {"can_manage_tags": False}, True, [Lack.TAG]),
        (Purpose.PARTNERS, WITH_ALL, False, []),
        (Purpose.OFFICE, MEMBER, False, []),
        (Purpose.OFFICE, MEMBER, True, [Lack.ADMIN, Lack.TOPICS]),
        (Purpose.OFFICE, ADMIN, True, [Lack.TOPICS]),
        (Purpose.OFFICE, WITH_ALL, True, []),
    ],
)
def test_what_is_missing(
    purpose: Purpose, bot: dict[str, object], lacks: list[Lack], *, has_topics: bool
) -> None:
    assert lacking(purpose, bot, has_topics=has_topics) == lacks


@pytest.mark.parametrize(
    ("organisation", "tag"),
    [
        ("A GmbH", "A GmbH"),
        ("Sechzehn Zeichen", "Sechzehn Zeichen"),
        ("Wirtschaftsförderung Krefeld", "Wirtschaftsförd…"),
        ("🌱 Grün & Co. 🌱", "Grün & Co."),
        ("𝕬𝕭 GmbH", "GmbH"),
        ("🌱", ""),
    ],
)
def test_tag_is_the_organisation_as_far_as_telegram_takes_it(organisation: str, tag: str) -> None:
    assert tag_of(organisation) == tag
