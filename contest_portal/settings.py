"""All settings, in one file, with defaults that are safe in production.

Whatever differs between machines comes from the environment (contest_portal/environment.py reads it).
"""

from pathlib import Path

import structlog
from csp.constants import NONE, SELF

from contest_portal import environment, logs

BASE_DIR = Path(__file__).resolve().parent.parent

PORTAL_ENV = environment.text("PORTAL_ENV", "development")
PRODUCTION = PORTAL_ENV == "production"
PORTAL_VAR = Path(environment.text("PORTAL_VAR", str(BASE_DIR / "var")))
PORTAL_DOCUMENTS = Path(environment.text("PORTAL_DOCUMENTS", str(PORTAL_VAR / "documents")))
# Where ClamAV's daemon listens (tcp://host:3310 or unix:///path). Without one, nothing attached can be opened, unless
# PORTAL_OPEN_UNSCANNED=yes lets the borough that attached it do so.
CLAMD_URL = environment.text("CLAMD_URL", "")
PORTAL_OPEN_UNSCANNED = environment.text("PORTAL_OPEN_UNSCANNED", "no") == "yes"
PORTAL_ASSETS = Path(environment.text("PORTAL_ASSETS", str(BASE_DIR / "build" / "static")))
PORTAL_APP_ROLE = environment.text("PORTAL_APP_ROLE", "portal_app")
PORTAL_DEMO_PASSWORD = environment.text("PORTAL_DEMO_PASSWORD", "")
SERVICE_NAME = "Contest Portal"

DEBUG = False
SECRET_KEY = environment.text("PORTAL_SECRET_KEY", None if PRODUCTION else "only-for-development-and-tests")
ALLOWED_HOSTS = environment.words("PORTAL_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1],testserver")
CSRF_TRUSTED_ORIGINS = environment.words("PORTAL_ORIGINS", "")

INSTALLED_APPS = [
    "contest_portal",
    "contest_portal.core",
    "contest_portal.audit",
    "contest_portal.accounts",
    "contest_portal.access",
    "contest_portal.drafts",
    "contest_portal.notifications",
    "contest_portal.ui",
    "contest_portal.home",
    "boroughs",
    "strands",
    "boards",
    "reports",
    "allauth",
    "allauth.account",
    "django_filters",
    "django_htmx",
    "guardian",
    "simple_history",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "contest_portal.home.middleware.PrivatePages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "contest_portal.accounts.middleware.IdleLimit",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "contest_portal.audit.middleware.RequestTransaction",
    "contest_portal.access.middleware.InTheNameOf",
    "contest_portal.drafts.middleware.KeepsWhatWasTyped",
    "contest_portal.access.gate.Gate",
    "contest_portal.home.middleware.Refusals",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "contest_portal.urls"
WSGI_APPLICATION = "contest_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "contest_portal.ui.templatetags.portal",
                "contest_portal.drafts.templatetags.drafts",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "contest_portal.home.navigation.page",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- data ---------------------------------------------------------------------------------------

DATABASES = {
    "default": environment.database("DATABASE_URL", "postgres://portal_app@127.0.0.1:5432/portal")
    | {
        # The view runs in a savepoint of the request's own transaction, which audit.middleware opens.
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits live in the database: sign-in has to work while the broker is away.
# Drawn charts are files named by what they show, shared by all processes of one machine.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "portal_cache"},
    "charts": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": PORTAL_VAR / "charts",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
}

# --- people -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["contest_portal.notifications.signed_in.SignedIn"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if PORTAL_ENV == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "contest_portal.accounts.adapter.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {
    "login": "contest_portal.accounts.forms.SignInForm",
    "change_password": "contest_portal.accounts.forms.NewPasswordForm",
}
# Whole offices share one address, so the limit per address is generous and the one per person is not.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,10/5m/key", "change_password": "5/m/user"}

# guardian holds named exceptions only (access.grants); its anonymous user and its backend are not used.
ANONYMOUS_USER_NAME = None
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

SESSION_ENGINE = "contest_portal.accounts.sessions"
SESSION_COOKIE_AGE = 8 * 60 * 60
# Numbers under these could point to people: of small groups and individuals of concern, and of equality summaries.
PORTAL_SMALLEST_NUMBER = environment.integer("PORTAL_SMALLEST_NUMBER", 5)
PORTAL_SMALLEST_EQUALITY = environment.integer("PORTAL_SMALLEST_EQUALITY", 10)

SESSION_IDLE_SECONDS = environment.integer("PORTAL_IDLE_SECONDS", 30 * 60)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "contest_portal.home.errors.csrf_failure"

# --- the wire -----------------------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = environment.text("PORTAL_STATIC_ROOT", str(BASE_DIR / "build" / "collected"))
STATICFILES_DIRS: list[object] = [("js", BASE_DIR / "static" / "js"), ("brand", BASE_DIR / "static" / "brand")]
if PORTAL_ASSETS.is_dir():
    STATICFILES_DIRS.append(PORTAL_ASSETS)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": PORTAL_DOCUMENTS}},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PORTAL_ENV != "test"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Tests make hundreds of clients, and each would read the folder of static files from end to end.
WHITENOISE_AUTOREFRESH = PORTAL_ENV == "test"

# --- jobs ---------------------------------------------------------------------------------------

REDIS_URL = environment.text("REDIS_URL", "redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 120
CELERY_TASK_TIME_LIMIT = 150
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Without these a connection that goes silent leaves a worker deaf; see docs/adr.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 30, "health_check_interval": 25, "visibility_timeout": 3600}
CELERY_BROKER_HEARTBEAT = 0
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.2}

# --- email --------------------------------------------------------------------------------------

# Without a mail server each email becomes a file in PORTAL_VAR/mail, for whoever runs the portal to look at.
PORTAL_URL = environment.text("PORTAL_URL", next(iter(CSRF_TRUSTED_ORIGINS), "http://localhost:8000")).rstrip("/")
DEFAULT_FROM_EMAIL = environment.text("PORTAL_MAIL_FROM", f"{SERVICE_NAME} <no-reply@portal.invalid>")
EMAIL_FILE_PATH = str(PORTAL_VAR / "mail")
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_TIMEOUT = 20
if _server := environment.mail_server("PORTAL_SMTP_URL"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _server.host, _server.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _server.user, _server.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = _server.starttls, _server.tls

# --- words, time, logs --------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS: list[str] = []
DATE_FORMAT = "j F Y"

_LOG_CHAIN: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]
structlog.configure(
    # Asked first: what is not logged need not be put into words.
    processors=[structlog.stdlib.filter_by_level, *_LOG_CHAIN, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": logs.renderer(for_people=PORTAL_ENV == "development"),
            "foreign_pre_chain": _LOG_CHAIN,
        }
    },
    "filters": {"not_health": {"()": "contest_portal.logs.NotHealth"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines", "filters": ["not_health"]}},
    "root": {"handlers": ["console"], "level": environment.text("PORTAL_LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"level": "INFO", "propagate": True, "handlers": []},
        "django.server": {"handlers": [], "propagate": True},
        "django_structlog": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        "pikepdf": {"level": "WARNING"},
    },
}
