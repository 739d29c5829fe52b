"""What a referral says of why now: at most three reasons, ticks of the service's own lists, and why it is urgent."""

import pytest
from django.core.exceptions import ValidationError

from casework import lifecycle
from casework.actions import referrals
from casework.models import ListName
from tests.factories import ListItemFactory, ReferralFactory


@pytest.fixture
def draft(cast):
    return ReferralFactory(school=cast.school, pupil=cast.pupil, referred_by=cast.sendco)


def entries(service, which, count):
    return [ListItemFactory(service=service, list=which, label=f"{which} {number}") for number in range(count)]


def test_change_takes_three_reasons_and_no_fourth(cast, draft):
    reasons = entries(cast.service, ListName.REASON, 4)

    changed = referrals.change(draft, by=cast.sendco, version=draft.version, reasons=reasons[:3])
    with pytest.raises(ValidationError, match="at most 3"):
        referrals.change(draft, by=cast.sendco, version=changed.version, reasons=reasons)

    assert set(draft.reasons.all()) == set(reasons[:3])


@pytest.mark.parametrize(("name", "which"), [("tried_already", ListName.TRIED), ("helpers", ListName.HELPER)])
def test_change_takes_ticks_of_the_services_own_list_alone(cast, draft, name, which):
    ours, theirs = entries(cast.service, which, 2), entries(cast.other_service, which, 1)

    changed = referrals.change(draft, by=cast.sendco, version=draft.version, **{name: ours})
    for wrong in (theirs, [cast.items["Bereavement"]]):
        with pytest.raises(ValidationError) as refused:
            referrals.change(draft, by=cast.sendco, version=changed.version, **{name: wrong})
        assert list(refused.value.message_dict) == [name]

    assert set(getattr(draft, name).all()) == set(ours)


def test_urgent_referral_says_why_before_it_is_sent(cast, draft):
    changed = referrals.change(draft, by=cast.sendco, version=draft.version, how_soon="urgent", offered_days="02")
    assert not lifecycle.says_why_urgent(changed)

    changed = referrals.change(changed, by=cast.sendco, version=changed.version, urgent_because="It got much worse.")

    assert lifecycle.says_why_urgent(changed)
    assert changed.offered_days_in_words == "Monday, Wednesday"
