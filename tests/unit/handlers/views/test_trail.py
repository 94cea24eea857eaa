"""What happened to something: every kind of deed in one form of words, the same wherever it is read."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers import texts
from handlers.ids import Modal
from handlers.views.blocks import modal, section
from handlers.views.trail import trail_lines, trail_modal
from handlers.views.when import when_token
from services.audit import Done, Trail

NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)
ZONE = "Europe/London"
AT, LATER = when_token(NOON, ZONE), when_token(NOON + timedelta(hours=2), ZONE)


def done(deed: str, *, by: str = "Sam", about: str = "", detail: str = "") -> Done:
    return Done(at=NOON, by=by, deed=deed, about=about, detail=detail)


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (done("written"), f"{AT}: written by *Sam*"),
        (done("asked everybody", by=""), f"{AT}: asked everybody"),
        (done("sent", detail="to 2 people"), f"{AT}: sent (to 2 people) by *Sam*"),
        (done("met", about="Ada"), f"{AT}: met (Ada) by *Sam*"),
        (done("asked for more time", by="Ada", about="Ada"), f"{AT}: asked for more time by *Ada*"),
        (
            done("extended", about="Ada", detail="until 2027-01-12T14:00Z"),
            f"{AT}: extended (Ada, until {LATER}) by *Sam*",
        ),
        (
            done("moved", detail="2027-01-12T12:00Z to 2027-01-12T14:00Z"),
            f"{AT}: moved ({AT} to {LATER}) by *Sam*",
        ),
        (
            done("met", by="*Sam* <!here>", about="<@U1> & Bo", detail="<!channel>"),
            f"{AT}: met (&lt;@U1&gt; &amp; Bo, &lt;!channel&gt;) by *\u2217Sam\u2217 &lt;!here&gt;*",
        ),
    ],
)
def test_line_says_what_was_done_about_whom_by_whom_and_every_time_in_the_readers_zone(entry: Done, says: str) -> None:
    assert trail_lines([entry], ZONE) == [says]


def test_trail_of_a_few_deeds_has_a_line_for_each() -> None:
    entries = (done("changed"), done("planned"))

    assert trail_modal(Trail(done=entries, number=2), zone=ZONE) == modal(
        Modal.NOTICE,
        title=texts.trail.TITLE,
        blocks=[section(f"{AT}: changed by *Sam*\n{AT}: planned by *Sam*")],
        close=texts.forms.BACK,
    )
