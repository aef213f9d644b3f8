"""Every button there is leads somewhere."""

from handlers.buttons import Payload, Place
from handlers.routes import PLACES, Tap, routes


def test_every_kind_of_button_is_routed_once() -> None:
    kinds = [route.kind for route in routes() if isinstance(route, Tap)]
    assert sorted(kind.code() for kind in kinds) == sorted(kind.code() for kind in Payload.__subclasses__())


def test_every_place_on_a_menu_leads_somewhere() -> None:
    """The profile comes with a later version; nothing shows a button to it before."""
    assert set(Place) - set(PLACES) <= {Place.PROFILE}
