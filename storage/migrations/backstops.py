"""Rules that only PostgreSQL can hold in its tables, as statements for the first migration.

SQLite has one writer at a time, so what the code checks inside a transaction stays true there. On PostgreSQL these
catch what a mistake in the code would let through. Without the `btree_gist` extension an exclusion constraint knows
no equality of texts; a range of one hashed number stands for it.
"""

from storage.migrations.run import StoreName

_APART = """
ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist (
    int8range(hashtextextended({person}, 0) >> 1, hashtextextended({person}, 0) >> 1, '[]') WITH &&,
    int8range({first}, {last}) WITH &&
) WHERE (status IN ('booked', 'held', 'requested'))
"""

BACKSTOPS: dict[StoreName, tuple[str, ...]] = {
    StoreName.PROGRAM: (),
    StoreName.CONFIDENTIAL: (
        _APART.format(
            table="booking", name="booking_staff_apart", person="staff_id", first="busy_from", last="busy_to"
        ),
        _APART.format(
            table="booking", name="booking_scholar_apart", person="scholar_id", first="starts_at", last="ends_at"
        ),
        _APART.format(
            table="group_part", name="group_part_apart", person="person_id", first="busy_from", last="busy_to"
        ),
    ),
}
