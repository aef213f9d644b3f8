"""Contacts, organisations and the register, drawn from texts that try to break them."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from domain.basics.rows import Problem, Records, Rejected
from domain.basics.unknowns import TitleIsLacking, WordIsUnknown
from domain.events.event import Status
from domain.joining.concepts import ConceptState
from domain.joining.requests import PaperKind
from domain.partners.contacts import ChangeState
from domain.partners.organisations import Category, Kind, Sector
from domain.partners.refusals import (
    InviteHasExpired,
    InviteIsRevoked,
    InviteIsUnknown,
    TooManyGuesses,
    TooManyWords,
)
from domain.partners.register import COLUMNS, Change, Effect
from handlers.chat.screens.screen import File
from handlers.events import section as events
from handlers.ideas import section as ideas
from handlers.joining import section as joining
from handlers.office import section as office
from handlers.partners.buttons import Deed, DoWithContact
from handlers.partners.screens import contacts, file, links, organisations, register, unknowns
from handlers.partners.screens.file import PartnerFile
from handlers.partners.screens.register import REASONS
from handlers.partners.sheets import PROBLEMS
from storage.engine.tables import Person
from storage.events.of_organisation import Answered
from storage.ideas.tables import Idea
from storage.joining.tables import Concept, FiledPaper
from storage.partners.contacts import Contact, Team
from storage.partners.drafts import Effects, Preview
from storage.partners.links import MadeLink
from storage.partners.organisations import ChangeCard, Which
from storage.partners.register import Link, Numbers
from storage.partners.tables import Invite, OrganisationChange, PartnerNote
from storage.partners.taking_up import Closed, Opened
from storage.partners.undoing import File as ImportedFile
from tests.support.screens import Draw, Sweep
from tests.support.world import LARGEST, LATE, NOW, World


def contact(w: World, **columns: Any) -> Contact:
    return Contact(w.person(role=w.fill(80), **columns), has_link=True, is_successor=False)


def opened(w: World) -> Opened:
    invite = Invite(id=LARGEST, person_id=1, created_at=NOW, used_by=w.fill(128))
    return Opened(invite, w.person(), w.organisation())


def team(w: World, reader: Person) -> Team:
    colleagues = (
        contact(w, is_main_contact=True),
        contact(w, id=2, phone="+492151123", email="a@firma.de"),
        Contact(w.person(id=3), has_link=False, is_successor=False),
        Contact(w.person(id=4, unreachable_since=NOW), has_link=False, is_successor=False),
        *(
            Contact(Person(id=9, name="A", language="de", created_at=NOW), has_link=True, is_successor=it)
            for it in (True, False)
        ),
    )
    organisation = w.organisation()
    organisation.left_on, organisation.phone = date(2026, 1, 1), "+492151123"
    return Team(organisation, colleagues * 8, reader, may_manage=True)


def files(w: World) -> list[PartnerFile]:
    """With what each field says, of texts as long as they can be."""
    note = PartnerNote(
        id=LARGEST, organisation_id=1, by_id=1, text=w.fill(1000), written_at=NOW, due_on=NOW.date()
    )
    idea = Idea(id=LARGEST, text=w.fill(2000), topic="other", person_id=1, created_at=NOW, changed_at=NOW)
    concept = Concept(
        organisation_id=1, state=ConceptState.DELIVERED, registered_by_id=1, registered_at=NOW, changed_at=NOW
    )
    papers = [
        FiledPaper(id=1, organisation_id=1, kind=kind, name=w.fill(160), filed_by_id=1, filed_at=NOW)
        for kind in PaperKind
    ]
    said = [Answered(LARGEST, w.fill(120), at, status, 20, 20) for at in (NOW, LATE) for status in Status]
    parts = [
        events.SECTION.render(said, NOW, w.t),
        ideas.SECTION.render(([idea] * 3, 9999), NOW, w.t),
        joining.SECTION.render(joining.Found(LARGEST, [w.request()], concept, papers), NOW, w.t),
        office.SECTION.render([w.thread(is_office=False)] * 3, NOW, w.t),
    ]
    staff = team(w, w.person(is_staff=True))
    bare = Team(w.organisation(), (), staff.reader, may_manage=True)
    return [PartnerFile(staff, [(note, w.fill(128))] * 5, [(note, "")] * 3, parts), PartnerFile(bare)]


def teams(w: World) -> list[Team]:
    readers = [w.person(is_staff=True), w.person(organisation_id=1)]
    nobody = Team(w.organisation(), (), readers[1], may_manage=False)
    return [*map(partial(team, w), readers), nobody]


def changes(w: World) -> list[ChangeCard]:
    seat = {"name": w.fill(160), "street": w.fill(160), "postcode": "47798", "city": w.fill(80)}
    base = {"id": LARGEST, "organisation_id": 1, "person_id": 1, "asked_at": NOW, **seat}
    return [
        ChangeCard(
            OrganisationChange(state=state, **base),  # type: ignore[arg-type] # a table of columns
            w.organisation(),
            w.fill(128),
            w.fill(128),
        )
        for state in ChangeState
    ]


def rejected(w: World, rows: int) -> tuple[Rejected, ...]:
    """Every way in which a row can be wrong, again and again."""
    given = [
        Problem("kind", w.fill(60), kind, w.fill(400), 5000, w.fill(400)) for kind in (*PROBLEMS, "unknown")
    ]
    ways = [(problem,) for problem in given] + [tuple(given)]
    return tuple(Rejected(5000 + number, ways[number % len(ways)]) for number in range(rows))


def preview(w: World) -> Preview:
    names = (w.fill(160),) * 60
    change = Change(w.fill(160), w.fill(128), "street", w.fill(160), w.fill(160))
    return Preview(names, ((w.fill(160), w.fill(160)),) * 60, names, names, (change,) * 60)


SCREENS: dict[str, Draw] = {
    "render_file": lambda w: [file.render_file(one, NOW, w.t) for one in files(w)],
    "render_partners": lambda w: [
        file.render_partners([w.organisation()] * 20, which, 1, w.t) for which in Which
    ],
    "render_team": lambda w: [contacts.render_team(team, w.t) for team in teams(w)],
    "render_contact": lambda w: [
        contacts.render_contact(team, number, w.t) for team in teams(w) for number in (1, 2, 3, 9, 99)
    ],
    "render_made": lambda w: [
        contacts.render_made(replace(team, made=MadeLink(number, "c" * 16, word)), "PactBot", w.t)
        for word in ("", "kamu-rodi")
        for team in teams(w)
        for number in (1, 9, 99)
    ],
    "render_is_it_you": lambda w: [links.render_is_it_you(w.fill(160), w.fill(128), "c" * 16, w.t)],
    "render_word_fits": lambda w: [links.render_word_fits(opened(w), w.t)],
    "render_locked": lambda w: [links.render_locked(opened(w).contact, opened(w).organisation, w.t)],
    "render_connected": lambda w: [links.render_connected(w.fill(160), w.fill(128), w.pact, w.t)],
    "render_taken_up_in": lambda w: [
        links.render_taken_up_in(480_000, [opened(w)] * n, 0, w.t) for n in (0, 1, 50)
    ],
    "render_closed": lambda w: [
        links.render_closed(Closed(reason, None), w.pact, w.t)
        for reason in (
            InviteIsUnknown(),
            InviteIsRevoked(),
            InviteHasExpired(),
            TooManyGuesses(NOW),
            TooManyWords(),
        )
    ],
    "render_successors": lambda w: [contacts.render_successors(team, w.t) for team in teams(w)],
    "render_are_you_sure": lambda w: [
        contacts.render_are_you_sure(team, DoWithContact(number, deed, 0), w.t)
        for team in teams(w)
        for number in (1, 2, 99)
        for deed in Deed
    ],
    "render_taken_up": lambda w: [links.render_taken_up(opened(w), w.t)],
    "render_taken_back": lambda w: [links.render_taken_back(opened(w), hour, w.t) for hour in (0, 480_000)],
    "render_left": lambda w: [contacts.render_left(w.fill(160), w.t)],
    "render_colleague": lambda w: [
        contacts.render_colleague(card, w.person(is_staff=it), w.t)
        for card in w.colleagues()
        for it in (True, False)
    ],
    "render_let_in": lambda w: [contacts.render_let_in(card, w.t) for card in w.colleagues()],
    "render_own_wish": lambda w: [
        contacts.render_own_wish(card, w.t, is_asked=it) for card in w.colleagues() for it in (True, False)
    ],
    "render_wish_withdrawn": lambda w: [contacts.render_wish_withdrawn(w.organisation(), w.t)],
    "render_farewell": lambda w: [contacts.render_farewell(w.organisation(), w.t)],
    "render_cut_off": lambda w: [links.render_cut_off(w.organisation(), w.t)],
    "render_handed_over": lambda w: [contacts.render_handed_over(w.organisation(), w.person(), w.t)],
    "render_taken_over": lambda w: [contacts.render_taken_over(w.organisation(), w.t)],
    "render_change_saved": lambda w: [
        organisations.render_change_saved(team, w.t, waits=it) for team in teams(w) for it in (True, False)
    ],
    "render_to_confirm": lambda w: [
        organisations.render_to_confirm(changes, newcomers, w.t)
        for changes, newcomers in (
            ([], []),
            ([card.change for card in changes(w)] * 30, [card.request for card in w.colleagues()] * 30),
        )
    ],
    "render_change": lambda w: [organisations.render_change(card, w.t) for card in changes(w)],
    "render_change_decided": lambda w: [
        organisations.render_change_decided(card, w.t) for card in changes(w)
    ],
    "render_register": lambda w: [
        register.render_register(
            Numbers(dict.fromkeys(Kind, number), dict.fromkeys(Category, number), number, number), w.t
        )
        for number in (0, 1, 9999)
    ],
    "render_report": lambda w: [
        register.render_report(
            Effects(dict.fromkeys(Effect, 5000), draft_id, preview=preview(w)),
            Records((), rejected, ignored, {}, 5000),
            3,
            w.t,
        )
        for draft_id, rejected, ignored in (
            (LARGEST, rejected(w, 5000), (w.fill(200),) * 60),
            (0, rejected(w, 1), ()),
            (0, rejected(w, REASONS + 1), ()),
        )
    ],
    "render_unknown": lambda w: [
        unknowns.render_unknown(unknown, LARGEST, 9, w.t)
        for unknown in (
            TitleIsLacking("kind", ((w.fill(200), w.fill(200)),) * 60),
            TitleIsLacking("joined_on", ((w.fill(200), ""),)),
            WordIsUnknown("sector", w.fill(200), 5000, tuple(Sector), is_needed=False),
            WordIsUnknown("kind", w.fill(200), 1, tuple(Kind), is_needed=True),
        )
    ],
    "render_titles": lambda w: [unknowns.render_titles((w.fill(200),) * 60, LARGEST, 9, w.t)],
    "render_fields": lambda w: [unknowns.render_fields(w.fill(200), 60, COLUMNS, LARGEST, 9, w.t)],
    "render_files": lambda w: [
        register.render_files([ImportedFile(LARGEST, w.fill(128), NOW, 20_000)] * number, w.t)
        for number in (0, 8)
    ],
    "render_doubt_of_undoing": lambda w: [register.render_doubt_of_undoing(LARGEST, w.t)],
    "render_undone": lambda w: [
        register.render_undone(20_000, [w.fill(160)] * number, w.t) for number in (0, 1, 900)
    ],
    "render_doubt": lambda w: [register.render_doubt(LARGEST, w.t)],
    "render_brought_in": lambda w: [
        register.render_brought_in(Effects(dict.fromkeys(Effect, 5000), links=links), w.t)
        for links in ((), (Link(w.fill(160), w.fill(128), "code"),))
    ],
    "render_left_file": lambda w: [register.render_left_file(w.t)],
    "render_export": lambda w: [register.render_export(File("register.csv", b"Name"), w.t)],
    "render_links": lambda w: [
        register.render_links(File("invites.xlsx", b"Name"), w.t, has_word=it) for it in (True, False)
    ],
    "render_letters": lambda w: [register.render_letters(File("invites.pdf", b"%PDF"), w.t)],
}


class TestScreens(Sweep):
    package, screens = "handlers.partners.screens", SCREENS
