"""The desk of the office and inquiries, drawn from texts that try to break them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.basics.access import OfficeRole
from domain.basics.pact import Pact
from domain.events.event import EventState, Status
from domain.events.reaching import Occasion
from domain.ideas.ideas import Topic
from domain.joining.talks import Way
from domain.office.digest import (
    Digest,
    EventCount,
    GroupTrouble,
    Item,
    News,
    Part,
    Pile,
    Thing,
    Unreached,
    Wish,
)
from domain.team_chats.chats import Lack, Purpose
from handlers.chat.buttons import TurnList
from handlers.chat.texts import Texts
from handlers.events.buttons import Listed
from handlers.office.desk import Desk
from handlers.office.screens import calendar, desk, digest_wish, inquiries, news, reaching, search, staff
from handlers.office.screens import digest as digest_screens
from handlers.office.screens.digest import age
from storage.agenda import Timed
from storage.engine.alarms import Outage, Trouble
from storage.joining.tables import Talk
from storage.office.calendar import Date
from storage.office.digest import LISTED, SHORT
from storage.office.reaching import Subject, ToReach
from storage.office.search import Found
from storage.office.staff import Change, Colleague
from storage.office.talk_hours import OfficeCard
from tests.handlers.events.screens import reached
from tests.handlers.mailings.test_screens import a_mailing
from tests.handlers.programme.test_screens import release
from tests.support.screens import Draw, Sweep, german
from tests.support.world import LARGEST, LATE, NOW, World


def digest(w: World) -> Digest:
    thing = Thing(LARGEST, w.fill(160), NOW.date(), is_new=True)
    pile = Pile((thing,) * LISTED, 9999)
    about = Pile((replace(thing, about=w.fill(160)),) * LISTED, 9999)
    called = Pile((replace(thing, about=w.fill(128), phone=", ".join(["+492151123456"] * 3)),) * LISTED, 9999)
    count = EventCount(LARGEST, w.fill(120), LATE, 9999, 9999, 9999, 9999, 9999, 9999, 9999, 9999, 9999)
    piles = ("overdue", "waiting", "stalled", "new_requests", "changes")
    return Digest(
        since=NOW,
        until=LATE,
        number=LARGEST,
        news=dict.fromkeys(News, 9999),
        open_cases=9999,
        **dict.fromkeys(piles, pile),
        **dict.fromkeys(("questions", "next_steps", "callbacks"), about),
        unreached=(
            *(Unreached(Occasion.MAILING, LARGEST, w.fill(SHORT), 9999),) * LISTED,
            Unreached(Occasion.PROGRAMME, LARGEST, "2027", 9999),
        ),
        talks=((LATE, w.fill(160), LARGEST),) * LISTED,
        silent=called,
        unreachable=called,
        events=(count,) * LISTED,
        ended=((LARGEST, w.fill(120)),) * LISTED,
        ideas=((Topic.PROJECT, w.fill(SHORT)),) * LISTED,
        idea_count=9999,
        ideas_to_look_at=9999,
        ideas_unanswered=9999,
        reports_late=9999,
        reports_to_read=9999,
        reports_to_extend=9999,
        letters=9999,
        letter_due=NOW.date(),
        ideas_rising=((w.fill(SHORT), 9999),) * 3,
        parked_updates=9999,
        failed_notices=9999,
        groups=tuple(
            GroupTrouble(purpose, w.fill(128), tuple(Lack), is_gone=is_gone)
            for purpose, is_gone in zip(Purpose, (True, False), strict=True)
        ),
    )


def items(w: World) -> list[Item]:
    more = {News.CONFIRM: "colleague"}
    return [
        Item(kind, LARGEST, w.fill(160), NOW, more.get(kind, w.fill(120)), Status.LAPSED)
        for kind in (*News, *News)
    ]


def dates(w: World) -> list[Date]:
    talk = Talk(id=LARGEST, request_id=1, way=Way.ON_SITE, starts_at=NOW, ends_at=LATE, changed_at=NOW)
    draft = w.event(state=EventState.DRAFT)
    return [
        Date(NOW, LATE, talk, w.request()),
        Date(NOW, LATE, event=w.event()),
        Date(NOW, LATE, event=draft),
    ] * 5


def colleague(w: World) -> Colleague:
    return Colleague(w.person(), 9999, is_deputy=True)


def changes(w: World) -> list[Change]:
    name = w.fill(128)
    return [
        Change(w.person(), name, has_left, heir, n) for has_left, heir, n in ((False, "", 0), (True, name, 1))
    ] + [Change(w.person(), "", has_left=True, heir="", cases=99)]


def subjects(w: World) -> list[tuple[Listed, Subject]]:
    return [
        (Listed.EVENT, w.event()),
        (Listed.EVENT, w.event(state=EventState.DRAFT)),
        (Listed.SILENT, w.event()),
        (Listed.MAILING, a_mailing(w)),
        (Listed.PROGRAMME, release()),
    ]


SCREENS: dict[str, Draw] = {
    "render_office": lambda w: [
        desk.render_office(Desk(n, n, n, n, n, n, n, (w.event(),) * (n > 1)), w.t) for n in (0, 1, 9999)
    ],
    "render_more": lambda w: [desk.render_more(w.t)],
    "render_hours": lambda w: [
        desk.render_hours(OfficeCard(w.hours, deputy, (w.person(),) * 20), w.t)
        for deputy in (None, w.person())
    ],
    "render_found": lambda w: [
        search.render_found(found, w.fill(80), w.t)
        for found in (
            Found([], [], []),
            Found(
                [w.request()] * 10,
                [w.organisation()] * 10,
                [w.event(), w.event(state=EventState.CANCELLED)] * 4,
            ),
        )
    ],
    "render_outage": lambda w: [desk.render_outage(Outage(NOW, LATE), w.t)],
    "render_alarm": lambda w: [
        desk.render_alarm(Trouble(parked, late), w.t) for parked, late in ((1, 0), (0, 1), (999, 9999))
    ],
    "render_digest": lambda w: [
        digest_screens.render_digest(digest, w.t) for digest in (digest(w), Digest(NOW, LATE))
    ],
    "render_news": lambda w: [news.render_news(found, 1, 3, LARGEST, w.t) for found in ([], items(w))],
    "render_digest_wish": lambda w: [
        digest_wish.render_digest_wish(wish, next_at, w.pact, w.t)
        for wish, next_at in ((Wish(), NOW), (Wish(days=frozenset(), without=frozenset(Part)), None))
    ],
    "render_chart_words": lambda w: [digest_screens.render_chart_words(8, NOW, w.t)],
    "render_calendar_of_office": lambda w: [
        calendar.render_calendar_of_office(found, 1, w.t) for found in ([], dates(w))
    ],
    "render_calendar_file": lambda w: [calendar.render_calendar_file(n, w.t) for n in (1, 99)],
    "render_staff": lambda w: [staff.render_staff([colleague(w)] * 30, w.t)],
    "render_staff_link": lambda w: [
        staff.render_staff_link("krefeld_bot", "s-" + "x" * 16, OfficeRole.READER, w.t)
    ],
    "render_as_what": lambda w: [staff.render_as_what(LARGEST, w.t)],
    "render_colleague_of_office": lambda w: [
        staff.render_colleague_of_office(colleague(w), others, w.t) for others in ([], [colleague(w)] * 3)
    ],
    "render_remove": lambda w: [staff.render_remove(colleague(w), colleague(w), w.t)],
    "render_found_staff": lambda w: [
        staff.render_found_staff(found, w.t) for found in ([], [w.person()] * 12)
    ],
    "render_staff_changed": lambda w: [
        staff.render_staff_changed(change, w.t, is_own=is_own)
        for change in changes(w)
        for is_own in (True, False)
    ],
    "render_timetable": lambda w: [
        staff.render_timetable([(what, at) for what in Timed for at in (NOW, None)], NOW, w.t)
    ],
    "render_replied": lambda w: [inquiries.render_replied(w.thread(is_office=False), w.t)],
    "render_to_reach": lambda w: [
        reaching.render_to_reach(ToReach(subject, some), which, 0, w.t)
        for which, subject in subjects(w)
        for some in ([], reached(w)[1:])
    ],
    "render_one": lambda w: [
        reaching.render_one(ToReach(subject, [one]), which, 99, w.t)
        for which, subject in subjects(w)
        for one in reached(w)
    ],
    "render_asked": lambda w: [inquiries.render_asked(w.thread(is_office=False), w.t)],
    "render_overtaken": lambda w: [
        inquiries.render_overtaken(w.thread(is_office=True), w.fill(2000), w.t),
    ],
    "render_answer": lambda w: [inquiries.render_answer(w.thread(is_office=True), w.t)],
    "render_thread": lambda w: [
        inquiries.render_thread(replace(w.thread(is_office=it), mailing=mailing), w.t)
        for it, mailing in ((True, None), (False, a_mailing(w)))
    ],
    "render_waiting": lambda w: [
        inquiries.render_waiting(some, 1, w.t) for some in ([], [w.thread(is_office=False)] * 30)
    ],
}


class TestScreens(Sweep):
    package, screens = "handlers.office.screens", SCREENS


def test_quiet_day_is_one_line() -> None:
    gone = Pile((Thing(1, "A GmbH", NOW.date()),), 1)
    for digest in (Digest(NOW, LATE), Digest(NOW, LATE, open_cases=3, silent=gone)):
        assert "\n" not in digest_screens.render_digest(digest, german().t).text


def test_question_names_the_mailing_that_it_answers() -> None:
    w = german()
    thread = replace(w.thread(is_office=False), mailing=a_mailing(w))
    assert "✉️ Antwort auf die Rundmail" in inquiries.render_thread(thread, w.t).text


def test_digest_opens_the_lists_of_those_who_have_not_got_what_was_sent() -> None:
    unreached = (Unreached(Occasion.MAILING, 7, "Neues", 3), Unreached(Occasion.PROGRAMME, 8, "2027", 2))
    asked = Pile((Thing(1, "Anna", NOW.date()),), 1)
    drawn = digest_screens.render_digest(Digest(NOW, LATE, questions=asked, unreached=unreached), german().t)
    assert "5 Anrufe offen" in drawn.text
    found = {button.label: button.payload for row in drawn.rows for button in row}
    assert found["Nicht erreicht: Neues (3)"] == TurnList("mailing_to_reach", 0, 7)
    assert found["Nicht erreicht: Programm 2027 (2)"] == TurnList("release_to_reach", 0, 8)


def test_digest_keeps_whole_whose_it_is_and_cuts_what_it_is_about() -> None:
    asked = "Unsere Ladesäule steht still, und das " + "seit Mai " * 9
    things = (
        Thing(1, "Thomas Lüttgen", NOW.date(), asked),
        Thing(2, "Seidenweberei Ostwald", NOW.date(), "Berufsschule anrufen"),
    )
    drawn = digest_screens.render_digest(Digest(NOW, LATE, questions=Pile(things, 2)), german().t)
    assert "Thomas Lüttgen: Unsere Ladesäule steht still, und das" in drawn.text
    assert "Seidenweberei Ostwald: Berufsschule anrufen, " in drawn.text


def test_digest_of_a_day_with_five_hundred_new_things_stays_one_short_message() -> None:
    text = digest_screens.render_digest(digest(german()), german().t).text
    assert "und 9997 weitere" in text
    assert text.index("Überfällig") < text.index("<b>Fragen</b>") < text.index("neue Ideen")


def test_age_is_counted_in_days_of_the_pact() -> None:
    t, past_midnight = Texts("en", Pact().timezone), datetime(2026, 11, 28, 23, 5, tzinfo=UTC)
    assert age(past_midnight, past_midnight + timedelta(minutes=1), t) == "since today"
    assert age(past_midnight - timedelta(minutes=10), past_midnight, t) == "for one day"
