"""The doors."""

from django.urls import path

from reviews.views import (
    answer,
    bounce,
    choice,
    citation,
    home,
    invitation,
    mark,
    message,
    outcome,
    publication,
    queue,
    review,
)

app_name = "reviews"
urlpatterns = [
    path("", home.home, name="home"),
    path("verdicts/<slug:slug>/", publication.publication, name="publication"),
    path("verdicts/<slug:slug>/method/", publication.method, name="publication-method"),
    path("invitations/<uuid:key>/", invitation.invitation, name="invitation"),
    path("mail/", choice.mail_choices, name="mail-choices"),
    path("mail/events/<slug:provider>/", bounce.mail_events, name="mail-events"),
    path("mail/stop/<str:key>/", choice.mail_stop, name="mail-stop"),
    path("reviews/", queue.queue, name="queue"),
    path("reviews/<uuid:key>/", review.review, name="review"),
    path("reviews/<uuid:key>/claims/<int:number>/", mark.claim, name="claim"),
    path("reviews/<uuid:key>/claims/<int:number>/source/", citation.add, name="add-source"),
    path("reviews/<uuid:key>/sources/<uuid:citation_key>/remove/", citation.remove, name="remove-source"),
    path("reviews/<uuid:key>/instruments/<slug:slug>/", answer.instrument, name="instrument"),
    path("reviews/<uuid:key>/omissions/", answer.omissions, name="omissions"),
    path("reviews/<uuid:key>/messages/", message.conversation, name="messages"),
    path("reviews/<uuid:key>/submit/", review.submit, name="submit"),
    path("reviews/<uuid:key>/take-back/", review.take_back, name="take-back"),
    path("reviews/<uuid:key>/outcome/", outcome.outcome, name="outcome"),
]
