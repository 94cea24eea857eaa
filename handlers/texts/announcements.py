"""Announcements: the forms of staff, and what readers see."""

from typing import NamedTuple

from domain.announcements import InChannel, State, Timing
from domain.delivery import Tier

TITLE = "Announcements"
NEW = "New announcement"
NONE_YET = "Nothing has been announced yet. An announcement reaches whom it is for, and staff see who has not read it."
NONE_FURTHER = "There are no further announcements."
MORE = "There are more of these on the next page."
TO_APPROVE = "Waiting for a second yes"
WAITING = "Waiting for somebody else's yes"
DRAFTS, PLANNED, SENT, TEMPLATES = "Drafts", "Planned", "Sent", "Templates"
OPEN = "Open"
WORDS = "The latest first. Only staff of your program see this."

TIERS = {Tier.CRITICAL: "Critical", Tier.IMPORTANT: "Important", Tier.NOTICE: "Notice"}
TIER = "How much does it matter?"
TIER_CHOICES = {
    Tier.CRITICAL: "A message to each, past their daily limit too. Needs a second yes.",
    Tier.IMPORTANT: "A message to each; past their daily limit it is in their digest.",
    Tier.NOTICE: "In each reader's digest. A message only if that would come too late.",
}
TITLE_LABEL = "Title"
BODY_LABEL = "What do you want to tell them?"
BODY_HINT = "Bold, lists and links work as in a message. Mentions such as @channel go out as plain words."
LINK_LABEL = "A link"
LINK_HINT = "A web address. For a file in Slack choose Copy link in its menu."
CHANNEL_LABEL = "Also post it in a channel"
CHANNEL_HINT = "One message there for everybody in it. I have to be in it too: type /invite @Scholarbot there first."
CHANNEL_PLACEHOLDER = "No channel"
CHANNEL_NOT_IN = (
    "I am not in the channel you chose, so I cannot post there. Please type /invite @Scholarbot in it, or choose "
    "another; everybody it is for gets it all the same."
)
CHANNEL_ARCHIVED = "#{name} is archived, so nothing can be posted there. Please press Edit and choose another channel."
CHANNEL_OUTSIDE_ONE = "1 of them is not in #{name}, and does not see the message there."
CHANNEL_OUTSIDE = "{number} of them are not in #{name}, and do not see the message there."
CHANNEL_OTHERS_ONE = "1 person in #{name} is not among them, and reads it there too."
CHANNEL_OTHERS = "{number} people in #{name} are not among them, and read it there too."
CHANNEL_ALL = "Everybody in #{name} reads it there, also who is not among them."
WHEN_LABEL = "When?"
WHEN = {
    Timing.NOW: "Now",
    Timing.AT: "At a time",
    Timing.MORNING: "In each reader's own morning",
}
NEXT_MORNING = "In each reader's own next morning"
MORNING_OF = "In each reader's own morning of {day}"
AT_DAY, AT_TIME = "On which day?", "At what time?"
AT_HINT = (
    'For "At a time" choose a day and a time. For a morning choose a day alone, or none for the next one of each. For '
    '"Now" leave both empty.'
)
NOW_HAS_NO_TIME = 'There is a day or a time below. For that choose "At a time"; for "Now" please empty both.'
MORNING_HAS_NO_TIME = 'A morning has no time of its own. Please empty this, or choose "At a time" above.'
EXPIRES_DAY, EXPIRES_TIME = "Until which day is it worth reading?", "Until what time?"
EXPIRES_HINT = (
    "Nobody is sent it after that; leave it empty if it has no end. In somebody's quiet hours it waits for their end, "
    "unless that leaves less than an hour."
)
OPTIONS_LABEL = "Also"
NEEDS_ACK = 'Readers press "I have read it"'
NEEDS_ACK_MORE = "Whoever has not is reminded once, of a notice never; then you get a list."
NEWCOMERS = "Whoever comes later gets it too"
NEWCOMERS_MORE = "Until it ends; when it has no end, for two weeks."
APPROVER_LABEL = "Who says yes, if it is critical?"
APPROVER_HINT = (
    "Somebody else on staff is asked first; if they have not answered after a while, everybody who could say yes is. "
    "Choose nobody to ask all of them at once."
)
EDIT_WAITING = "It waits for a second yes. If you change it, it is a draft again."
EDIT_WAITING_OTHERS = (
    "It waits for a second yes. If you change it, it is a draft again, its author hears of it, and you cannot be the "
    "one who says yes."
)
EDIT_PLANNED = "It is planned. If you change it, it is a draft again, and goes out once it is sent off anew."
FORM_TITLE = "Announcement"
EDIT_TITLE = "Edit announcement"
TO_PREVIEW = "Preview"
ANNOUNCE_THIS = "Announce this"
TOO_LONG_BEGUN = (
    "That message has {length} characters, which is too long to announce as it is. Its link is below; please say in a "
    "few words what it is about."
)

PREVIEW_TITLE = "Preview"
PREVIEW_SAYS = "This is what they will see:"
SEND = "Send it"
ASK = "Ask for a yes"
PLAN = "Plan it"
EDIT = "Edit"
DISCARD = "Discard"
DISCARD_ASK, DISCARD_SURE = "Throw this away?", "Nobody gets it."
KEEP = "Not now"
COUNT_ONE, COUNT = "For 1 person", "For {number} people"
COUNT_NOBODY = "Nobody fits this just now. It is kept as a draft; please press Edit and choose whom it is for."
INTERRUPTED_NONE = "Nobody is interrupted."
INTERRUPTED_ONE, INTERRUPTED = "1 of them gets a message at once.", "{number} of them get a message at once."
LATER_ONE = "1 of them gets it later, when it suits them: after quiet hours, or in their morning."
LATER = "{number} of them get it later, when it suits them: after quiet hours, or in their morning."
LATER_MORNING_ONE = "1 of them gets it in their own morning."
LATER_MORNING = "{number} of them get it in their own morning."
AS_DAY_BEGINS_ONE = "1 of them has no morning before it expires, and gets it as soon as that day begins where they are."
AS_DAY_BEGINS = (
    "{number} of them have no morning before it expires, and get it as soon as that day begins where they are. To let "
    "them sleep, let it expire later."
)
NEVER_ONE = "For 1 of them it expires before that day begins where they are, so they do not get it."
NEVER = "For {number} of them it expires before that day begins where they are, so they do not get it."
IN_DIGEST_ONE = "1 of them has had their messages of the day, and reads it in their next digest."
IN_DIGEST = "{number} of them have had their messages of the day, and read it in their next digest."
LATER_CHANNEL = "Whoever has not acknowledged it in the channel after {hours} gets a message of their own."
DIGEST = "It stands in each reader's next digest and on their Home tab."
DIGEST_TOO_LATE_ALL = "Nobody's digest comes in time before it expires, so each gets a message of their own."
DIGEST_TOO_LATE_ONE = "1 of them has no digest in time before it expires, and gets a message of their own."
DIGEST_TOO_LATE = "{number} of them have no digest in time before it expires, and get a message of their own."
FEW = "Each gets a message at once, or when their quiet hours end."
FEW_MORNING = (
    "Each gets a message in their own morning, or when their quiet hours end. Where that would be too late it comes at "
    "once, of the morning of a day not before that day begins for them; who has that day only after its end does not "
    "get it."
)
FEW_DIGEST = "It stands in their next digest; whoever's would come too late gets a message."
FEW_BUDGET = "Whoever has had their messages of the day finds it in their digest."
FEW_WHY = "For fewer than {number} people I count nobody here: the number would tell what one of them has set."
UNREACHABLE_TITLE = "Without a Slack account in use, so not reached:"
UNREACHABLE = "Without a Slack account in use, so not reached: {names}"
WHEN_SAYS = "When: {when}."
CHANNEL_SAYS = "Also in {channel}."
HIDDEN_ONE = "For a private list with 1 person on it. Who that is only its owner sees."
HIDDEN = "For a private list with {number} people on it. Who they are only its owner sees."
HIDDEN_OTHERS = (
    "That list is somebody else's, and only they can send to it. To send this yourself, please press Edit and choose "
    "whom it is for."
)
NAMES = "Who exactly?"
NAMES_TITLE = "Whom it is for"
NO_APPROVER = (
    "A second yes takes somebody on staff who has not written in it, and there is nobody else. You can edit it and "
    "send it as important."
)
NO_APPROVER_CORRECTS = (
    "There is nobody else on staff who could say yes, so the text stays as it is. You can take it back."
)
PREVIEW_PRESS = "Your readers press this when they have read it."
SENT_OFF = "It is on its way. You find it under /announce, with who has read it."
PLANNED_SAYS = "It is planned for {when}. Until then you can edit it or call it off under /announce."
NEXT_MORNING_SAYS = "It comes in each reader's own next morning. You find it under /announce, with who has read it."
MORNING_SAYS = (
    "It is planned for each reader's own morning of {day}. Until that day begins somewhere you can edit it or call it "
    "off under /announce."
)
ASKED = "Somebody else on staff is asked for a yes now. You hear from me when they have answered."
TEMPLATE_SAVED = "Saved as a template. You find it under /announce."
DUPLICATED = "This is a copy, saved as a draft."
UNCHANGED = "Nothing in it has changed, so it stands as it did."
ASKS_ONE = "For the second yes {name} is asked first."
ASKS_ALL = "For the second yes everybody else on staff who has not written in it is asked."
SAVED = "Saved as a draft. Nobody gets it before you send it."

ACKNOWLEDGE = "I have read it"
READ = "Read it"
FROM_STAFF = "{tier} · from your program's staff"
UNTIL = "until {when}"
NEW_TEXT = "New text: {title}"
AGAIN = "In case you have missed it"
ACKNOWLEDGED = "Acknowledged {when}. Thank you."
ALREADY = "Already acknowledged {when}."
RETRACTED = "This was taken back by your program's staff. It does not hold any more."
RETRACTED_TITLE = "Taken back: {title}"
CHANGED_TITLE = "Changed: {title}"

HOME = "From your program"
HOME_WAITING = "Please read"
HOME_WAITING_MORE = "and {number} more, under “All announcements”"
HOME_MORE = "All announcements"
OWN_TITLE = "Announcements for you"
OWN_NONE = "There is nothing for you just now."
OWN_NONE_FURTHER = "There is nothing further."
OWN_MORE = "There are more on the next page."
PRIVATE_LISTS = "Lists you can be on"

STATES = {
    State.DRAFT: "Draft",
    State.TEMPLATE: "Template",
    State.WAITING: "Waits for a second yes",
    State.PLANNED: "Planned",
    State.SENT: "Sent",
    State.RETRACTED: "Taken back",
    State.EXPIRED: "Not sent: it expired first",
    State.APPLIED: "Correction, made",
    State.DISCARDED: "Thrown away",
}
DETAILS_TITLE = "Announcement"
BY = "by {name}"
APPROVED_BY = "yes from {name}"
ASKED_OF = "{name} is asked for a yes"
ASKED_OF_ALL = "everybody who could say yes is asked"
SAID_NO = "{name} said no, so it is a draft again."
WENT_AS_IMPORTANT = "{name} sent it as important, which needs no second yes."
REFUSED_BECAUSE = "The answer was no:"
OF_ONE, OF = "1 of {all} has acknowledged it.", "{done} of {all} have acknowledged it."
HAD_NOBODY = "Nobody has had it yet."
HAD_ONE, HAD = "1 has had it, in a message or a digest.", "{number} have had it, in a message or a digest."
MISSING = "Not yet:"
NOBODY_HERE = "Nobody it was for is here any more."
UNREACHED = "{number} had no Slack account in use when it was sent, so they have not had it:"
UNREACHED_ONE = "One person had no Slack account in use when it was sent, so they have not had it:"
MISSING_ONE = "{name}, last message {when} ({rung})"
RUNG_FIRST, RUNG_AGAIN, RUNG_NUDGE, RUNG_DIGEST = "the first", "the second", "a nudge", "a digest"
DONE_MEANWHILE_ONE = "1 need not do it any more, so nobody waits for their press."
DONE_MEANWHILE = "{number} need not do it any more, so nobody waits for their press."
HAS_LEFT = " (has left)"
MISSING_UNTOLD = "{name}, no message yet"
UNSERVED = "It was over before these had it:"
MISSING_PRIVATE = "It went to a private list, so only the list's owner sees who has not."
REACHED = "{share} after {hours}"
REACHED_NEVER = "Fewer than half so far."
SHARES = {50: "half", 100: "all"}
NUDGE = "Nudge them"
NUDGED_NOBODY = "Their first message is still on its way, so nobody gets another one now."
NUDGED_ONE, NUDGED = "1 person gets one more message.", "{number} people get one more message."
RETRACT = "Take it back"
RETRACT_ASK = "Take this back?"
RETRACT_SURE = (
    "Messages that are out say then that it was taken back, and so does the next digest of whoever had it in one. "
    "Nobody else gets it."
)
CALL_OFF = "Call it off"
CALL_OFF_ASK = "Call this off?"
CALL_OFF_SURE = "It becomes a draft again, and nobody gets it."
RETRACTED_NOBODY = "Taken back. Nobody had had it yet."
RETRACTED_ONE, RETRACTED_SAYS = "Taken back. 1 person had had it.", "Taken back. {number} people had had it."
RETRACTED_IN_CHANNEL = "Who has only seen it in the channel, I cannot count."
CALLED_OFF = "Called off: it is a draft again."
DUPLICATE, USE_TEMPLATE = "Duplicate", "Use it"
AS_TEMPLATE = "Save as template"
CORRECT = "Change the text"
CORRECT_TITLE = "Change the text"
CORRECT_SAYS = (
    "Messages that are out, and Home, change in place; nobody gets a further message. Whoever had it in a digest alone "
    "reads the new text in the next one, and who has not got it yet gets only the new one."
)
CORRECT_CRITICAL = "It is critical, so the change needs a second yes too."
CORRECT_SAVE = "Save"
CORRECT_SAVED = (
    "Saved. Messages that are out change now, one after another. Whoever had it in a digest alone reads the new text "
    "in the next one."
)
CORRECTS = "This replaces the text of an announcement that was sent:"
REACH = "How quickly people read"
REACH_TITLE = "Until people have read"
REACH_SAYS = (
    "How long it took until half, {some}% and all of the readers had acknowledged an announcement. It is the middle "
    "one of the latest {number} of each sort."
)
REACH_NONE = "Nothing that asks for an acknowledgement was sent yet."

APPROVE = "Yes, send it"
REFUSE = "No"
REFUSE_TITLE = "Say no"
REFUSE_LABEL = "What should be different?"
REFUSE_HINT = "Its author reads this. It becomes a draft again."
REFUSE_SEND = "Say no"


class AnswerWords(NamedTuple):
    """What is said of a second yes: to who is asked for it, and to who waits for it."""

    asks: str
    answered_yes: str
    answered_no: str
    unanswered: str


OF_A_CRITICAL_ONE = AnswerWords(
    asks="This critical announcement waits for a second yes. Please have a look at it.",
    answered_yes="Your critical announcement has its second yes and goes out.",
    answered_no="Your critical announcement came back with a no. It is a draft again.",
    unanswered=(
        "Nobody has said yes to your critical announcement yet. Everybody who could is asked now. You can also send it "
        "as important, which needs no second yes; whoever has had their messages of the day then reads it in their "
        "next digest."
    ),
)
OF_A_TEXT = AnswerWords(
    asks="A new text for this critical announcement waits for a second yes. Please have a look at it.",
    answered_yes="Your new text has its second yes, and takes the place of the old one.",
    answered_no="Your new text came back with a no. It is a draft again, and readers keep the old text.",
    unanswered=(
        "Nobody has said yes to your new text yet. Everybody who could is asked now; until then readers keep the old "
        "one."
    ),
)
EDITED = "{name} has changed this, so it is a draft again. It does not go out before one of you sends it off."
LOOK = "Have a look"
APPROVED_SAYS = "Thank you. It goes out now, or at its time."
REFUSED_SAYS = "Thank you. Its author hears of it."
SEND_IMPORTANT = "Send as important"
SENT_IMPORTANT = "It goes out as important. Whoever has had their messages of the day reads it in their next digest."
LIST_SAYS_ONE = "1 of {all} has acknowledged it; {open} have not yet."
LIST_SAYS = "{done} of {all} have acknowledged it; {open} have not yet."
PARTLY_NONE = "It was over before all of its messages had gone."
HAD_BY_ALL = "Everybody it is for has had it all the same."
PARTLY_ONE = "It was over before everybody had it: 1 of {all} has not."
PARTLY = "It was over before everybody had it: {number} of {all} have not."
WHO_OPENS = " Who that is opens on a press."
TROUBLES = {
    "expired": "It was not sent: it was over by the time it could go out.",
    "left": (
        "It has not gone out: who sent it off, or who said yes to it, is not on your staff any more. It is a draft "
        "again: one of you can send it off."
    ),
    "nobody": "It was not sent: nobody fits its audience any more. It is a draft again.",
    "outdone": (
        "The text that this was to replace has been replaced or taken back meanwhile, so this one cannot go out. It is "
        "a draft: its words are still there."
    ),
}
IN_CHANNEL = {
    InChannel.CLOSED: "It could not be posted in {channel}: I am not in it, may not write there, or it is archived.",
    InChannel.REFUSED: "It could not be posted in {channel}: Slack did not take it.",
    InChannel.LATE: "It was over before it could be posted in {channel}, so it does not stand there.",
    InChannel.UNSURE: (
        "I do not know whether it stands in {channel}: Slack's answer was lost, and I do not read there. Please look. "
        "If it does, I can neither change it nor take it back: where it should not stand, please let an admin of your "
        "workspace delete it."
    ),
    InChannel.TWICE: (
        "It may stand in {channel} more than once: Slack's answer was lost, so I posted it again. Please look. If it "
        "does, please let an admin of your workspace delete all but the newest: that one alone changes with a new text "
        "or when it is taken back."
    ),
}
ALL_THE_SAME = "Everybody it is for gets it all the same, in a message or a digest."

LISTS = "Private lists"
LISTS_TITLE = "Private lists"
LISTS_SAYS = "Who is on a list only its owner sees. You can leave at any time."
LISTS_NONE = "There are no lists yet."
NEW_LIST = "New list"
LIST_TITLE_LABEL = "What is it about?"
LIST_ABOUT_LABEL = "A few words for those who may want to be on it"
LIST_SAVE = "Begin it"
LIST_BEGUN = "It is there. People find it under /announce and on their Home tab."
LIST_YOURS = "Yours"
LIST_ON = "You are on it"
JOIN, LEAVE = "Put me on it", "Take me off"
MEMBERS = "Who is on it"
MEMBERS_NONE = "Nobody is on it yet."
END_LIST = "End this list"
END_LIST_ASK = "End this list?"
END_LIST_SURE = "Who is on it is forgotten."
WHOSE_STAFF = "Only staff announce things. Type /announce to see what is for you."
UNKNOWN = "I do not know that word. Type /announce alone."
