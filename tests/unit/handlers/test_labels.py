"""Words that people read for what the code calls by a key."""

from domain.kinds import DEFAULT_KINDS, GROUP
from domain.session_log import Outcome
from handlers import texts


def test_every_kind_of_session_has_a_label_of_its_own() -> None:
    keys = {GROUP, *(kind.key for kind in DEFAULT_KINDS)}

    assert texts.kinds.LABELS.keys() == keys
    assert len(set(texts.kinds.LABELS.values())) == len(keys)


def test_every_outcome_of_a_session_has_words_for_either_side() -> None:
    absences = {outcome for outcome in Outcome if not outcome.has_happened}

    assert texts.session_log.OUTCOMES.keys() == set(Outcome)
    assert texts.session_log.STAFF_READS.keys() == texts.session_log.SCHOLAR_READS.keys() == absences


def test_log_of_a_session_with_a_mentor_calls_nobody_a_scholar() -> None:
    words = [
        *texts.session_log.OUTCOMES.values(),
        *texts.session_log.STAFF_READS.values(),
        texts.session_log.SEALED_HINT,
    ]

    assert [each for each in words if "scholar" in each] == []
