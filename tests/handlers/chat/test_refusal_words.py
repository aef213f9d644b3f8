"""Every refusal says in words of its own why something is not done."""

import importlib
import pkgutil
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

import domain
from domain.basics.files import Fault, FileIsUnusable
from domain.basics.pact import Pact
from domain.basics.refusals import Refusal
from domain.events.refusals import (
    AnswersAreClosed,
    DoorIsClosed,
    InvitationsTooLate,
    NotEnoughSeats,
    RoomIsTooSmall,
    TooLateToCorrect,
    TooManyForOrganisation,
    TooManyNames,
    TooManyPictures,
)
from domain.joining.concepts import ConceptState
from domain.joining.refusals import (
    ApplicantIsContact,
    ConceptHasMoved,
    ConceptIsRegistered,
    RequestIsDecided,
    TimesOverlap,
    TooLateToChange,
)
from domain.joining.requests import RequestState
from domain.partners.refusals import AlreadyInvolved, LeftBeforeJoined, NameIsTaken, TooManyGuesses
from domain.privacy.refusals import PeriodIsOutOfBounds
from domain.programme.refusals import (
    EverybodyRefused,
    NotSoManyOptions,
    PollEndsTooLate,
    ProgrammeIsEmpty,
    SomebodyIsAsked,
)
from domain.team_chats.refusals import PurposeIsTaken
from domain.workshop.refusals import PointsAreSpent, TooManyNotes
from handlers.chat.screens.refusals import render_refusal
from handlers.chat.texts import LANGUAGES, Texts
from tests.support.world import EVIL, LATE, NOW


def all_refusals() -> list[Refusal]:
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        importlib.import_module(module.name)
    given: dict[type[Refusal], list[Refusal]] = {
        AnswersAreClosed: [AnswersAreClosed(NOW)],
        TooManyForOrganisation: [TooManyForOrganisation(10_000, 0)],
        NotEnoughSeats: [NotEnoughSeats(free, 10_000) for free in (0, 1, 9_999)],
        AlreadyInvolved: [AlreadyInvolved(EVIL, is_partner=it) for it in (True, False)],
        ConceptHasMoved: [ConceptHasMoved(ConceptState.COMMISSIONED, NOW)],
        ConceptIsRegistered: [ConceptIsRegistered(ConceptState.COMMISSIONED)],
        TooManyNames: [TooManyNames(n) for n in (0, 1, 19)],
        TooLateToChange: [TooLateToChange(timedelta(hours=24))],
        TooLateToCorrect: [TooLateToCorrect(NOW)],
        DoorIsClosed: [DoorIsClosed(NOW)],
        RoomIsTooSmall: [RoomIsTooSmall(10_000)],
        TooManyPictures: [TooManyPictures(10)],
        InvitationsTooLate: [InvitationsTooLate(LATE)],
        TimesOverlap: [TimesOverlap(timedelta(minutes=45))],
        LeftBeforeJoined: [LeftBeforeJoined(date(2024, 1, 1))],
        TooManyGuesses: [TooManyGuesses(NOW)],
        NameIsTaken: [NameIsTaken(EVIL)],
        ApplicantIsContact: [ApplicantIsContact(EVIL)],
        FileIsUnusable: [FileIsUnusable(it, "Spalte, " * 40) for it in Fault],
        PeriodIsOutOfBounds: [PeriodIsOutOfBounds(30, 365)],
        ProgrammeIsEmpty: [ProgrammeIsEmpty(2027)],
        SomebodyIsAsked: [SomebodyIsAsked(EVIL)],
        PollEndsTooLate: [PollEndsTooLate(NOW)],
        NotSoManyOptions: [NotSoManyOptions(2, 5)],
        EverybodyRefused: [EverybodyRefused(n) for n in (1, 99)],
        TooManyNotes: [TooManyNotes(60)],
        PointsAreSpent: [PointsAreSpent(99)],
        PurposeIsTaken: [PurposeIsTaken(EVIL)],
        RequestIsDecided: [RequestIsDecided(it, EVIL) for it in RequestState],
    }
    return [refusal for kind in Refusal.__subclasses__() for refusal in given.get(kind) or [kind()]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_words_of_its_own(language: str) -> None:
    t = Texts(language, ZoneInfo("Europe/Berlin"))
    words = [render_refusal(refusal, t, Pact()).striptags() for refusal in all_refusals()]
    assert len(set(words)) == len(words)
    assert all(len(text) <= 200 for text in words)  # what fits a pop-up
    assert not any("{" in text.replace(EVIL, "") for text in words)  # every value is filled in
