"""The signed agreement and the certificate of a partner, as the office keeps them."""

from domain.joining.requests import PaperKind
from handlers.chat.buttons import StartForm
from handlers.chat.screens.screen import Button, File, Row, Screen, are_you_sure, bullets, paragraphs, shorten
from handlers.chat.texts import Texts
from handlers.joining.buttons import OnPaper, PaperAct
from handlers.partners.buttons import ShowOrganisation
from storage.joining.papers import Folder
from storage.joining.tables import FiledPaper

SHOWN, NAMED = 20, 40


def render_folder(folder: Folder, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("<b>Agreement and certificate: {organisation}</b>", organisation=folder.organisation.name),
            t("Partner since {day}", day=t.date(folder.signed_on)),
            bullets(
                t("{what}, filed on {day}", what=name_of(one, t), day=t.day(one.filed_at))
                for one in folder.papers[-SHOWN:]
            )
            or t("Nothing of the signed agreement has been filed yet."),
        ),
        _folder_buttons(folder, t),
    )


def _folder_buttons(folder: Folder, t: Texts) -> tuple[Row, ...]:
    number = folder.organisation.id
    return (
        *(
            (Button(shorten(name_of(one, t), NAMED), OnPaper(PaperAct.SHOW, one.id), beside=True),)
            for one in folder.papers[-SHOWN:]
        ),
        (Button(t.label("File the agreement"), StartForm("filing", number), style="primary"),),
        (Button(t.label("The certificate (PDF)"), OnPaper(PaperAct.CERTIFICATE, number), beside=True),),
        (Button(t.label("The partner"), ShowOrganisation(number)),),
    )


def name_of(paper: FiledPaper, t: Texts) -> str:
    match paper.kind:
        case PaperKind.PLACE:
            return t.label("Kept under: {place}", place=paper.name)
        case PaperKind.PHOTO:
            return t.label("📷 Photo")
    return f"📄 {paper.name}"


def render_paper(paper: FiledPaper, t: Texts) -> Screen:
    rows = (
        (Button(t.label("Remove it"), OnPaper(PaperAct.ASK_REMOVE, paper.id), beside=True),),
        (_to_folder(paper, t),),
    )
    text = t("{what}, filed on {day}", what=name_of(paper, t), day=t.day(paper.filed_at))
    copy = File(paper.name, stored=paper.file_id) if paper.file_id else None
    if paper.kind is PaperKind.PHOTO:
        return Screen(text, rows, image=copy)
    return Screen(text, rows, file=copy)


def _to_folder(paper: FiledPaper, t: Texts) -> Button:
    return Button(t.label("Back"), OnPaper(PaperAct.FOLDER, paper.organisation_id), beside=True)


def render_doubt(paper: FiledPaper, t: Texts) -> Screen:
    yes = Button(t.label("Yes, remove"), OnPaper(PaperAct.REMOVE, paper.id), style="danger")
    back = Button(t.label("Back"), OnPaper(PaperAct.FOLDER, paper.organisation_id))
    return are_you_sure(
        t("Remove “{what}” from the partner's file? It cannot be taken back.", what=name_of(paper, t)),
        yes,
        back,
    )


def render_partner_certificate(folder: Folder, t: Texts) -> Screen:
    """What stands under the certificate."""
    number = folder.organisation.id
    return Screen(
        t("The certificate of {organisation}", organisation=folder.organisation.name),
        ((Button(t.label("The partner"), ShowOrganisation(number), beside=True),),),
    )
