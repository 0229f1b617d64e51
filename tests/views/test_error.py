"""When something goes wrong, the page still says so in plain words, though nothing is known of who asked."""

import pytest
from django.template.loader import render_to_string
from django.test import Client


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_needs_to_know_nothing(name):
    page = render_to_string(f"{name}.html")

    assert "<h1>" in page
    assert "Sign in" not in page


@pytest.mark.django_db
def test_an_address_that_does_not_exist_gets_our_page(client):
    answer = client.get("/nowhere/")

    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_gets_our_page():
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "ada@example.org"})

    assert answer.status_code == 403
    assert "Please send it again" in answer.content.decode()
