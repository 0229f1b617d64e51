"""The doors of the whole site."""

from django.urls import include, path

from reviews.admin.site import desk

urlpatterns = [
    path("desk/", desk.urls),
    path("accounts/", include("allauth.urls")),
    path("", include("reviews.urls")),
]
