"""The confidential store as it is first made."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "booking",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("scholar_ref", sa.String(), nullable=False),
        sa.Column("staff_ref", sa.String(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("scholar_id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("busy_from", sa.BigInteger(), nullable=False),
        sa.Column("busy_to", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("topic", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("roster_version", sa.Integer(), nullable=False),
        sa.Column("held_until", sa.BigInteger(), nullable=True),
        sa.Column("series_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("scholar_ref"),
        sa.UniqueConstraint("staff_ref"),
    )
    op.create_index("booking_ahead", "booking", ["status", "starts_at"], unique=False)
    op.create_index("booking_of_scholar", "booking", ["scholar_id", "status", "starts_at"], unique=False)
    op.create_index("booking_of_staff", "booking", ["staff_id", "status", "starts_at"], unique=False)
    op.create_index(op.f("ix_booking_series_id"), "booking", ["series_id"], unique=False)
    op.create_table(
        "booking_change",
        sa.Column("booking_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("by_id", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("booking_id", "version"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        sa.Column("read_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("known_until", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("modified", sa.String(), nullable=False),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("calendar_feed_due", "calendar_feed", ["due_at"], unique=False)
    op.create_index(op.f("ix_calendar_feed_staff_id"), "calendar_feed", ["staff_id"], unique=False)
    op.create_table(
        "data_key",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("scholar_id", sa.String(), nullable=False),
        sa.Column("record_class", sa.String(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("blob", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("data_key_by_key", "data_key", ["key_id", "key_version"], unique=False)
    op.create_index(
        "data_key_live",
        "data_key",
        ["scholar_id", "record_class"],
        unique=True,
        sqlite_where=sa.text("retired_at IS NULL"),
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_index("data_key_of_scholar", "data_key", ["scholar_id", "record_class"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("marker", sa.String(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("object_id", sa.String(), nullable=False),
        sa.Column("object_version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("planned_at", sa.BigInteger(), nullable=False),
        sa.Column("send_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("after_key", sa.String(), nullable=True),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("lost_answers", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("intent_at", sa.BigInteger(), nullable=True),
        sa.Column("told_at", sa.BigInteger(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("ts", sa.String(), nullable=True),
        sa.Column("file_id", sa.String(), nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("delivery_due", "delivery", ["state", "priority", "send_at", "key"], unique=False)
    op.create_index(
        "delivery_intent",
        "delivery",
        ["person_id", "intent_at"],
        unique=False,
        sqlite_where=sa.text("intent_at IS NOT NULL"),
        postgresql_where=sa.text("intent_at IS NOT NULL"),
    )
    op.create_index("delivery_ladder", "delivery", ["object_id", "kind", "person_id", "planned_at"], unique=False)
    op.create_table(
        "extension_reason",
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("deadline_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("request_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "group_part",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("is_host", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("busy_from", sa.BigInteger(), nullable=False),
        sa.Column("busy_to", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("roster_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("group_id", "person_id"),
        sa.UniqueConstraint("ref"),
    )
    op.create_index("group_part_ahead", "group_part", ["status", "starts_at"], unique=False)
    op.create_index("group_part_of_person", "group_part", ["person_id", "status", "starts_at"], unique=False)
    op.create_table(
        "group_session",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("host_id", sa.String(), nullable=False),
        sa.Column("cohost_id", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("busy_from", sa.BigInteger(), nullable=False),
        sa.Column("busy_to", sa.BigInteger(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("group_ahead", "group_session", ["program_id", "status", "starts_at"], unique=False)
    op.create_table(
        "handover",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("scholar_id", sa.String(), nullable=False),
        sa.Column("from_id", sa.String(), nullable=False),
        sa.Column("to_id", sa.String(), nullable=False),
        sa.Column("scholar_ref", sa.String(), nullable=False),
        sa.Column("from_ref", sa.String(), nullable=False),
        sa.Column("to_ref", sa.String(), nullable=False),
        sa.Column("from_day", sa.String(), nullable=False),
        sa.Column("from_at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("current", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("current"),
        sa.UniqueConstraint("from_ref"),
        sa.UniqueConstraint("scholar_ref"),
        sa.UniqueConstraint("to_ref"),
    )
    op.create_index(op.f("ix_handover_from_id"), "handover", ["from_id"], unique=False)
    op.create_index(op.f("ix_handover_program_id"), "handover", ["program_id"], unique=False)
    op.create_index(op.f("ix_handover_scholar_id"), "handover", ["scholar_id"], unique=False)
    op.create_index(op.f("ix_handover_to_id"), "handover", ["to_id"], unique=False)
    op.create_table(
        "handover_step",
        sa.Column("handover_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("by_id", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("booking_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("handover_id", "number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "invitation",
        sa.Column("scholar_id", sa.String(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("invited_at", sa.BigInteger(), nullable=False),
        sa.Column("declined_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("scholar_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("invitation_of_program", "invitation", ["program_id", "invited_at"], unique=False)
    op.create_table(
        "occupied_cell",
        sa.Column("resource_id", sa.String(), nullable=False),
        sa.Column("cell", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("booking_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("resource_id", "cell"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "office_entry",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("scholar_ref", sa.String(), nullable=False),
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("scholar_id", sa.String(), nullable=False),
        sa.Column("in_line", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("band", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_told_next", sa.Boolean(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=True),
        sa.Column("served_by", sa.String(), nullable=True),
        sa.Column("taken_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("in_line"),
        sa.UniqueConstraint("scholar_ref"),
        sa.UniqueConstraint("taken_by"),
    )
    op.create_index(op.f("ix_office_entry_scholar_id"), "office_entry", ["scholar_id"], unique=False)
    op.create_index("office_entry_of_line", "office_entry", ["office_id", "status"], unique=False)
    op.create_table(
        "office_helper",
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("helper_id", sa.String(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("place_kind", sa.String(), nullable=False),
        sa.Column("place_detail", sa.String(), nullable=False),
        sa.Column("busy_from", sa.BigInteger(), nullable=False),
        sa.Column("busy_to", sa.BigInteger(), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("left_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("office_id", "helper_id"),
        sa.UniqueConstraint("ref"),
    )
    op.create_index("office_helper_busy", "office_helper", ["helper_id", "busy_to"], unique=False)
    op.create_table(
        "office_hours",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("topics", sa.String(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("is_begun", sa.Boolean(), nullable=False),
        sa.Column("is_settled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("office_hours_of_program", "office_hours", ["program_id", "ends_at"], unique=False)
    op.create_table(
        "office_transfer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.Column("helper_id", sa.String(), nullable=False),
        sa.Column("peer_id", sa.String(), nullable=False),
        sa.Column("peer_ref", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("peer_ref"),
    )
    op.create_index(op.f("ix_office_transfer_entry_id"), "office_transfer", ["entry_id"], unique=False)
    op.create_index(op.f("ix_office_transfer_peer_id"), "office_transfer", ["peer_id"], unique=False)
    op.create_index("office_transfer_of_line", "office_transfer", ["office_id", "status"], unique=False)
    op.create_table(
        "once",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_once_at"), "once", ["at"], unique=False)
    op.create_table(
        "outside_busy",
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("feed_id", sa.String(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "starts_at", "feed_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "peer_offer",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("topics", sa.String(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person_id"),
    )
    op.create_index(op.f("ix_peer_offer_program_id"), "peer_offer", ["program_id"], unique=False)
    op.create_table(
        "planned",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source"),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("staff_ref", sa.String(), nullable=False),
        sa.Column("scholar_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("starts", sa.String(), nullable=False),
        sa.Column("named", sa.String(), nullable=False),
        sa.Column("last_start", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("booking_id", sa.String(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("staff_ref"),
    )
    op.create_index(op.f("ix_proposal_scholar_id"), "proposal", ["scholar_id"], unique=False)
    op.create_index("proposal_of_staff", "proposal", ["staff_id", "status", "last_start"], unique=False)
    op.create_table(
        "seat",
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("seat_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.CheckConstraint("seat_no > 0", name="seat_no_counts"),
        sa.PrimaryKeyConstraint("group_id", "seat_no"),
        sa.UniqueConstraint("group_id", "person_id"),
    )
    op.create_table(
        "seat_wait",
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("group_id", "number"),
        sa.UniqueConstraint("group_id", "person_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "session_log",
        sa.Column("booking_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("booking_id", "version"),
    )
    op.create_table(
        "session_rating",
        sa.Column("booking_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("booking_id", "version"),
    )
    op.create_table(
        "staff_absence",
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("first_date", sa.String(), nullable=False),
        sa.Column("last_date", sa.String(), nullable=False),
        sa.Column("colleague_id", sa.String(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "first_date"),
    )
    op.create_table(
        "staff_override",
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("local_date", sa.String(), nullable=False),
        sa.Column("start_minute", sa.Integer(), nullable=False),
        sa.Column("end_minute", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "local_date", "start_minute"),
    )
    op.create_table(
        "staff_place",
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("place_kind", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "kind", "site"),
    )
    op.create_table(
        "staff_profile",
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("focus_areas", sa.String(), nullable=False),
        sa.Column("per_day", sa.Integer(), nullable=False),
        sa.Column("per_week", sa.Integer(), nullable=False),
        sa.Column("has_agenda", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id"),
    )
    op.create_table(
        "staff_travel",
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("first_date", sa.String(), nullable=False),
        sa.Column("last_date", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "first_date"),
    )
    op.create_table(
        "staff_window",
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("start_minute", sa.Integer(), nullable=False),
        sa.Column("end_minute", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "purpose", "phase", "weekday", "start_minute"),
    )
    op.create_table(
        "store_identity",
        sa.Column("singleton", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("store_id", sa.String(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("check_value", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("singleton = 1", name="store_identity_once"),
        sa.PrimaryKeyConstraint("singleton"),
    )
    op.create_table(
        "waiting",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("program_id", sa.String(), nullable=False),
        sa.Column("scholar_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("from_day", sa.String(), nullable=False),
        sa.Column("until_day", sa.String(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("booking_id", sa.String(), nullable=True),
        sa.Column("rests_until", sa.BigInteger(), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("scholar_id", "kind", "staff_id"),
    )
    op.create_index(op.f("ix_waiting_booking_id"), "waiting", ["booking_id"], unique=False)
    op.create_index("waiting_in_line", "waiting", ["program_id", "kind", "place"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("""
ALTER TABLE booking ADD CONSTRAINT booking_staff_apart EXCLUDE USING gist (
    int8range(hashtextextended(staff_id, 0) >> 1, hashtextextended(staff_id, 0) >> 1, '[]') WITH &&,
    int8range(busy_from, busy_to) WITH &&
) WHERE (status IN ('booked', 'held', 'requested'))
""")
        op.execute("""
ALTER TABLE booking ADD CONSTRAINT booking_scholar_apart EXCLUDE USING gist (
    int8range(hashtextextended(scholar_id, 0) >> 1, hashtextextended(scholar_id, 0) >> 1, '[]') WITH &&,
    int8range(starts_at, ends_at) WITH &&
) WHERE (status IN ('booked', 'held', 'requested'))
""")
        op.execute("""
ALTER TABLE group_part ADD CONSTRAINT group_part_apart EXCLUDE USING gist (
    int8range(hashtextextended(person_id, 0) >> 1, hashtextextended(person_id, 0) >> 1, '[]') WITH &&,
    int8range(busy_from, busy_to) WITH &&
) WHERE (status IN ('booked', 'held', 'requested'))
""")
