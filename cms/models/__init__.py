"""Every model of the website, so that `cms.models` names them all."""

from cms.library import DocumentKind, LibraryDocument, LibraryPage, SiteImage, SiteRendition
from cms.library_pages import LibraryArticlePage

from .children import ChildrenPage, Reader
from .contact import ContactMessage, ContactPage
from .directory import Cost, DirectoryEntry, DirectoryPage
from .generation import Generation
from .help_now import HelpNowPage
from .helplines import Audience, Helpline
from .home import HomePage
from .languages import Language, LanguagePage, LanguagesPage
from .news import NewsIndexPage, NewsPage
from .packages import PackagesPage
from .policy import PolicyPage
from .public_files import FileReaders, PublicFile
from .settings import ServiceSettings
from .standard import Readers, SectionPage, StandardPage, StepsPage
from .taking_down import TakingDown
from .team import TeamPage
from .web import WebPage

__all__ = [
    "Audience",
    "ChildrenPage",
    "ContactMessage",
    "ContactPage",
    "Cost",
    "DirectoryEntry",
    "DirectoryPage",
    "DocumentKind",
    "FileReaders",
    "Generation",
    "HelpNowPage",
    "Helpline",
    "HomePage",
    "Language",
    "LanguagePage",
    "LanguagesPage",
    "LibraryArticlePage",
    "LibraryDocument",
    "LibraryPage",
    "NewsIndexPage",
    "NewsPage",
    "PackagesPage",
    "PolicyPage",
    "PublicFile",
    "Reader",
    "Readers",
    "SectionPage",
    "ServiceSettings",
    "SiteImage",
    "SiteRendition",
    "StandardPage",
    "StepsPage",
    "TakingDown",
    "TeamPage",
    "WebPage",
]
