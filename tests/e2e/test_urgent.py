"""A scholar who cannot wait reads whom to call and talks with somebody soon; nobody else learns of it."""

import json

from handlers import texts
from handlers.ids import Action, Field
from tests.acting.steps import told
from tests.fixtures.products import Product

SECRET = "I cannot go on like this."


def test_scholar_in_a_hurry_reads_whom_to_call_and_is_booked_with_one_press(each_product: Product) -> None:
    product, scholar = each_product, each_product.scholar

    scholar.open("/support urgent", texts.urgent.TITLE)
    first = json.dumps(scholar.modal(), ensure_ascii=False)
    scholar.fill(Field.WORDS, SECRET)
    outcome = scholar.submit()
    product.deliver()

    assert texts.urgent.IN_DANGER in first
    assert outcome["errors"] == {}
    done = json.dumps(scholar.modal(), ensure_ascii=False)
    assert (texts.urgent.IN_DANGER in done, "Eli" in done) == (True, True)
    assert told(scholar) == [texts.messages.SESSION_BOOKED, texts.messages.SESSION_FILE]
    assert told(product.actor("eli")) == [texts.messages.SESSION_BOOKED, texts.messages.SESSION_FILE]
    kept = json.dumps([actor.messages() for actor in (scholar, product.actor("eli"))])
    assert [word for word in (SECRET, "rgent", "Eli", "Ada") if word in kept] == []


def test_community_manager_names_who_stands_in_by_a_form(product: Product) -> None:
    eli = product.actor("eli")

    eli.open("/support stand-ins", texts.urgent.STAND_INS_TITLE)
    eli.fill(Field.STAFF, ["cleo"])
    eli.submit()
    eli.wait(modal=texts.urgent.STAND_INS_SAVED)
    eli.close(everything=True)
    eli.open("/support stand-ins", texts.urgent.STAND_INS_TITLE)

    assert "Cleo" in json.dumps(eli.modal()["blocks"][0]["element"]["initial_options"])


def test_others_are_told_whose_it_is(product: Product) -> None:
    coach, mentor = product.coach, product.actor("max")

    coach.slash("/support urgent")
    coach.wait(text=texts.urgent.WHOSE)
    coach.slash("/support stand-ins")
    coach.wait(text=texts.urgent.STAND_INS_WHOSE)
    mentor.slash("/support urgent")
    mentor.wait(text=texts.helping.MENTOR)


def test_home_and_list_lead_there(product: Product) -> None:
    scholar = product.scholar

    scholar.open("/support", texts.sessions.SESSIONS_TITLE)
    scholar.press(Action.OPEN_URGENT)
    scholar.wait(modal=texts.urgent.TITLE)

    assert Field.START in {block["block_id"].partition(":")[0] for block in scholar.modal()["blocks"]}
