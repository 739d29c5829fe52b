"""Which schools and trusts people sign in with: entered by technical administrators. Whether a second step taken there
counts for the people of a service is said by its coordinator. The secret is shown to nobody.
"""

from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.views.generic import TemplateView
from django.views.generic.edit import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from allyance_site.people.models import Provider
from allyance_site.people.school_sign_in import redirect_address
from casework.access import door, rules

PINNED = {"issuer", "client_id", "proof_claim", "proof_value"}
"""What a second step was allowed to count for: with another of them it has to be allowed anew."""

MISSING = {
    "name": "Enter the name of the school or trust.",
    "issuer": "Enter the issuer.",
    "client_id": "Enter the client ID.",
    "secret": "Enter the client secret.",
}


class ProviderForm(forms.ModelForm):
    """What this person may change of a provider; whatever they may not is not in it."""

    uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    secret = forms.CharField(
        label="Client secret",
        max_length=300,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="It is kept sealed, and never shown again. When you change something else, leave it empty.",
    )
    allowed_in = forms.MultipleChoiceField(
        label="The second step taken there counts for the people of",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="They are not asked for ours then. Whoever belongs to another service too is asked all the same.",
    )

    class Meta:
        model = Provider
        fields = ["name", "issuer", "client_id", "secret", "proof_claim", "proof_value", "is_offered"]
        field_classes = {"issuer": forms.CharField}
        help_texts = {
            "name": "As its people know it: the button says “Sign in with …”.",
            "issuer": "Exactly as the provider writes it, for example https://login.microsoftonline.com/TENANT-ID/v2.0",
            "proof_claim": "Leave it empty where the provider proves none: then our own second step is asked.",
            "proof_value": "For example mfa, or c1.",
        }

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, words in MISSING.items():
            self.fields[name].error_messages["required"] = words
        self.services = [one for one in rules.visible_services(user) if rules.can_allow_second_step(user, one)]
        self.fields["secret"].required = self.instance.pk is None
        self.fields["uuid"].initial = self.instance.uuid  # part of the redirect address, which is registered first
        self.fields["allowed_in"].choices = [(str(service.pk), service.name) for service in self.services]
        allows = bool(self.services) and bool(self.instance.pk and self.instance.proof_claim)
        if allows:
            self.fields["allowed_in"].initial = [str(one.pk) for one in self.instance.allowed_in.all()]
        sets_up = rules.can_set_up_sign_in(user)
        for name in [name for name in self.fields if not (allows if name == "allowed_in" else sets_up)]:
            del self.fields[name]

    def clean_issuer(self) -> str:
        issuer = self.cleaned_data["issuer"]
        parts = urlsplit(issuer)
        if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment or parts.username:
            raise ValidationError("Enter an address that begins with https://, without ? or #.")
        linked = SocialAccount.objects.filter(provider=self.instance.uuid)
        if self.instance.pk and issuer != self.instance.issuer and linked.exists():
            raise ValidationError("People are linked to this issuer. Enter the other one as a new school or trust.")
        return issuer

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("proof_claim")) != bool(cleaned.get("proof_value")):
            self.add_error("proof_value", "Enter claim and value, or neither.")
        return cleaned

    def save(self, commit: bool = True) -> Provider:
        if self.cleaned_data.get("secret"):
            self.instance.secret = self.cleaned_data["secret"]
        provider = super().save(commit)
        if PINNED & set(self.changed_data):
            provider.allowed_in.clear()
        elif "allowed_in" in self.fields:
            provider.allowed_in.remove(*self.services)
            provider.allowed_in.add(*self.cleaned_data["allowed_in"])
        return provider


class Framed(WagtailAdminTemplateMixin):
    """A page in Wagtail's frame, with the way to it above: the list, and one of it."""

    page_title = LIST = "Sign-in of schools"
    ADDRESS = "school_sign_ins"
    header_icon = "key"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        way = [*self.breadcrumbs_items, {"url": reverse(self.ADDRESS), "label": self.LIST}]
        return way if self.page_title == self.LIST else [*way, {"url": "", "label": self.page_title}]


class Providers(Framed, TemplateView):
    """All of them: the sign-in page names them to everybody. To a coordinator, whether they count for her people."""

    template_name = "people/providers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        own = rules.visible_services(user)
        rows = [
            (provider, provider.allowed_in.filter(pk__in=own.values("pk")).exists())
            for provider in Provider.objects.order_by("name")
        ]
        return super().get_context_data(**kwargs) | {"rows": rows, "sets_up": rules.can_set_up_sign_in(user)}


class ChangeProvider(Framed, FormView):
    """One of them: what it is, for technical administrators; for whom it counts, for coordinators."""

    template_name = "people/provider.html"
    form_class = ProviderForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.provider = self.find()
        self.page_title = self.provider.name or "Another school or trust"
        return super().dispatch(request, *args, **kwargs)

    def find(self) -> Provider:
        return get_object_or_404(Provider, uuid=self.kwargs["uuid"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.provider, "user": self.request.user}

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        provider = form.save()
        door.sign_in_changed(self.request.user, provider, fields=form.changed_data)
        messages.success(self.request, f"{provider} is saved.")
        return redirect("school_sign_ins")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        fields = [{"text": error, "anchor": field.auto_id} for field in form for error in field.errors]
        return context | {
            "provider": self.provider,
            "redirect_address": redirect_address(self.provider),
            "errors": [{"text": error} for error in form.non_field_errors()] + fields,
            "submit_label": "Save",
            "case_address": reverse("school_sign_ins"),
        }


class AddProvider(ChangeProvider):
    """A new one, by a technical administrator."""

    def find(self) -> Provider:
        if not rules.can_set_up_sign_in(self.request.user):
            raise Http404
        with suppress(KeyError, ValueError):
            kept = UUID(self.request.POST["uuid"])
            if not Provider.objects.filter(uuid=kept).exists():
                return Provider(uuid=kept)
        return Provider()


urlpatterns = [
    path("school-sign-in/", Providers.as_view(), name="school_sign_ins"),
    path("school-sign-in/add/", AddProvider.as_view(), name="school_sign_in_add"),
    path("school-sign-in/<uuid:uuid>/", ChangeProvider.as_view(), name="school_sign_in_change"),
]
