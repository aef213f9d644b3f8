"""How somebody wants their digest: at which hour, on which days, with what."""

from datetime import datetime, time

from domain.basics.pact import Pact
from domain.office.digest import PARTS, Part, Wish
from handlers.chat.buttons import Go
from handlers.chat.screens.screen import Button, Row, Screen, paragraphs
from handlers.chat.texts import Texts
from handlers.office.buttons import DigestWish, WishDigest

TIMES = tuple(time(*divmod(minutes, 60)) for minutes in (390, 420, 450, 480, 510, 540, 600, 720, 960))


def render_digest_wish(wish: Wish, next_at: datetime | None, pact: Pact, t: Texts) -> Screen:
    """When somebody gets their digest and what is in it; a tap changes it."""
    return Screen(
        paragraphs(
            t("<b>My digest</b>"),
            t("The next one comes on {moment}.", moment=t.moment(next_at))
            if next_at
            else t("No day is chosen, so none comes."),
            t("Never on public holidays. Each covers the time since the one before. Tap to change:"),
        ),
        _digest_wish_buttons(wish, pact, t),
    )


def _digest_wish_buttons(wish: Wish, pact: Pact, t: Texts) -> tuple[Row, ...]:
    weekdays, chosen = t.weekdays(), wish.at or pact.digest_time
    days = frozenset(range(5)) if wish.days is None else wish.days
    times = tuple(
        Button(
            _chosen(f"{one:%H:%M}", is_on=one == chosen),
            WishDigest(DigestWish.AT, one.hour * 60 + one.minute),
        )
        for one in TIMES
    )
    parts = tuple(
        Button(_chosen(t.label(label), is_on=wish.wants(part)), WishDigest(DigestWish.PART, number))
        for number, (part, label) in enumerate(PARTS.items())
    )
    return (
        *(times[at : at + 3] for at in range(0, len(times), 3)),
        tuple(
            Button(_chosen(name, is_on=number in days), WishDigest(DigestWish.DAY, number))
            for number, name in enumerate(weekdays[:4])
        ),
        tuple(
            Button(_chosen(name, is_on=number in days), WishDigest(DigestWish.DAY, number))
            for number, name in enumerate(weekdays[4:], 4)
        ),
        *(parts[at : at + 2] for at in range(0, len(parts), 2)),
        (Button(t.label("The digest, now"), Go("digest")), Button(t.label("Office"), Go("office"))),
    )


def _chosen(label: str, *, is_on: bool) -> str:
    return f"✓ {label}" if is_on else label


def toggled(wish: Wish, what: DigestWish, value: int) -> Wish:
    """After a tap; a time or day that there is not changes nothing."""
    match what:
        case DigestWish.AT if 0 <= value < 24 * 60:
            return Wish(time(*divmod(value, 60)), wish.days, wish.without)
        case DigestWish.DAY if 0 <= value < 7:
            days = frozenset(range(5)) if wish.days is None else wish.days
            return Wish(wish.at, days ^ {value}, wish.without)
        case DigestWish.PART if 0 <= value < len(Part):
            return Wish(wish.at, wish.days, wish.without ^ {[*Part][value].value})
    return wish
