"""The form of an announcement. What it says is saved as a draft by every press of its button."""

from collections.abc import Sequence
from datetime import date, datetime

from domain.announcements import BODY_MAX, LINK_MAX, TIERS, TITLE_MAX, Begun, Text, Timing
from domain.audience import Audience
from domain.delivery import Tier
from domain.ports import Block, View
from handlers import texts
from handlers.ids import Field, Modal
from handlers.ids.choices import ACK, NEWCOMERS
from handlers.views.audience import audience_fields
from handlers.views.blocks import context, field, modal, plain, section, text_input, with_given
from handlers.views.menus import Choice, radio, select
from handlers.views.moments import moment_fields
from services.announcements.compose import Content
from services.audiences.options import AudienceOptions

_W = texts.announcements
_NOBODY = Audience()


def announcement_form(
    content: Content | None,
    options: AudienceOptions,
    *,
    zone: str,
    accounts: Sequence[str] = (),
    approver: str = "",
    state: str = "",
    begun: Begun | None = None,
    warning: str = "",
) -> View:
    """The form, filled in with a content, or with what a message of somebody's began (`begun`).

    `accounts` and `approver` are Slack accounts; `state` is the id and version of the draft, "" for a new one;
    `warning` is what a change does besides.
    """
    too_long = begun.too_long if begun else 0
    blocks = [
        *([section(warning)] if warning else []),
        *([section(_W.TOO_LONG_BEGUN.format(length=too_long))] if too_long else []),
        *_text_fields(content.text if content else begun),
        field(Field.TIER, _W.TIER, _tiers(content)),
        *audience_fields(options, content.audience if content else _NOBODY, accounts=accounts),
        *_when_fields(content, zone),
        field(Field.OPTIONS, _W.OPTIONS_LABEL, _options(content), optional=True),
        field(Field.CHANNEL, _W.CHANNEL_LABEL, _channel(content), optional=True, hint=_W.CHANNEL_HINT),
        field(Field.APPROVER, _W.APPROVER_LABEL, _approver(approver), optional=True, hint=_W.APPROVER_HINT),
    ]
    return modal(
        Modal.ANNOUNCE,
        title=_W.EDIT_TITLE if state else _W.FORM_TITLE,
        blocks=blocks,
        submit=_W.TO_PREVIEW,
        close=texts.forms.CLOSE,
        state=state,
    )


def correction_form(text: Text, *, is_critical: bool, state: str, warning: str = "") -> View:
    """The form for another text of one that was sent. `warning` is what it will not change."""
    said = [
        section(_W.CORRECT_SAYS),
        *([section(warning)] if warning else []),
        *([context(_W.CORRECT_CRITICAL)] if is_critical else []),
    ]
    return modal(
        Modal.ANNOUNCEMENT_TEXT,
        title=_W.CORRECT_TITLE,
        blocks=[*said, *_text_fields(text)],
        submit=_W.CORRECT_SAVE,
        close=texts.forms.BACK,
        state=state,
    )


def _text_fields(text: Text | Begun | None) -> list[Block]:
    title = text_input(Field.VALUE, initial=text.title if text else "", at_most=TITLE_MAX)
    body = text_input(Field.VALUE, initial=text.body if text else "", multiline=True, at_most=BODY_MAX)
    link = text_input(Field.VALUE, initial=text.link if text else "", at_most=LINK_MAX)
    return [
        field(Field.TITLE, _W.TITLE_LABEL, title),
        field(Field.BODY, _W.BODY_LABEL, body, hint=_W.BODY_HINT.format(most=BODY_MAX)),
        field(Field.LINK, _W.LINK_LABEL, link, optional=True, hint=_W.LINK_HINT),
    ]


def _tiers(content: Content | None) -> Block:
    choices = [Choice(text=_W.TIERS[tier], value=tier.value) for tier in TIERS]
    shown = radio(Field.VALUE, choices, initial=(content.tier if content else Tier.IMPORTANT).value)
    for option in (*shown["options"], shown["initial_option"]):
        option["description"] = plain(_W.TIER_CHOICES[Tier(option["value"])])
    return shown


def _when_fields(content: Content | None, zone: str) -> list[Block]:
    plan = content.plan if content else None
    choices = [Choice(text=_W.WHEN[timing], value=timing.value) for timing in Timing]
    when = select(Field.VALUE, choices, placeholder=_W.WHEN_LABEL, initial=(plan.timing if plan else Timing.NOW).value)
    at = plan.at or plan.on if plan else None
    return [
        field(Field.WHEN, _W.WHEN_LABEL, when),
        *_moment(Field.START, zone, _W.AT_DAY, _W.AT_TIME, at, _W.AT_HINT),
        *_moment(Field.END, zone, _W.EXPIRES_DAY, _W.EXPIRES_TIME, plan.expires_at if plan else None, _W.EXPIRES_HINT),
    ]


def _moment(name: str, zone: str, day: str, time: str, initial: datetime | date | None, hint: str) -> list[Block]:
    return moment_fields(name, zone=zone, day_label=day, time_label=time, initial=initial, hint=hint, optional=True)


def _options(content: Content | None) -> Block:
    ack = {"text": plain(_W.NEEDS_ACK), "value": ACK, "description": plain(_W.NEEDS_ACK_MORE)}
    newcomers = {"text": plain(_W.NEWCOMERS), "value": NEWCOMERS, "description": plain(_W.NEWCOMERS_MORE)}
    ticked = [
        *([ack] if content is None or content.needs_ack else []),
        *([newcomers] if content is None or content.takes_newcomers else []),
    ]
    block: Block = {"type": "checkboxes", "action_id": Field.VALUE, "options": [ack, newcomers]}
    return with_given(block, initial_options=ticked or None)


def _channel(content: Content | None) -> Block:
    menu: Block = {
        "type": "conversations_select",
        "action_id": Field.VALUE,
        "placeholder": plain(_W.CHANNEL_PLACEHOLDER),
        "filter": {"include": ["public", "private"], "exclude_external_shared_channels": True},
    }
    return with_given(menu, initial_conversation=(content.channel if content else "") or None)


def _approver(account: str) -> Block:
    return with_given({"type": "users_select", "action_id": Field.VALUE}, initial_user=account or None)
