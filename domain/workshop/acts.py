"""What happens in a workshop, act by act: acts are only ever added, `state.fold` says what they come to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Phase(StrEnum):
    """In this order; the office goes forward and back."""

    COLLECT = "collect"
    GROUP = "group"
    WEIGH = "weigh"
    CLOSED = "closed"


class Kind(StrEnum):
    """What an act is, in brackets its payload.

    Notes, groups and participants are named by the sequence of the act that brought them. A group without
    `parent` is a heading, one with it a cluster under that heading.
    """

    JOIN = "join"  # (table, label, claimed, participant: if they are in already) somebody takes part, or says
    # anew from where and at which table
    PHASE = "phase"  # (phase, names) the office goes there; names: of organisations, on closing
    RULES = (
        "rules"  # (points, outsiders, places) points of each; whether people without an organisation weigh
    )
    # too; how many places the proportional choice has, 0: by the number of clusters
    NAMES = "names"  # (shown) whether the projector shows who wrote a note
    NOTE = "note"  # (group, text, picture, voice, table, late, typed: by the office, message: its first note)
    EDIT = "edit"  # (note, text)
    TAKE_BACK = "take_back"  # (note)
    NEW_GROUP = "new_group"  # (name, parent)
    RENAME = "rename"  # (group, name)
    PLACE = "place"  # (note, group) the office says where a note belongs
    MERGE = "merge"  # (group, into) notes and points go along
    SPLIT = (
        "split"  # (group, name, notes) these notes become a cluster; what was weighed stays with the first
    )
    REMOVE = "remove"  # (group) its notes go to the heading, its points come back
    WEIGH = "weigh"  # (group, points, voice) of the organisation that acts, or of participant `voice`
    DETACH = "detach"  # (participant, acts) these were done for an organisation that they are not of
    IDEA = "idea"  # (group, idea) the cluster has become this idea
    UNDO = "undo"  # (act) that act has not happened; an undo can be undone


@dataclass(frozen=True)
class Act:
    sequence: int
    at: datetime
    person_id: int | None
    organisation_id: int | None
    kind: Kind
    payload: Mapping[str, Any] = field(default_factory=dict)
