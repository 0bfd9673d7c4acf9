/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/keys.h"
#include "base/app-error.h"
#include "base/date.h"
#include "base/text.h"
#include "cmd/command.h"
#include "modules/identity/identity.h"
#include "modules/identity/identity_rules.h"
#include "modules/identity/oidc.h"
#include "storage/txn.h"

#include <stdio.h>
#include <string.h>

typedef struct AdminOptions {
	char *set, *from, *source;
	int level;
	gboolean is_sure;
} AdminOptions;

typedef struct AdminCall {
	const CommandContext *context;
	const AdminOptions *options;
	const char *directory;
	const char *word; /* what the action is about; NULL */
	App *app;
	IdentityScope scope;
} AdminCall;

/* The day and the decision of a change. */
static bool
read_change(const AdminCall *call, int32_t *ret_day, const char **ret_source, GError **error)
{
	g_autofree char *source = NULL;

	*ret_day = call->context->today;
	if (call->options->from != NULL && !date_parse_iso(call->options->from, ret_day)) {
		g_set_error(error, APP_ERROR, APP_ERROR_USAGE,
		    "--from: \"%s\" không phải là ngày dạng 2026-12-15", call->options->from);
		return false;
	}
	if (!text_ingest(call->options->source != NULL ? call->options->source : "", -1, &source, error))
		return false;
	*ret_source = arena_strdup(call->scope.arena, source);
	return true;
}

static bool
set_rule(const AdminCall *call, GError **error)
{
	g_auto(GStrv) parts = g_strsplit(call->options->set, "=", 2);
	IdentityRuleChange change = {.rule = parts[0]};
	const char *problem;

	if (parts[0] == NULL || parts[1] == NULL ||
	    !g_ascii_string_to_signed(parts[1], 10, 0, INT32_MAX, &change.value, NULL)) {
		g_set_error(error, APP_ERROR, APP_ERROR_USAGE,
		    "--set: \"%s\" không có dạng QUY-TẮC=SỐ, ví dụ idle_minutes=10", call->options->set);
		return false;
	}
	return read_change(call, &change.valid_from, &change.source, error) &&
	       identity_set_rule(&call->scope, &change, &problem, error) && command_refuse(problem, error);
}

static void
print_concerned(const GPtrArray *accounts, const char *what)
{
	for (guint i = 0; i < accounts->len; i++)
		printf("  %s: %s\n", what, ((const IdentityAccount *)g_ptr_array_index(accounts, i))->login);
}

static void
print_preview(const AdminCall *call, const IdentityLevelPreview *preview)
{
	for (guint i = 0; i < preview->rules_after->len; i++) {
		const IdentityRule *before = g_ptr_array_index(preview->rules_before, i);
		const IdentityRule *after = g_ptr_array_index(preview->rules_after, i);

		if (before->value != after->value)
			printf("  %s: %s -> %s (%s)\n", after->name,
			    identity_rule_text(before, before->value, call->scope.arena),
			    identity_rule_text(after, after->value, call->scope.arena), after->source);
	}
	print_concerned(preview->needs_totp, "phải bật xác thực hai lớp");
	print_concerned(preview->old_password, "phải đổi mật khẩu");
}

/* Shows what would change; changes it only with --yes. */
static bool
set_level(const AdminCall *call, GError **error)
{
	IdentityLevel level = {.level = call->options->level};
	g_auto(IdentityLevelPreview) preview = {0};
	const char *problem;

	if (!read_change(call, &level.valid_from, &level.source, error) ||
	    !identity_preview_level(&call->scope, level.level, level.valid_from, &preview, error))
		return false;
	printf("Cấp độ %" G_GINT64_FORMAT " -> %" G_GINT64_FORMAT ":\n", preview.before.level, level.level);
	print_preview(call, &preview);
	if (!call->options->is_sure) {
		puts("Chưa thay đổi gì. Thêm --yes để áp dụng.");
		return true;
	}
	if (!identity_set_level(&call->scope, &level, &problem, error) || !command_refuse(problem, error))
		return false;
	puts("Đã áp dụng.");
	return true;
}

static bool
run_rules(const AdminCall *call, GError **error)
{
	g_autoptr(GPtrArray) rules = g_ptr_array_new();
	IdentityLevel level;

	if (call->options->level != 0)
		return set_level(call, error) && app_sign_ledger(call->app, error);
	if (call->options->set != NULL && (!set_rule(call, error) || !app_sign_ledger(call->app, error)))
		return false;
	if (!identity_level_on(&call->scope, call->context->today, &level, error) ||
	    !identity_rules_on(&call->scope, call->context->today, level.level, rules, error))
		return false;
	printf("Cấp độ %" G_GINT64_FORMAT "\n", level.level);
	for (guint i = 0; i < rules->len; i++) {
		const IdentityRule *rule = g_ptr_array_index(rules, i);

		printf("%s\t%s\t%s\t%s\t%s\n", rule->rule,
		    identity_rule_text(rule, rule->value, call->scope.arena),
		    identity_rule_range(rule, call->scope.arena), rule->source, rule->name);
	}
	return true;
}

/* Takes one setting out of "QUY-TẮC=…"; `bat` is 1 or 0. */
static bool
take_oidc_setting(OidcSettings *settings, const char *text, Arena *arena, GError **error)
{
	const char *value = strchr(text, '=');
	size_t len = value != NULL ? (size_t)(value - text) : 0;

	if (len == strlen("bat") && g_str_has_prefix(text, "bat")) {
		settings->is_on = strcmp(value + 1, "1") == 0;
		return true;
	}
	for (const OidcField *field = OIDC_FIELDS; field->name != NULL && len > 0; field++)
		if (strlen(field->name) == len && strncmp(field->name, text, len) == 0) {
			const char *copy = arena_strdup(arena, value + 1);

			memcpy((char *)settings + field->offset, &copy, sizeof(copy));
			return true;
		}
	g_set_error(error, APP_ERROR, APP_ERROR_USAGE,
	    "--set: không có \"%s\"; các tên có khi chạy: namro admin oidc THƯ-MỤC", text);
	return false;
}

static void
print_oidc(const OidcSettings *settings)
{
	printf("bat\t%d\n", settings->is_on);
	for (const OidcField *field = OIDC_FIELDS; field->name != NULL; field++) {
		const char *value;

		memcpy(&value, (const char *)settings + field->offset, sizeof(value));
		printf("%s\t%s\t%s\n", field->name, value, field->label);
	}
}

static bool
run_oidc(const AdminCall *call, GError **error)
{
	g_autofree char *text = NULL;
	OidcSettings settings;

	if (!oidc_settings_read(&call->scope, &settings, error))
		return false;
	if (call->options->set == NULL) {
		print_oidc(&settings);
		return true;
	}
	return text_ingest(call->options->set, -1, &text, error) &&
	       take_oidc_setting(&settings, text, call->scope.arena, error) &&
	       command_refuse(oidc_settings_check(&settings, call->scope.arena), error) &&
	       oidc_settings_write(&call->scope, &settings, error) && app_sign_ledger(call->app, error);
}

static bool
new_ledger_key(const AdminCall *call, GError **error)
{
	if (!app_keys_renew(call->app, LEDGER_SIGNING_OBJECT, error) || !app_sign_ledger(call->app, error))
		return false;
	puts("Đã bắt đầu khóa ký nhật ký mới; nhật ký đã ghi lại việc này. Hãy sao lưu ngay.");
	return true;
}

static bool
new_secrets_key(const AdminCall *call, GError **error)
{
	unsigned n_cleared;

	if (!app_keys_renew(call->app, APP_SECRETS_KEY_OBJECT, error) ||
	    !identity_clear_sealed(&call->scope, &n_cleared, error) || !app_sign_ledger(call->app, error))
		return false;
	printf("Đã bắt đầu khóa mã hóa bí mật mới. %u tài khoản phải bật lại xác thực hai lớp. Hãy sao lưu "
	       "ngay.\n",
	    n_cleared);
	return true;
}

static const struct AdminAction {
	const char *name, *word; /* word: NULL: the directory follows at once */
	bool are_keys_lost;
	bool (*run)(const AdminCall *call, GError **error);
} ACTIONS[] = {
    {"oidc", NULL, false, run_oidc},
    {"rules", NULL, false, run_rules},
    {"new-key", "ledger", true, new_ledger_key},
    {"new-key", "secrets", true, new_secrets_key},
};

static const struct AdminAction *
find_action(int argc, char **argv)
{
	for (size_t i = 0; i < G_N_ELEMENTS(ACTIONS) && argc > 1; i++) {
		int n_words = ACTIONS[i].word != NULL ? 2 : 1;

		if (strcmp(ACTIONS[i].name, argv[1]) == 0 && argc == n_words + 2 &&
		    (ACTIONS[i].word == NULL || strcmp(ACTIONS[i].word, argv[2]) == 0))
			return &ACTIONS[i];
	}
	return NULL;
}

bool
command_admin_keeps(int argc, char **argv)
{
	for (size_t i = 0; i < G_N_ELEMENTS(ACTIONS) && argc > 1; i++)
		if (strcmp(ACTIONS[i].name, argv[1]) == 0)
			return true;
	return false;
}

static bool
run(const CommandContext *context, const struct AdminAction *action, const char *directory,
    const AdminOptions *options, GError **error)
{
	AppOptions app_options = command_app_options(context, directory);
	g_autoptr(App) app = NULL;
	g_autoptr(Arena) arena = arena_new();
	AdminCall call = {.context = context, .options = options, .directory = directory};

	app_options.are_keys_lost = action->are_keys_lost;
	if (!app_open(&app_options, &app, error))
		return false;
	call.app = app;
	call.scope = (IdentityScope){.db = app_db(app),
	    .commune_id = app_commune(app)->commune_id,
	    .now_us = context->now_us,
	    .directory = directory,
	    .actor = {.name = g_get_user_name(), .origin = "dòng lệnh"},
	    .arena = arena};
	return action->run(&call, error);
}

int
command_admin_keep(const CommandContext *context, int argc, char **argv)
{
	AdminOptions options = {0};
	const struct AdminAction *action;
	g_autoptr(GError) error = NULL;
	int exit_code = 0;
	const GOptionEntry entries[] = {
	    {"set", 0, 0, G_OPTION_ARG_STRING, &options.set, "rules, oidc: đặt một giá trị", "TÊN=GIÁ-TRỊ"},
	    {"level", 0, 0, G_OPTION_ARG_INT, &options.level,
		"rules: cho xem, và với --yes thì áp dụng, một cấp độ", "2|3"},
	    {"from", 0, 0, G_OPTION_ARG_STRING, &options.from, "rules: từ ngày này; nếu không, từ hôm nay",
		"NGÀY"},
	    {"source", 0, 0, G_OPTION_ARG_STRING, &options.source, "rules: căn cứ", "VĂN-BẢN"},
	    {"yes", 0, 0, G_OPTION_ARG_NONE, &options.is_sure, "rules --level: áp dụng thật", NULL},
	    {0},
	};

	if (!command_parse_options(context, entries, &argc, &argv, &exit_code))
		return exit_code;
	action = find_action(argc, argv);
	if (action == NULL) {
		fprintf(stderr,
		    "namro admin: ví dụ: namro admin rules du-lieu; namro admin oidc du-lieu; namro admin "
		    "new-key ledger du-lieu\n");
		exit_code = 2;
	} else if (!run(context, action, argv[argc - 1], &options, &error)) {
		exit_code = command_fail(context, error);
	}
	g_free(options.set);
	g_free(options.from);
	g_free(options.source);
	return exit_code;
}
