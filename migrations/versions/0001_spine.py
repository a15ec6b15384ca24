"""The tables of the product's spine: people, customers, projects, callbacks, cases and what they stand on."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "branches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branches")),
        sa.UniqueConstraint("name", name=op.f("uq_branches_name")),
    )
    op.create_table(
        "case_numbers",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "kind", name=op.f("pk_case_numbers")),
    )
    op.create_table(
        "categories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("term", sa.String(length=30), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["categories.id"], name=op.f("fk_categories_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_categories")),
        sa.UniqueConstraint("parent_id", "name", name=op.f("uq_categories_parent_id_name")),
    )
    op.create_table(
        "causes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_causes")),
        sa.UniqueConstraint("name", name=op.f("uq_causes_name")),
    )
    op.create_table(
        "login_failures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_failures")),
    )
    with op.batch_alter_table("login_failures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_failures_address_at"), ["address", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_login_failures_username_at"), ["username", "at"], unique=False)

    op.create_table(
        "questionnaires",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("closing", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaires")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_questionnaires_code_version")),
    )
    op.create_table(
        "results",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_results")),
        sa.UniqueConstraint("name", name=op.f("uq_results_name")),
    )
    op.create_table(
        "schedule_runs",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_schedule_runs")),
    )
    op.create_table(
        "service_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_plans")),
        sa.UniqueConstraint("code", name=op.f("uq_service_plans_code")),
        sa.UniqueConstraint("name", name=op.f("uq_service_plans_name")),
    )
    op.create_table(
        "teams",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("foreman", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
        sa.UniqueConstraint("name", name=op.f("uq_teams_name")),
    )
    op.create_table(
        "callback_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=30), nullable=False),
        sa.Column("trigger", sa.String(length=30), nullable=False),
        sa.Column("stage", sa.String(length=30), nullable=True),
        sa.Column("opens_after_days", sa.Integer(), nullable=False),
        sa.Column("window_days", sa.Integer(), nullable=False),
        sa.Column("questionnaire_code", sa.String(length=30), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["service_plans.id"], name=op.f("fk_callback_rules_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback_rules")),
        sa.UniqueConstraint("plan_id", "occasion", "since", name=op.f("uq_callback_rules_plan_id_occasion_since")),
    )
    op.create_table(
        "clock_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("case_kind", sa.String(length=30), nullable=False),
        sa.Column("starts", sa.String(length=30), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("calendar", sa.String(length=30), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["service_plans.id"], name=op.f("fk_clock_rules_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_rules")),
        sa.UniqueConstraint(
            "plan_id", "kind", "case_kind", "since", name=op.f("uq_clock_rules_plan_id_kind_case_kind_since")
        ),
    )
    op.create_table(
        "departments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("head_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_departments_branch_id")),
        sa.ForeignKeyConstraint(["head_id"], ["people.id"], name=op.f("fk_departments_head_id"), use_alter=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departments")),
        sa.UniqueConstraint("branch_id", "name", name=op.f("uq_departments_branch_id_name")),
    )
    with op.batch_alter_table("departments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_departments_name"), ["name"], unique=False)

    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("section", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("say", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("meaning", sa.String(length=30), nullable=True),
        sa.Column("about", sa.String(length=30), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("shown_if", sa.String(length=40), nullable=False),
        sa.Column("shown_on", sa.JSON(), nullable=False),
        sa.Column("raises", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaires.id"], name=op.f("fk_questions_questionnaire_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("questionnaire_id", "code", name=op.f("uq_questions_questionnaire_id_code")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("is_hq", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_people_branch_id")),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name=op.f("fk_people_department_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_people_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_people_department_id"), ["department_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_people_name"), ["name"], unique=False)

    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=60), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("password_set_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("password_is_temporary", sa.Boolean(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("single_keys", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_accounts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("person_id", name=op.f("uq_accounts_person_id")),
        sa.UniqueConstraint("username", name=op.f("uq_accounts_username")),
    )
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=30), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_audit_entries_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entries_action_at_id"), ["action", "at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entries_at_id"), ["at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entries_by_id_at_id"), ["by_id", "at", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_audit_entries_subject_subject_id_id"), ["subject", "subject_id", "id"], unique=False
        )

    op.create_table(
        "customers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("salutation", sa.String(length=30), nullable=True),
        sa.Column(
            "pinyin",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "initials",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("stage", sa.String(length=30), nullable=False),
        sa.Column("is_key", sa.Boolean(), nullable=False),
        sa.Column("birthday", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("city", sa.String(length=30), nullable=False),
        sa.Column("district", sa.String(length=30), nullable=False),
        sa.Column("estate", sa.String(length=80), nullable=False),
        sa.Column("building", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_customers_branch_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["people.id"], name=op.f("fk_customers_entered_by_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["customers.id"], name=op.f("fk_customers_merged_into_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers")),
        sa.UniqueConstraint("number", name=op.f("uq_customers_number")),
    )
    with op.batch_alter_table("customers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_customers_branch_id_id"), ["branch_id", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_customers_branch_id_pinyin_id"), ["branch_id", "pinyin", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_customers_initials_id"), ["initials", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_customers_is_key_id"), ["is_key", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_customers_is_key_pinyin_id"), ["is_key", "pinyin", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_customers_pinyin_id"), ["pinyin", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_customers_stage_id"), ["stage", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_customers_stage_pinyin_id"), ["stage", "pinyin", "id"], unique=False)

    op.create_table(
        "import_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("create_missing", sa.Boolean(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["people.id"], name=op.f("fk_import_batches_uploaded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batches")),
    )
    op.create_table(
        "person_roles",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_person_roles_person_id")),
        sa.PrimaryKeyConstraint("person_id", "role", name=op.f("pk_person_roles")),
    )
    op.create_table(
        "settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["set_by_id"], ["people.id"], name=op.f("fk_settings_set_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settings")),
        sa.UniqueConstraint("name", "since", "set_at", name=op.f("uq_settings_name_since_set_at")),
    )
    op.create_table(
        "stored_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["people.id"], name=op.f("fk_stored_files_added_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_files")),
    )
    with op.batch_alter_table("stored_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stored_files_sha256"), ["sha256"], unique=False)

    op.create_table(
        "submissions",
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("location", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_submissions_by_id")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_submissions")),
    )
    op.create_table(
        "customer_phones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("extension", sa.String(length=10), nullable=False),
        sa.Column("tail4", sa.String(length=4), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_customer_phones_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_phones")),
    )
    with op.batch_alter_table("customer_phones", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_customer_phones_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_customer_phones_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_customer_phones_tail4"), ["tail4"], unique=False)

    op.create_table(
        "do_not_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_do_not_contact_by_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_do_not_contact_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_do_not_contact")),
    )
    with op.batch_alter_table("do_not_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_do_not_contact_customer_id"), ["customer_id"], unique=False)

    op.create_table(
        "login_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("idle_ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_why", sa.String(length=30), nullable=False),
        sa.Column("address", sa.String(length=60), nullable=False),
        sa.Column("browser", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_login_sessions_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_login_sessions_token_hash")),
    )
    with op.batch_alter_table("login_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_sessions_account_id"), ["account_id"], unique=False)

    op.create_table(
        "projects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "contract_number",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("warranty_months", sa.Integer(), nullable=True),
        sa.Column("waterproof_months", sa.Integer(), nullable=True),
        sa.Column("card_number", sa.String(length=40), nullable=False),
        sa.Column("card_on", sa.Date(), nullable=True),
        sa.Column("callbacks_from", sa.Date(), nullable=False),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
        sa.Column("cancelled_why", sa.String(length=200), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("city", sa.String(length=30), nullable=False),
        sa.Column("district", sa.String(length=30), nullable=False),
        sa.Column("estate", sa.String(length=80), nullable=False),
        sa.Column("building", sa.String(length=20), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_projects_branch_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_projects_customer_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["service_plans.id"], name=op.f("fk_projects_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects")),
        sa.UniqueConstraint("contract_number", name=op.f("uq_projects_contract_number")),
    )
    with op.batch_alter_table("projects", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_projects_branch_id_contract_number"), ["branch_id", "contract_number"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_projects_branch_id_id"), ["branch_id", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_projects_branch_id_status_id"), ["branch_id", "status", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_projects_customer_id_id"), ["customer_id", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_projects_status_contract_number"), ["status", "contract_number"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_projects_status_id"), ["status", "id"], unique=False)

    op.create_table(
        "search_grams",
        sa.Column("gram", sa.String(length=2), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_search_grams_customer_id")),
        sa.PrimaryKeyConstraint("gram", "customer_id", name=op.f("pk_search_grams")),
    )
    with op.batch_alter_table("search_grams", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_grams_customer_id"), ["customer_id"], unique=False)

    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("project_manager_id", sa.Integer(), nullable=True),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("held_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("backdated_why", sa.String(length=200), nullable=False),
        sa.Column("reporter", sa.String(length=60), nullable=False),
        sa.Column("relation", sa.String(length=30), nullable=False),
        sa.Column("reporter_phone", sa.String(length=30), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("urgency", sa.String(length=30), nullable=False),
        sa.Column("severity", sa.String(length=30), nullable=True),
        sa.Column("is_complex", sa.Boolean(), nullable=False),
        sa.Column("origin_callback_id", sa.Integer(), nullable=True),
        sa.Column("is_valid", sa.Boolean(), nullable=True),
        sa.Column("needs_department", sa.Boolean(), nullable=True),
        sa.Column("in_warranty", sa.Boolean(), nullable=True),
        sa.Column("responsibility", sa.String(length=30), nullable=True),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("responsible_name", sa.String(length=60), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("labour", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("material", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("payer", sa.String(length=30), nullable=True),
        sa.Column("cause_id", sa.Integer(), nullable=True),
        sa.Column("result_id", sa.Integer(), nullable=True),
        sa.Column("lesson", sa.Text(), nullable=False),
        sa.Column("is_repeat", sa.Boolean(), nullable=False),
        sa.Column("repeat_given", sa.Boolean(), nullable=True),
        sa.Column("repeat_of_id", sa.Integer(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("next_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_cases_branch_id")),
        sa.ForeignKeyConstraint(["category_id"], ["categories.id"], name=op.f("fk_cases_category_id")),
        sa.ForeignKeyConstraint(["cause_id"], ["causes.id"], name=op.f("fk_cases_cause_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_cases_customer_id")),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name=op.f("fk_cases_department_id")),
        sa.ForeignKeyConstraint(["holder_id"], ["people.id"], name=op.f("fk_cases_holder_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["cases.id"], name=op.f("fk_cases_merged_into_id")),
        sa.ForeignKeyConstraint(
            ["origin_callback_id"], ["callbacks.id"], name=op.f("fk_cases_origin_callback_id"), use_alter=True
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_cases_owner_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["service_plans.id"], name=op.f("fk_cases_plan_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_cases_project_id")),
        sa.ForeignKeyConstraint(["project_manager_id"], ["people.id"], name=op.f("fk_cases_project_manager_id")),
        sa.ForeignKeyConstraint(["received_by_id"], ["people.id"], name=op.f("fk_cases_received_by_id")),
        sa.ForeignKeyConstraint(["repeat_of_id"], ["cases.id"], name=op.f("fk_cases_repeat_of_id")),
        sa.ForeignKeyConstraint(["responsible_id"], ["people.id"], name=op.f("fk_cases_responsible_id")),
        sa.ForeignKeyConstraint(["result_id"], ["results.id"], name=op.f("fk_cases_result_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_cases_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("number", name=op.f("uq_cases_number")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_cases_branch_id_next_due_at_id"),
            ["branch_id", "next_due_at", "id"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_cases_branch_id_received_at_id"), ["branch_id", "received_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_cases_customer_id_id"), ["customer_id", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_cases_holder_id_next_due_at_id"),
            ["holder_id", "next_due_at", "id"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_cases_kind_received_at_id"), ["kind", "received_at", "id"], unique=False)
        batch_op.create_index(
            "ix_cases_open_due",
            ["next_due_at", "id"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "ix_cases_open_received",
            ["received_at", "id"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_cases_origin_callback_id"), ["origin_callback_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_cases_owner_id_next_due_at_id"),
            ["owner_id", "next_due_at", "id"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_cases_owner_id_received_at_id"), ["owner_id", "received_at", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_cases_project_id_received_at"), ["project_id", "received_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_cases_received_at_id"), ["received_at", "id"], unique=False)

    op.create_table(
        "contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("relation", sa.String(length=30), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("tail4", sa.String(length=4), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_contacts_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contacts_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_contacts_project_id"), ["project_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contacts_tail4"), ["tail4"], unique=False)

    op.create_table(
        "project_people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("function", sa.String(length=30), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_project_people_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_project_people_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_people")),
    )
    with op.batch_alter_table("project_people", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_project_people_person_id_until_function_project_id"),
            ["person_id", "until", "function", "project_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_project_people_project_id_function"), ["project_id", "function"], unique=False
        )

    op.create_table(
        "project_stages",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=30), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("actual_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_project_stages_project_id")),
        sa.PrimaryKeyConstraint("project_id", "stage", name=op.f("pk_project_stages")),
    )
    with op.batch_alter_table("project_stages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_stages_stage_actual_on"), ["stage", "actual_on"], unique=False)

    op.create_table(
        "suspensions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_suspensions_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspensions")),
    )
    with op.batch_alter_table("suspensions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_suspensions_project_id"), ["project_id"], unique=False)

    op.create_table(
        "callbacks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("made_for", sa.String(length=80), nullable=True),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("occasion", sa.String(length=30), nullable=False),
        sa.Column("window_first", sa.Date(), nullable=False),
        sa.Column("window_last", sa.Date(), nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=True),
        sa.Column("origin_id", sa.Integer(), nullable=True),
        sa.Column("root_id", sa.Integer(), nullable=True),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("project_manager_id", sa.Integer(), nullable=True),
        sa.Column("assigned_to_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("state_reason", sa.String(length=300), nullable=False),
        sa.Column("reached_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reached_by_id", sa.Integer(), nullable=True),
        sa.Column("effective", sa.Boolean(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("truthful", sa.Boolean(), nullable=False),
        sa.Column("needs_visit", sa.Boolean(), nullable=False),
        sa.Column("interviewee", sa.String(length=60), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("chain_closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chain_closed_why", sa.String(length=300), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assigned_to_id"], ["people.id"], name=op.f("fk_callbacks_assigned_to_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_callbacks_branch_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_callbacks_case_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_callbacks_customer_id")),
        sa.ForeignKeyConstraint(["origin_id"], ["callbacks.id"], name=op.f("fk_callbacks_origin_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_callbacks_project_id")),
        sa.ForeignKeyConstraint(["project_manager_id"], ["people.id"], name=op.f("fk_callbacks_project_manager_id")),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaires.id"], name=op.f("fk_callbacks_questionnaire_id")
        ),
        sa.ForeignKeyConstraint(["reached_by_id"], ["people.id"], name=op.f("fk_callbacks_reached_by_id")),
        sa.ForeignKeyConstraint(["root_id"], ["callbacks.id"], name=op.f("fk_callbacks_root_id")),
        sa.ForeignKeyConstraint(["rule_id"], ["callback_rules.id"], name=op.f("fk_callbacks_rule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callbacks")),
        sa.UniqueConstraint("made_for", name=op.f("uq_callbacks_made_for")),
        sa.UniqueConstraint("number", name=op.f("uq_callbacks_number")),
    )
    with op.batch_alter_table("callbacks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_callbacks_assigned_to_id_state_wanted_at_id"),
            ["assigned_to_id", "state", "wanted_at", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_callbacks_branch_id_state_wanted_at_id"),
            ["branch_id", "state", "wanted_at", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_callbacks_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_callbacks_customer_id_id"), ["customer_id", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_callbacks_project_id_window_last_id"), ["project_id", "window_last", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_callbacks_reached_at_branch_id"), ["reached_at", "branch_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_callbacks_root_id"), ["root_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_callbacks_state_wanted_at_id"), ["state", "wanted_at", "id"], unique=False)
        batch_op.create_index(
            "ix_callbacks_to_call",
            ["wanted_at", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('due', 'scheduled')"),
            postgresql_where=sa.text("state IN ('due', 'scheduled')"),
        )
        batch_op.create_index(
            "ix_callbacks_to_call_by_branch",
            ["branch_id", "wanted_at", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('due', 'scheduled')"),
            postgresql_where=sa.text("state IN ('due', 'scheduled')"),
        )
        batch_op.create_index(
            "ix_callbacks_to_call_by_person",
            ["assigned_to_id", "wanted_at", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('due', 'scheduled')"),
            postgresql_where=sa.text("state IN ('due', 'scheduled')"),
        )
        batch_op.create_index(
            batch_op.f("ix_callbacks_window_last_branch_id"), ["window_last", "branch_id"], unique=False
        )

    op.create_table(
        "case_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_case_steps_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_steps_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_steps")),
    )
    with op.batch_alter_table("case_steps", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_case_steps_case_id_kind_round"), ["case_id", "kind", "round"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_case_steps_kind_happened_at"), ["kind", "happened_at"], unique=False)

    op.create_table(
        "clocks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("handoff_id", sa.Integer(), nullable=True),
        sa.Column("rule_id", sa.Integer(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("calendar", sa.String(length=30), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("met_unreached", sa.Boolean(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_why", sa.String(length=60), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_clocks_case_id")),
        sa.ForeignKeyConstraint(["handoff_id"], ["handoffs.id"], name=op.f("fk_clocks_handoff_id"), use_alter=True),
        sa.ForeignKeyConstraint(["rule_id"], ["clock_rules.id"], name=op.f("fk_clocks_rule_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clocks")),
    )
    with op.batch_alter_table("clocks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clocks_case_id_kind"), ["case_id", "kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_clocks_handoff_id"), ["handoff_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_clocks_kind_due_at"), ["kind", "due_at"], unique=False)
        batch_op.create_index(
            "ix_clocks_running_due",
            ["due_at", "id"],
            unique=False,
            sqlite_where=sa.text("met_at IS NULL AND released_at IS NULL AND superseded_at IS NULL"),
            postgresql_where=sa.text("met_at IS NULL AND released_at IS NULL AND superseded_at IS NULL"),
        )

    op.create_table(
        "handoffs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_person_id", sa.Integer(), nullable=True),
        sa.Column("to_department_id", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sign_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_handoffs_case_id")),
        sa.ForeignKeyConstraint(["from_id"], ["people.id"], name=op.f("fk_handoffs_from_id")),
        sa.ForeignKeyConstraint(["to_department_id"], ["departments.id"], name=op.f("fk_handoffs_to_department_id")),
        sa.ForeignKeyConstraint(["to_person_id"], ["people.id"], name=op.f("fk_handoffs_to_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handoffs")),
        sa.UniqueConstraint("case_id", "round", "ordinal", name=op.f("uq_handoffs_case_id_round_ordinal")),
    )
    with op.batch_alter_table("handoffs", schema=None) as batch_op:
        batch_op.create_index(
            "ix_handoffs_department_open",
            ["to_department_id", "sent_at", "id"],
            unique=False,
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )
        batch_op.create_index(
            "ix_handoffs_open",
            ["sent_at", "id"],
            unique=False,
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )
        batch_op.create_index(
            "ix_handoffs_person_open",
            ["to_person_id", "sent_at", "id"],
            unique=False,
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_handoffs_sent_at_id"), ["sent_at", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_handoffs_to_department_id_case_id"), ["to_department_id", "case_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_handoffs_to_person_id_case_id"), ["to_person_id", "case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_handoffs_to_person_id_sent_at_id"), ["to_person_id", "sent_at", "id"], unique=False
        )

    op.create_table(
        "answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("callback_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("question_text", sa.Text(), nullable=False),
        sa.Column("meaning", sa.String(length=30), nullable=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["about_id"], ["people.id"], name=op.f("fk_answers_about_id")),
        sa.ForeignKeyConstraint(["callback_id"], ["callbacks.id"], name=op.f("fk_answers_callback_id")),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_answers_question_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint("callback_id", "code", name=op.f("uq_answers_callback_id_code")),
    )
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answers_about_id"), ["about_id"], unique=False)

    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("callback_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_attempts_by_id")),
        sa.ForeignKeyConstraint(["callback_id"], ["callbacks.id"], name=op.f("fk_attempts_callback_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_attempts_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
    )
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempts_by_id_at"), ["by_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_attempts_callback_id_at"), ["callback_id", "at"], unique=False)
        batch_op.create_index(batch_op.f("ix_attempts_case_id_at"), ["case_id", "at"], unique=False)

    op.create_table(
        "awaited_cases",
        sa.Column("callback_id", sa.Integer(), nullable=False),
        sa.Column("case_number", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["callback_id"], ["callbacks.id"], name=op.f("fk_awaited_cases_callback_id")),
        sa.PrimaryKeyConstraint("callback_id", name=op.f("pk_awaited_cases")),
    )
    with op.batch_alter_table("awaited_cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_awaited_cases_case_number"), ["case_number"], unique=False)

    op.create_table(
        "call_drafts",
        sa.Column("callback_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["callback_id"], ["callbacks.id"], name=op.f("fk_call_drafts_callback_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_call_drafts_person_id")),
        sa.PrimaryKeyConstraint("callback_id", "person_id", name=op.f("pk_call_drafts")),
    )
    op.create_table(
        "case_photos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.Column("caption", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_photos_case_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_files.id"], name=op.f("fk_case_photos_file_id")),
        sa.ForeignKeyConstraint(["step_id"], ["case_steps.id"], name=op.f("fk_case_photos_step_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_photos")),
    )
    with op.batch_alter_table("case_photos", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_photos_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_photos_file_id"), ["file_id"], unique=False)

    op.create_table(
        "department_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("callback_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=True),
        sa.Column("to_person_id", sa.Integer(), nullable=True),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["about_id"], ["people.id"], name=op.f("fk_department_notes_about_id")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["people.id"], name=op.f("fk_department_notes_answered_by_id")),
        sa.ForeignKeyConstraint(["callback_id"], ["callbacks.id"], name=op.f("fk_department_notes_callback_id")),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name=op.f("fk_department_notes_department_id")),
        sa.ForeignKeyConstraint(["raised_by_id"], ["people.id"], name=op.f("fk_department_notes_raised_by_id")),
        sa.ForeignKeyConstraint(["to_person_id"], ["people.id"], name=op.f("fk_department_notes_to_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department_notes")),
    )
    with op.batch_alter_table("department_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_department_notes_callback_id"), ["callback_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_department_notes_department_id_raised_at"),
            ["department_id", "raised_at"],
            unique=False,
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_department_notes_raised_at_id"), ["raised_at", "id"], unique=False)
        batch_op.create_index(
            "ix_department_notes_to_answer",
            ["raised_at", "id"],
            unique=False,
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_department_notes_to_person_id_raised_at"), ["to_person_id", "raised_at"], unique=False
        )

    op.create_table(
        "refusals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handoff_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_refusals_by_id")),
        sa.ForeignKeyConstraint(["handoff_id"], ["handoffs.id"], name=op.f("fk_refusals_handoff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refusals")),
        sa.UniqueConstraint("handoff_id", name=op.f("uq_refusals_handoff_id")),
    )
    op.create_table(
        "signatures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handoff_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("how", sa.String(length=30), nullable=False),
        sa.Column("typed_name", sa.String(length=60), nullable=False),
        sa.Column("drawing", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_signatures_by_id")),
        sa.ForeignKeyConstraint(["handoff_id"], ["handoffs.id"], name=op.f("fk_signatures_handoff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signatures")),
        sa.UniqueConstraint("handoff_id", name=op.f("uq_signatures_handoff_id")),
    )
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("callback_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_tasks_branch_id")),
        sa.ForeignKeyConstraint(["callback_id"], ["callbacks.id"], name=op.f("fk_tasks_callback_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name=op.f("fk_tasks_customer_id")),
        sa.ForeignKeyConstraint(["done_by_id"], ["people.id"], name=op.f("fk_tasks_done_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_tasks_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_tasks_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tasks_callback_id"), ["callback_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tasks_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tasks_due_on_id"), ["due_on", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_tasks_owner_id_due_on_id"),
            ["owner_id", "due_on", "id"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )
        batch_op.create_index(
            "ix_tasks_to_do",
            ["due_on", "id"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )

    op.create_table(
        "unreachable_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("callback_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_unreachable_decisions_by_id")),
        sa.ForeignKeyConstraint(["callback_id"], ["callbacks.id"], name=op.f("fk_unreachable_decisions_callback_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unreachable_decisions")),
    )
    with op.batch_alter_table("unreachable_decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unreachable_decisions_callback_id"), ["callback_id"], unique=False)

    if op.get_context().dialect.supports_alter:
        op.create_foreign_key("fk_cases_origin_callback_id", "cases", "callbacks", ["origin_callback_id"], ["id"])
        op.create_foreign_key("fk_clocks_handoff_id", "clocks", "handoffs", ["handoff_id"], ["id"])
        op.create_foreign_key("fk_departments_head_id", "departments", "people", ["head_id"], ["id"])


def downgrade() -> None:
    if op.get_context().dialect.supports_alter:
        op.drop_constraint("fk_cases_origin_callback_id", "cases", type_="foreignkey")
        op.drop_constraint("fk_clocks_handoff_id", "clocks", type_="foreignkey")
        op.drop_constraint("fk_departments_head_id", "departments", type_="foreignkey")

    with op.batch_alter_table("unreachable_decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unreachable_decisions_callback_id"))

    op.drop_table("unreachable_decisions")
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_tasks_to_do", sqlite_where=sa.text("done_at IS NULL"), postgresql_where=sa.text("done_at IS NULL")
        )
        batch_op.drop_index(
            batch_op.f("ix_tasks_owner_id_due_on_id"),
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_tasks_due_on_id"))
        batch_op.drop_index(batch_op.f("ix_tasks_customer_id"))
        batch_op.drop_index(batch_op.f("ix_tasks_callback_id"))

    op.drop_table("tasks")
    op.drop_table("signatures")
    op.drop_table("refusals")
    with op.batch_alter_table("department_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_department_notes_to_person_id_raised_at"))
        batch_op.drop_index(
            "ix_department_notes_to_answer",
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_department_notes_raised_at_id"))
        batch_op.drop_index(
            batch_op.f("ix_department_notes_department_id_raised_at"),
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_department_notes_callback_id"))

    op.drop_table("department_notes")
    with op.batch_alter_table("case_photos", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_photos_file_id"))
        batch_op.drop_index(batch_op.f("ix_case_photos_case_id"))

    op.drop_table("case_photos")
    op.drop_table("call_drafts")
    with op.batch_alter_table("awaited_cases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_awaited_cases_case_number"))

    op.drop_table("awaited_cases")
    with op.batch_alter_table("attempts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attempts_case_id_at"))
        batch_op.drop_index(batch_op.f("ix_attempts_callback_id_at"))
        batch_op.drop_index(batch_op.f("ix_attempts_by_id_at"))

    op.drop_table("attempts")
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answers_about_id"))

    op.drop_table("answers")
    with op.batch_alter_table("handoffs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handoffs_to_person_id_sent_at_id"))
        batch_op.drop_index(batch_op.f("ix_handoffs_to_person_id_case_id"))
        batch_op.drop_index(batch_op.f("ix_handoffs_to_department_id_case_id"))
        batch_op.drop_index(batch_op.f("ix_handoffs_sent_at_id"))
        batch_op.drop_index(
            "ix_handoffs_person_open",
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_handoffs_open",
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_handoffs_department_open",
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )

    op.drop_table("handoffs")
    with op.batch_alter_table("clocks", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_clocks_running_due",
            sqlite_where=sa.text("met_at IS NULL AND released_at IS NULL AND superseded_at IS NULL"),
            postgresql_where=sa.text("met_at IS NULL AND released_at IS NULL AND superseded_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_clocks_kind_due_at"))
        batch_op.drop_index(batch_op.f("ix_clocks_handoff_id"))
        batch_op.drop_index(batch_op.f("ix_clocks_case_id_kind"))

    op.drop_table("clocks")
    with op.batch_alter_table("case_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_steps_kind_happened_at"))
        batch_op.drop_index(batch_op.f("ix_case_steps_case_id_kind_round"))

    op.drop_table("case_steps")
    with op.batch_alter_table("callbacks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_callbacks_window_last_branch_id"))
        batch_op.drop_index(
            "ix_callbacks_to_call_by_person",
            sqlite_where=sa.text("state IN ('due', 'scheduled')"),
            postgresql_where=sa.text("state IN ('due', 'scheduled')"),
        )
        batch_op.drop_index(
            "ix_callbacks_to_call_by_branch",
            sqlite_where=sa.text("state IN ('due', 'scheduled')"),
            postgresql_where=sa.text("state IN ('due', 'scheduled')"),
        )
        batch_op.drop_index(
            "ix_callbacks_to_call",
            sqlite_where=sa.text("state IN ('due', 'scheduled')"),
            postgresql_where=sa.text("state IN ('due', 'scheduled')"),
        )
        batch_op.drop_index(batch_op.f("ix_callbacks_state_wanted_at_id"))
        batch_op.drop_index(batch_op.f("ix_callbacks_root_id"))
        batch_op.drop_index(batch_op.f("ix_callbacks_reached_at_branch_id"))
        batch_op.drop_index(batch_op.f("ix_callbacks_project_id_window_last_id"))
        batch_op.drop_index(batch_op.f("ix_callbacks_customer_id_id"))
        batch_op.drop_index(batch_op.f("ix_callbacks_case_id"))
        batch_op.drop_index(batch_op.f("ix_callbacks_branch_id_state_wanted_at_id"))
        batch_op.drop_index(batch_op.f("ix_callbacks_assigned_to_id_state_wanted_at_id"))

    op.drop_table("callbacks")
    with op.batch_alter_table("suspensions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_suspensions_project_id"))

    op.drop_table("suspensions")
    with op.batch_alter_table("project_stages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_stages_stage_actual_on"))

    op.drop_table("project_stages")
    with op.batch_alter_table("project_people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_people_project_id_function"))
        batch_op.drop_index(batch_op.f("ix_project_people_person_id_until_function_project_id"))

    op.drop_table("project_people")
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contacts_tail4"))
        batch_op.drop_index(batch_op.f("ix_contacts_project_id"))
        batch_op.drop_index(batch_op.f("ix_contacts_number"))

    op.drop_table("contacts")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cases_received_at_id"))
        batch_op.drop_index(batch_op.f("ix_cases_project_id_received_at"))
        batch_op.drop_index(batch_op.f("ix_cases_owner_id_received_at_id"))
        batch_op.drop_index(
            batch_op.f("ix_cases_owner_id_next_due_at_id"),
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_cases_origin_callback_id"))
        batch_op.drop_index(
            "ix_cases_open_received",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_cases_open_due", sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_cases_kind_received_at_id"))
        batch_op.drop_index(
            batch_op.f("ix_cases_holder_id_next_due_at_id"),
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_cases_customer_id_id"))
        batch_op.drop_index(batch_op.f("ix_cases_branch_id_received_at_id"))
        batch_op.drop_index(
            batch_op.f("ix_cases_branch_id_next_due_at_id"),
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.drop_table("cases")
    with op.batch_alter_table("search_grams", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_grams_customer_id"))

    op.drop_table("search_grams")
    with op.batch_alter_table("projects", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_projects_status_id"))
        batch_op.drop_index(batch_op.f("ix_projects_status_contract_number"))
        batch_op.drop_index(batch_op.f("ix_projects_customer_id_id"))
        batch_op.drop_index(batch_op.f("ix_projects_branch_id_status_id"))
        batch_op.drop_index(batch_op.f("ix_projects_branch_id_id"))
        batch_op.drop_index(batch_op.f("ix_projects_branch_id_contract_number"))

    op.drop_table("projects")
    with op.batch_alter_table("login_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_sessions_account_id"))

    op.drop_table("login_sessions")
    with op.batch_alter_table("do_not_contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_do_not_contact_customer_id"))

    op.drop_table("do_not_contact")
    with op.batch_alter_table("customer_phones", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_customer_phones_tail4"))
        batch_op.drop_index(batch_op.f("ix_customer_phones_number"))
        batch_op.drop_index(batch_op.f("ix_customer_phones_customer_id"))

    op.drop_table("customer_phones")
    op.drop_table("submissions")
    with op.batch_alter_table("stored_files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stored_files_sha256"))

    op.drop_table("stored_files")
    op.drop_table("settings")
    op.drop_table("person_roles")
    op.drop_table("import_batches")
    with op.batch_alter_table("customers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_customers_stage_pinyin_id"))
        batch_op.drop_index(batch_op.f("ix_customers_stage_id"))
        batch_op.drop_index(batch_op.f("ix_customers_pinyin_id"))
        batch_op.drop_index(batch_op.f("ix_customers_is_key_pinyin_id"))
        batch_op.drop_index(batch_op.f("ix_customers_is_key_id"))
        batch_op.drop_index(batch_op.f("ix_customers_initials_id"))
        batch_op.drop_index(batch_op.f("ix_customers_branch_id_pinyin_id"))
        batch_op.drop_index(batch_op.f("ix_customers_branch_id_id"))

    op.drop_table("customers")
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entries_subject_subject_id_id"))
        batch_op.drop_index(batch_op.f("ix_audit_entries_by_id_at_id"))
        batch_op.drop_index(batch_op.f("ix_audit_entries_at_id"))
        batch_op.drop_index(batch_op.f("ix_audit_entries_action_at_id"))

    op.drop_table("audit_entries")
    op.drop_table("accounts")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_people_name"))
        batch_op.drop_index(batch_op.f("ix_people_department_id"))
        batch_op.drop_index(batch_op.f("ix_people_branch_id"))

    op.drop_table("people")
    op.drop_table("questions")
    with op.batch_alter_table("departments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_departments_name"))

    op.drop_table("departments")
    op.drop_table("clock_rules")
    op.drop_table("callback_rules")
    op.drop_table("teams")
    op.drop_table("service_plans")
    op.drop_table("schedule_runs")
    op.drop_table("results")
    op.drop_table("questionnaires")
    with op.batch_alter_table("login_failures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_failures_username_at"))
        batch_op.drop_index(batch_op.f("ix_login_failures_address_at"))

    op.drop_table("login_failures")
    op.drop_table("causes")
    op.drop_table("categories")
    op.drop_table("case_numbers")
    op.drop_table("branches")
