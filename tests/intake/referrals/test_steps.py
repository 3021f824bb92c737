"""The steps of a referral, and who may take them."""

from intake.referrals.sending.steps import STEPS, Side, Step, steps_from
from intake.tables.referral import ReferralKind, ReferralState


def test_the_table_of_steps_has_no_dead_ends_and_no_double_rows():
    rows = [
        (kind, row.step, side, before)
        for row in STEPS
        for kind in row.kinds
        for side in row.sides
        for before in row.before
    ]
    assert len(rows) == len(set(rows))
    reached = {row.after for row in STEPS} | {ReferralState.VERZONDEN, ReferralState.VOORSTEL}
    assert reached == set(ReferralState)
    ends = {ReferralState.INGETROKKEN, ReferralState.AANGEKOMEN}
    for state in set(ReferralState) - ends:
        kinds = [kind for kind in ReferralKind if any(steps_from(kind, state, side) for side in Side)]
        assert kinds or state in {ReferralState.GEWEIGERD, ReferralState.VERLOPEN}


def test_only_the_receiver_accepts():
    assert {row.sides for row in STEPS if row.step is Step.ACCEPTEREN} == {frozenset({Side.ONTVANGER})}
