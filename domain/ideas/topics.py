"""What an idea is about, and how many one person may hand in."""

from datetime import timedelta
from enum import StrEnum

PER_DAY = 20  # more is a stuck finger or a script; nobody reads them
CORRECTABLE = timedelta(hours=1)  # later others have read it


class Topic(StrEnum):
    EXCHANGE = "exchange"
    VISIBILITY = "visibility"
    PROJECT = "project"
    OTHER = "other"
