"""The climate-protection concept that small and medium-sized partners get free of charge: its states."""

from enum import StrEnum

from domain.basics.words import N_


class ConceptState(StrEnum):
    REGISTERED = "registered"
    COMMISSIONED = "commissioned"
    DELIVERED = "delivered"
    IMPOSSIBLE = "impossible"


STATES = {
    ConceptState.REGISTERED: N_("registered"),
    ConceptState.COMMISSIONED: N_("commissioned"),
    ConceptState.DELIVERED: N_("delivered"),
    ConceptState.IMPOSSIBLE: N_("not possible"),
}
