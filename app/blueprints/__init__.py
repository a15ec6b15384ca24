"""The pages, one package a capability: views, forms, filters, and presenters that say what a template shows."""

from flask import Flask


def register(app: Flask) -> None:
    """Bind every blueprint to the app."""
    from app.blueprints.accounts import bp as accounts
    from app.blueprints.audit.views import bp as audit
    from app.blueprints.callbacks import bp as callbacks
    from app.blueprints.cases import bp as cases
    from app.blueprints.customers import bp as customers
    from app.blueprints.day.views import bp as day
    from app.blueprints.files.views import bp as files
    from app.blueprints.handoffs.views import bp as handoffs
    from app.blueprints.health.views import bp as health
    from app.blueprints.hints.views import bp as hints
    from app.blueprints.imports import bp as imports
    from app.blueprints.projects import bp as projects
    from app.blueprints.reports.views import bp as reports
    from app.blueprints.search.views import bp as search

    for blueprint in (
        accounts,
        audit,
        callbacks,
        cases,
        customers,
        day,
        files,
        handoffs,
        health,
        hints,
        imports,
        projects,
        reports,
        search,
    ):
        app.register_blueprint(blueprint)
