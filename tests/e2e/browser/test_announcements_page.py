"""Announcements on the page, as their readers see and press them."""

from slack_sdk import WebClient

from handlers.ids import Field
from tests.acting.announcing import announce, wake
from tests.builders.people import account_of
from tests.e2e.browser.conftest import Seats
from tests.fixtures.products import BOT_TOKEN, Product

PLAN = "What to hand in, and to whom."


def test_a_file_that_is_linked_to_opens_from_the_message(seat: Seats, page_product: Product) -> None:
    """Where it was shared is who may open it; the announcement has its address alone."""
    wake(page_product, "ada", "bo", "sam")
    address = shared_file(page_product)
    announce(page_product, {Field.LINK: address})
    ada = seat("ada")
    ada.open_app("Messages")

    with ada.page.expect_download() as opened:
        ada.log.get_by_role("link", name=address).click()

    assert opened.value.path().read_text() == PLAN


def shared_file(product: Product) -> str:
    """A file in #general, at the address that Ada copies."""
    workspace = product.workspace
    channel = workspace.channel_id("general")
    workspace.invite(channel, workspace.bot_id())
    web = WebClient(token=BOT_TOKEN, base_url=workspace.api_url)
    shared = web.files_upload_v2(filename="plan.txt", content=PLAN, channel=channel)
    return f"{workspace.url}/as/{account_of('ada')}/files/{shared['files'][0]['id']}"
