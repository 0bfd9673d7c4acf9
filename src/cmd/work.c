/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "cmd/command.h"
#include "cmd/work_call.h"
#include "cmd/work_excel.h"
#include "modules/identity/identity.h"
#include "modules/identity/identity_roles.h"

#include <stdio.h>
#include <string.h>

/* `namro task`: what is done with pieces of work from the command line. */

int
command_task_find_word(const char *const *words, int max, const char *word)
{
	for (int i = 0; i < max; i++)
		if (g_strcmp0(words[i], word) == 0)
			return i;
	return -1;
}

static bool
take_text(const TaskCall *call, const char *given, const char **ret_text, GError **error)
{
	g_autofree char *text = NULL;

	*ret_text = NULL;
	if (given == NULL || *given == '\0')
		return true;
	if (!text_ingest(given, -1, &text, error))
		return false;
	*ret_text = arena_strdup(call->scope.arena, text);
	return true;
}

static bool
act(const TaskCall *call, const WorkEntry *entry, GError **error)
{
	g_autoptr(GString) state = g_string_new(NULL);
	WorkOutcome outcome;

	if (!work_act(&call->scope, call->piece_id, WORK_ANY_VERSION, entry, &outcome, error) ||
	    !command_refuse(outcome.problem, error))
		return false;
	work_describe(&outcome.piece, call->scope.today, call->settings.soon_days, state);
	printf("Đã ghi vào phần việc %" G_GINT64_FORMAT ": %s. Tình trạng: %s.\n", call->piece_id,
	    WORK_ENTRY_TITLES[entry->kind], state->str);
	return true;
}

static bool
fill_texts(const TaskCall *call, WorkEntry *entry, GError **error)
{
	const TaskOptions *options = call->options;

	return take_text(call, options->done, &entry->done, error) &&
	       take_text(call, options->difficulties, &entry->difficulties, error) &&
	       take_text(call, options->proposals, &entry->proposals, error) &&
	       take_text(call, options->product, &entry->product, error) &&
	       take_text(call, options->reason, &entry->reason, error) &&
	       take_text(call, options->number, &entry->doc_number, error);
}

static bool
update(const TaskCall *call, GError **error)
{
	const TaskOptions *options = call->options;
	WorkEntry entry = work_entry(options->submits ? WORK_SUBMIT : WORK_UPDATE);

	if (options->state != NULL) {
		entry.state = command_task_find_word(WORK_STATE_WORDS, WORK_WAITING, options->state);
		if (entry.state < 0)
			return command_refuse(
			    "--state: chua-thuc-hien hoặc dang-thuc-hien; xong thì dùng --submit", error);
	}
	if (options->issued != NULL && !date_parse_iso(options->issued, &entry.day))
		return command_refuse("--issued: ngày ghi như 2026-12-15", error);
	entry.percent = options->percent;
	entry.is_idle = options->is_idle;
	entry.month = work_month_of(call->scope.today);
	return fill_texts(call, &entry, error) && act(call, &entry, error);
}

static bool
plain(const TaskCall *call, WorkEntryKind kind, GError **error)
{
	WorkEntry entry = work_entry(kind);

	return take_text(call, call->options->reason, &entry.reason, error) && act(call, &entry, error);
}

static bool
accept_work(const TaskCall *call, GError **error)
{
	return plain(call, WORK_ACCEPT, error);
}

static bool
return_work(const TaskCall *call, GError **error)
{
	return plain(call, WORK_RETURN, error);
}

static bool
export_register(const TaskCall *call, GError **error)
{
	return command_register_export(&call->scope, call->plan_id, call->path, error);
}

static bool
import_register(const TaskCall *call, GError **error)
{
	return command_register_import(
	    &call->scope, call->path, call->options->is_dry, call->options->conflicts, error);
}

/* What stands behind the data directory on the command line. */
typedef enum { TAKES_NOTHING, TAKES_PIECE, TAKES_FILE, TAKES_PLAN_AND_FILE } TaskTakes;

static const struct TaskAction {
	const char *name;
	bool (*run)(const TaskCall *call, GError **error);
	TaskTakes takes;
	bool writes;
} ACTIONS[] = {
    {"list", command_task_list, TAKES_NOTHING, false},
    {"show", command_task_show, TAKES_PIECE, false},
    {"update", update, TAKES_PIECE, true},
    {"accept", accept_work, TAKES_PIECE, true},
    {"return", return_work, TAKES_PIECE, true},
    {"export", export_register, TAKES_PLAN_AND_FILE, true},
    {"import", import_register, TAKES_FILE, true},
};

/* For whom it is done; without --as whoever has the data directory, who is nobody in particular. */
static bool
find_actor(TaskCall *call, GError **error)
{
	IdentityScope identity = {.db = call->scope.db,
	    .commune_id = call->scope.commune_id,
	    .now_us = call->scope.now_us,
	    .arena = call->scope.arena};
	IdentityAccount account;
	int64_t account_id;

	call->visitor = (AppVisitor){.is_open = true};
	call->scope.visitor = &call->visitor;
	if (call->options->as == NULL)
		return true;
	if (!identity_find_by_login(&identity, call->options->as, &account_id, error))
		return false;
	if (account_id == 0)
		return command_refuse("--as: không có tài khoản này; xem bằng namro user list", error);
	if (!identity_find(&identity, account_id, &account, error) ||
	    !identity_visitor_of(&identity, account_id, &call->visitor, error))
		return false;
	call->scope.actor.person_id = account.person_id;
	call->scope.actor.name = account.name;
	return true;
}

static bool
run_task(const CommandContext *context, const struct TaskAction *action, const char *directory,
    TaskCall *call, GError **error)
{
	const AppOptions app_options = command_app_options(context, directory);
	g_autoptr(App) app = NULL;
	g_autoptr(Arena) arena = arena_new();

	if (!app_open(&app_options, &app, error))
		return false;
	call->scope = (WorkScope){.db = app_db(app),
	    .commune_id = app_commune(app)->commune_id,
	    .now_us = context->now_us,
	    .today = context->today,
	    .actor = APP_SHELL_ACTOR,
	    .arena = arena,
	    .directory = directory};
	return find_actor(call, error) && work_settings(&call->scope, &call->settings, error) &&
	       action->run(call, error) && (!action->writes || app_sign_ledger(app, error));
}

static void
clear_options(TaskOptions *options)
{
	char **texts[] = {&options->as, &options->whose, &options->stage, &options->state, &options->done,
	    &options->difficulties, &options->proposals, &options->product, &options->reason,
	    &options->number, &options->issued, &options->conflicts};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		g_clear_pointer(texts[i], g_free);
}

static const struct TaskAction *
find_action(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(ACTIONS); i++)
		if (strcmp(ACTIONS[i].name, name) == 0)
			return &ACTIONS[i];
	return NULL;
}

static int
usage(void)
{
	fprintf(stderr,
	    "namro task: ví dụ: namro task list du-lieu --stage dang-mo; namro task update du-lieu 12 "
	    "--as an.nv --percent 60 --done \"Đã xong dự thảo\"; namro task accept du-lieu 12 --as ha.tt; "
	    "namro task export du-lieu 1 so.xlsx; namro task import du-lieu so.xlsx --dry-run\n");
	return 2;
}

static bool
take_number(const char *text, int64_t *ret_number)
{
	gint64 number;

	if (!g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, &number, NULL))
		return false;
	*ret_number = number;
	return true;
}

/* Reads what stands behind the data directory; false where it is not what the action takes. */
static bool
take_arguments(const struct TaskAction *action, int n, char **arguments, TaskCall *call)
{
	switch (action->takes) {
	case TAKES_NOTHING:
		return n == 0;
	case TAKES_PIECE:
		return n == 1 && take_number(arguments[0], &call->piece_id);
	case TAKES_FILE:
		call->path = arguments[0];
		return n == 1;
	case TAKES_PLAN_AND_FILE:
		call->path = arguments[n - 1];
		return call->options->is_all ? n == 1 : n == 2 && take_number(arguments[0], &call->plan_id);
	}
	return false;
}

static int
dispatch(const CommandContext *context, int argc, char **argv, const TaskOptions *options)
{
	const struct TaskAction *action = argc > 1 ? find_action(argv[1]) : NULL;
	TaskCall call = {.options = options};
	g_autoptr(GError) error = NULL;

	if (action == NULL || argc < 3 || !take_arguments(action, argc - 3, argv + 3, &call))
		return usage();
	return run_task(context, action, argv[2], &call, &error) ? 0 : command_fail(context, error);
}

int
command_task(const CommandContext *context, int argc, char **argv)
{
	TaskOptions options = {.percent = -1};
	int exit_code = 0;
	const GOptionEntry entries[] = {
	    {"as", 0, 0, G_OPTION_ARG_STRING, &options.as, "làm với tư cách tài khoản này", "TÊN"},
	    {"whose", 0, 0, G_OPTION_ARG_STRING, &options.whose, "toan-xa (mặc định), cua-toi, lien-quan",
		"PHẠM-VI"},
	    {"stage", 0, 0, G_OPTION_ARG_STRING, &options.stage,
		"tat-ca (mặc định), dang-mo, cho-nghiem-thu, da-khep", "GIAI-ĐOẠN"},
	    {"plan", 0, 0, G_OPTION_ARG_INT64, &options.plan_id, "chỉ của kế hoạch này", "SỐ"},
	    {"task", 0, 0, G_OPTION_ARG_INT64, &options.task_no, "chỉ của nhiệm vụ này, cùng --plan", "SỐ"},
	    {"agency", 0, 0, G_OPTION_ARG_INT64, &options.agency_id, "chỉ của cơ quan này", "SỐ"},
	    {"late", 0, 0, G_OPTION_ARG_NONE, &options.is_late, "chỉ việc đang mở đã quá hạn", NULL},
	    {"json", 0, 0, G_OPTION_ARG_NONE, &options.is_json, "in dạng JSON", NULL},
	    {"state", 0, 0, G_OPTION_ARG_STRING, &options.state, "chua-thuc-hien, dang-thuc-hien",
		"TÌNH-TRẠNG"},
	    {"percent", 0, 0, G_OPTION_ARG_INT, &options.percent, "phần trăm đã đạt", "SỐ"},
	    {"done", 0, 0, G_OPTION_ARG_STRING, &options.done, "việc đã làm", "CHỮ"},
	    {"difficulties", 0, 0, G_OPTION_ARG_STRING, &options.difficulties, "khó khăn", "CHỮ"},
	    {"proposals", 0, 0, G_OPTION_ARG_STRING, &options.proposals, "đề xuất", "CHỮ"},
	    {"idle", 0, 0, G_OPTION_ARG_NONE, &options.is_idle, "không phát sinh", NULL},
	    {"submit", 0, 0, G_OPTION_ARG_NONE, &options.submits, "đã xong, nộp để nghiệm thu", NULL},
	    {"product", 0, 0, G_OPTION_ARG_STRING, &options.product, "sản phẩm", "CHỮ"},
	    {"reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, "lý do", "CHỮ"},
	    {"number", 0, 0, G_OPTION_ARG_STRING, &options.number, "số văn bản ban hành", "SỐ"},
	    {"issued", 0, 0, G_OPTION_ARG_STRING, &options.issued, "ngày ban hành", "NGÀY"},
	    {"all", 0, 0, G_OPTION_ARG_NONE, &options.is_all, "export: mọi kế hoạch đang thực hiện", NULL},
	    {"dry-run", 0, 0, G_OPTION_ARG_NONE, &options.is_dry, "import: xem trước, không ghi", NULL},
	    {"conflicts", 0, 0, G_OPTION_ARG_STRING, &options.conflicts,
		"import: giu hoặc tep, cho dòng đã có người khác cập nhật", "CÁCH"},
	    {0},
	};

	if (command_parse_options(context, entries, &argc, &argv, &exit_code))
		exit_code = dispatch(context, argc, argv, &options);
	clear_options(&options);
	return exit_code;
}
