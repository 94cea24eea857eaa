"""The rules of a program, which staff set with /program."""

from domain.people import Role
from domain.rules.effects import Effect

TITLE = "Your program's rules"
WHOSE = "Only staff set the rules of the program. Type /support to see what I can do for you."
INTRO = "What you change here holds at once, for everybody. Sessions that are booked already stay as they are."
CHANGE = "Change"
SAVE = "Save"
SAVED = "Saved. This holds from now on; sessions that are booked already stay as they are."
SOMEBODY = "Somebody who has left"
YES, NO = "Yes", "No"

KINDS = "Kinds of session"
NOT_OFFERED = "Cannot be booked now."
BOOKED_BY = "Booked by {role}s"
LENGTH = "{length}, a start every {step}"
LENGTH_TO_BEGIN_WITH = "{length} to begin with"
BEFORE = "{length} kept free before"
AFTER = "{length} kept free after"
BOOK = "booked at least {notice} and at most {horizon} ahead"
BOOK_NO_NOTICE = "booked at most {horizon} ahead"
CANCEL = "moved or canceled until {notice} before"
CANCEL_ANY_TIME = "moved or canceled until it starts"
OPEN = "{number} open per {who}"
SERIES = "up to {number} in a series"
APPROVAL = "asked for first, and booked with a yes"
HOLD = "a time that comes free is kept {length} for who waits"
SHARED = "shared out fairly"
PER_DAY = "at most {number} a day"
PER_WEEK = "at most {number} a week"
PER_MONTH = "at most {number} a month"

CLOSED = "Closed days"
CLOSED_NONE = "None: people can book on every day."
CLOSED_LABEL = "Days on which nothing is offered"
CLOSED_HINT = (
    "One per line: 2027-12-24 to 2028-01-01: Winter break, or one date: 2027-06-18: Retreat. Each day is that of the "
    "staff member's own calendar. Days that have passed may stay as a record."
)
PASSED = "{number} in the past"

PHASES = "Phases"
PHASES_NONE = "None: the same is offered all the time."
PHASES_INTRO = (
    "A phase is a stretch of the program in which some kinds of session are not offered. To remove one, clear its line."
)
PHASE = "Phase {number}"
PHASE_HINT = "Like 2027-06-01 to 2027-06-28: Training"
WITHOUT = "Not offered in it"
WITHOUT_PLACEHOLDER = "Everything is offered"
PHASE_WITHOUT = "without {kinds}"
PHASES_FULL = "There is room for {number} phases. Clear one that is over to add another."
PHASE_OVERLAPS = "This overlaps with {name}. Please let one end before the other begins."
PHASE_NAMED_TWICE = "There is another phase of this name. Please give each a name of its own."

FAIR = "Sharing fairly"
FAIR_WEEK = "From {sessions} in a week on, further ones can be booked only {ahead} ahead."
FAIR_WEEK_OFF = "No weekly share."
FAIR_FIRST = "The last {days} that can be booked are kept for first sessions."
FAIR_FIRST_DAY = "The last day that can be booked is kept for first sessions."
FAIR_FIRST_OFF = "No days are kept for first sessions."
FAIR_INVITE = "Who never booked is invited once, after {days}; at most {people} a day."
ONE_PERSON, PEOPLE = "1 person", "{number} people"
FAIR_INVITE_OFF = "Nobody is invited."

SHARES = "Shares of the load"
SHARES_FULL = "Everybody takes a full share."
SHARES_SOME = "{shares}; everybody else takes a full share."
SHARE = "{name} {percent}%"
LEAD = "Whoever is more than {sessions} ahead of the others is left out when a scholar asks for anyone."
LEAD_NAME = "how far ahead somebody may be"
LEAD_ZERO = "off"
LEAD_OFF = "Nobody is left out for being ahead."
SHARES_LABEL = "Share of each, in percent"
SHARES_LABEL_MORE = "Share of each, in percent (continued)"
SHARES_HINT = "One per line: Cleo: 50. 100 is a full share; so is a line that you delete."
LEAD_LABEL = "How far ahead somebody may be"
LEAD_HINT = "In sessions, compared by share. Who is further ahead is not given to scholars who ask for anyone. Or off."
SHARE_LINE = "Please write a name, a colon and a number, like Cleo: 50."
SHARE_NUMBER = "Please write a whole number of percent, from 1 to {most}."
SHARE_UNKNOWN = "Nobody in support has this name. Please write it as it stands on the roster."
SHARE_AMBIGUOUS = "Several people have this name. Please add which one as the list does, like Cleo (London): 50."
SHARE_TWICE = "This person has a line above already. Please keep one of them."

CONTACTS = "Emergency contacts"
CONTACTS_NONE = "None yet. Scholars in need should find here whom to call."
CONTACTS_LABEL = "What scholars read when it is urgent"
CONTACTS_HINT = "Numbers, places and hours, in your own words. Clear it to show none."

HOURS = "Hours"
HOURS_ALL_SET = "Everybody in support has set hours."
HOURS_MISSING = "No hours are set by {names}, so scholars cannot book them. They can do so with /hours."
HOURS_UNKNOWN = "Who has set hours is not available now."

HISTORY = "History"
HISTORY_BUTTON = "Who changed what"
HISTORY_NONE = "Nobody has changed the rules yet: they are as they came."
HISTORY_MORE = "There are older changes; the last {number} are shown."
CHANGED_BY = "{when} · {name}"
WAS = "{what} {before} → {after}"
ADDED = "{what} added: {line}"
REMOVED = "{what} removed: {line}"
EMPTY = "(empty)"
STAND_INS = "Stand-ins of {name}:"
NOBODY = "nobody"
OFFERED_ALL = "everything offered"

EFFECTS = {
    Effect.KINDS_APART: (
        ":warning: The kinds that scholars book now differ in length or in their starts. Whoever sees somebody's "
        "calendar can tell from an entry which kind of session it is. Give all kinds the same to keep that private."
    ),
    Effect.MENTORS_APART: (
        ":warning: Sessions with mentors now take another length than those with scholars. Whoever sees a calendar of "
        "somebody who takes both can tell which is which. Give them the same length to keep that private."
    ),
    Effect.SWITCHED_OFF: "From now on it cannot be booked. Sessions that are booked already take place.",
    Effect.NOBODY_TAKES: ":warning: Nobody on the roster takes these sessions now, so {who} find no times.",
    Effect.LONGER_THAN_HOURS: (
        ":warning: Nobody has hours that are long enough for it, so {who} find no times. Ask them to set longer "
        "ones with /hours, or choose a shorter length."
    ),
    Effect.NONE_SET_ASIDE: (
        ":warning: Nobody has set hours aside for it, so {who} find no times. Whoever takes these sessions can do so "
        "with /hours."
    ),
    Effect.FIRST_TAKES_ALL: (
        ":warning: {what}: the days kept for a first session leave next to nothing to whoever has had one: the next "
        "day at most, and nothing where the notice to book is longer. Keep fewer days, or let it be booked further "
        "ahead."
    ),
    Effect.LEFTOVER_TOO_LATE: (
        ":warning: {what}: further sessions in a week open later than the notice to book allows, so they can never be "
        "booked. Let them open earlier, or choose a shorter notice."
    ),
    Effect.PHASE_WITHOUT_ALL: ":warning: {what}: scholars can book nothing at all then. Is that what you want?",
    Effect.CLOSED_THROUGHOUT: (
        ":warning: All days that can be booked now are closed ones, so nothing is offered until they are over."
    ),
}
WHO = {Role.SCHOLAR: "scholars", Role.MENTOR: "mentors"}
