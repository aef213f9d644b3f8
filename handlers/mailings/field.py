"""What `mailings` has to offer in the chat."""

from domain.basics.deeds import Deed
from domain.basics.words import N_
from handlers.chat.commands import Command
from handlers.chat.field import Commanded, Field, TapAct, tap, tap_by_act
from handlers.mailings import drafts, notices, receiving, running
from handlers.mailings.access import ACCESS
from handlers.mailings.buttons import MailingAct, OnMailing, WishMailings

ACTS: dict[MailingAct, TapAct] = {
    MailingAct.SHOW: drafts.asked_for_mailing,
    MailingAct.WHOM: drafts.asked_whom,
    MailingAct.ALL: drafts.chose_all,
    MailingAct.NOBODY: drafts.chose_nobody,
    MailingAct.BY: drafts.asked_for_options,
    MailingAct.SWITCH: drafts.switched,
    MailingAct.EVENT: drafts.chose_event,
    MailingAct.IDEA: drafts.chose_idea,
    MailingAct.KEPT: drafts.chose_kept,
    MailingAct.DROP_KEPT: drafts.dropped_kept,
    MailingAct.PURPOSE: drafts.turned_purpose,
    MailingAct.AT_ONCE: drafts.sends_at_once,
    MailingAct.COPY: drafts.asked_for_copy,
    MailingAct.SEND: running.let_out,
    MailingAct.APPROVE: running.approved,
    MailingAct.STOP: running.stopped,
    MailingAct.PAUSE: running.paused,
    MailingAct.RESUME: running.resumed,
    MailingAct.ASK_RESEND: running.asked_to_resend,
    MailingAct.RESEND: running.resent,
    MailingAct.ASK_RECALL: running.asked_to_recall,
    MailingAct.RECALL: running.recalled,
    MailingAct.ASK_DROP: drafts.asked_to_drop,
    MailingAct.DROP: drafts.dropped,
    MailingAct.REOPEN: running.reopened,
    MailingAct.FILE: drafts.asked_for_file,
    MailingAct.MARKDOWN: running.text_as("md"),
    MailingAct.WORD: running.text_as("docx"),
    MailingAct.REPLY: receiving.asked_to_reply,
    MailingAct.WHY: receiving.asked_why,
    MailingAct.NO_MORE: receiving.wanted_no_more,
}


FIELD = Field(
    access=ACCESS,
    deeds={
        **dict.fromkeys(
            (MailingAct.SEND, MailingAct.APPROVE, MailingAct.RESEND, MailingAct.RECALL), Deed.SENT_MAILING
        ),
        MailingAct.FILE: Deed.EXPORTED_MAILING,
        "mailing-people": Deed.OPENED_CONTACT,
    },
    taps=(tap_by_act(OnMailing, ACTS), tap(WishMailings, receiving.wished)),
    places={"mailing-wishes": receiving.asked_for_wishes},
    lists={
        "mailings": drafts.asked_for_mailings,
        "mailing-people": drafts.asked_for_people,
        "mailing-events": drafts.asked_for_events,
        "mailing-ideas": drafts.asked_for_ideas,
        "mailing-answers": running.asked_for_answers,
        "kept-choices": drafts.asked_for_kept,
        "press-md": running.recap_as("md"),
        "press-docx": running.recap_as("docx"),
    },
    forms=(*drafts.FORMS, *running.FORMS, *receiving.FORMS),
    notices=notices.NOTICES,
    views=notices.VIEWS,
    about={OnMailing: receiving.about},
    commands=(
        Commanded(
            Command(N_("/broadcast"), N_("Write to many"), 75, for_staff=True),
            drafts.asked_by_command,
            text_for="mailing",
        ),
    ),
)
