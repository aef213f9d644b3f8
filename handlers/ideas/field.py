"""What `ideas` has to offer in the chat."""

from domain.basics.words import N_
from handlers.chat.commands import Command
from handlers.chat.field import Commanded, Field
from handlers.chat.meanings import Meaning
from handlers.chat.routing import form
from handlers.ideas import board

FIELD = Field(
    lists={"ideas": board.asked_for_ideas},
    former={"ip": "gl:ideas:{0}"},
    forms=(board.IDEA,),
    meanings=(Meaning("idea", N_("An idea for all partners")),),
    commands=(
        Commanded(Command("idee", "idea", N_("Hand in an idea"), 20), form("idea"), text_for="idea"),
        Commanded(Command("ideen", "ideas", N_("All ideas"), 30), board.asked_for_ideas),
    ),
)
