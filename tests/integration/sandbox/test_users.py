"""People: pages, one by id, one by e-mail; each with the time zone."""

from tests.acting.teams import Team, refusal


def test_list_comes_in_pages_and_holds_bots_and_those_who_left(team: Team) -> None:
    pages = [[user["name"] for user in page["members"]] for page in team.web.users_list(limit=3)]

    assert pages == [["ada", "bo", "gail"], ["helper"]]
    assert refusal(team.web.users_list, cursor="bm9ib2R5") == "invalid_cursor"


def test_cursor_stays_right_when_somebody_joins_meanwhile(team: Team) -> None:
    first = team.web.users_list(limit=2)
    team.workspace.join(name="zoe", real_name="Zoe")

    rest = team.web.users_list(limit=9, cursor=first["response_metadata"]["next_cursor"])

    assert [user["name"] for user in rest["members"]] == ["gail", "helper", "zoe"]


def test_info_tells_zone_and_e_mail(team: Team) -> None:
    user = team.web.users_info(user=team.bo.id, include_locale=True)["user"]

    assert (user["tz"], user["tz_offset"] in {-18000, -14400}, user["locale"]) == ("America/New_York", True, "en-US")
    profile = {name: user["profile"][name] for name in ("real_name", "display_name", "email")}
    assert profile == {"real_name": "Bo", "display_name": "bo", "email": "bo@example.org"}
    assert (user["deleted"], user["is_bot"], user["is_restricted"]) == (False, False, False)


def test_info_tells_little_of_somebody_deactivated(team: Team) -> None:
    user = team.web.users_info(user=team.user("gail"))["user"]

    assert (user["deleted"], "tz" in user) == (True, False)


def test_updated_changes_with_the_account_alone(team: Team) -> None:
    before = team.web.users_info(user=team.ada.id)["user"]["updated"]
    team.workspace.advance(60)
    untouched = team.web.users_info(user=team.ada.id)["user"]["updated"]

    team.workspace.change_user(team.ada.id, tz="Asia/Tokyo")

    changed = team.web.users_info(user=team.ada.id)["user"]
    assert (untouched, changed["tz"]) == (before, "Asia/Tokyo")
    assert changed["updated"] >= before + 60


def test_lookup_by_e_mail_minds_no_case_and_finds_nobody_who_left(team: Team) -> None:
    found = team.web.users_lookupByEmail(email="ADA@example.org")["user"]["id"]

    assert found == team.ada.id
    assert [refusal(team.web.users_lookupByEmail, email=f"{name}@example.org") for name in ("gail", "zoe")] == [
        "users_not_found"
    ] * 2


def test_unknown_person_is_not_found(team: Team) -> None:
    assert refusal(team.web.users_info, user="U0NOBODY000") == "user_not_found"


def test_user_groups_need_a_paid_plan(team: Team) -> None:
    codes = [refusal(team.web.usergroups_list), refusal(team.web.usergroups_users_list, usergroup="S0AAAAAAAAA")]

    assert codes == ["plan_upgrade_required"] * 2
