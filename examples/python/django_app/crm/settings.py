"""Settings for trying it out. A real project has a secret of its own, `DEBUG = False`, and its hosts."""

from pathlib import Path

BASE_DIR = Path(__file__).parents[1]

SECRET_KEY = "only for trying it out"
DEBUG = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]

INSTALLED_APPS = ["contacts"]
ROOT_URLCONF = "crm.urls"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "crm.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TIME_ZONE = "Europe/Paris"
USE_TZ = True

# The fields, tags and segments of this business, as `book.definitions()` writes them.
SEGMENTS = BASE_DIR / "segments.json"
