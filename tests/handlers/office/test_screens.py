"""The desk of the office and inquiries, drawn from texts that try to break them."""

from domain.events.event import EventState
from domain.ideas.ideas import Topic
from domain.office.digest import Digest, EventCount
from handlers.office.desk import Desk
from handlers.office.screens import desk, inquiries, search
from storage.engine.alarms import Outage, Trouble
from storage.office.digest import LISTED, SHORT
from storage.office.search import Found
from storage.office.talk_hours import OfficeCard
from tests.support.screens import Draw, Sweep
from tests.support.world import LARGEST, LATE, NOW, World


def digest(w: World) -> Digest:
    requests = tuple((LARGEST, w.fill(160), NOW) for _ in range(LISTED))
    count = EventCount(LARGEST, w.fill(120), LATE, 9999, 9999, 9999, 9999, 9999)
    return Digest(
        since=NOW,
        until=LATE,
        new_requests=tuple((number, name) for number, name, _ in requests),
        waiting_requests=requests,
        overdue_requests=tuple((number, name, LATE.date()) for number, name, _ in requests),
        changes=9999,
        talks=((LATE, w.fill(160)),) * LISTED,
        silent=((w.fill(160), ", ".join(["+492151123456"] * 3)),) * LISTED,
        events=(count,) * LISTED,
        ended=((LARGEST, w.fill(120)),) * LISTED,
        ideas=((Topic.PROJECT, w.fill(SHORT)),) * LISTED,
        questions=9999,
        idea_count=9999,
        ideas_to_look_at=9999,
        ideas_unanswered=9999,
        reports_late=9999,
        reports_to_read=9999,
        ideas_rising=((w.fill(SHORT), 9999),) * 3,
        unreachable=((w.fill(128), w.fill(160)),) * LISTED,
        parked_updates=9999,
        failed_notices=9999,
    )


SCREENS: dict[str, Draw] = {
    "render_office": lambda w: [desk.render_office(Desk(n, n, n, n), w.t) for n in (0, 1, 9999)],
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
        desk.render_digest(digest, w.t)
        for digest in (
            digest(w),
            Digest(NOW, LATE, (), (), (), 0, (), 0, (), (), (), 0, 0, 0, (), 0, 0, (), (), 0, 0),
        )
    ],
    "render_replied": lambda w: [inquiries.render_replied(w.thread(is_office=False), w.t)],
    "render_asked": lambda w: [inquiries.render_asked(w.thread(is_office=False), w.t)],
    "render_overtaken": lambda w: [
        inquiries.render_overtaken(w.thread(is_office=True), w.fill(2000), w.t),
    ],
    "render_answer": lambda w: [inquiries.render_answer(w.thread(is_office=True), w.t)],
    "render_thread": lambda w: [inquiries.render_thread(w.thread(is_office=it), w.t) for it in (True, False)],
    "render_waiting": lambda w: [
        inquiries.render_waiting(some, 1, w.t) for some in ([], [w.thread(is_office=False)] * 30)
    ],
}


class TestScreens(Sweep):
    package, screens = "handlers.office.screens", SCREENS
