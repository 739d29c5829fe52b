"""Every model of the website, so that `cms.models` names them all."""

from cms.library import DocumentKind, LibraryDocument, LibraryPage, SiteImage, SiteRendition

from .help_now import HelpNowPage
from .helplines import Audience, Helpline
from .home import HomePage
from .settings import ServiceSettings
from .standard import StandardPage

__all__ = [
    "Audience",
    "DocumentKind",
    "HelpNowPage",
    "Helpline",
    "HomePage",
    "LibraryDocument",
    "LibraryPage",
    "ServiceSettings",
    "SiteImage",
    "SiteRendition",
    "StandardPage",
]
