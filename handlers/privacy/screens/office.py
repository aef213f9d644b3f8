"""Data protection for the office, in words: what is open, requests by letter, periods, the log of access."""

from collections.abc import Mapping, Sequence
from datetime import date

from domain.basics.deeds import WORDS
from domain.privacy.requests import WISHES
from handlers.chat.buttons import Go, StartForm
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    are_you_sure,
    bullets,
    counted,
    lines,
    list_pages,
    paragraphs,
    shorten,
)
from handlers.chat.texts import Texts
from handlers.privacy.buttons import EnterRequest, OnRequest, OnReview, RequestAct, ReviewAct
from storage.engine.tables import AccessEntry, Person
from storage.privacy.periods import CHANGEABLE
from storage.privacy.register import PERIODS
from storage.privacy.requests import Asked
from storage.privacy.retention import Standing
from storage.privacy.reviews import Reviewed

NAMED, SHOWN, LONGEST = 60, 12, 2500


def _back(t: Texts) -> tuple[Button, ...]:
    return (Button(t.label("Data protection"), Go("privacy-office")),)


def render_standing(standing: Standing, requests: Sequence[Asked], today: date, t: Texts) -> Screen:
    late = sum(one.request.due_on < today for one in requests)
    return Screen(
        paragraphs(
            t("<b>Data protection</b>"),
            lines(
                t.plural(
                    "One request about data is open.", "{n} requests about data are open.", len(requests)
                )
                if requests
                else t("No request about data is open."),
                t.plural("❗ One is overdue.", "❗ {n} are overdue.", late) if late else "",
                t.plural("One text to look through.", "{n} texts to look through.", standing.reviews)
                if standing.reviews
                else "",
                t.plural(
                    "❗ One erasure is not finished.",
                    "❗ {n} erasures are not finished.",
                    standing.not_cleaned,
                )
                if standing.not_cleaned
                else "",
                t.plural(
                    "One person was asked whether to stay.",
                    "{n} people were asked whether to stay.",
                    standing.asked_to_stay,
                )
                if standing.asked_to_stay
                else "",
                t.plural("One erasure so far.", "{n} erasures so far.", standing.erased)
                if standing.erased
                else "",
            ),
            bullets(
                t("❗ Kept too long: {what}, {n}", what=t.label(one.what), n=one.rows)
                for one in standing.overdue[:SHOWN]
            ),
        ),
        _standing_buttons(standing, requests, t),
    )


def _standing_buttons(standing: Standing, requests: Sequence[Asked], t: Texts) -> tuple[Row, ...]:
    return (
        (Button(t.label("A request by letter"), StartForm("letter", 0), style="primary"),),
        (Button(counted(t.label("Open requests"), len(requests)), Go("privacy-requests")),),
        (Button(counted(t.label("Texts to look through"), standing.reviews), Go("privacy-reviews")),),
        (
            Button(t.label("Periods"), Go("privacy-days")),
            Button(t.label("Log of access"), Go("privacy-log")),
        ),
        (Button(t.label("Office"), Go("office")),),
    )


def render_found(found: Sequence[tuple[Person, str]], t: Texts) -> Screen:
    """Each with the wishes that the law knows."""
    if not found:
        return Screen(
            t("Nobody is stored under this name, address or number. That is the answer to the request."),
            (_back(t),),
        )
    rows = []
    for person, organisation in found[:4]:
        name = shorten(", ".join(filter(None, (person.name, organisation))), NAMED)
        for number, words in enumerate(WISHES.values()):
            label = t.label("{wish}: {name}", wish=t.label(words), name=name)
            rows.append((Button(label, EnterRequest(person.id, number)),))
    return Screen(t("Whose data, and what do they ask for? It is due a month from today."), (*rows, _back(t)))


def render_requests(found: Sequence[Asked], t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("<b>Open requests about data</b>"),
            bullets(_request(one, t) for one in found[:SHOWN]) or t("Nothing is waiting."),
        ),
        (
            *(
                (Button(shorten(one.name, NAMED), OnRequest(RequestAct.SHOW, one.request.id)),)
                for one in found[:SHOWN]
            ),
            _back(t),
        ),
    )


def _request(one: Asked, t: Texts) -> str:
    wish, due = t.label(WISHES[one.request.wish]), t.date(one.request.due_on)
    return t.label("{name}: {wish}, due {day}", name=shorten(one.name, NAMED), wish=wish, day=due)


def render_request(one: Asked, t: Texts) -> Screen:
    number = one.request.id
    return Screen(
        paragraphs(
            t("<b>{name}</b>", name=one.name),
            lines(
                one.organisation,
                t("Asks for: {wish}", wish=t.label(WISHES[one.request.wish])),
                t("Came in: {day}", day=t.date(one.request.came_on)),
                t("Due: {day}", day=t.date(one.request.due_on)),
            ),
            t("Please make sure that the letter is from this person before anything leaves the house."),
        ),
        (
            (Button(t.label("Hand out everything"), OnRequest(RequestAct.EXPORT, number)),),
            (Button(t.label("Erase …"), OnRequest(RequestAct.ASK_ERASE, number), style="danger"),),
            (Button(t.label("It is answered"), OnRequest(RequestAct.DONE, number), style="success"),),
            (Button(t.label("Open requests"), Go("privacy-requests")),),
        ),
    )


def render_ask_erase(one: Asked, t: Texts) -> Screen:
    return are_you_sure(
        t("Erase everything of <b>{name}</b>? It cannot be undone.", name=one.name),
        Button(
            t.label("Yes, erase everything now"),
            OnRequest(RequestAct.ERASE, one.request.id),
            style="danger",
        ),
        Button(t.label("No, back"), OnRequest(RequestAct.SHOW, one.request.id)),
    )


def render_erased_for(t: Texts) -> Screen:
    return Screen(t("Everything of this person is erased, and the request is answered."), (_back(t),))


def render_review(found: Reviewed | None, left: int, t: Texts) -> Screen:
    if found is None:
        return Screen(t("There is nothing to look through."), (_back(t),))
    review = found.review
    return Screen(
        paragraphs(
            t("<b>May name somebody who was erased</b> ({n} left)", n=left),
            t(
                "{what}, until {day}; after that it is emptied:",
                what=t.label(found.what),
                day=t.day(review.due_at),
            ),
            t("“{text}”", text=shorten(found.text, LONGEST)),
        ),
        (
            (Button(t.label("Nothing about the person"), OnReview(ReviewAct.KEEP, review.id)),),
            (Button(t.label("Write it without the person"), StartForm("blacken", review.id)),),
            (Button(t.label("Empty it"), OnReview(ReviewAct.EMPTY, review.id), style="danger"),),
            _back(t),
        ),
    )


def render_days(days: Mapping[str, int], t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("<b>How long we keep what</b>"),
            bullets(
                t.plural("{what}: one day", "{what}: {n} days", days[name], what=t.label(PERIODS[name].words))
                for name in CHANGEABLE
            ),
            t("Tap one to change it. There is a shortest and a longest time for each."),
        ),
        (
            *(
                (Button(shorten(t.label(PERIODS[name].words), NAMED), StartForm("period", number)),)
                for number, name in enumerate(CHANGEABLE, 1)
            ),
            _back(t),
        ),
    )


def render_log(entries: Sequence[tuple[AccessEntry, str]], page: int, *, more: bool, t: Texts) -> Screen:
    """Who did what, without contents."""
    return Screen(
        paragraphs(
            t("<b>Log of access</b>"),
            bullets(
                t(
                    "{moment}: {name} {what}{number}",
                    moment=t.moment(one.done_at),
                    name=shorten(name, NAMED),
                    what=t.label(WORDS[one.deed]),
                    number=f" ({one.subject_id})" if one.subject_id else "",
                )
                for one, name in entries
            )
            or t("Nothing so far."),
        ),
        (*list_pages(page, page + 1 + more, "privacy-log", t), _back(t)),
    )


def render_last_contact(organisation: str, t: Texts) -> Screen:
    return Screen(
        t(
            "<b>{organisation}</b> has no contact here any more: the last one has erased their data. "
            "Somebody new is needed.",
            organisation=organisation,
        ),
        ((Button(t.label("Office"), Go("office")),),),
    )


def render_to_review(left: int, t: Texts) -> Screen:
    return Screen(
        t.plural(
            "Somebody was erased. One text may name them: please look at it within a week, then it is "
            "emptied.",
            "Somebody was erased. {n} texts may name them: please look at them within a week, then they are "
            "emptied.",
            left,
        ),
        ((Button(t.label("Look through"), Go("privacy-reviews"), style="primary"),),),
    )


def render_request_due(one: Asked, t: Texts) -> Screen:
    return Screen(
        t(
            "A request about personal data is due on {day} and not answered yet.",
            day=t.date(one.request.due_on),
        ),
        ((Button(t.label("Open it"), OnRequest(RequestAct.SHOW, one.request.id), style="primary"),),),
    )
