"""What the office enters for others, in words: whom for, their answer, guests."""

from dataclasses import replace

from markupsafe import Markup

from domain.basics.refusals import Refusal
from domain.events.event import LARGEST_PARTY, OUT, Ask, EventState, Status
from domain.events.refusals import NotEnoughSeats, TooManyForOrganisation
from handlers.chat.buttons import Payload, StartForm
from handlers.chat.screens.screen import Button, Row, Screen, are_you_sure, lines, paragraphs, shorten
from handlers.chat.texts import Texts
from handlers.events.buttons import EnterAnswer, EnterGuestOf, EnterNames, Reply, ShowDoor, ShowGuests, WalkIn
from handlers.events.screens.cards import reply_rows
from handlers.events.screens.event_text import ASKS, PARTIES, SHOWN_NOTE, WORDS, ask_in_bold
from handlers.partners.buttons import ShowOrganisation
from storage.engine.following import Shows
from storage.engine.tables import Person
from storage.events.answers_by_office import Entry, Found, Named
from storage.partners.tables import Organisation

NUMBERS_IN_A_ROW = 5


def _nobody_known(event_id: int, one: Organisation, t: Texts) -> Button:
    label = t.label("{organisation}: nobody known yet", organisation=shorten(one.name, 24))
    return Button(label, EnterGuestOf(event_id, one.id))


def render_people(event_id: int, found: Found, t: Texts) -> Screen:
    """Whom a search has found; of an organisation without contacts somebody can be entered."""
    silent = tuple((_nobody_known(event_id, one, t),) for one in found.silent)
    text = t("For whom?") if found.people or silent else t("Nobody in the register is called that.")
    return Screen(
        lines(text, and_more(found.more, t)),
        (
            *(_person(one, EnterAnswer(event_id, one[0].id, EnterAnswer.SHOW, 0)) for one in found.people),
            *silent,
            (Button(t.label("Search again"), StartForm("enter", event_id)),),
            (Button(t.label("Enter a guest"), StartForm("guest", event_id)),),
            (Button(t.label("Guests"), ShowGuests(event_id)),),
        ),
    )


def and_more(more: int, t: Texts) -> Markup | str:
    return t("And {n} more: please search more closely.", n=more) if more else ""


def _person(named: Named, payload: Payload) -> Row:
    person, organisation = named
    return (Button(", ".join(filter(None, (shorten(person.name, 24), shorten(organisation, 22)))), payload),)


def render_alike(event_id: int, found: list[Named], guest: Person, t: Texts, *, has_come: bool) -> Screen:
    """Before a guest is entered twice, or beside a contact of that name."""

    def meant(person: Person) -> Payload:
        number = person.id
        return WalkIn(event_id, number) if has_come else EnterAnswer(event_id, number, EnterAnswer.SHOW, 0)

    new = Button(t.label("Somebody else: {name}", name=shorten(guest.name, 30)), meant(guest))
    back = ShowDoor(event_id, 0, 0) if has_come else ShowGuests(event_id)
    return Screen(
        t("Is it one of these?"),
        (
            *(_person(one, meant(one[0])) for one in found),
            (new,),
            (Button(t.label("Back"), back),),
        ),
    )


def render_entry(
    entry: Entry, t: Texts, asking: Ask | None = None, refused: Refusal | None = None, wish: int = 0
) -> Screen:
    """One person's answer, as the office enters it; `refused` is why a `wish` needs a second word."""
    card, event_id, person_id = entry.card, entry.card.event.id, entry.person.id
    shows = Shows("entry", event_id, person_id)
    if card.event.state is EventState.CANCELLED:
        back = (Button(t.label("Guests"), ShowGuests(event_id)),)
        return Screen(t("❌ <b>Cancelled: {title}</b>", title=card.event.title), (back,), shows=shows)
    rows: list[Row] = []
    if refused:
        label = t.label("Take in all the same, {n} in all", n=wish)
        rows.append((Button(label, EnterAnswer(event_id, person_id, wish, 1, entry.seen), style="danger"),))
    rows.extend(_entry_rows(entry, asking, t))
    return Screen(
        paragraphs(
            t("<b>{title}</b>", title=card.event.title),
            _why_not(refused, t) if refused else "",
            lines(_status(entry, t), _said_by(entry, t)),
            t("With them: {names}", names=shorten(", ".join(card.names), SHOWN_NOTE)) if card.names else "",
            ask_in_bold(ASKS[asking], t) if asking else t("How many people come?"),
        ),
        tuple(rows),
        shows=shows,
    )


def _entry_rows(entry: Entry, asking: Ask | None, t: Texts) -> list[Row]:
    card, event_id, person_id = entry.card, entry.card.event.id, entry.person.id
    rows: list[Row] = []
    if card.can_be_undone:
        undo = EnterAnswer(event_id, person_id, EnterAnswer.UNDO, 0, entry.seen)
        rows.append((Button(t.label("↩ Undo"), undo, style="primary"),))
    rows.extend(reply_rows(event_id, person_id, asking, t) if asking else ())
    rows.extend(_in_line(entry, t))
    rows.append(_sizes(entry, t))
    if card.status not in OUT:
        rows.append((Button(t.label("Is not coming"), EnterAnswer(event_id, person_id, 0, 0, entry.seen)),))
    if card.party > 1:
        rows.append((Button(t.label("Names of colleagues"), EnterNames(event_id, person_id)),))
    for ask in Ask:
        if ask in card.replies and ask in card.event.questions and ask is not asking:
            label = f"{t.label(ASKS[ask])}: {t.label(WORDS[card.replies[ask]])}"
            rows.append((Button(label, Reply(event_id, person_id, ask, -1)),))
    if entry.person.organisation_id:
        partner = ShowOrganisation(entry.person.organisation_id)
        rows.append((Button(t.label("The partner"), partner, beside=True),))
    rows.append((Button(t.label("Guests"), ShowGuests(event_id)),))
    return rows


def render_changed_meanwhile(screen: Screen, t: Texts) -> Screen:
    """Above somebody's answer that is another one than the office has just looked at."""
    told = t("⚠️ <b>This has changed meanwhile. Yours is not entered yet.</b> Please look, then tap again.")
    return replace(screen.under(told), toast=t.label("This has changed meanwhile. Please look first."))


def _in_line(entry: Entry, t: Texts) -> list[Row]:
    card, event_id, person_id = entry.card, entry.card.event.id, entry.person.id
    if card.status is Status.OFFERED:
        label = t.label("Accept the offer for them")
        return [
            (Button(label, EnterAnswer(event_id, person_id, card.offered, 0, entry.seen), style="success"),)
        ]
    if card.status is Status.WAITING:
        label = t.label("Take in beyond the capacity")
        return [(Button(label, EnterAnswer(event_id, person_id, card.party, 1, entry.seen), style="danger"),)]
    return []


def _sizes(entry: Entry, t: Texts) -> Row:
    event_id, person_id, party = entry.card.event.id, entry.person.id, entry.card.party
    return (
        *(
            Button(
                f"✓ {size}" if size == party else f"{size}",
                EnterAnswer(event_id, person_id, size, 0, entry.seen),
            )
            for size in sorted({*range(1, PARTIES + 1), *((party,) if party else ())})
        ),
        Button(t.label("More…"), EnterAnswer(event_id, person_id, EnterAnswer.MORE, 0)),
    )


def render_numbers(entry: Entry, t: Texts) -> Screen:
    """As many as one answer can be for."""
    event_id, person_id = entry.card.event.id, entry.person.id
    numbers = [
        Button(f"{size}", EnterAnswer(event_id, person_id, size, 0, entry.seen))
        for size in range(1, LARGEST_PARTY + 1)
    ]
    rows = [tuple(numbers[at : at + NUMBERS_IN_A_ROW]) for at in range(0, len(numbers), NUMBERS_IN_A_ROW)]
    back = (Button(t.label("Back"), EnterAnswer(event_id, person_id, EnterAnswer.SHOW, 0)),)
    return Screen(t("{name}: how many people come?", name=entry.person.name), (*rows, back))


def render_own_answer(entry: Entry, t: Texts) -> Screen:
    """Before the office takes back what somebody has said themselves."""
    event_id, person_id = entry.card.event.id, entry.person.id
    return are_you_sure(
        paragraphs(
            lines(_status(entry, t), _said_by(entry, t)), t("Change this to a no? They will be told.")
        ),
        Button(
            t.label("Yes, does not come"),
            EnterAnswer(event_id, person_id, 0, 1, entry.seen),
            style="danger",
        ),
        Button(t.label("Back"), EnterAnswer(event_id, person_id, EnterAnswer.SHOW, 0)),
    )


def _why_not(refusal: Refusal, t: Texts) -> Markup:
    match refusal:
        case TooManyForOrganisation(seats, allowed):
            return t(
                "⚠️ Seats of the organisation at this event: {seats}. Left for this answer: {allowed}.",
                seats=seats,
                allowed=allowed,
            )
        case NotEnoughSeats(free):
            return t("⚠️ Not enough seats. Still free: {free}.", free=free)
    raise refusal


def _status(entry: Entry, t: Texts) -> Markup:
    card, name = entry.card, entry.person.name
    match card.status:
        case Status.YES:
            return t.plural(
                "✅ <b>{name} is coming.</b>",
                "✅ <b>{name} is coming with {n} people in all.</b>",
                card.party,
                name=name,
            )
        case Status.WAITING:
            return t.plural(
                "⏳ <b>{name} is waiting, place {position}.</b> There is no seat yet.",
                "⏳ <b>{name} is waiting with {n} people in all, place {position}.</b> "
                "There are no seats yet.",
                card.party,
                name=name,
                position=card.position,
            )
        case Status.OFFERED:
            return t.plural(
                "🎉 <b>A seat is held for {name} until {until}.</b>",
                "🎉 <b>{n} seats are held for {name} until {until}.</b>",
                card.offered,
                name=name,
                until=t.until(card.offered_until or card.event.starts_at),
            )
        case Status.LAPSED:
            return t("<b>{name} is not on the list:</b> the offer was over and went on.", name=name)
        case Status.NO:
            return t("<b>{name} is not coming.</b>", name=name)
    return t("<b>{name}</b> has not answered yet.", name=name)


def _said_by(entry: Entry, t: Texts) -> Markup | str:
    if not entry.changed_at or entry.card.status is Status.LAPSED:
        return ""
    if entry.by:
        return t("<i>Entered by {name}, {moment}</i>", name=entry.by, moment=t.moment(entry.changed_at))
    return t("<i>Their own answer, {moment}</i>", moment=t.moment(entry.changed_at))
