"""What every installation shares; all that may differ between two is read from the environment.

State lives outside the repository's files: `ALLYANCE_DATA_DIR` (database, files, caches) and
`ALLYANCE_KEYS_DIR` (the secret key and the key ring), which must never lie in one another.
"""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.str("ALLYANCE_DATA_DIR", str(BASE_DIR / ".data")))
KEYS_DIR = Path(env.str("ALLYANCE_KEYS_DIR", str(BASE_DIR / ".keys")))
KEY_RING_FILE = KEYS_DIR / "ring.json"
AUDIT_KEY_FILE = KEYS_DIR / "audit_key"
PEOPLE_KEYS_FILE = KEYS_DIR / "people_keys"
BACKUP_DIR = Path(env.str("ALLYANCE_BACKUP_DIR", str(BASE_DIR / ".backups")))
BACKUP_IDENTITY_FILE = KEYS_DIR / "backup_identity"
# When the timer makes tonight's backup, in London; empty for never. By itself only where somebody said where to.
BACKUP_AT = env.str("ALLYANCE_BACKUP_AT", "03:00" if env.str("ALLYANCE_BACKUP_DIR", "") else "")
BACKUP_DAYS_KEPT = env.int("ALLYANCE_BACKUP_DAYS_KEPT", 14)
BACKUP_WEEKS_KEPT = env.int("ALLYANCE_BACKUP_WEEKS_KEPT", 8)
AUDIT_ANCHOR_DIR = Path(env.str("ALLYANCE_ANCHOR_DIR", str(BASE_DIR / ".anchor")))
AUDIT_INSERT_ONLY = env.bool("ALLYANCE_AUDIT_INSERT_ONLY", True)
# /readyz answers to whoever brings this token, and to nobody where there is none; and how much room it calls enough.
READY_TOKEN = env.str("ALLYANCE_READY_TOKEN", "")
READY_FREE_MB = env.int("ALLYANCE_READY_FREE_MB", 1024)


def secret_key() -> str:
    """SECRET_KEY from the environment, or from the keys directory."""
    if key := env.str("SECRET_KEY", ""):
        return key
    try:
        return (KEYS_DIR / "secret_key").read_text().strip()
    except FileNotFoundError:
        raise ImproperlyConfigured(
            "There is no secret key: set SECRET_KEY, or make the keys once with "
            f"`python -m allyance_site.keys {KEYS_DIR}`."
        ) from None


SECRET_KEY = secret_key()
DEBUG = False
DEMO = False
ALLOWED_HOSTS = env.list("ALLYANCE_HOSTS", default=["localhost", "127.0.0.1"])
ROOT_URLCONF = "allyance_site.urls"
WSGI_APPLICATION = "allyance_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "allyance_site",
    "allyance_site.people",
    "cms",
    "casework",
    "wagtail_modeladmin",
    "guardian",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.users",
    "wagtail",
    "django_filters",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "allyance_site.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "allyance_site.kept_pages.KeptPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allyance_site.errors.NotFoundMiddleware",
    "casework.access.middleware.RequestContext",
    "allyance_site.people.second_factor.SecondStepMiddleware",
    "allyance_site.people.lock.LockMiddleware",
    "allyance_site.surfaces.SurfaceMiddleware",
    "allyance_site.people.again.AskAgainMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "allyance_site.context.installation",
            ],
        },
    },
]

# --- Database, cache, files -----------------------------------------------------------------------

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
}


def database() -> dict:
    """The default database: SQLite in the data directory, or PostgreSQL by DATABASE_URL."""
    config = env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'allyance.sqlite3'}")
    if config["ENGINE"].endswith("sqlite3"):
        # To open it again takes as long as to make a short page.
        return config | {"CONN_MAX_AGE": None, "OPTIONS": SQLITE_OPTIONS | config.get("OPTIONS", {})}
    if config["ENGINE"].endswith("postgresql"):
        # jit costs more than it gives on our short queries.
        # A lock is waited for as long as on SQLite; that a server is away is soon said, and that it is back soon found.
        pool = {"min_size": 1, "max_size": env.int("DATABASE_POOL", 8), "timeout": 5}
        options = {"pool": pool, "options": "-c jit=off -c lock_timeout=20s", "connect_timeout": 5}
        return config | {"CONN_HEALTH_CHECKS": True, "OPTIONS": options | config.get("OPTIONS", {})}
    return config


DATABASES = {"default": database()}
ATOMIC_REQUESTS = False

if redis := env.str("REDIS_URL", ""):
    # A server that answers nothing must not hold a page up.
    kept = {"LOCATION": redis, "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2}}
    CACHES = {
        "default": {"BACKEND": "allyance_site.caches.Redis"} | kept,
        "tries": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "KEY_PREFIX": "tries"} | kept,
    }
else:
    CACHES = {
        "default": {"BACKEND": "allyance_site.caches.Files", "LOCATION": DATA_DIR / "cache"},
        "tries": {
            "BACKEND": "allyance_site.caches.Tries",
            "LOCATION": DATA_DIR / "tries",
            "OPTIONS": {"MAX_ENTRIES": 10_000},  # so many that nobody pushes a count out by trying other addresses
        },
    }
PAGES_KEPT = 500  # public pages that each process keeps ready, of some 15 KB

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "templates" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
LIBRARY_ROOT = DATA_DIR / "library"
PUBLIC_ROOT = DATA_DIR / "public"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "library": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": LIBRARY_ROOT, "base_url": None},
    },
    "public": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PUBLIC_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if bucket := env.str("ALLYANCE_S3_BUCKET", ""):
    # Files in a bucket that only the site reads; its key comes from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
    place = {
        "bucket_name": bucket,
        "endpoint_url": env.str("ALLYANCE_S3_ENDPOINT", "") or None,
        "region_name": env.str("ALLYANCE_S3_REGION", "") or None,
    }
    STORAGES |= {
        "default": {"BACKEND": "cms.bucket.Bucket", "OPTIONS": place | {"location": "media", "base_url": MEDIA_URL}},
        "library": {"BACKEND": "cms.bucket.Bucket", "OPTIONS": place | {"location": "library", "base_url": None}},
        "public": {"BACKEND": "cms.bucket.Bucket", "OPTIONS": place | {"location": "public", "base_url": None}},
    }
FILE_UPLOAD_HANDLERS = [
    "cms.uploads.SentAtOnce",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
UPLOADS_A_DAY = env.int("ALLYANCE_UPLOAD_MB_A_DAY", 500) * 1024 * 1024  # by one person
# clamd's socket, as /path or host:port. Where it is set, no document is opened before it was found clean.
SCANNER = env.str("ALLYANCE_SCANNER", "")
WHITENOISE_MANIFEST_STRICT = True
WHITENOISE_ROOT = BASE_DIR / "templates" / "root"  # what browsers ask for by a name of their own

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
globals().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 30  # without one, a server that says nothing would hold up the worker for ever
DEFAULT_FROM_EMAIL = env.str("ALLYANCE_FROM_EMAIL", "no-reply@allyance.example")

# --- People ---------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
CASEWORK_ACCOUNTS = "allyance_site.people.accounts"  # who answers what casework asks of accounts
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "casework.access.backend.CurrentRoles",
]
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None
# W001 asks for guardian's own backend; ours replaces it and reads current rows only.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "allyance_site.people.passwords.GuessedWordsValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
LOGOUT_REDIRECT_URL = "/"
SESSION_ENGINE = "allyance_site.people.sessions"
SESSION_COOKIE_AGE = 24 * 3600  # of a session that nobody uses; the browser forgets its own when it is closed
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# The lock, and how long a session goes on: people/idle.py says by which rule.
IDLE_LOCK = env.int("ALLYANCE_IDLE_SECONDS", 20 * 60)
IDLE_WARNING = env.int("ALLYANCE_IDLE_WARNING_SECONDS", 2 * 60)
SESSION_HOURS_SHARED, SESSION_HOURS_OWN = 8, 12
CSRF_COOKIE_HTTPONLY = True  # Wagtail's own scripts take the token from the page.
CSRF_FAILURE_VIEW = "allyance_site.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_REFERRER_POLICY = "same-origin"
SECURITY_CONTACT = env.str("ALLYANCE_SECURITY_CONTACT", "")  # where a weakness is reported: mailto:... or https://...
X_FRAME_OPTIONS = "DENY"

# Signing in, by django-allauth: docs/decisions/0009-signing-in.md says why it is so.
ACCOUNT_ADAPTER = "allyance_site.people.adapters.AccountAdapter"
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation has shown whose the address is
ACCOUNT_FORMS = {
    "login": "allyance_site.people.forms.SignInForm",
    "reauthenticate": "allyance_site.people.forms.PasswordAgainForm",
    "reset_password": "allyance_site.people.forms.ForgottenForm",
    "reset_password_from_key": "allyance_site.people.forms.NewPasswordForm",
    "change_password": "allyance_site.people.forms.ChangePasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    # A whole school may come from one address, and a try counts for the person too.
    "login": "60/m/ip",
    "login_failed": "20/m/ip,10/15m/key",
    "reset_password": "20/m/ip,3/15m/key",
    "invitation": "20/m/ip",
    "agreement_answer": "30/m/ip",
    "contact": "20/h/ip",
    "calendar_feed": "30/m/ip",
    "school_sign_in": "60/m/ip",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("ALLYANCE_PROXIES", 0)  # none: X-Forwarded-For is whatever a visitor writes
MFA_ADAPTER = "allyance_site.people.adapters.MFAAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "allyance_site.people.forms.CodeForm",
    "reauthenticate": "allyance_site.people.forms.CodeAgainForm",
    "activate_totp": "allyance_site.people.forms.SetUpAppForm",
    "add_webauthn": "allyance_site.people.forms.AddPasskeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # half a minute that a telephone's clock may be off; a code is good once all the same
MFA_TRUST_ENABLED = True
MFA_TRUST_COOKIE_AGE = 30 * 24 * 3600
MFA_TRUST_COOKIE_NAME = "trusted_device"
MFA_WEBAUTHN_USER_VERIFICATION = "required"
SOCIALACCOUNT_ADAPTER = "allyance_site.people.adapters.SocialAccountAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 4  # for a provider that is away, each time that it is asked

# --- Language and time ----------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

# --- Wagtail --------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Allyance"
WAGTAILADMIN_BASE_URL = env.str("ALLYANCE_BASE_URL", "http://127.0.0.1:8000")
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/sign-in/"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_USER_TIME_ZONES = ["Europe/London"]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English")]
WAGTAILDOCS_DOCUMENT_MODEL = "cms.LibraryDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "png", "jpg"]
TABLE_FILE_OBJECTION = "cms.packed.objection"  # why a workbook is not read, for casework, which knows no website
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.forms.DocumentForm"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILDOCS_BLOCK_EMBEDDED_CONTENT = True
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILIMAGES_IMAGE_MODEL = "cms.SiteImage"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 24_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.forms.PictureForm"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILAPI_LIMIT_MAX = 100
# Other websites whose scripts may read the website as data (docs/api.md), as https://school.example, with commas.
API_ORIGINS = frozenset(env.list("ALLYANCE_API_ORIGINS", default=[]))

# --- Logging: to the console and nowhere else, by mail least of all; `logs.py` says what is left out ---

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without_words": {"()": "allyance_site.logs.WithoutWords"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "without_words"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "weasyprint": {"level": "WARNING"},  # every step of every file, otherwise
        "fontTools": {"level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
}
