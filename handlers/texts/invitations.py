"""The one offer to scholars who never booked. It says nothing of that: it stays in Slack."""

INVITATION = (
    "A session with a coach is there for you whenever something is stuck, large or small: choosing what to do first, a "
    "plan that will not come together, the next step of a career, or somebody to think aloud with. One short form "
    "books it, and nobody but the two of you learns of it."
)
BOOK = "See times"
DECLINE = "No more of these"
DECLINED = "All right, you will not get this again. /support book is there whenever you like."
