"""The deeds that the trail of an announcement keeps, where more than one place goes by them."""

WRITTEN, CHANGED = "written", "changed"
CORRECTION, CORRECTED = "correction written", "corrected"
COPIED = "copied the words"
ASKED, APPROVED, REFUSED = "asked for a yes", "approved", "refused"
SENT_OFF, AS_IMPORTANT = "sent off", "sent as important"
RETRACTED = "retracted"
