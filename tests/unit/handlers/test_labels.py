"""Words that people read for what the code calls by a key."""

from domain.kinds import DEFAULT_KINDS
from handlers import texts


def test_every_kind_of_session_has_a_label_of_its_own() -> None:
    keys = {kind.key for kind in DEFAULT_KINDS}

    assert texts.kinds.LABELS.keys() == keys
    assert len(set(texts.kinds.LABELS.values())) == len(keys)
