"""The one question to a scholar after a session. Confidential, and never called anonymous."""

TITLE = "How useful was it?"
QUESTION = "How useful was this session for you?"
LEAST = "not useful at all"
MOST = "as useful as it could be"
WORDS = "Anything you would like to add?"
WORDS_HINT = "Sealed: here nobody but you can open it."
WHO_SEES = (
    "Your answer is confidential. The person you met does not see it, and neither do mentors or staff. The number is "
    "used only in protected totals over many sessions."
)
WHO_SEES_SEVERAL = (
    "Your answer is confidential. Those who held the session do not see it, nor do the others in it, mentors or staff. "
    "The number is used only in protected totals over many sessions."
)
SEND = "Send"
ANSWERED_BEFORE = "You have answered already. What you send now takes the place of what you said before."
UNTIL = "You can change it until {until}."
SENT_TITLE = "Thank you"
SENT = "Thank you for your answer!"
WAITS = "A short question waits for you."
ANSWER = "Answer it"
CHANGE = "Change your answer"
