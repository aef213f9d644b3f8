"""Every field of the chat, and what they come to together. A new field is a folder and a line in FIELDS."""

from dataclasses import replace

from domain.basics.access import SEEN_BY_ALL
from domain.basics.pact import Pact
from handlers.chat.house import House
from handlers.chat.notices import Notices, of_unfinished_form
from handlers.chat.routing import MACHINERY, Routes
from handlers.chat.views import Views
from handlers.events.field import FIELD as EVENTS
from handlers.home.field import FIELD as HOME
from handlers.home.lost_answers import of_lost_answer
from handlers.ideas.field import FIELD as IDEAS
from handlers.joining.field import FIELD as JOINING
from handlers.mailings.field import FIELD as MAILINGS
from handlers.measures.field import FIELD as MEASURES
from handlers.office.field import FIELD as OFFICE
from handlers.partners.field import FIELD as PARTNERS
from handlers.privacy.field import FIELD as PRIVACY
from handlers.programme.field import FIELD as PROGRAMME
from handlers.programme.notices import or_still_fits
from handlers.team_chats.cards import draw_card
from handlers.team_chats.field import FIELD as TEAM_CHATS
from handlers.workshop.field import FIELD as WORKSHOP
from handlers.workshop.field import note_shown
from storage.engine.database import Database
from storage.engine.tables import EngineNotice
from storage.events.tables import EventNotice
from storage.home import standing
from storage.home.returning import came_back

FIELDS = (
    *(HOME, JOINING, EVENTS, PARTNERS, IDEAS, WORKSHOP, PROGRAMME, MEASURES, MAILINGS, TEAM_CHATS),
    OFFICE,
    PRIVACY,
)
ROUTES = Routes(FIELDS)
FORMS = {form.name: form for field in FIELDS for form in field.forms}
NOTICES = Notices({kind: how for field in FIELDS for kind, how in field.notices.items()})
NOTICES[EngineNotice.FORM_REMINDER] = of_unfinished_form(FORMS)
NOTICES[EngineNotice.LOST_ANSWER] = of_lost_answer(FORMS)
NOTICES[EventNotice.EVENT_PUBLISHED] = or_still_fits(NOTICES[EventNotice.EVENT_PUBLISHED])
COMMANDS = sorted(
    (
        replace(one.command, for_readers=bool(ROUTES.access.of(one.rule_name) & SEEN_BY_ALL))
        for field in (MACHINERY, *FIELDS)
        for one in field.commands
    ),
    key=lambda command: command.rank,
)
VIEWS = Views({name: view for field in FIELDS for name, view in field.views.items()})
SECTIONS = tuple(section for field in FIELDS for section in field.sections)
CARDS = next(field.cards for field in FIELDS if field.cards)


def house(database: Database, pact: Pact) -> House:
    return House(
        database,
        pact,
        FORMS,
        NOTICES,
        COMMANDS,
        CARDS,
        ROUTES.meanings,
        came_back,
        VIEWS,
        SECTIONS,
        rooms=note_shown,
        card_for_all=draw_card,
        access=ROUTES.access,
        further=standing.further,
        links=ROUTES.links,
        deeds=ROUTES.deeds,
    )
