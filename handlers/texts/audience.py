"""Whom something is for, in a form."""

from domain.people import Role

WHO = "Who is it for?"
WHO_HINT = (
    "Everyone in the program, or these roles. Needed unless you choose below whom you mean. What you choose there "
    "narrows it: all of it has to fit."
)
EVERYONE = "Everyone in the program"
WHO_PLACEHOLDER = "Choose roles, or everyone"
ROLES = {
    Role.SCHOLAR: "Scholars",
    Role.COACH: "Coaches",
    Role.COMMUNITY_MANAGER: "Community managers",
    Role.MENTOR: "Mentors",
    Role.STAFF: "Staff",
    Role.OPS: "Ops",
    Role.EVALUATOR: "Evaluators",
    Role.GRADER: "Graders",
    Role.ALUMNUS: "Alumni",
}
COHORTS, PHASES, STREAMS, SITES = "Cohorts", "Phases", "Streams", "Sites"
ALL = "All of them"
ONE_A_LINE = (
    "Too many for a menu: please write the names of those you mean, each on its own line. Left empty, all of them."
)
PEOPLE = "And these people"
PEOPLE_PLACEHOLDER = "Nobody else"
WITHOUT_ACCOUNT = "And these, who have no Slack account in use just now"
WITHOUT_ACCOUNT_HINT = (
    "They stay chosen. As long as they have none, nothing reaches them here; take out whom you do not mean."
)
WITHOUT_ACCOUNT_PLACEHOLDER = "None of them"
ONE_STREAM, SOME_STREAMS = "One stream", "{number} streams"
BY_NAME = "And people who were chosen by name"
BY_NAME_ALONE = "People who were chosen by name"
BEHIND = "Only those who have not yet…"
BEHIND_PLACEHOLDER = "Whether or not they have"
BEHIND_DEADLINE = "met: {title}"
BEHIND_ANNOUNCEMENT = "acknowledged: {title}"
GONE = "something that is not there any more"
LIST = "Or one of your private lists"
LIST_HINT = "Alone: leave everything above empty. Who is on it only you can see."
LIST_PLACEHOLDER = "No list"
