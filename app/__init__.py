"""The application factory."""

import os
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import config, database
from app.domain.core import clock
from app.extensions import csrf, db, migrate
from app.web import assets


def create_app(**overrides: Any) -> Flask:
    """The whole application, configured by the environment; tests pass `overrides`."""
    app = Flask(__name__, static_url_path=assets.PATH)
    app.config.update(config.from_environment() | overrides)
    clock.use_zone(app.config["TZ_NAME"])
    if hops := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]

    db.init_app(app)
    migrate.init_app(app, db, directory=os.path.join(config.ROOT, "migrations"), render_as_batch=True)
    csrf.init_app(app)
    database.prepare(app)

    from app import blueprints, commands
    from app.domain import models  # noqa: F401  all tables, before the first mapper is used
    from app.domain.core import events
    from app.domain.subscriptions import SUBSCRIPTIONS
    from app.web import login, pages

    events.use(SUBSCRIPTIONS)
    login.init_app(app)
    pages.init_app(app)
    blueprints.register(app)
    commands.register(app)
    return app
