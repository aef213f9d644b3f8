"""Everything about ideas, drawn from texts that try to break it."""

from dataclasses import replace
from datetime import date
from typing import Any

from domain.ideas.ideas import Pledge, State, Topic
from handlers.chat.buttons import Go
from handlers.chat.screens.screen import File, Screen
from handlers.ideas.screens import board, from_groups, groups, handing_in, idea, notices, office
from storage.ideas.board import PAGE, Line, Order, Page
from storage.ideas.comments import Remark
from storage.ideas.groups import Gathering, Said
from storage.ideas.merges import Merged
from storage.ideas.pledges import Pledged, Pledger
from storage.ideas.progress import Told
from storage.ideas.support import Voices
from storage.ideas.tables import Idea, IdeaComment, IdeaMerge, IdeaStep, ProjectGroup
from storage.ideas.views import Desk, Look
from tests.support.screens import Draw, Sweep, german
from tests.support.world import LARGEST, LATE, NOW, World

TOPICS = tuple(Topic)
FAR = date(2030, 12, 31)


def an_idea(w: World, **columns: Any) -> Idea:
    dates = {"created_at": NOW, "changed_at": NOW, "published_at": NOW}
    return Idea(
        **{"id": LARGEST, "person_id": 1, "topic": Topic.PROJECT, "text": w.fill(2000), **dates, **columns}
    )


def line(w: World, **columns: Any) -> Line:
    return Line(an_idea(w, **columns), w.fill(160), Voices(9999, 9999), 9999)


def pages(w: World) -> list[Page]:
    lines = tuple(
        line(w, **columns)
        for columns in ({}, {"published_at": None}, {"hidden_at": NOW}, {"state": State.DONE})
    )
    full = Page((*lines, lines[0])[:PAGE], 1, 999, 9999)
    empty = [Page((), 0, 1, 0, order=order) for order in Order]
    return [full, replace(full, are_all=False, subject_id=1), *empty]


def step(w: World, **columns: Any) -> IdeaStep:
    return IdeaStep(id=1, idea_id=1, author_id=1, text=w.fill(500), taken_at=NOW, **columns)


def look(w: World, **given: Any) -> Look:
    person = w.fill(128)
    event = w.event()
    remark = Remark(
        IdeaComment(id=LARGEST, idea_id=1, person_id=1, text=w.fill(1000), written_at=NOW), w.fill(160), True
    )
    pledgers = tuple(Pledger(person, w.fill(160), tuple(Pledge)) for _ in range(30))
    full = Look(
        line=line(w, state=State.UNDER_WAY, corrected_at=NOW, picture="a", voice="b"),
        parts=(line(w),) * 9,
        author=person,
        supports=True,
        pledged=Pledged(dict.fromkeys(Pledge, 999), 999, 50, None, frozenset(Pledge), True, pledgers),
        remarks=(remark, replace(remark, may_remove=False, by="")) * 9,
        steps=(step(w, state=State.PLANNED), step(w), step(w, is_public=False)),
        events=(event,) * 5,
        group=ProjectGroup(id=LARGEST, idea_id=1, proposed_at=NOW, first_at=LATE),
        is_own=True,
        is_partner=True,
        is_staff=True,
    )
    return replace(full, **given)


def looks(w: World) -> list[Look]:
    bare = Look(Line(an_idea(w), "", Voices(), 0))
    hidden = Line(
        an_idea(w, hidden_at=NOW, hidden_because=w.fill(500), published_at=None), "", Voices(1, 1), 0
    )
    shared = look(w, pledged=Pledged(organisations=999, needed=50, needed_of=9999))
    return [
        look(w),
        shared,
        look(w, is_own=False, is_staff=False),
        bare,
        replace(bare, line=hidden, is_own=True),
    ]


def merged(w: World) -> Merged:
    made = IdeaMerge(id=LARGEST, idea_id=1, into_id=2, made_by_id=1, made_at=NOW)
    return Merged(made, an_idea(w), an_idea(w), 9999)


def desks(w: World) -> list[Desk]:
    full = Desk(look(w), w.fill(128), True, (merged(w),) * 9, 9999)
    due = replace(full, look=look(w, line=line(w, due_on=FAR)))
    waiting = replace(full, look=looks(w)[3], owner="", merged=(), reports=0)
    return [full, due, waiting, replace(waiting, look=look(w, line=line(w, published_at=None)))]


def gatherings(w: World) -> list[Gathering]:
    said = Said(w.fill(128), w.fill(1500), NOW, is_agreed=False)
    agreed = replace(said, text=w.fill(500), is_agreed=True)
    group = ProjectGroup(id=LARGEST, idea_id=1, proposed_at=NOW, first_at=LATE)
    full = Gathering(
        group, an_idea(w), (w.fill(128),) * 40, (said,) * 8, (agreed,) * 9, is_in=True, is_staff=True
    )
    ended = ProjectGroup(id=1, idea_id=1, proposed_at=NOW, first_at=LATE, ended_at=NOW, result=w.fill(500))
    bare = Gathering(group, an_idea(w), (), (), (), is_in=False, is_staff=False)
    return [full, replace(full, group=ended), bare]


def told(w: World) -> Told:
    return Told(an_idea(w), step(w, state=State.DONE), is_own=True)


def drafts(w: World) -> list[dict[str, Any]]:
    similar = [{"id": LARGEST, "text": w.fill(2000)}] * 2
    full = {
        "topic": Topic.PROJECT,
        "text": w.fill(2000),
        "organisation": w.fill(160),
        "media": {"picture": "a"},
        "similar": similar,
    }
    return [
        full,
        {**full, "named": "no", "media": {"voice": "b"}},
        {**full, "organisation": "", "waits": True},
    ]


SCREENS: dict[str, dict[str, Draw]] = {
    "board": {
        "render_ideas": lambda w: [board.render_ideas(page, TOPICS, w.t) for page in pages(w)],
        "render_found": lambda w: [
            board.render_found(w.fill(200), found, w.t) for found in ((), pages(w)[0].lines)
        ],
        "render_choice": lambda w: [
            board.render_choice(TOPICS, is_staff=staff, t=w.t) for staff in (True, False)
        ],
        "render_office_choice": lambda w: [board.render_office_choice(n, n, n, w.t) for n in (0, 1, 9999)],
    },
    "handing_in": {
        "render_handed_in": lambda w: [
            handing_in.render_handed_in(one, w.t) for one in (an_idea(w), an_idea(w, published_at=None))
        ],
        "render_corrected": lambda w: [
            handing_in.render_corrected(one, w.t) for one in (an_idea(w), an_idea(w, published_at=None))
        ],
        "render_supported_instead": lambda w: [handing_in.render_supported_instead(line(w), "idea", w.t)],
        "render_added": lambda w: [handing_in.render_added(line(w), w.t)],
    },
    "idea": {
        "render_idea": lambda w: [idea.render_idea(one, w.t) for one in looks(w)],
        "render_pledges": lambda w: [idea.render_pledges(one, w.t) for one in looks(w)],
        "render_comments": lambda w: [
            idea.render_comments(one, number, w.t) for one in looks(w) for number in (0, 99)
        ],
        "render_parts": lambda w: [idea.render_parts(one, 99, w.t) for one in looks(w)],
        "render_media": lambda w: [idea.render_media(an_idea(w, picture="a"), w.t)],
        "render_ask_withdraw": lambda w: [idea.render_ask_withdraw(an_idea(w), w.t)],
        "render_withdrawn": lambda w: [idea.render_withdrawn(w.t)],
        "render_ask_report": lambda w: [idea.render_ask_report(an_idea(w), LARGEST, w.t)],
        "render_reported": lambda w: [idea.render_reported(an_idea(w), w.t)],
        "render_shared": lambda w: [idea.render_shared(line(w), "https://t.me/bot?start=i-1", w.t)],
    },
    "from_groups": {
        "render_offer": lambda w: [from_groups.render_offer(w.t)],
        "render_taken": lambda w: [from_groups.render_taken(w.t)],
    },
    "office": {
        "render_desk": lambda w: [
            office.render_desk(desk, similar, w.t) for desk in desks(w) for similar in ((), (line(w),) * 2)
        ],
        "render_ask_merge": lambda w: [office.render_ask_merge(line(w), line(w), w.t)],
        "render_ask_publish": lambda w: [
            office.render_ask_publish(an_idea(w), w.t, was_hidden=was) for was in (True, False)
        ],
        "render_ask_part": lambda w: [office.render_ask_part(LARGEST, merged(w), w.t)],
        "render_ask_event": lambda w: [
            office.render_ask_event(an_idea(w), w.event(), said, w.t)
            for said in (
                None,
                {"by": w.fill(128), "state": "done", "taken_at": NOW.isoformat(), "text": w.fill(500)},
            )
        ],
        "render_said_by_others": lambda w: [
            Screen(office.render_said_by_others({"by": w.fill(128), **said, "text": w.fill(500)}, w.t))
            for said in ({"state": state, "taken_at": NOW.isoformat()} for state in (None, "done"))
        ],
        "render_events": lambda w: [
            office.render_events(LARGEST, events, w.t) for events in ((), (w.event(),) * 8)
        ],
        "render_file": lambda w: [office.render_file(File("ideas.xlsx", b"x"), w.t)],
    },
    "groups": {
        "render_group": lambda w: [groups.render_group(found, w.t) for found in gatherings(w)],
        "render_line": lambda w: [
            groups.render_line(gatherings(w)[0], said, w.t)
            for said in (*gatherings(w)[0].lines[:1], *gatherings(w)[0].agreed[:1])
        ],
    },
    "notices": {
        "render_two_again": lambda w: [notices.render_two_again(merged(w), w.t)],
        "render_waits": lambda w: [notices.render_waits(n, w.t) for n in (1, 9999)],
        "render_reported_to_staff": lambda w: [notices.render_reported_to_staff(an_idea(w), w.t)],
        "render_published": lambda w: [notices.render_published(an_idea(w), w.t)],
        "render_hidden": lambda w: [notices.render_hidden(an_idea(w, hidden_because=w.fill(500)), w.t)],
        "render_commented": lambda w: [notices.render_commented(an_idea(w), w.t)],
        "render_progress": lambda w: [
            notices.render_progress(some, w.t)
            for some in ([told(w)], [replace(told(w), idea=an_idea(w, id=n)) for n in range(1, 12)])
        ],
        "render_answer": lambda w: [notices.render_answer(told(w), w.t)],
        "render_merged": lambda w: [notices.render_merged(merged(w), w.t)],
        "render_objected": lambda w: [notices.render_objected(merged(w), w.t)],
        "render_objection": lambda w: [notices.render_objection(merged(w), w.t)],
    },
}


class TestScreens(Sweep):
    package = "handlers.ideas.screens"
    screens = {name: draw for drawn in SCREENS.values() for name, draw in drawn.items()}


class TestDrafts:
    def test_a_draft_fits_beside_the_heads_of_its_form(self) -> None:
        for answers in drafts(german()):
            assert len(handing_in.draft(answers, german().t)) < 3500


def test_picture_is_seen_by_the_office_before_it_lets_others_see_it() -> None:
    w = german()
    waiting = look(w, line=line(w, published_at=None, picture="a"), is_own=False)
    screen = idea.render_idea(waiting, w.t)
    assert "📷 Bild ansehen" in [button.label for row in screen.rows for button in row]
    assert "nur die Geschäftsstelle und wer es eingereicht hat" in screen.text


def test_hidden_idea_does_not_say_that_it_waits() -> None:
    w = german()
    hidden = look(w, line=line(w, published_at=None, hidden_at=NOW, hidden_because="Werbung"))
    text = idea.render_idea(hidden, w.t).text
    assert "ausgeblendet: Werbung" in text
    assert "⏳" not in text


def test_list_of_the_office_leads_back_to_its_desk() -> None:
    w = german()
    for order in (Order.WAITING, Order.REPORTED, Order.UNANSWERED, Order.STATE):
        rows = board.render_ideas(Page((line(w),), 0, 1, 1, order=order), TOPICS, w.t).rows
        assert Go("ideas-office") in [button.payload for button in rows[-1]]


def test_who_is_asked_into_a_group_reads_why() -> None:
    w = german()
    full, _, asked = gatherings(w)
    assert "genug Organisationen" in groups.render_group(asked, w.t).text
    assert "genug Organisationen" not in groups.render_group(full, w.t).text
