"""What an import did, or would do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterReport:
    """Counts of people, memberships and welcomes, for whoever keeps the roster.

    Every one of the `people` in the file is `added` (back after a time away counts too), `changed` or `unchanged`;
    `deactivated` are those who are not in it any more. `without_account` are the addresses of those, past members
    left out, who have no Slack account yet: they are matched and welcomed when they join, or when Slack has their new
    address too. `recusals_changed` counts pairs that came or went.
    """

    program: str
    is_dry_run: bool
    people: int
    added: int
    changed: int
    unchanged: int
    deactivated: int
    renamed: int
    memberships_added: int
    memberships_removed: int
    recusals_changed: int
    welcomed: int
    without_account: tuple[str, ...]

    @property
    def changed_nothing(self) -> bool:
        """Whether the roster was like this already."""
        return not any((self.renamed, self.memberships_added, self.memberships_removed, self.recusals_changed))
