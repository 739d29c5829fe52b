"""A family answers by a link, without an account; and what a forged, used, moved or foreign link is told."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import signing
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from casework.access import answering
from casework.models import AgreementLink, AuditEvent, FamilysAnswer, Purpose
from tests.casework.admin.sending import text_of
from tests.factories import AgreementLinkFactory, ReferralFactory

OURS = {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture(autouse=True)
def no_tries():
    caches["tries"].clear()


@pytest.fixture
def link(cast):
    referral = ReferralFactory(submitted=True, agreed=False, school=cast.school, pupil=cast.pupil)
    return AgreementLinkFactory(referral=referral, carer=cast.carer)


def address(link, token=None):
    return reverse("agreement_answer", args=[token or answering.token_of(link)])


def send(client, link, *, of=None, headers=OURS, **fields):
    """Answer a link with the form of its page, or with that of another link."""
    body = {"key": answering.form_key(of or link), "answer": "yes", "name": "Ada Carer"} | fields
    return client.post(address(link), body, **headers)


def answer_of(link):
    return AgreementLink.objects.get(pk=link.pk).answer


def test_page_says_what_is_asked_and_no_name(client, cast, link):
    page = client.get(address(link))
    text = text_of(page)

    assert page.status_code == 200
    assert "your child W." in text and "Cawdale Primary School" in text
    for word in ("Wren", "Marlow", "Ada", link.referral.reference, cast.pupil.reference):
        assert word not in text
    assert answer_of(link) == ""


def test_page_leaves_the_school_out_where_the_family_keeps_it_from_the_school(client, cast):
    kept = ReferralFactory(submitted=True, kept_from_school=True, school=cast.school, pupil=cast.pupil)
    text = text_of(client.get(address(AgreementLinkFactory(referral=kept, carer=cast.carer))))
    assert "Cawdale" not in text and "SENDCO" not in text


@pytest.mark.parametrize("purpose", Purpose.values)
def test_page_has_plain_words_for_every_purpose(client, link, purpose):
    AgreementLink.objects.update(purpose=purpose)
    text = text_of(client.get(address(link)))
    assert "What do we ask?" in text and "Who reads your answer?" in text


def test_page_leaves_nothing_behind(client, link):
    for answer in (client.get(address(link)), send(client, link), client.get(address(link))):
        assert not answer.cookies
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert "script-src" not in answer["Content-Security-Policy"]
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert answer["Referrer-Policy"] == "same-origin"  # with less, a browser would not say where a form is from
        assert "<script" not in text_of(answer)
    assert not client.cookies


@pytest.mark.parametrize("answer", FamilysAnswer.values)
def test_answer_is_taken_and_waits(client, link, answer):
    page = send(client, link, answer=answer)

    assert page.status_code == 200 and "We have your answer." in text_of(page)
    taken = AgreementLink.objects.get()
    assert (taken.answer, taken.answered_by, taken.waits) == (answer, "Ada Carer", True)
    assert "Ada" not in text_of(page)


def test_opening_and_looking_again_spends_nothing(client, link):
    for _ in range(3):
        assert client.get(address(link)).status_code == 200
        assert client.head(address(link)).status_code == 200
    assert send(client, link).status_code == 200
    assert AuditEvent.objects.filter(verb="opened", referral=link.referral, actor=None).count() >= 3


def test_a_link_answers_once(client, link):
    send(client, link, answer="yes")
    second = send(client, link, answer="no")
    assert second.status_code == 410
    assert "Have you just sent your answer?" in text_of(second)
    assert answer_of(link) == "yes"


def _over(link):
    AgreementLink.objects.filter(pk=link.pk).update(expires_at=timezone.now())


def _ended(link):
    AgreementLink.objects.filter(pk=link.pk).update(ended_at=timezone.now())


def _closed(link):
    link.referral.__class__.objects.filter(pk=link.referral_id).update(status="declined")


@pytest.mark.parametrize("spoil", [_over, _ended, _closed])
def test_a_link_that_is_over_says_what_to_do(client, link, spoil):
    spoil(link)
    for page in (client.get(address(link)), send(client, link)):
        assert page.status_code == 410
        assert "ask the person who gave you the link for a new one" in text_of(page)
    assert answer_of(link) == ""


def test_a_forged_link_is_told_the_same_as_one_that_is_over(client, link):
    plain = answering.token_of(link).partition(".")[0]
    signed_elsewhere = signing.Signer(salt="another", sep=".").sign(link.uuid.hex)
    nobodys = answering.LINKS.sign(uuid4().hex)
    no_number = answering.LINKS.sign("casework")
    over = AgreementLinkFactory(referral=link.referral, expires_at=timezone.now() - timedelta(days=1))
    pages = [
        client.get(address(link, token))
        for token in (
            plain,
            f"{plain}.",
            f"{plain}.AAAA",
            signed_elsewhere,
            nobodys,
            no_number,
            answering.token_of(over),
        )
    ]
    assert {page.status_code for page in pages} == {410}
    assert len({text_of(page) for page in pages}) == 1


def test_the_form_of_another_link_or_of_none_does_not_count(client, cast, link):
    other = AgreementLinkFactory(referral=link.referral, purpose=Purpose.CAMHS)
    for key in (answering.form_key(other), "", "forged", signing.dumps(str(link.uuid), salt="another")):
        page = send(client, link, key=key)
        assert "send your answer once more" in text_of(page)
        assert 'value="Ada Carer"' in text_of(page)
    assert answer_of(link) == answer_of(other) == ""


def test_a_form_of_the_day_before_asks_once_more(client, link):
    with time_machine.travel(timezone.now() - timedelta(days=1, minutes=1)):
        key = answering.form_key(link)
    assert "send your answer once more" in text_of(send(client, link, key=key))
    assert answer_of(link) == ""


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "https://testserver"},
        {"HTTP_ORIGIN": "http://elsewhere.example"},
        {"HTTP_ORIGIN": "http://testserver.elsewhere.example"},
        OURS | {"HTTP_SEC_FETCH_SITE": "cross-site"},
        OURS | {"HTTP_SEC_FETCH_SITE": "same-site"},
        {"HTTP_REFERER": "http://testserver/"},
    ],
)
def test_a_form_from_elsewhere_does_not_count(client, link, headers):
    page = send(client, link, headers=headers)
    assert page.status_code == 403
    assert answer_of(link) == ""
    assert not page.cookies


def test_a_browser_that_says_only_the_origin_may_answer(client, link):
    assert send(client, link, headers={"HTTP_ORIGIN": "http://testserver"}).status_code == 200
    assert answer_of(link) == "yes"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"answer": ""}, "Choose one of the three"),
        ({"answer": "perhaps"}, "Choose one of the three"),
        ({"name": " "}, "Write your name"),
    ],
)
def test_an_answer_that_is_none_says_how_to_mend_it(client, link, fields, says):
    page = send(client, link, **fields)
    assert page.status_code == 200 and says in text_of(page)
    assert answer_of(link) == ""


def test_what_is_typed_is_shown_as_text(client, link):
    page = text_of(send(client, link, name="<script>alert(1)</script>", answer=""))
    assert "<script" not in page and "&lt;script" in page


def test_tries_are_counted(client, link, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"agreement_answer": "3/m/ip"}
    answers = [client.get(address(link, "x")).status_code for _ in range(5)]
    assert answers == [410, 410, 410, 429, 429]


def test_the_same_page_for_whoever_is_signed_in(cast, client_for, link):
    page = client_for(cast.other_head).get(address(link))
    assert page.status_code == 200
    assert "Wren" not in text_of(page)
