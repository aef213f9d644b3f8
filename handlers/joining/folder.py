"""The signed agreement and the certificate of a partner in the chat: filed, found again, taken out."""

import json
from dataclasses import replace
from typing import Any

from domain.basics.words import N_
from domain.joining.requests import PaperKind
from handlers.chat.context import Context
from handlers.chat.questions import Asked, Question, Questionnaire, Submission, Wrong, asks
from handlers.joining import papers as pdf
from handlers.joining.buttons import OnPaper, PaperAct
from handlers.joining.screens import folder as screens
from storage.engine.turn import Turn
from storage.joining import papers
from storage.joining.papers import Folder, Paper

NAME = 160
WANTED = Wrong(N_("Please send a photo or a document, or write where the agreement is kept."))
KINDS = {"text": PaperKind.PLACE, "photo": PaperKind.PHOTO, "document": PaperKind.DOCUMENT}


async def acted(context: Context, tap: OnPaper) -> None:
    match tap.act:
        case PaperAct.SHOW:
            paper = await context.transact(papers.show, tap.number)
            await context.show(screens.render_paper(paper, context.t))
        case PaperAct.ASK_REMOVE:
            paper = await context.transact(papers.show, tap.number)
            await context.show(screens.render_doubt(paper, context.t))
        case PaperAct.REMOVE:
            found = await context.transact(papers.remove, tap.number)
            await context.show(screens.render_folder(found, context.t))
        case PaperAct.FOLDER:
            found = await context.transact(papers.folder, tap.number)
            await context.show(screens.render_folder(found, context.t))
        case PaperAct.CERTIFICATE:
            found = await context.transact(papers.folder, tap.number)
            file = pdf.certificate(found.organisation.name, found.signed_on, context.house.pact, context.t)
            await context.show(replace(screens.render_partner_certificate(found, context.t), file=file))


def _read(given: str, _asked: Asked) -> Any:
    try:
        part = json.loads(given)
        kind = KINDS[part["kind"]]
    except (ValueError, KeyError):
        raise WANTED from None
    name = part.get("text") if kind is PaperKind.PLACE else part.get("name", "")
    return [kind, name[:NAME], part.get("file_id", "")]


def _shown(value: Any, asked: Asked) -> str:
    return str(value[1]) or asked.t.label("📷 Photo")


def _filed(turn: Turn, form: Submission) -> Folder:
    given = [Paper(PaperKind(kind), name, file_id) for kind, name, file_id in form.answers["papers"]]
    return papers.file(turn, form.subject_id, given)


FILING: Questionnaire[Any] = asks(
    "filing",
    N_("File the agreement"),
    Question(
        "papers",
        N_("Agreement"),
        N_(
            "Please send the signed agreement as photos or as a PDF, or write where it is kept, then tap "
            "Done."
        ),
        read=_read,
        show=_shown,
        many=True,
        takes="content",
    ),
    submit=_filed,
    done=lambda found, asked: screens.render_folder(found, asked.t),
    check=papers.folder,
    about=papers.name_of,
)
