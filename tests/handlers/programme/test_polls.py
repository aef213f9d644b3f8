"""A poll among those who support an idea, of whom one has no organisation, from the form to the date."""

from domain.programme.candidates import Verdict
from domain.programme.polls import Can
from handlers.chat.buttons import ChooseOption, StartForm, Step, TakeStep
from handlers.programme.buttons import DecideOn, OnPoll, PollAct, SayCan
from handlers.programme.polls import WHOM
from storage.programme.asking import Whom
from storage.programme.tables import DatePoll, PollOption, ProgrammeSlot
from tests.storage.programme.year import Year
from tests.support.book import id_of
from tests.support.post import Chat, Post


async def test_whoever_supports_an_idea_says_when_they_can(post: Post) -> None:
    book = post.book
    office, anna, eve = book.staff(language="en"), book.contact("Anna"), book.person("Eve", language="en")
    year = Year(book, office)
    slot = year.slot(month=5)
    year.decides(year.idea(anna, "Druckluft", eve), Verdict.IN, "Viele wollen das.", slot)
    chat, slot_id = Chat(post, office), id_of(slot)
    shown = await chat.taps(StartForm("slot_poll", slot_id))
    assert "Which dates?" in shown
    await chat.taps(ChooseOption("slot_poll", "dates", 0, slot_id))
    await chat.taps(ChooseOption("slot_poll", "whom", [*WHOM].index(Whom.SUPPORTERS), slot_id))
    await chat.taps(ChooseOption("slot_poll", "hidden", 0, slot_id))
    shown = await chat.taps(ChooseOption("slot_poll", "deadline", 0, slot_id))
    assert "Dates: <b>14 May 27, 19 May 27, 24 May 27, 14:00</b>" in shown
    await chat.taps(TakeStep("slot_poll", "summary", Step.SUBMIT, slot_id))
    poll, options = book.all(DatePoll)[0], book.all(PollOption, PollOption.starts_at)
    hers = Chat(post, eve)
    for option in options:
        shown = await hers.taps(SayCan(id_of(poll), id_of(option), 0, Can.YES))
    assert "One person from outside can, too." in shown
    shown = await chat.taps(OnPoll(PollAct.ASK_CHOOSE, id_of(poll), id_of(options[0]), 0))
    assert "One person without an organisation was asked, too" in shown


async def test_titles_with_braces_are_offered_as_they_are(post: Post) -> None:
    book = post.book
    office, anna = book.staff(language="en"), book.contact("Anna")
    year = Year(book, office)
    slot = year.slot("Treffen {Dach}")
    candidate_id = year.candidate_of(year.idea(anna, "Strom vom {Dach}\nfür alle")).id
    chat = Chat(post, office)
    await chat.taps(DecideOn(candidate_id, Verdict.IN))
    await chat.taps(ChooseOption("year_choice", "reason", 0, candidate_id))
    shown = await chat.taps(ChooseOption("year_choice", "slot", 0, candidate_id))
    assert "What should it be called?" in shown
    shown = await chat.taps(ChooseOption("year_choice", "title", 0, candidate_id))
    assert "Decided: <b>In</b>" in shown
    assert book.all(ProgrammeSlot)[0].title == "Strom vom {Dach}"
    assert slot.title == "Treffen {Dach}"
