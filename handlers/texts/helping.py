"""What can be typed."""

SEALED = (
    "What you write about a session is sealed: you and the person you meet can read it, and whoever takes over from "
    "them if you say so. Mentors and staff never learn that a session exists."
)
BOOK = "Only scholars book; you can offer times with /support propose."
PROPOSE = "Only coaches and the community manager offer times; you can book with /support book."
LOG = "Only coaches and the community manager log sessions; you can see yours with /support list."
WHERE = "/support help lists what you can type."
UNKNOWN = f"I don't know that one. {WHERE}"
STAFF = (
    "I am the support desk of your program: scholars book sessions with their coaches and the community manager with "
    "me. If a scholar could use a session, tell them to type /support; whether they do stays private."
)
MENTOR = (
    "I am the support desk of your program: scholars book sessions with their coaches and the community manager with "
    "me, and you can book time with a coach on managing research. If a scholar could use a session, tell them to type "
    "/support; whether they do stays private."
)
PLAIN = (
    "I am the support desk of your program: scholars book sessions with their coaches and the community manager with "
    "me. There is nothing that you need to do here. If a scholar could use a session, tell them to type "
    "/support; whether they do stays private."
)
