"""The preview of an announcement for a whole program: a modal that opens while whoever pressed is waiting.

In processor time, which is what it takes of a machine that others use too.
"""

from collections.abc import Iterator
from time import process_time

from benchmarks.databases import Engine, furnished, opened, program_desk
from benchmarks.growth import exponent
from benchmarks.house import Resident, Size, as_staff
from benchmarks.lab import Lab
from benchmarks.results import Result, at_most, percentile
from domain.announcements import Plan, Text
from domain.audience import Audience
from domain.delivery import Tier
from domain.people import Role
from services.announcements.compose import Content, Write, write
from services.announcements.preview import preview

AREA = "broadcast"
READERS = (60, 1_000, 10_000)
ROUNDS = 5
MOST_MS = 500.0
"""Slack takes a modal for three seconds after a press, and others press at the same time."""
MOST_GROWTH = 1.0
"""In proportion to the readers, and no more."""
TEXT = Text(title="Plans are due", body="Please hand in your research plan by Friday.")


def preview_results(lab: Lab) -> Iterator[Result]:
    """The largest, and how it grows."""
    engine = lab.sqlite.engine
    took = {}
    for readers in READERS:
        lab.say(f"the preview of an announcement for {readers:,}")
        took[readers] = _milliseconds(engine, readers)
    largest = READERS[-1]
    yield Result(
        area=AREA,
        name=f"preview of an announcement for {largest:,}, processor, p50",
        engine=engine.name,
        value=percentile(took[largest], 50),
        unit="ms",
        goal=at_most(MOST_MS),
        rounds=ROUNDS,
    )
    yield Result(
        area=AREA,
        name=f"growth of the preview of an announcement, {READERS[0]} to {largest:,} readers",
        engine=engine.name,
        value=exponent({readers: min(each) for readers, each in took.items()}),
        unit="as exponent",
        goal=at_most(MOST_GROWTH),
        rounds=ROUNDS,
    )


def _milliseconds(engine: Engine, readers: int) -> list[float]:
    """Of each round, after one that fills what is remembered."""
    urls = furnished(engine, Size(programs=1, coaches=1, scholars=readers))
    try:
        with opened(urls) as stores:
            desk, staff = program_desk(stores), as_staff(Resident(0, 0, Role.COACH))
            content = Content(
                tier=Tier.IMPORTANT,
                text=TEXT,
                plan=Plan(),
                audience=Audience(roles=(Role.SCHOLAR,)),
                channel="",
                needs_ack=True,
                takes_newcomers=True,
            )
            found = write(desk, staff, Write(request_key="preview", content=content))
            times = []
            for _ in range(ROUNDS + 1):
                began = process_time()
                seen = preview(desk, staff, found)
                times.append((process_time() - began) * 1000)
            if len(seen.readers) != readers:
                raise ValueError(f"{len(seen.readers)} readers of {readers}")
            return times[1:]
    finally:
        engine.drop(urls)
