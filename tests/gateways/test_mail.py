"""What a mail server or a provider said, told apart from what nobody can know."""

import pytest
from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused, AnymailRequestsAPIError
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection
from requests import Response

from portal import env
from reviews.gateways.mail import Outcome, hand_over

MESSAGE = EmailMessage("Hello", "Hello.", to=["ada@example.org"])


class Provider:
    """A connection to a provider that ends every sending in the same way."""

    def __init__(self, error):
        self.error = error

    def send_messages(self, messages):
        raise self.error


def answered(status):
    response = Response()
    response.status_code = status
    response.reason = "as the test says"
    return AnymailRequestsAPIError("refused", response=response)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (answered(400), Outcome.REFUSED),
        (answered(422), Outcome.REFUSED),
        (answered(429), Outcome.NOT_NOW),
        (answered(500), Outcome.UNKNOWN),
        (answered(503), Outcome.UNKNOWN),
        (AnymailAPIError("the connection broke"), Outcome.UNKNOWN),
        (AnymailRecipientsRefused(), Outcome.REFUSED),
        (TimeoutError("too slow"), Outcome.UNKNOWN),
    ],
)
def test_a_providers_no_is_certain_and_its_silence_is_not(error, outcome):
    assert hand_over(MESSAGE, connection=Provider(error)).outcome is outcome


def test_a_provider_of_anymails_is_named_by_the_environment(settings):
    told = env.mail("anymail://mailgun?api_key=k%2Fey&sender_domain=mg.example.org&webhook_secret=a:b")
    settings.EMAIL_BACKEND, settings.ANYMAIL = told["EMAIL_BACKEND"], told["ANYMAIL"]

    connection = get_connection()

    assert type(connection).__module__ == "anymail.backends.mailgun"
    assert (connection.sender_domain, connection.timeout) == ("mg.example.org", 20)
    assert told["MAIL_PROVIDER"] == "mailgun"
    assert told["ANYMAIL"]["WEBHOOK_SECRET"] == "a:b"
    assert told["ANYMAIL"]["MAILGUN_API_KEY"] == "k/ey"


@pytest.mark.parametrize("url", ["anymail://", "anymail://no-such.one", "pigeon://example.org"])
def test_an_address_of_no_mail_server_is_said_to_be_none(url):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        env.mail(url)
