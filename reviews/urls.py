"""The doors."""

from django.urls import path

from reviews.views import (
    answer,
    calendar,
    certificate,
    citation,
    history,
    home,
    invitation,
    mark,
    message,
    outcome,
    proposal,
    publication,
    queue,
    review,
    second_look,
)

app_name = "reviews"
urlpatterns = [
    path("", home.home, name="home"),
    path("verdicts/<slug:slug>/", publication.publication, name="publication"),
    path("verdicts/<slug:slug>/method/", publication.method, name="publication-method"),
    path("invitations/<uuid:key>/", invitation.invitation, name="invitation"),
    path("calendar/<uuid:key>.ics", calendar.feed, name="calendar-feed"),
    path("reviews/", queue.queue, name="queue"),
    path("reviews/calendar/", calendar.subscription, name="calendar"),
    path("reviews/certificate/", certificate.certificate, name="certificate"),
    path("reviews/certificate/reviews.json", certificate.export, name="certificate-export"),
    path("reviews/<uuid:key>/", review.review, name="review"),
    path("reviews/<uuid:key>/claims/<int:number>/", mark.claim, name="claim"),
    path("reviews/<uuid:key>/claims/<int:number>/history/", history.claim, name="claim-history"),
    path("reviews/<uuid:key>/claims/<int:number>/source/", citation.add, name="add-source"),
    path("reviews/<uuid:key>/sources/<uuid:citation_key>/remove/", citation.remove, name="remove-source"),
    path("reviews/<uuid:key>/instruments/<slug:slug>/", answer.instrument, name="instrument"),
    path("reviews/<uuid:key>/instruments/<slug:slug>/history/", history.instrument, name="instrument-history"),
    path("reviews/<uuid:key>/omissions/", answer.omissions, name="omissions"),
    path("reviews/<uuid:key>/omissions/history/", history.omissions, name="omissions-history"),
    path("reviews/<uuid:key>/propose/", proposal.propose, name="propose"),
    path("reviews/<uuid:key>/messages/", message.conversation, name="messages"),
    path("reviews/<uuid:key>/submit/", review.submit, name="submit"),
    path("reviews/<uuid:key>/take-back/", review.take_back, name="take-back"),
    path("reviews/<uuid:key>/outcome/", outcome.outcome, name="outcome"),
    path("reviews/<uuid:key>/outcome/<int:number>/statement/", outcome.statement, name="statement"),
    path("reviews/<uuid:key>/second-look/", second_look.second_look, name="second-look"),
]
