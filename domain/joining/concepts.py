"""The climate-protection concept that small and medium-sized partners get free of charge: its states."""

from enum import StrEnum


class ConceptState(StrEnum):
    REGISTERED = "registered"
    COMMISSIONED = "commissioned"
    DELIVERED = "delivered"
    IMPOSSIBLE = "impossible"
