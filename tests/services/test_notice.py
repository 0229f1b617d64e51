"""What an editor may do about a mail."""

import pytest

from reviews.errors import NoticeIsUnderWay
from reviews.services.notice import send_again
from tests.factories import NOON, NoticeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["uncertain", "failed"])
def test_a_mail_that_went_wrong_is_owed_once_more(state):
    notice = NoticeFactory(state=state, attempts=8, body_sha256="0", error="The connection broke.")

    send_again(notice, at=NOON)

    notice.refresh_from_db()
    assert (notice.state, notice.attempts, notice.due_at, notice.error) == ("owed", 0, NOON, "")


@pytest.mark.parametrize("fields", [{"state": "owed"}, {"state": "sent", "sent_at": NOON, "body_sha256": "0"}])
def test_a_mail_that_is_under_way_or_sent_is_not_sent_again(fields):
    with pytest.raises(NoticeIsUnderWay):
        send_again(NoticeFactory(**fields), at=NOON)
