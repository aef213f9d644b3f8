"""Whatever somebody sends: it goes where it belongs, or they are asked; nothing is lost."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from domain.events.feedback import Aspect
from domain.ideas.ideas import LONGEST
from handlers.chat.buttons import (
    ChangeAnswer,
    ChooseOption,
    DropWords,
    ResumeForm,
    RunCommand,
    SendAs,
    StartForm,
    Step,
    TakeStep,
)
from handlers.events.buttons import AnswerEvent, GiveChange, ShowEvent
from handlers.joining.buttons import ShowRequest
from storage import agenda
from storage.engine import forms, outbox
from storage.engine.tables import Form, LooseText, Notice, Outcome, Person, SentText
from storage.events import feedback, planning
from storage.events.planning import NewEvent
from storage.ideas.tables import Idea
from storage.joining.tables import CaseEntry
from storage.office import inquiries
from storage.office.tables import InquiryLine
from storage.partners import contacts
from tests.support.book import Book, id_of, turn_of
from tests.support.post import Chat, Post
from tests.support.telegram import ME

NOT_SENT = "Ihre Nachricht ist noch nicht abgeschickt"
SEND_IDEA = TakeStep("idea", "summary", Step.SUBMIT)
CHECK = "bitte prüfen"
TREE = "Hier gehört ein Baum hin"
PHOTO = {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]}
VOICE_NOTE = {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 1}}
CONTACT = {"phone_number": "4915112345678", "first_name": "Bea"}


@pytest.fixture
def anna(post: Post) -> Chat:
    return Chat(post, post.book.person("Anna"))


def buttons(post: Post) -> list[str]:
    """Of what was shown last."""
    _, given = next(call for call in reversed(post.telegram.calls) if "text" in call[1])
    return [
        button["text"]
        for row in (given.get("reply_markup") or {"inline_keyboard": []})["inline_keyboard"]
        for button in row
    ]


def texts_kept(book: Book) -> list[str]:
    return [one.text for one in book.all(LooseText)]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("beitreten", "Wie heißt Ihre Organisation?"),
        ("Wir möchten mitmachen", "Wie heißt Ihre Organisation?"),
        ("Termine bitte", "Termin"),
        ("Hallo!", "Der Beitritt ist freiwillig"),
        ("Hilfe", "Der Beitritt ist freiwillig"),
        ("Ich habe eine Idee", "Worum geht es bei Ihrer Idee?"),
        ("Ich habe eine Frage", "Was möchten Sie wissen?"),
        ("Tagesbericht", NOT_SENT),  # that is the office's
    ],
)
async def test_plain_words_lead_where_a_command_would(anna: Chat, text: str, seen: str) -> None:
    assert seen in await anna.says(text)


@pytest.mark.parametrize("how", ["command", "words"])
async def test_idea_in_one_message_asks_only_for_its_topic(anna: Chat, how: str) -> None:
    seen = await (
        anna.commands("/idee Solar aufs Dach")
        if how == "command"
        else anna.says("Meine Idee: Solar aufs Dach")
    )
    assert "Worum geht es bei Ihrer Idee?" in seen
    assert CHECK in await anna.taps(ChooseOption("idea", "topic", 0))
    assert "Vielen Dank" in await anna.taps(SEND_IDEA)
    assert [idea.text for idea in anna.post.book.all(Idea)] == ["Solar aufs Dach"]


async def test_what_is_sent_at_the_summary_of_an_idea_is_part_of_it(anna: Chat) -> None:
    await anna.commands("/idee Solar aufs Dach")
    await anna.taps(ChooseOption("idea", "topic", 0))
    assert "Solar aufs Dach\nAuch für Mieter" in await anna.says("Auch für Mieter")
    assert "Mit Bild" in await anna.says("", **PHOTO)
    assert "zu lang" in await anna.says("x" * LONGEST)
    await anna.taps(SEND_IDEA)
    (idea,) = anna.post.book.all(Idea)
    assert (idea.text, idea.picture) == ("Solar aufs Dach\nAuch für Mieter", "p")
    assert not anna.post.book.all(SentText)  # editing one of two messages would drop the other


async def test_question_behind_a_command_is_shown_before_it_is_sent(anna: Chat) -> None:
    seen = await anna.commands("/question Wann\nund wo?")
    assert CHECK in seen
    assert "Wann\nund wo?" in seen
    await anna.taps(TakeStep("ask", "summary", Step.SUBMIT))
    assert [line.text for line in anna.post.book.all(InquiryLine)] == ["Wann\nund wo?"]


async def test_form_in_progress_and_words_for_another_are_both_kept(anna: Chat) -> None:
    await anna.commands("/beitreten")
    await anna.says("Bäckerei Adler")
    assert "Worum geht es" in await anna.commands("/idee Solar aufs Dach")
    await anna.taps(ChooseOption("idea", "topic", 0))
    await anna.taps(SEND_IDEA)
    assert [idea.text for idea in anna.post.book.all(Idea)] == ["Solar aufs Dach"]
    (resting,) = anna.post.book.all(Form)
    assert resting.answers["organisation"] == "Bäckerei Adler"


async def test_question_of_theirs_where_a_form_asks_is_kept_and_can_be_sent(anna: Chat) -> None:
    await anna.commands("/beitreten")
    for answer in ("Bäckerei Adler", "Unternehmen"):
        await anna.says(answer)
    seen = await anna.says("Was kostet die Mitgliedschaft?")
    assert "fünf Ziffern" in seen
    assert "Frage an die Geschäftsstelle" in buttons(anna.post)
    assert "Was kostet die Mitgliedschaft?" in await anna.taps(SendAs("ask"))
    await anna.taps(TakeStep("ask", "summary", Step.SUBMIT))
    assert [line.text for line in anna.post.book.all(InquiryLine)] == ["Was kostet die Mitgliedschaft?"]
    assert texts_kept(anna.post.book) == []
    await anna.taps(ResumeForm())
    assert "Branche" in await anna.says("47798")


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("termine", "/termine"),
        ("Hilfe bitte", "/hilfe"),
        ("Ich habe eine Idee: Bienen", "Idee für alle Partner"),
        ("Meine Frage: Wo ist das", "Frage an die Geschäftsstelle"),
        ("Wir sind eine Genossenschaft", "Frage an die Geschäftsstelle"),
    ],
)
async def test_call_where_a_form_asks_for_a_tap_is_offered(anna: Chat, text: str, offered: str) -> None:
    await anna.commands("/beitreten")
    await anna.says("Bäckerei Adler")
    assert "tippen Sie" in await anna.says(text)
    assert [label for label in buttons(anna.post) if label.startswith(offered)]
    assert texts_kept(anna.post.book) == ([text] if len(text.split()) > 2 else [])


async def test_two_words_where_a_tap_is_asked_for_are_kept_and_asked_about(anna: Chat) -> None:
    await anna.commands("/beitreten")
    await anna.says("Bäckerei Adler")
    assert "tippen Sie auf eine der Tasten" in await anna.says("Warum gerade")
    assert "Frage an die Geschäftsstelle" in buttons(anna.post)
    assert texts_kept(anna.post.book) == ["Warum gerade"]
    assert "tippen Sie auf eine der Tasten" in await anna.says("47803")
    assert "Frage an die Geschäftsstelle" not in buttons(anna.post)


@pytest.mark.parametrize("text", ["14:30", "9-17", "10.12.", "02151 864730"])
async def test_figures_where_a_tap_is_asked_for_are_kept_and_asked_about(anna: Chat, text: str) -> None:
    await anna.commands("/beitreten")
    await anna.says("Bäckerei Adler")
    assert "tippen Sie auf eine der Tasten" in await anna.says(text)
    assert "Frage an die Geschäftsstelle" in buttons(anna.post)
    assert texts_kept(anna.post.book) == [text]


async def test_prompt_above_loses_its_buttons(anna: Chat) -> None:
    def without_buttons() -> list[int]:
        calls = anna.post.telegram.calls
        return [given["message_id"] for name, given in calls if name == "editMessageReplyMarkup"]

    await anna.commands("/beitreten")
    await anna.says("Bäckerei Adler")
    await anna.says("weiß nicht")
    assert len(set(without_buttons())) == 2
    await anna.commands("/termine")  # changes nothing about the form
    await anna.commands("/frage Wann?")
    assert len(set(without_buttons())) == 3  # it rests


async def test_who_begins_another_idea_sees_what_of_the_first_would_be_gone(anna: Chat) -> None:
    await anna.commands("/idee Solar aufs Dach")
    seen = await anna.commands("/idee Bienen auf dem Dach")
    assert "nicht abgeschlossen" in seen
    assert "• Solar aufs Dach" in seen


async def test_title_behind_the_command_for_a_new_event_is_its_title(post: Post) -> None:
    olga = Chat(post, post.book.staff())
    assert "Was für ein Termin" in await olga.commands("/neuertermin Adventskaffee")
    assert post.book.all(Form)[0].answers["title"] == "Adventskaffee"


@pytest.mark.parametrize("call", ["/beitreten ", "/beitretn ", "Beitreten: "])
async def test_name_behind_the_call_to_join_is_the_organisations(anna: Chat, call: str) -> None:
    says = anna.commands if call.startswith("/") else anna.says
    seen = await says(f"{call}Bäckerei Adler")
    if "gibt es nicht" in seen:
        seen = await anna.taps(RunCommand("beitreten", 1))
    assert "Um welche Art von Organisation" in seen
    assert anna.post.book.all(Form)[0].answers["organisation"] == "Bäckerei Adler"


async def test_words_behind_the_command_for_measures_are_its_name(post: Post) -> None:
    bea = Chat(post, post.book.contact("Bea"))
    assert "Worum geht es" in await bea.commands("/massnahme Neue Fenster im Lager")
    assert post.book.all(Form)[0].answers["title"] == "Neue Fenster im Lager"


@pytest.mark.parametrize("command", ["/termine", "/konzept", "/programm", "/hilfe", "/massnahme"])
async def test_words_behind_any_other_command_are_kept_and_asked_about(anna: Chat, command: str) -> None:
    assert NOT_SENT in await anna.commands(f"{command} Gibt es etwas für Vereine?")
    assert texts_kept(anna.post.book) == ["Gibt es etwas für Vereine?"]
    assert "Frage an die Geschäftsstelle" in buttons(anna.post)


async def test_no_more_than_politeness_behind_a_command_is_not_asked_about(anna: Chat) -> None:
    assert NOT_SENT not in await anna.commands("/termine bitte")
    assert texts_kept(anna.post.book) == []


@pytest.mark.parametrize(
    ("asked_before", "answer"),
    [
        ((), "Wann ist der nächste Termin?"),
        ((), "wann ist der nächste Termin"),
        (
            ("Bäckerei Adler", "Unternehmen", "47798", "Handwerk", "1 bis 9"),
            "What do I get of it?",
        ),
    ],
)
async def test_question_where_a_form_takes_a_fact_is_asked_about(
    anna: Chat, asked_before: tuple[str, ...], answer: str
) -> None:
    await anna.commands("/beitreten")
    for given in asked_before:
        await anna.says(given)
    assert "klingt nach einer Frage" in await anna.says(answer)
    assert {"Ja, das ist meine Antwort", "Frage an die Geschäftsstelle"} <= {*buttons(anna.post)}
    (form,) = anna.post.book.all(Form)
    assert answer not in form.answers.values()
    assert texts_kept(anna.post.book) == [answer]


async def test_name_that_sounds_like_a_question_is_taken_when_its_writer_says_so(anna: Chat) -> None:
    await anna.commands("/beitreten Was nun?")
    assert "Ja, das ist meine Antwort" in buttons(anna.post)
    await anna.taps(TakeStep("join", "organisation", Step.SAME))
    assert anna.post.book.all(Form)[0].answers["organisation"] == "Was nun?"


async def test_topic_chosen_before_is_kept_when_the_text_comes_behind_the_command(anna: Chat) -> None:
    await anna.commands("/idee")
    await anna.taps(ChooseOption("idea", "topic", 0))
    assert "Solar aufs Dach" in await anna.commands("/idee Solar aufs Dach")
    assert "Vielen Dank" in await anna.taps(SEND_IDEA)


async def test_mistyped_command_offers_the_nearest_and_keeps_what_stood_behind_it(anna: Chat) -> None:
    assert "Den Befehl /idde gibt es nicht" in await anna.commands("/idde Solar aufs Dach")
    assert buttons(anna.post)[0].startswith("/idee")
    assert "Worum geht es" in await anna.taps(RunCommand("idee", 1))
    assert anna.post.book.all(Form)[0].answers["text"] == "Solar aufs Dach"


async def test_mistyped_command_alone_does_what_was_meant(anna: Chat) -> None:
    assert "Meinen Sie /termine?" in await anna.commands("/termin")
    assert "Termin" in await anna.taps(RunCommand("termine"))
    assert "/hilfe zeigt" in await anna.commands("/xyzxyz")
    assert "/hilfe zeigt" in await anna.commands("/tagesberich")  # that is the office's


async def test_mistyped_command_within_a_form_offers_the_nearest_above_its_buttons(anna: Chat) -> None:
    await anna.commands("/idee")
    assert "Diesen Befehl gibt es nicht" in await anna.commands("/frag Was kostet das?")
    assert buttons(anna.post)[0].startswith("/frage")
    assert CHECK in await anna.taps(RunCommand("frage", 1))
    assert anna.post.book.all(Form)[0].answers["text"] == "Was kostet das?"


async def test_loose_text_goes_where_its_writer_says(anna: Chat) -> None:
    seen = await anna.says("Kostet es etwas, wenn wir beitreten?")
    assert NOT_SENT in seen
    assert "Kostet es etwas" in seen
    assert buttons(anna.post) == [
        "Frage an die Geschäftsstelle",
        "Idee für alle Partner",
        "/beitreten: Dem Pakt beitreten",
        "Verwerfen",
        "Zum Menü",
    ]
    assert CHECK in await anna.taps(SendAs("ask"))
    assert texts_kept(anna.post.book) == []


async def test_name_that_staff_write_can_be_searched_for(post: Post) -> None:
    book = post.book
    book.organisation("Königs Bau")
    olga = Chat(post, book.staff())
    await olga.says("Koenigs")
    assert "Danach suchen" in buttons(post)
    assert "Gefunden zu" in await olga.taps(SendAs("search"))
    assert "Partner: Königs Bau" in buttons(post)
    assert texts_kept(book) == []


async def test_loose_text_is_dropped_by_a_tap_or_forgotten_after_a_week(anna: Chat) -> None:
    book = anna.post.book
    await anna.says("Nur so ein Gedanke")
    assert "verworfen" in await anna.taps(DropWords())
    assert texts_kept(book) == []
    assert "Was möchten Sie wissen?" in await anna.taps(SendAs("ask"))  # an older message's button
    await anna.commands("/abbrechen")
    await anna.says("Noch ein Gedanke")
    book.run(agenda.tidy, book.pact, datetime.now(UTC) + timedelta(days=6))
    assert texts_kept(book) == ["Noch ein Gedanke"]
    book.run(agenda.tidy, book.pact, datetime.now(UTC) + timedelta(days=8))
    assert texts_kept(book) == []


async def test_words_of_somebody_who_leaves_are_erased(post: Post) -> None:
    anna = post.book.contact("Anna")
    chat = Chat(post, anna)
    await chat.says("Nur so ein Gedanke")
    await chat.commands("/idee Solar aufs Dach")
    await chat.taps(ChooseOption("idea", "topic", 0))
    await chat.taps(SEND_IDEA)
    assert len(post.book.all(SentText)) == 1
    post.book.acts(contacts.leave, anna, id_of(anna))
    assert post.book.all(LooseText) == []
    assert post.book.all(SentText) == []


async def test_text_too_long_for_its_form_is_kept(anna: Chat) -> None:
    long = "Wort " * 500
    assert "Das ist zu lang" in await anna.commands(f"/frage {long}")
    assert texts_kept(anna.post.book) == [long.strip()]


@pytest.mark.parametrize(
    ("parts", "seen"),
    [
        (
            {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 1}},
            "Aufnahmen kann ich nicht anhören",
        ),
        ({"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]}, "Bilder kann ich"),
        ({"document": {"file_id": "d", "file_unique_id": "d"}}, "Mit Dateien kann ich"),
        ({"location": {"latitude": 51.3, "longitude": 6.6}}, "Damit kann ich hier nichts anfangen"),
        ({"contact": CONTACT}, "Damit kann ich hier nichts anfangen"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "Sticker und Ähnliches"),
        ({"unheard_of": {}}, "Damit kann ich hier nichts anfangen"),
    ],
)
async def test_what_cannot_be_read_is_answered_with_what_to_do(
    anna: Chat, parts: dict[str, Any], seen: str
) -> None:
    assert seen in await anna.says("", **parts)
    await anna.commands("/frage")
    in_form = await anna.says("", **parts)
    assert "Was möchten Sie wissen?" in in_form
    assert ("Aufnahmen" if "voice" in parts else "Bitte antworten Sie mit Text") in in_form


async def test_album_is_answered_once(anna: Chat) -> None:
    photo = {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]}
    for album in ("1", "1", "1", "2"):
        await anna.says("", media_group_id=album, **photo)
    assert len(anna.post.telegram.sent(anna.telegram_id)) == 2


async def test_words_under_a_picture_are_words(anna: Chat) -> None:
    seen = await anna.says("", caption=TREE, **PHOTO)
    assert TREE in seen
    await anna.commands("/frage")
    assert CHECK in await anna.says("", caption="Darf hier ein Baum stehen?", **PHOTO)


async def hands_in(anna: Chat) -> Idea:
    await anna.taps(ChooseOption("idea", "topic", 2))
    await anna.taps(SEND_IDEA)
    return anna.post.book.all(Idea)[0]


@pytest.mark.parametrize(
    ("media", "kept"),
    [(PHOTO, ("p", "")), (VOICE_NOTE, ("", "v"))],
    ids=["picture", "voice note"],
)
async def test_picture_or_voice_note_goes_along_when_its_words_become_an_idea(
    anna: Chat, media: dict[str, Any], kept: tuple[str, str]
) -> None:
    assert "kommt mit" in await anna.says("", caption=TREE, **media)
    assert "📎 Idee für alle Partner" in buttons(anna.post)
    assert not [label for label in buttons(anna.post) if "📎" in label and "Idee" not in label]
    assert "Worum geht es" in await anna.taps(SendAs("idea"))
    idea = await hands_in(anna)
    assert (idea.text, (idea.picture, idea.voice)) == (TREE, kept)


@pytest.mark.parametrize("call", ["/idee ", "/idee@Bot ", "Idee: ", "Ich habe eine Idee: "])
async def test_words_under_a_picture_that_call_for_an_idea_are_its_draft(anna: Chat, call: str) -> None:
    assert "Worum geht es" in await anna.says("", caption=f"{call}{TREE}", **PHOTO)
    idea = await hands_in(anna)
    assert (idea.text, idea.picture) == (TREE, "p")


async def test_words_under_a_picture_as_an_answer_in_the_form_of_an_idea_bring_the_picture(
    anna: Chat,
) -> None:
    await anna.commands("/idee")
    await anna.taps(ChooseOption("idea", "topic", 2))
    await anna.says("", caption=TREE, **PHOTO)
    await anna.taps(SEND_IDEA)
    assert [(idea.text, idea.picture) for idea in anna.post.book.all(Idea)] == [(TREE, "p")]


async def test_album_with_words_is_one_idea_with_its_first_picture(anna: Chat) -> None:
    await anna.says("", caption=f"Idee: {TREE}", media_group_id="1", **PHOTO)
    before = len(anna.post.telegram.sent(anna.telegram_id))
    second = {"photo": [{"file_id": "q", "file_unique_id": "q", "width": 1, "height": 1}]}
    await anna.says("", media_group_id="1", **second)
    assert len(anna.post.telegram.sent(anna.telegram_id)) == before
    assert (await hands_in(anna)).picture == "p"


async def test_reply_that_calls_for_an_idea_may_be_one(post: Post) -> None:
    anna, event = Chat(post, post.book.contact("Anna")), post.book.event(ahead())
    seen = await anna.replies(f"Idee: {TREE}", AnswerEvent(id_of(event), 1))
    assert NOT_SENT in seen
    await anna.taps(SendAs("idea"))
    assert (await hands_in(anna)).text == TREE
    await anna.replies("Noch eine Idee: Und eine Bank davor")
    assert [form.answers["text"] for form in post.book.all(Form)] == ["Und eine Bank davor"]


async def test_what_telegram_itself_notes_in_a_chat_is_left_alone(anna: Chat) -> None:
    await anna.commands("/hilfe")
    before = len(anna.post.telegram.calls)
    await anna.says("", write_access_allowed={})
    assert len(anna.post.telegram.calls) == before


async def test_card_that_somebody_shares_into_the_chat_with_the_bot_is_left_alone(anna: Chat) -> None:
    await anna.commands("/frage")
    before = len(anna.post.telegram.calls)
    await anna.says("Rundgang, Do 10.12.", via_bot=ME)
    assert len(anna.post.telegram.calls) == before
    assert anna.post.book.all(Form)[0].question == "text"


def ahead() -> datetime:
    return datetime.now(UTC) + timedelta(days=9)


async def test_reply_goes_to_what_its_message_is_about_and_not_into_the_open_form(post: Post) -> None:
    book = post.book
    anna, event = Chat(post, book.contact("Anna")), book.event(ahead())
    await anna.commands("/frage")
    seen = await anna.replies("Ist der Weg barrierefrei?", AnswerEvent(id_of(event), 1))
    assert "Rundgang" in seen
    assert CHECK in seen
    assert book.all(Form)[0].subject_id == event.id


async def test_reply_to_a_question_of_the_form_answers_it(anna: Chat) -> None:
    await anna.commands("/frage")
    assert CHECK in await anna.replies("Wann geht es los?", TakeStep("ask", "text", Step.CANCEL))


async def test_reply_to_a_list_of_several_things_is_asked_about(post: Post) -> None:
    book = post.book
    anna = Chat(post, book.contact("Anna"))
    events = [id_of(book.event(ahead())) for _ in range(2)]
    assert NOT_SENT in await anna.replies("Wie lange?", *(ShowEvent(event_id) for event_id in events))


async def test_reply_to_what_is_gone_says_so_and_is_kept(post: Post) -> None:
    book, starts_at = post.book, ahead()
    new = NewEvent("Geheim", starts_at, starts_at + timedelta(hours=2))
    draft = book.acts(planning.draft, book.staff(), new)
    seen = await Chat(post, book.contact("Anna")).replies("Wie lange?", ShowEvent(id_of(draft)))
    assert "Geheim" not in seen
    assert "⚠️" in seen
    assert NOT_SENT in seen
    assert texts_kept(book) == ["Wie lange?"]


async def test_reply_to_a_case_is_a_question_or_a_note_of_the_office(post: Post) -> None:
    book = post.book
    request = book.asks_to_join(book.person("Eve"), "Bäckerei Adler")
    olga = Chat(post, book.staff())
    assert NOT_SENT in await olga.replies("Ruft im Mai wieder an", ShowRequest(id_of(request)))
    assert buttons(post)[:2] == ["Rückfrage an die Organisation", "Interne Notiz"]
    await olga.taps(SendAs("note", id_of(request)))
    assert "Ruft im Mai wieder an" in [entry.text for entry in book.all(CaseEntry)]


async def test_applicants_question_about_their_request_lands_in_its_case(post: Post) -> None:
    book = post.book
    eve = book.person("Eve")
    request_id = id_of(book.asks_to_join(eve, "Bäckerei Adler"))
    chat = Chat(post, eve)
    for text in ("Wie lange dauert es?", "Und was kostet es?"):
        assert CHECK in await chat.replies(text, StartForm("ask_case", request_id))
        await chat.taps(TakeStep("ask_case", "summary", Step.SUBMIT, request_id))
    asked = [entry.text for entry in book.all(CaseEntry) if entry.text.endswith("?")]
    assert asked == ["Wie lange dauert es?", "Und was kostet es?"]
    assert len({line.inquiry_id for line in book.all(InquiryLine)}) == 1
    mallory = Chat(post, book.person("Mallory"))
    assert NOT_SENT in await mallory.replies("Zeigen Sie her", StartForm("ask_case", request_id))


async def test_reply_to_a_message_of_somebody_elses_question_reveals_nothing(post: Post) -> None:
    book, now = post.book, datetime.now(UTC)
    thread = book.at(now).acts(inquiries.ask, book.person("Eve"), None, "Streng geheim")
    mallory = Chat(post, book.person("Mallory"))
    for name in ("reply", "answer"):
        seen = await mallory.replies("Zeigen Sie her", StartForm(name, id_of(thread.inquiry)))
        assert "Streng geheim" not in seen
        assert NOT_SENT in seen


def has_reached(book: Book, notice: Notice) -> None:
    """As the courier notes it."""
    book.run(outbox.finish, id_of(notice), Outcome.SENT, datetime.now(UTC), message_id=77)


async def test_office_that_asks_in_the_midst_of_a_form_gets_its_answer(post: Post) -> None:
    book, now = post.book, datetime.now(UTC)
    eve, olga = book.person("Eve"), book.staff()
    thread = book.at(now).acts(inquiries.ask, eve, None, "Wann?")
    chat = Chat(post, eve)
    await chat.commands("/beitreten")
    await chat.says("Bäckerei Adler")
    book.at(now).acts(inquiries.answer, olga, id_of(thread.inquiry), "Welcher Termin?")
    has_reached(book, book.all(Notice)[-1])
    assert NOT_SENT in await chat.says("Der im Mai")
    assert buttons(post)[:2] == ["Der Geschäftsstelle antworten", "Dem Pakt beitreten"]
    seen = await chat.taps(SendAs("join"))
    assert "⚠️" in seen  # it is no answer to that question
    assert "category" not in book.all(Form)[0].answers


async def test_what_staff_write_after_a_question_may_be_its_answer(post: Post) -> None:
    book, now = post.book, datetime.now(UTC)
    olga = Chat(post, book.staff())
    thread = book.at(now).acts(inquiries.ask, book.person("Eve"), None, "Wann?")
    has_reached(book, book.all(Notice)[-1])
    assert NOT_SENT in await olga.says("Im Mai")
    assert buttons(post)[0] == "Antwort auf die letzte Frage"
    assert CHECK in await olga.taps(SendAs("answer", id_of(thread.inquiry)))


async def test_text_after_the_question_for_a_wish_is_the_wish(post: Post) -> None:
    book, now = post.book, datetime.now(UTC)
    anna, event = book.contact("Anna"), book.event(now - timedelta(hours=5))
    book.answers(anna, event, 1, now - timedelta(days=1))
    chat, event_id = Chat(post, anna), id_of(event)
    book.at(now).acts(feedback.give, anna, event_id, score=4)
    assert "Haben Sie einen Wunsch?" in await chat.taps(GiveChange(event_id, Aspect.PLACE))
    assert "Ihr Wunsch ist für die Geschäftsstelle notiert" in await chat.says("Mehr Zeit zum Reden")
    assert NOT_SENT in await chat.says("Und kürzere Vorträge")
    assert book.acts(feedback.own_wish, anna, event_id) == "Mehr Zeit zum Reden"
    await chat.edits(2, "Viel mehr Zeit zum Reden")
    assert book.acts(feedback.own_wish, anna, event_id) == "Viel mehr Zeit zum Reden"


async def test_edit_corrects_the_answer_it_was_while_its_form_is_open(anna: Chat) -> None:
    await anna.commands("/beitreten")
    await anna.says("Bäkerei Adler")
    assert "Berichtigt. Organisation: Bäckerei Adler" in (await anna.edits(2, "Bäckerei Adler")).replace(
        "<b>", ""
    )
    assert anna.post.book.all(Form)[0].answers["organisation"] == "Bäckerei Adler"
    assert "Ihre Korrektur wurde nicht übernommen" in await anna.edits(2, "B")
    assert anna.post.book.all(Form)[0].answers["organisation"] == "Bäckerei Adler"


async def test_edit_of_an_answer_that_was_given_anew_changes_nothing(anna: Chat) -> None:
    await anna.commands("/frage")
    await anna.says("Wann?!")
    await anna.taps(TakeStep("ask", "summary", Step.BACK))
    await anna.says("Und wo?")
    assert "Sie haben eine frühere Nachricht geändert" in await anna.edits(2, "Warum?")
    assert anna.post.book.all(Form)[0].answers["text"] == "Und wo?"


async def test_edit_of_an_answer_that_was_tapped_anew_changes_nothing(anna: Chat) -> None:
    await anna.commands("/idee")
    await anna.says("Projektideen")
    await anna.taps(TakeStep("idea", "text", Step.BACK))
    await anna.taps(ChooseOption("idea", "topic", 0))
    assert "Es gilt die spätere Antwort" in await anna.edits(2, "Sonstiges")
    assert anna.post.book.all(Form)[0].answers["topic"] == "exchange"


async def test_edit_of_one_of_many_answers_changes_that_one(anna: Chat) -> None:
    book = anna.post.book
    book.at(datetime.now(UTC)).acts(forms.start, book.all(Person)[0], "join", "hopes")
    await anna.says("Wneiger Müll")
    await anna.says("Mehr Bäume")
    assert "Berichtigt" in await anna.edits(1, "Weniger Müll")
    assert book.all(Form)[0].answers["hopes"] == ["Weniger Müll", "Mehr Bäume"]


async def test_edit_corrects_an_idea_that_is_handed_in(anna: Chat) -> None:
    await anna.commands("/idee Solar aufs Dahc")
    await anna.taps(ChooseOption("idea", "topic", 0))
    await anna.taps(SEND_IDEA)
    entity = {"type": "bot_command", "offset": 0, "length": 5}
    assert "Berichtigt" in await anna.edits(1, "/idee Solar aufs Dach", entities=[entity])
    assert [idea.text for idea in anna.post.book.all(Idea)] == ["Solar aufs Dach"]


async def test_edit_of_words_that_called_for_the_form_corrects_what_they_went_on_to_say(anna: Chat) -> None:
    await anna.says("Ich habe eine Frage: Wan?")
    assert "Frage: <b>Wann?</b>" in await anna.edits(1, "Ich habe eine Frage: Wann?")


async def test_edit_of_one_answer_changes_no_other(anna: Chat) -> None:
    await anna.commands("/idee")
    await anna.says("Projektideen")
    await anna.says("Solar aufs Dach")
    await anna.taps(SEND_IDEA)
    assert "Das ist schon abgeschickt" in await anna.edits(2, "Sonstiges")
    assert [idea.text for idea in anna.post.book.all(Idea)] == ["Solar aufs Dach"]


async def test_edit_of_what_was_not_sent_yet_changes_that(anna: Chat) -> None:
    await anna.says("Gibt es Parkpläze?")
    assert "Gibt es Parkplätze?" in await anna.edits(1, "Gibt es Parkplätze?")
    assert texts_kept(anna.post.book) == ["Gibt es Parkplätze?"]


async def test_edit_that_can_change_nothing_says_so(anna: Chat) -> None:
    await anna.says("Hilfe")
    assert "Sie haben eine frühere Nachricht geändert" in await anna.edits(1, "Hilfe!")


async def test_edit_of_what_was_sent_and_stays_says_so(post: Post) -> None:
    olga, event_id = Chat(post, post.book.staff()), id_of(post.book.event(ahead()))
    await olga.taps(StartForm("event_title", event_id))
    await olga.says("Rundgnag")
    assert "Das ist schon abgeschickt" in await olga.edits(2, "Rundgang")


async def test_edit_that_changes_no_words_is_left_alone(anna: Chat) -> None:
    """Telegram says so too when it has found a link's preview."""
    await anna.commands("/frage https://example.org ist was?")
    before = len(anna.post.telegram.calls)
    entity = {"type": "bot_command", "offset": 0, "length": 6}
    await anna.edits(1, "/frage https://example.org ist was?", entities=[entity])
    assert len(anna.post.telegram.calls) == before


async def test_edit_of_what_was_the_answer_twice_corrects_each_by_its_own_message(anna: Chat) -> None:
    book = anna.post.book
    answered = {
        "organisation": "A",
        "known_for": "A",
        "category": "company",
        "postcode": "47798",
        "placed": "47798",
        "is_inside": True,
        "sector": "other",
        "size": "small",
        "hopes": ["saving"],
        "measures": None,
        "concept": "no",
    }

    (person,) = book.all(Person)

    def begin(session: Session) -> None:
        form = forms.start(turn_of(session, person), "join", "contact")
        form.answers = answered
        session.add(form)

    book.run(begin)
    await anna.says("Anna Berg")
    assert "Ist es auch hier Ihre Antwort?" in await anna.says("Anna Berg")
    await anna.taps(TakeStep("join", "role", Step.SAME))
    assert "Berichtigt" in await anna.edits(2, "Leiterin")
    assert "Berichtigt" in await anna.edits(1, "Anna Berger")
    answers = book.all(Form)[0].answers
    assert (answers["contact"], answers["role"]) == ("Anna Berger", "Leiterin")


async def test_reply_is_the_answer_also_where_the_notice_is_only_noted_as_sent_while_it_is_written(
    post: Post,
) -> None:
    book, eve = post.book, post.book.person("Eve")
    now = datetime.now(UTC)
    thread = book.at(now).acts(inquiries.ask, eve, None, "Wann?")
    inquiry_id = id_of(thread.inquiry)
    book.at(now).acts(inquiries.answer, book.staff(), inquiry_id, "Im Mai. Passt das?")
    chat = Chat(post, eve)
    await chat.taps(StartForm("reply", inquiry_id))
    (notice,) = (one for one in book.all(Notice) if one.person_id == eve.id)
    book.run(outbox.finish, notice.id, Outcome.SENT, now + timedelta(minutes=1), message_id=77)
    assert CHECK in await chat.says("Ja, gern")


async def test_names_written_after_a_yes_for_several_can_be_who_comes_along(post: Post) -> None:
    book, now = post.book, datetime.now(UTC)
    anna = book.contact("Anna")
    event = book.event(now + timedelta(days=30))
    chat = Chat(post, anna)
    book.answers(anna, event, 3, now)
    assert NOT_SENT in await chat.says("Jan und Tim")
    assert buttons(post)[0] == "Namen der Begleitung"
    await chat.taps(SendAs("names", id_of(event)))
    assert book.sees(anna, event, now).names == ("Jan", "Tim")


async def test_names_written_after_a_yes_for_one_can_come_along_too(post: Post) -> None:
    book, now = post.book, datetime.now(UTC)
    anna = book.contact("Anna")
    event = book.event(now + timedelta(days=30))
    chat = Chat(post, anna)
    book.answers(anna, event, 1, now)
    assert NOT_SENT in await chat.says("Jan und Tim kommen mit")
    assert buttons(post)[0] == "Namen der Begleitung"
    await chat.taps(SendAs("names", id_of(event)))
    card = book.sees(anna, event, now)
    assert (card.party, card.names) == (3, ("Jan", "Tim"))


async def test_label_of_a_button_that_is_typed_does_what_the_button_does(anna: Chat) -> None:
    await anna.commands("/beitreten")
    assert "Wie heißt Ihre Organisation?" in await anna.says("zurück")  # there is no way back yet
    for answer in ("Bäckerei Adler", "Unternehmen", "Zurück"):
        seen = await anna.says(answer)
    assert "Um welche Art von Organisation" in seen
    for answer in ("Unternehmen", "47798", "Handwerk", "12", "überspringen", "Überspringen"):
        await anna.says(answer)
    assert anna.post.book.all(Form)[0].answers["measures"] is None
    for answer in ("Zurück", "Zurück", "Austausch mit anderen", "Überspringen"):
        await anna.says(answer)
    assert anna.post.book.all(Form)[0].answers["hopes"] == ["exchange"]
    assert "verwerfen" in await anna.says("Abbrechen")


async def test_number_where_sizes_are_to_be_tapped_is_the_size(anna: Chat) -> None:
    await anna.commands("/beitreten")
    for answer in ("Bäckerei Adler", "Unternehmen", "47798", "Handwerk", "ca. 12 Leute"):
        await anna.says(answer)
    assert anna.post.book.all(Form)[0].answers["size"] == "small"


async def test_what_else_words_can_become_stands_below_the_question_with_a_reason(anna: Chat) -> None:
    await anna.commands("/beitreten")
    await anna.says("Bäckerei Adler")
    assert "Oder soll aus Ihrer Nachricht etwas anderes werden?" in await anna.says("Wir sind ein Handwerk")
    assert buttons(anna.post)[0] == "Unternehmen"
    assert buttons(anna.post)[-2:] == ["Frage an die Geschäftsstelle", "Idee für alle Partner"]


async def test_what_follows_at_the_preview_joins_the_question(anna: Chat) -> None:
    await anna.commands("/frage")
    await anna.says("Wo ist das Treffen?")
    assert "Wo ist das Treffen?\nUnd wann?" in await anna.says("Und wann?")


async def test_reason_that_was_left_out_can_be_written_at_the_preview(post: Post) -> None:
    applicant = post.book.person("Bea")
    request, bea = post.book.asks_to_join(applicant, "Café"), Chat(post, applicant)
    await bea.taps(StartForm("withdraw", id_of(request)))
    await bea.taps(TakeStep("withdraw", "reason", Step.SKIP, id_of(request)))
    seen = await bea.says("Wir ziehen um")
    assert "Wir ziehen um" in seen
    assert "None" not in seen


async def test_applicant_whose_form_is_over_finds_the_request(post: Post) -> None:
    book, petra = post.book, post.book.person("Petra")
    request = book.asks_to_join(petra, "Café")
    chat = Chat(post, petra)
    await chat.taps(StartForm("fix_request", id_of(request)))
    await chat.taps(ChangeAnswer("fix_request", "email", id_of(request)))
    book.declines(book.staff("Paul"), request)
    assert "nicht mehr möglich" in await chat.says("neu@firma.de")
    assert "Aktuellen Stand ansehen" in buttons(post)
