"""Two of the office act on one case: whoever comes second sees what the first did before it counts."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlmodel import Session

from domain.basics.pact import Pact
from domain.joining.concepts import ConceptState
from domain.joining.requests import RequestState
from domain.joining.talks import Way
from handlers.chat.buttons import StartForm, Step, TakeStep
from handlers.chat.texts import Texts
from handlers.fields import ROUTES
from handlers.joining.buttons import AskConcept, AskStep, ChangeConcept, ChooseOwner, StepTo, TakeTime
from handlers.joining.screens import applying
from handlers.joining.screens.talks import minute_of
from storage.engine.database import Database
from storage.engine.tables import Person
from storage.joining import cases, concepts, talks
from storage.joining.tables import CaseEntry, Concept, JoiningNotice, JoinRequest
from tests.support.book import NOW, id_of
from tests.support.post import Chat, Post

SOON = NOW + timedelta(days=3)
SEND = TakeStep("decline", "summary", Step.SUBMIT, 1)
ALL_THE_SAME = TakeStep("decline", "summary", Step.MINE, 1)
DROP = TakeStep("decline", "summary", Step.THEIRS, 1)


class Office:
    """Olga in the chat, Otto beside her, and a request of A GmbH."""

    def __init__(self, post: Post) -> None:
        self.post, self.book = post, post.book
        self.olga, self.otto = (self.book.staff(name, language="en") for name in ("Olga", "Otto"))
        self.request = self.book.asks_to_join(self.book.person("Anna", language="en"), "A GmbH")
        self.chat = Chat(post, self.olga)

    @property
    def state(self) -> str:
        return self.book.all(JoinRequest)[0].state

    @property
    def seen(self) -> int:
        return max(id_of(entry) for entry in self.book.all(CaseEntry))

    def otto_offers_times(self) -> None:
        offer = (id_of(self.request), Way.PHONE, [SOON])
        self.book.acts(talks.propose, self.otto, *offer)

    def otto_declines(self) -> None:
        self.book.declines(self.otto, self.request, "zu weit weg")

    async def begins_to_decline(self) -> None:
        await self.chat.taps(StartForm("decline", 1))
        assert "please check" in await self.chat.says("not in the city")


@pytest.fixture
async def office(sqlite: Database) -> AsyncIterator[Office]:
    post = Post(sqlite)
    post.application.add_handlers(ROUTES.handlers())
    async with post.application:
        yield Office(post)


async def test_decline_of_a_case_for_which_another_has_just_sent_times_is_asked_about(office: Office) -> None:
    await office.begins_to_decline()
    office.otto_offers_times()
    shown = await office.chat.taps(SEND)
    assert "Somebody was quicker" in shown
    assert "Otto" in shown
    assert "Times for the talk" in shown
    assert office.state == "received"
    await office.chat.taps(ALL_THE_SAME)
    assert office.state == "declined"


async def test_form_about_a_case_that_another_has_declined_leads_to_the_case(office: Office) -> None:
    await office.chat.taps(StartForm("propose", 1))
    office.otto_declines()
    assert "Otto has decided this already: declined." in await office.chat.says("10.12. 14:00")
    _, shown = next(call for call in reversed(office.post.telegram.calls) if "text" in call[1])
    labels = [row[0]["text"] for row in shown["reply_markup"]["inline_keyboard"]]
    assert labels == ["See how it stands", "To the menu"]


async def test_decline_that_is_dropped_then_leaves_what_the_first_did(office: Office) -> None:
    await office.begins_to_decline()
    office.otto_offers_times()
    await office.chat.taps(SEND)
    await office.chat.taps(DROP)
    assert office.state == "received"


async def test_who_is_alone_or_the_first_is_not_asked(office: Office) -> None:
    office.otto_offers_times()
    await office.begins_to_decline()
    await office.chat.taps(SEND)
    assert office.state == "declined"


async def test_step_from_a_card_that_is_out_of_date_shows_who_did_what(office: Office) -> None:
    seen = office.seen
    office.otto_offers_times()
    shown = await office.chat.taps(StepTo(1, RequestState.AGREEMENT_SENT, seen))
    assert "somebody else has gone on" in shown
    assert "Otto" in shown
    assert office.state == "received"
    await office.chat.taps(StepTo(1, RequestState.AGREEMENT_SENT, office.seen))
    assert office.state == "agreement_sent"


async def test_step_of_which_the_applicant_is_told_is_asked_first(office: Office) -> None:
    assert "told at once" in await office.chat.taps(AskStep(1, RequestState.AGREEMENT_SENT, office.seen))
    assert (office.state, office.book.told(JoiningNotice.REQUEST_STEP)) == (RequestState.RECEIVED, [])


async def test_time_that_is_taken_for_a_case_which_was_declined_shows_the_case(office: Office) -> None:
    anna = office.book.all(Person)[-1]
    offer = (id_of(office.request), Way.PHONE, [SOON])
    card = office.book.acts(talks.propose, anna, *offer)
    office.otto_declines()
    shown = await office.chat.taps(TakeTime(id_of(card.talk), minute_of(SOON)))
    assert "Otto" in shown
    assert "zu weit weg" in shown


async def test_owner_that_another_has_chosen_is_not_replaced_unseen(office: Office) -> None:
    seen, olga = office.seen, id_of(office.olga)
    owner = (id_of(office.request), id_of(office.otto))
    office.book.acts(cases.set_owner, office.otto, *owner)
    assert "Otto" in await office.chat.taps(ChooseOwner(1, olga, seen))
    assert office.book.all(JoinRequest)[0].owner_id == id_of(office.otto)


async def test_concept_is_asked_about_and_not_changed_twice(office: Office) -> None:
    partner = office.book.contact("Bea")
    organisation_id = partner.organisation_id or 0

    def register(session: Session) -> None:
        session.add(
            Concept(
                organisation_id=organisation_id,
                state=ConceptState.REGISTERED,
                registered_by_id=id_of(partner),
                registered_at=NOW,
                changed_at=NOW,
            )
        )

    office.book.run(register)
    delivered = ConceptState.DELIVERED
    assert "told at once" in await office.chat.taps(AskConcept(organisation_id, delivered))
    assert office.book.told(JoiningNotice.CONCEPT_CHANGED) == []
    office.book.acts(concepts.change, office.otto, organisation_id, ConceptState.COMMISSIONED, "")
    shown = await office.chat.taps(ChangeConcept(organisation_id, delivered, ConceptState.REGISTERED))
    assert "somebody else has set this" in shown
    assert office.book.all(Concept)[0].state is ConceptState.COMMISSIONED


async def test_applicant_who_was_declined_applies_again_with_a_tap(office: Office) -> None:
    office.otto_declines()
    (request,) = office.book.all(JoinRequest)
    shown = applying.render_step(request, Pact(), Texts("en", Pact().timezone))
    assert shown.rows[0][0].payload == StartForm("join", 0)
    assert "/join" not in shown.text
