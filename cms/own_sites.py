"""Lists of one site's entries in the admin: each person finds those of the sites that they edit, and no others."""

from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import BasePermissionPolicy

from cms import sites
from cms.models import DirectoryEntry, Helpline, PublicFile

BESIDES = ("site", "last_checked", "review_by")
"""What stands above or below all else in a form."""


class SitePolicy(BasePermissionPolicy):
    """Whoever edits a site looks after its entries."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return sites.edited_by(user).exists()

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return sites.edited_by(user).exists()

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.instances_user_has_permission_for(user, action).filter(pk=instance.pk).exists()

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        return self.user_has_permission_for_instance(user, "change", instance)

    def instances_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Any]:
        return self.model.objects.filter(site__in=sites.edited_by(user))

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Any]:
        return self.instances_user_has_permission_for(user, "change")

    def users_with_any_permission(self, actions: Any) -> QuerySet[Any]:
        """Nobody is listed by what they may do here."""
        raise NotImplementedError


class OwnSiteForm(WagtailAdminModelForm):
    """An entry of one of a person's own sites; where they edit one alone, it is that."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        site = self.fields["site"]
        site.queryset = sites.edited_by(self.for_user)
        site.empty_label = None
        site.label_from_instance = lambda one: one.site_name or one.hostname
        for name in ("last_checked", "review_by"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        if not self.instance.pk:
            self.fields["last_checked"].initial = timezone.localdate


class _OfOwnSites:
    """A view that finds nothing of another site."""

    def get_queryset(self) -> QuerySet[Any]:
        return self.model.objects.filter(site__in=sites.edited_by(self.request.user))


class Index(generic.IndexView):
    """The list."""

    def get_base_queryset(self) -> QuerySet[Any]:
        return super().get_base_queryset().filter(site__in=sites.edited_by(self.request.user)).select_related("site")


class Add(generic.CreateView):
    """A new entry; its form asks who fills it in."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"for_user": self.request.user}


class Edit(_OfOwnSites, generic.EditView):
    """An entry of one's own site."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"for_user": self.request.user}


class Delete(_OfOwnSites, generic.DeleteView):
    """An entry of one's own site."""


def _is_late(entry: Any) -> bool:
    return bool(entry.is_overdue(timezone.localdate()))


def _standing(entry: Any) -> str:
    return "check it now" if _is_late(entry) else "checked"


class OwnEntries(ModelViewSet):
    """Wagtail's pages of a list, without those that name entries of every site."""

    index_view_class, add_view_class, edit_view_class, delete_view_class = Index, Add, Edit, Delete
    copy_view_enabled = inspect_view_enabled = False
    add_to_admin_menu = True
    list_per_page = 50
    form: type[OwnSiteForm] = OwnSiteForm

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        kept = [field.name for field in self.model._meta.fields if field.editable and not field.primary_key]
        names = ["site", *(name for name in kept if name not in BESIDES), "last_checked", "review_by"]
        return forms.modelform_factory(self.model, form=self.form, fields=names)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(history_url_name=None, usage_url_name=None, **kwargs)

    def get_urlpatterns(self) -> list[Any]:
        open_here = {"index", "index_results", "add", "edit", "delete"}
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in open_here]


CHECKED = [
    StatusTagColumn("standing", label="Standing", accessor=_standing, primary=_is_late),
    Column(
        "review_by", label="Check again by", accessor=lambda entry: date_format(entry.review_by), sort_key="review_by"
    ),
    Column("site", label="Website", accessor="site.site_name"),
]


class Helplines(OwnEntries):
    """The numbers of the help pages."""

    model = Helpline
    name = "helplines"
    icon = "mobile-alt"
    menu_label = "Helplines"
    list_display = ["name", "number", Column("get_audience_display", label="For"), *CHECKED]


class OtherHelp(OwnEntries):
    """The directory."""

    model = DirectoryEntry
    name = "other_help"
    url_prefix = "other-help"
    icon = "site"
    menu_label = "Other help"
    list_display = ["name", Column("get_topic_display", label="Helps with"), "area", *CHECKED]


VIEWSETS = [Helplines(), OtherHelp()]
MODELS: tuple[type[Model], ...] = (Helpline, DirectoryEntry, PublicFile)
