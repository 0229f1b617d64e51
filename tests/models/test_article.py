from tests.factories import NOON, IntakeFactory, UserFactory


def test_an_address_has_one_account_whatever_its_case(refused):
    UserFactory(email="ada@example.org")

    with refused("one_account_per_address"):
        UserFactory(email="Ada@example.org", verified=False)


def test_an_intake_is_read_or_failed(refused):
    with refused("intake_is_read_or_failed_not_both"):
        IntakeFactory(read_at=NOON, failed_at=NOON, failure="Broken.")


def test_a_failed_intake_says_why(refused):
    with refused("failed_intake_says_why"):
        IntakeFactory(failed_at=NOON)


def test_only_an_address_is_fetched(refused):
    with refused("only_an_address_is_fetched"):
        IntakeFactory(fetched_at=NOON)


def test_an_address_is_fetched_before_it_is_read(refused):
    with refused("an_address_is_fetched_before_it_is_read"):
        IntakeFactory(address="https://a.example/", read_at=NOON)
