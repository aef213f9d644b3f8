"""slots of a year, hosts, date polls, released programmes

Revision ID: 0024
Revises: 0022
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = "0024"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "programme_year",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("movable", sa.JSON(), nullable=False),
        sa.Column("calendar_key", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_programme_year")),
        sa.UniqueConstraint("calendar_key", name=op.f("uq_programme_year_calendar_key")),
    )
    op.create_table(
        "programme_candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("idea", "cluster", "format", "offer", name="source", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("ref_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("found_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_programme_candidate_organisation_id")
        ),
        sa.ForeignKeyConstraint(["year"], ["programme_year.year"], name=op.f("fk_programme_candidate_year")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_candidate")),
    )
    with op.batch_alter_table("programme_candidate", schema=None) as batch_op:
        batch_op.create_index(
            "ix_programme_candidate_year_source_ref_id", ["year", "source", "ref_id"], unique=False
        )

    op.create_table(
        "programme_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("in", "later", "out", name="verdict", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("told_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["programme_candidate.id"], name=op.f("fk_programme_choice_candidate_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_programme_choice_decided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_choice")),
    )
    with op.batch_alter_table("programme_choice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_choice_candidate_id"), ["candidate_id"], unique=False)

    op.create_table(
        "programme_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.Column("released_by_id", sa.Integer(), nullable=False),
        sa.Column("released_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["released_by_id"], ["person.id"], name=op.f("fk_programme_release_released_by_id")
        ),
        sa.ForeignKeyConstraint(["year"], ["programme_year.year"], name=op.f("fk_programme_release_year")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_release")),
    )
    with op.batch_alter_table("programme_release", schema=None) as batch_op:
        batch_op.create_index("uq_programme_release_year_number", ["year", "number"], unique=True)

    op.create_table(
        "programme_slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("meeting", "workshop", "tour", "webinar", name="eventkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("starts_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("host_id", sa.Integer(), nullable=True),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("dropped_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["programme_candidate.id"], name=op.f("fk_programme_slot_candidate_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_programme_slot_event_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["host_id"], ["organisation.id"], name=op.f("fk_programme_slot_host_id")),
        sa.ForeignKeyConstraint(["year"], ["programme_year.year"], name=op.f("fk_programme_slot_year")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_slot")),
    )
    with op.batch_alter_table("programme_slot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_slot_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_programme_slot_year"), ["year"], unique=False)

    op.create_table(
        "date_poll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("people", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.Column("deadline", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("nudge_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("ended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("closed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("chosen_id", sa.Integer(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_date_poll_made_by_id")),
        sa.ForeignKeyConstraint(["slot_id"], ["programme_slot.id"], name=op.f("fk_date_poll_slot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_poll")),
    )
    with op.batch_alter_table("date_poll", schema=None) as batch_op:
        batch_op.create_index(
            "ix_date_poll_open",
            ["deadline"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_date_poll_slot_id"), ["slot_id"], unique=False)

    op.create_table(
        "host_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum("yes", "other", "no", "passed", name="hostanswer", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("other_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_host_request_answered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_host_request_organisation_id")
        ),
        sa.ForeignKeyConstraint(["slot_id"], ["programme_slot.id"], name=op.f("fk_host_request_slot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_request")),
    )
    with op.batch_alter_table("host_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_host_request_slot_id"), ["slot_id"], unique=False)
        batch_op.create_index(
            "uq_host_request_open",
            ["slot_id"],
            unique=True,
            sqlite_where=sa.text("answer IS NULL"),
            postgresql_where=sa.text("answer IS NULL"),
        )

    op.create_table(
        "poll_option",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("was_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["poll_id"], ["date_poll.id"], name=op.f("fk_poll_option_poll_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_option")),
    )
    with op.batch_alter_table("poll_option", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_option_poll_id"), ["poll_id"], unique=False)

    op.create_table(
        "poll_answer",
        sa.Column("option_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column(
            "can", sa.Enum("yes", "maybe", "no", name="can", native_enum=False, length=32), nullable=False
        ),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("given_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["option_id"], ["poll_option.id"], name=op.f("fk_poll_answer_option_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_poll_answer_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_poll_answer_person_id")),
        sa.PrimaryKeyConstraint("option_id", "person_id", name=op.f("pk_poll_answer")),
    )
    with op.batch_alter_table("poll_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_answer_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("idea_event", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_idea_event_event_id"), type_="foreignkey")
        batch_op.create_foreign_key(
            batch_op.f("fk_idea_event_event_id"), "event", ["event_id"], ["id"], ondelete="CASCADE"
        )


def downgrade() -> None:
    with op.batch_alter_table("idea_event", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_idea_event_event_id"), type_="foreignkey")
        batch_op.create_foreign_key(batch_op.f("fk_idea_event_event_id"), "event", ["event_id"], ["id"])

    with op.batch_alter_table("poll_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poll_answer_person_id"))

    op.drop_table("poll_answer")
    with op.batch_alter_table("poll_option", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_poll_option_poll_id"))

    op.drop_table("poll_option")
    with op.batch_alter_table("host_request", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_host_request_open",
            sqlite_where=sa.text("answer IS NULL"),
            postgresql_where=sa.text("answer IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_host_request_slot_id"))

    op.drop_table("host_request")
    with op.batch_alter_table("date_poll", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_date_poll_slot_id"))
        batch_op.drop_index(
            "ix_date_poll_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.drop_table("date_poll")
    with op.batch_alter_table("programme_slot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_slot_year"))
        batch_op.drop_index(batch_op.f("ix_programme_slot_event_id"))

    op.drop_table("programme_slot")
    with op.batch_alter_table("programme_release", schema=None) as batch_op:
        batch_op.drop_index("uq_programme_release_year_number")

    op.drop_table("programme_release")
    with op.batch_alter_table("programme_choice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_choice_candidate_id"))

    op.drop_table("programme_choice")
    with op.batch_alter_table("programme_candidate", schema=None) as batch_op:
        batch_op.drop_index("ix_programme_candidate_year_source_ref_id")

    op.drop_table("programme_candidate")
    op.drop_table("programme_year")
