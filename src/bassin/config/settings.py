"""Every setting of an installation, read once from the environment, each followed by its use.

`docs/settings.md` lists the ones a person may set; a test compares the two.
"""

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key
from environs import Env
from environs import validate as check

from bassin.config import logs
from bassin.systems import systems

env = Env()
PACKAGE = Path(__file__).resolve().parents[1]
CHECKOUT = PACKAGE.parents[1]
IN_CHECKOUT = (CHECKOUT / "pyproject.toml").is_file()
HOME = CHECKOUT if IN_CHECKOUT else Path.home() / ".local" / "share" / "bassin"

VAR = env.path("BASSIN_VAR", HOME / "var").resolve()
"""Folder of everything made on this machine: store, database, secret, built pages."""

os.environ.setdefault("NUMBA_CACHE_DIR", str(VAR / "cache" / "numba"))  # read when it is imported

STORE = VAR / "store"
"""Folder of the published tables: the analytical store."""

DATA_PACK = env.path("BASSIN_PACK", HOME.parent / "shared" / "data")
"""Folder of raw files of publishers, read by `bassin load` and by the tests marked `pack`."""

DATABASE_URL = env.str("BASSIN_DATABASE", f"sqlite:///{VAR / 'bassin.sqlite3'}")
"""Where what people write is kept: `sqlite:///path` or `postgres://user:password@host/name`."""

DEBUG = env.bool("BASSIN_DEBUG", False)
"""Show the detail of errors in the browser. Never on a machine that others reach."""

ALLOWED_HOSTS = env.list("BASSIN_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
"""Host names under which the service answers."""

HTTPS = env.bool("BASSIN_HTTPS", False)
"""The service is reached over HTTPS (through nginx): cookies and redirections then require it."""

SERVICE = env.str("BASSIN_SERVICE", "")
"""Name of the service that answers people; shown at the foot of every page."""

TELEPHONE = env.str("BASSIN_TELEPHONE", "")
"""Telephone number of that service."""

HOURS = env.str("BASSIN_HOURS", "")
"""When that service answers, in words."""

EMAIL = env.str("BASSIN_EMAIL", "")
"""E-mail address of that service."""

ADDRESS = env.str("BASSIN_ADDRESS", "")
"""Postal address of that service."""

HOSTING = env.str("BASSIN_HOSTING", "")
"""Who hosts the service, and where, in words; shown on « Au service de qui ? »."""

MAIL = env.dj_email_url("BASSIN_MAIL", "")
"""The server that sends our e-mail: `submission://user:password@host`, or `console:`."""

MAIL_FROM = env.str("BASSIN_MAIL_FROM", "") or EMAIL or "bassin@localhost"
"""The address that our e-mail comes from."""

PROXIES = env.int("BASSIN_PROXIES", 1 if HTTPS else 0)
"""How many of our own proxies a request goes through: the throttle counts the address before."""

API_PER_MINUTE = env.int("BASSIN_API_PER_MINUTE", 600, validate=check.Range(min=0))
"""How many times a minute one client may ask the API; 0 for as many as it likes."""

OIDC_SERVER = env.str("BASSIN_OIDC_SERVER", "")
"""Issuer of an OpenID Connect provider with whose accounts people may sign in."""

OIDC_NAME = env.str("BASSIN_OIDC_NAME", "OpenID Connect")
"""What people call that provider: « ProConnect »."""

OIDC_CLIENT = env.str("BASSIN_OIDC_CLIENT", "")
"""The identifier which that provider gave this service."""

OIDC_SECRET = env.str("BASSIN_OIDC_SECRET", "")
"""The secret which that provider gave this service."""

OIDC_SCOPE = env.list("BASSIN_OIDC_SCOPE", ["openid", "email", "profile"])
"""What is asked of that provider."""

OIDC_PARAMS: dict[str, str] = env.dict("BASSIN_OIDC_PARAMS", {})
"""What that provider wants besides in the address of its sign-in page: `prompt=login`."""

OIDC_TRUSTED = env.bool("BASSIN_OIDC_TRUSTED", False)
"""Whether that provider has verified every e-mail address that it gives."""

SITE = env.str("BASSIN_SITE", f"http{'s' if HTTPS else ''}://{ALLOWED_HOSTS[0]}")
"""Address of the site as e-mails write it: `https://economie.example.fr`."""

IMAP_HOST = env.str("BASSIN_IMAP_HOST", "")
"""Server of the mailbox that receives reports; nothing is read without it."""

IMAP_PORT = env.int("BASSIN_IMAP_PORT", 993)
"""Its port."""

IMAP_SECURITY = env.str(
    "BASSIN_IMAP_SECURITY", "tls", validate=check.OneOf(["tls", "starttls", "none"])
)
"""How the connection to it is protected: tls, starttls, or none on one's own machine."""

IMAP_USER = env.str("BASSIN_IMAP_USER", "")
"""Who signs in to that mailbox."""

IMAP_PASSWORD = env.str("BASSIN_IMAP_PASSWORD", "")
"""With which password."""

IMAP_FOLDER = env.str("BASSIN_IMAP_FOLDER", "INBOX")
"""The folder where reports arrive."""

IMAP_EVERY = env.int("BASSIN_IMAP_EVERY", 60, validate=check.Range(min=1))
"""Seconds between two readings of it by `bassin serve`."""

IMAP_ADDRESS = env.str("BASSIN_IMAP_ADDRESS", "")
"""Its address: reminders are answered at `name+token@domain`, and none leaves without it."""

FRANCE_TRAVAIL_CLIENT = env.str("BASSIN_FRANCE_TRAVAIL_CLIENT", "")
"""Name of our account for the API “Offres d'emploi v2”; nothing is asked of it without one."""

FRANCE_TRAVAIL_SECRET = env.str("BASSIN_FRANCE_TRAVAIL_SECRET", "")
"""Its secret."""

FRANCE_TRAVAIL_TOKEN_URL = env.str(
    "BASSIN_FRANCE_TRAVAIL_TOKEN_URL",
    "https://entreprise.francetravail.fr/connexion/oauth2/access_token?realm=%2Fpartenaire",
)
"""Where that account is exchanged for a token of half an hour."""

FRANCE_TRAVAIL_API_URL = env.str(
    "BASSIN_FRANCE_TRAVAIL_API_URL", "https://api.francetravail.io/partenaire/offresdemploi/v2"
)
"""Address of that API."""

LOG_LEVEL = env.str("BASSIN_LOG_LEVEL", "INFO")
"""Least severe messages to keep: DEBUG, INFO, WARNING or ERROR."""


def _secret() -> str:
    """The signing key: from the environment, else made once and kept in a file only we can read."""
    given = env.str("BASSIN_SECRET_KEY", "")
    if given:
        return given
    kept = VAR / "secret"
    if not kept.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(get_random_secret_key())
        fresh.rename(kept)
    return kept.read_text()


SECRET_KEY = _secret()
"""Signs cookies and links; BASSIN_SECRET_KEY, else a key made at first start in var/secret."""
SECRET_KEY_FALLBACKS: list[str] = env.list("BASSIN_FORMER_SECRET_KEYS", default=[])


# What follows is how the house is assembled: nobody sets it from outside.


def _has(package: str, module: str) -> bool:
    return (PACKAGE.parent / package.replace(".", "/") / f"{module}.py").is_file()


SYSTEM_APPS = [system.package for system in systems()]

INSTALLED_APPS = [
    *SYSTEM_APPS,
    *(
        f"bassin.{floor}"
        for floor in ("ui", "commons", "parties")
        if _has(f"bassin.{floor}", "apps")
    ),
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "auditlog",
    "django_cotton",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "bassin.ui.opened.FreshRelease",
    "bassin.ui.leaving.CountHidden",
    "bassin.config.middleware.PageSecurity",
    "bassin.ui.reading.Ways",
    "bassin.config.middleware.ChosenLanguage",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "bassin.config.middleware.MembersOnly",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "bassin.parties.middleware.WhoWrites",
    "django_htmx.middleware.HtmxMiddleware",
    "bassin.config.middleware.SignedIn",
    "bassin.parties.middleware.SecondFactorFirst",
    "bassin.config.middleware.RefusedPage",
]

CSRF_FAILURE_VIEW = "bassin.config.pages.forged"
ROOT_URLCONF = "bassin.config.urls"
WSGI_APPLICATION = "bassin.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.template.context_processors.csrf",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bassin.ui.context.house",
            ],
        },
    }
]

COTTON_ISOLATE_BY_DEFAULT = True
"""A component sees its inputs and `house`, never the variables of the page around it."""

DATABASES = {"default": env.dj_db_url("BASSIN_DATABASE", DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL lets pages read while someone writes; IMMEDIATE makes two writers queue, not fail;
    # what is deleted is overwritten on the disk, so that who is erased is erased there too.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",  # made by the first migration of parties
        # Past the most, a third is dropped at random: who fills it would have attempts forgotten.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
"""Shared by all processes, so that attempts to sign in are counted together."""

AUTH_USER_MODEL = "parties.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "parties:account"
MESSAGE_STORAGE = "bassin.parties.notices.Notices"
ACCOUNT_ADAPTER = "bassin.parties.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "bassin.parties.forms.SignUpForm",
    "request_login_code": "bassin.parties.forms.SignInForm",
    "confirm_login_code": "bassin.parties.forms.CodeForm",
    "confirm_email_verification_code": "bassin.parties.forms.AddressCodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "signup": "10/m/ip",
    "request_login_code": "20/m/ip,5/10m/key",
    "reauthenticate": "10/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
MFA_ADAPTER = "bassin.parties.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "bassin.parties.forms.SecondFactorForm",
    "reauthenticate": "bassin.parties.forms.ProveForm",
    "activate_totp": "bassin.parties.forms.ActivateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
SOCIALACCOUNT_ADAPTER = "bassin.parties.adapters.OutsideAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "VERIFIED_EMAIL": OIDC_TRUSTED,
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT,
                "secret": OIDC_SECRET,
                "settings": {
                    "server_url": OIDC_SERVER,
                    "scope": OIDC_SCOPE,
                    "auth_params": OIDC_PARAMS,
                },
            }
        ]
        if OIDC_SERVER
        else [],
    }
}

DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM
EMAIL_BACKEND = MAIL.get("EMAIL_BACKEND", "bassin.parties.mail.Kept")
EMAIL_HOST = MAIL.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = MAIL.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = MAIL.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = MAIL.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = MAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = MAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = MAIL.get("EMAIL_TIMEOUT") or 20
MAIL_KEPT = VAR / "mail"
"""Where e-mail is kept when no server sends it."""

AUDITLOG_DISABLE_REMOTE_ADDR = True
"""An address on the network says nothing that the account does not: it is not kept."""

AUDITLOG_CID_HEADER = None
"""Nor is anything that a visitor may write in a header."""

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_BUILD = VAR / "static-build"
STATICFILES_DIRS = [STATIC_BUILD]
SILENCED_SYSTEM_CHECKS = ["staticfiles.W004"]  # that folder is made by `bassin build`
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = VAR / "media"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600

UI_HOUSE = "bassin.config.house.facts"
PAGE_POLICY = "bassin.config.middleware.CONTENT_SECURITY_POLICY"
PUBLICATION = "bassin.config.publication"

LOGGING = logs.written(LOG_LEVEL)
