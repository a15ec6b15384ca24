"""The deployment's environment. Never a business number: those are in domain/settings/defaults.py."""

import os
import secrets
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def from_environment() -> dict[str, Any]:
    """The configuration of a start: environment variables of interfaces.md and what follows from them."""
    instance = Path(os.environ.get("INSTANCE_DIR", ROOT / "instance"))
    instance.mkdir(parents=True, exist_ok=True)
    public_url = os.environ.get("PUBLIC_URL", "")
    return {
        "SQLALCHEMY_DATABASE_URI": os.environ.get("DATABASE_URL") or f"sqlite:///{instance / 'callbacks.db'}",
        "SECRET_KEY": os.environ.get("SECRET_KEY") or _kept_secret(instance / "secret_key"),
        "FILES_DIR": os.environ.get("FILES_DIR") or str(instance / "files"),
        "PUBLIC_URL": public_url,
        "TZ_NAME": os.environ.get("TZ_NAME", "Asia/Shanghai"),
        "TRUSTED_PROXIES": int(os.environ.get("TRUSTED_PROXIES", "0")),
        "SESSION_COOKIE_SECURE": public_url.startswith("https://"),
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_HTTPONLY": True,
        "MAX_CONTENT_LENGTH": 32 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "zh_Hans_CN",
        "PASSWORD_PROFILE": "production",
    }


def _kept_secret(path: Path) -> str:
    """The secret made at the first start and kept beside the database, readable by its owner only."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return path.read_text()
