"""Who may use what of `mailings`."""

from domain.basics.access import EVERYBODY, LOOKING, OFFICE
from handlers.chat.access import declared
from handlers.mailings.buttons import MailingAct, WishMailings

OF_RECIPIENTS = (MailingAct.REPLY, MailingAct.WHY, MailingAct.NO_MORE)


ACCESS = declared(
    {
        EVERYBODY: ("mailing-wishes", "form:mailing_reply", WishMailings, *OF_RECIPIENTS),
        LOOKING: ("mailings", "mailing-people", "mailing-answers", MailingAct.SHOW),
        OFFICE: (
            *(one for one in MailingAct if one not in (MailingAct.SHOW, *OF_RECIPIENTS)),
            *("/broadcast", "mailing-events", "mailing-ideas", "kept-choices", "press-md", "press-docx"),
            *("form:mailing", "form:mailing_text", "form:mailing_when", "form:keep_choice"),
            "form:mailing_back",
        ),
    }
)
