"""Every button there is leads somewhere."""

from handlers.chat.buttons import Payload, Place
from handlers.routes import PLACES, TAPS


def test_every_kind_of_button_is_routed_once() -> None:
    assert sorted(kind.code() for kind, _ in TAPS) == sorted(kind.code() for kind in Payload.__subclasses__())


def test_every_place_on_a_menu_leads_somewhere() -> None:
    assert set(Place) == set(PLACES)
