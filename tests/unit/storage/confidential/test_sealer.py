"""Sealed text opens under its own identity and under nothing else."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import cast

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from domain.sealing import RecordClass, RecordIdentity, SealError, UnstorableText, fingerprint
from storage.engine import Store
from tests.builders.sealing import OtherClass, a_sealer, an_identity, opened_in, sealed_in
from tests.fixtures.engines import Stores

WORDS = "I would rather not say this twice."
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.fixture
def store(sqlite_stores: Stores) -> Store:
    return sqlite_stores.confidential


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "x" * 2999,
        "x" * 3001,
        "\U0001f469\U0001f3fd\u200d\U0001f52c is stuck \U0001f9ea",
        "\u0623\u0646\u0627 \u202e\u05e9\u05dc\u05d5\u05dd\u202c",
        "before\x00after\x00",
        "\x00",
        "e\u0301 and \u00e9",
        "'; DROP TABLE booking; -- %_",
        "\ufeff\r\n\t ",
        "\U0010ffff",
    ],
)
def test_open_gives_the_text_exactly(store: Store, text: str) -> None:
    sealer = a_sealer(store)

    assert opened_in(store, sealer, sealed_in(store, sealer, text)) == text


# One store for all examples is fine: each is sealed and opened by itself.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(ANYTHING)
@example("\x00" * 600)
def test_open_gives_any_text_exactly(store: Store, text: str) -> None:
    sealer = a_sealer(store)

    assert opened_in(store, sealer, sealed_in(store, sealer, text)) == text


@pytest.mark.parametrize("text", ["\ud83d", "\udc00 alone", "one \ud83d two"])
def test_seal_of_a_lone_surrogate_is_refused_without_keeping_the_text(store: Store, text: str) -> None:
    sealer = a_sealer(store)

    with pytest.raises(UnstorableText) as caught:
        sealed_in(store, sealer, text)

    problem = caught.value
    assert (problem.field, problem.__cause__, problem.__context__) == ("text", None, None)
    assert text not in str(problem)


@pytest.mark.parametrize(("one", "other"), [(0, 508), (509, 1020), (2999, 3001)])
def test_sealed_sizes_within_a_bucket_are_equal(store: Store, one: int, other: int) -> None:
    sealer = a_sealer(store)

    assert len(sealed_in(store, sealer, "x" * one)) == len(sealed_in(store, sealer, "x" * other))


def test_open_after_any_byte_was_flipped_is_refused_in_the_same_words(store: Store) -> None:
    sealer = a_sealer(store)
    sealed = sealed_in(store, sealer, WORDS)
    said = set()

    with store.read() as connection:
        for position in range(len(sealed)):
            damaged = sealed[:position] + bytes([sealed[position] ^ 0x80]) + sealed[position + 1 :]
            with pytest.raises(SealError) as caught:
                sealer.open(connection, damaged, identity=an_identity())
            said.add(str(caught.value))

    assert said == {"This sealed record could not be opened."}


OTHER_IDENTITIES = {
    "domain": partial(replace, domain="booking.reason"),
    "record": partial(replace, record_id="booking-2"),
    "scholar": partial(replace, scholar_id="scholar-2"),
    "author": partial(replace, author_id="coach-1"),
    "class": partial(replace, record_class=cast("RecordClass", OtherClass.NOTE)),
    "version": partial(replace, version=2),
    "previous": partial(replace, previous=fingerprint(b"another")),
    "facts": partial(replace, facts=("cleo",)),
}


def test_open_under_the_same_letters_of_other_facts_is_refused(store: Store) -> None:
    sealer = a_sealer(store)
    sealed = sealed_in(store, sealer, WORDS, identity=an_identity(facts=("cleo", "coaching")))

    for other in (("cleoc", "oaching"), ("coaching", "cleo"), ("cleo",), ("cleocoaching",)):
        with pytest.raises(SealError):
            opened_in(store, sealer, sealed, identity=an_identity(facts=other))


def test_a_fact_must_not_be_empty() -> None:
    with pytest.raises(ValueError, match="empty"):
        an_identity(facts=("cleo", ""))


@pytest.mark.parametrize("change", OTHER_IDENTITIES.values(), ids=OTHER_IDENTITIES.keys())
def test_open_under_another_identity_is_refused(
    store: Store, change: Callable[[RecordIdentity], RecordIdentity]
) -> None:
    sealer = a_sealer(store)
    other = change(an_identity())
    sealed = sealed_in(store, sealer, WORDS)
    sealed_of_other = sealed_in(store, sealer, "something else", identity=other)  # so that the other's key exists

    for blob, whose in ((sealed, other), (sealed_of_other, an_identity())):
        with pytest.raises(SealError, match="could not be opened"):
            opened_in(store, sealer, blob, identity=whose)


def test_open_each_gives_several_scholars_texts_and_nothing_for_one_that_was_touched(store: Store) -> None:
    sealer = a_sealer(store)
    own, other = (an_identity(scholar_id=id_, author_id=id_) for id_ in ("scholar-1", "scholar-2"))
    sealed = [(sealed_in(store, sealer, text, identity=whose), whose) for text, whose in (("one", own), ("two", other))]
    swapped = (sealed[0][0], other)

    with store.read() as connection:
        opened = sealer.open_each(connection, [*sealed, swapped], record_class=RecordClass.BOOKING)
        nothing = sealer.open_each(connection, [], record_class=RecordClass.BOOKING)

    assert (opened, nothing) == (["one", "two", None], [])
