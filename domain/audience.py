"""Whom something is for: a query over what people are in the program, checked against one membership at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from domain.errors import DomainError
from domain.people import Role


class EmptyAudience(DomainError):
    """Nobody is chosen yet. Please say whom this is for; "everyone in the program" is a choice too."""


class NobodyFound(DomainError):
    """Nobody fits all of this just now. Please choose less narrowly, or look at the roster."""


class ListStandsAlone(DomainError):
    """A private list cannot be narrowed or added to. Please choose the list alone, or none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What somebody is at this moment by one membership."""

    cohort: str
    phase: str
    stream: str
    role: Role
    site: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """A query: of each field any of the values, of the fields all, by one and the same membership.

    `everyone` takes all who are in the program. `people` (person ids) come on top of whoever the query finds.
    `behind_deadline` and `behind_announcement` (ids) leave of those only who has not met the one or not acknowledged
    the other; where nothing else is chosen they are taken from whoever that was for. `list_id` is a private list,
    which stands alone, and `private_list` the one that those are from who are behind with something. Never a survey or
    a wave of one: whom it is for is shown by name. Raises `ListStandsAlone`.
    """

    everyone: bool = False
    cohorts: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    streams: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    sites: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    behind_deadline: str = ""
    behind_announcement: str = ""
    list_id: str = ""
    private_list: str = ""

    def __post_init__(self) -> None:
        if self.list_id and any(self._chosen("list_id")):
            raise ListStandsAlone(field="list")

    @property
    def is_empty(self) -> bool:
        """Whether nothing is chosen at all."""
        return not any(self._chosen())

    @property
    def secret_list(self) -> str:
        """The private list that its people are from, however it came to them; "" for none."""
        return self.list_id or self.private_list

    def _chosen(self, *but: str) -> Iterator[object]:
        return (getattr(self, each.name) for each in fields(self) if each.name not in ("private_list", *but))

    @property
    def has_query(self) -> bool:
        """Whether people are looked for by what they are, and not only named."""
        return self.everyone or self._asks

    @property
    def is_narrowed(self) -> bool:
        """Whether only those of them are meant who have not done something yet."""
        return bool(self.behind_deadline or self.behind_announcement)

    @property
    def can_change(self) -> bool:
        """Whether what stands can be for others instead.

        Who is on a list is its owner's secret, and who was behind with something was so at that time.
        """
        return not (self.secret_list or self.is_narrowed)

    def takes(self, standing: Standing) -> bool:
        """Whether somebody with this membership is found by the query."""
        if not self.has_query:
            return False
        return (
            _fits(self.cohorts, standing.cohort)
            and _fits(self.phases, standing.phase)
            and _fits(self.streams, standing.stream)
            and _fits(self.roles, standing.role)
            and _fits(self.sites, standing.site)
        )

    @property
    def _asks(self) -> bool:
        return bool(self.cohorts or self.phases or self.streams or self.roles or self.sites)


def _fits(wanted: tuple[str, ...], value: str) -> bool:
    return not wanted or value in wanted
