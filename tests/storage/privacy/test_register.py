"""The register names every table and column, and nothing that there is not."""

import re
from collections import Counter

import pytest
from sqlmodel import SQLModel

from storage.engine.inventory import Kept
from storage.engine.tables import Person
from storage.privacy.register import BY_NAME, KEPT, PERIODS

EACH = pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.name)


def test_every_table_has_one_entry_and_every_entry_a_table() -> None:
    assert Counter(kept.name for kept in KEPT) == Counter(list(SQLModel.metadata.tables))


@EACH
def test_every_column_is_named_once(kept: Kept) -> None:
    assert Counter(kept.named()) == Counter(kept.columns.keys())


@EACH
def test_whoever_is_pointed_at_is_the_rows_person_or_an_actor(kept: Kept) -> None:
    pointing = {
        column.name
        for column in kept.columns
        if any(key.column.table.name == "person" for key in column.foreign_keys)
    }
    assert pointing <= {kept.whose, *kept.actors}
    assert set(kept.free) <= set(kept.columns.keys())
    assert not kept.since or kept.since in kept.columns


def test_periods_have_bounds_around_them() -> None:
    for period in PERIODS.values():
        assert period.days is None or 0 < period.least <= period.days <= period.most


def test_person_is_emptied_and_not_deleted() -> None:
    """Others point there; what stays has no name."""
    person = BY_NAME["person"]
    assert person.table is Person
    assert not person.goes
    assert set(person.facts) == {"created_at"}


def test_what_the_office_looks_through_is_not_called_its_own() -> None:
    assert [kept.what for kept in KEPT if kept.free and re.search(r"\b[Yy]ours?\b|\byou\b", kept.what)] == []
