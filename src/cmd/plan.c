/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/plan/plan.h"
#include "cmd/command.h"
#include "modules/succession/succession.h"
#include "storage/txn.h"

#include <stdio.h>
#include <string.h>

typedef struct PlanOptions {
	char *accept, *kind, *from;
	gboolean is_dry;
} PlanOptions;

typedef struct PlanCall {
	const CommandContext *context;
	const PlanOptions *options;
	App *app;
	SuccessionScope scope;
} PlanCall;

static const char *
state_of(const PlanInfo *plan)
{
	return plan->replaced_by != 0 ? "đã được thay thế" : plan->is_current ? "đang thực hiện" : "bản cũ";
}

static bool
list(const PlanCall *call, GError **error)
{
	g_autoptr(GPtrArray) plans = g_ptr_array_new();

	if (!plan_list(call->scope.intake.db, call->scope.intake.commune_id, call->scope.arena, plans, error))
		return false;
	for (guint i = plans->len; i > 0; i--) {
		const PlanInfo *plan = g_ptr_array_index(plans, i - 1);
		g_autoptr(GString) caption = g_string_new(NULL);

		plan_caption(plan, caption);
		printf("%" G_GINT64_FORMAT "\t%s\t%s\tphiên bản %" G_GINT64_FORMAT "\t%s", plan->plan_id,
		    caption->str, plan->issuer != NULL ? plan->issuer : "", plan->version, state_of(plan));
		if (plan->replaced_by != 0)
			printf(" bởi %" G_GINT64_FORMAT, plan->replaced_by);
		printf("\n");
	}
	return true;
}

static void
print_row(const char *mark, const SuccessionRow *row)
{
	printf("%s %s “%s”\n", mark, row->code != NULL ? row->code : "", row->name != NULL ? row->name : "");
}

static void
print_line(const SuccessionLine *line)
{
	static const char *const MARKS[PLAN_LINE_CHANGE_MAX] = {[PLAN_LINE_SAME] = " ",
	    [PLAN_LINE_MOVED] = "=",
	    [PLAN_LINE_CHANGED] = "~",
	    [PLAN_LINE_ADDED] = "+",
	    [PLAN_LINE_REMOVED] = "-"};

	printf("%s ", PLAN_LINE_WHAT_TITLES[line->line.what]);
	print_row(MARKS[line->line.change], line->new_row != NULL ? line->new_row : line->old_row);
	for (size_t i = 0; i < line->line.n_fields; i++) {
		const PlanLineField *field = &line->line.fields[i];

		printf("    %s", field->title);
		if (field->year != 0)
			printf(" năm %d", field->year);
		printf(": %s → %s\n", *field->old_text != '\0' ? field->old_text : "(trống)",
		    *field->new_text != '\0' ? field->new_text : "(trống)");
	}
}

static void
print_compare(const SuccessionCompare *compare)
{
	printf("%s → %s\n", compare->old_caption, compare->new_caption);
	for (guint i = 0; i < compare->lines->len; i++) {
		const SuccessionLine *line = g_ptr_array_index(compare->lines, i);

		if (line->line.change != PLAN_LINE_SAME)
			print_line(line);
	}
	printf("Giữ nguyên %zu, thay đổi %zu, đổi số hoặc vị trí %zu, mới %zu, không còn %zu dòng.\n",
	    compare->n_by_change[PLAN_LINE_SAME], compare->n_by_change[PLAN_LINE_CHANGED],
	    compare->n_by_change[PLAN_LINE_MOVED], compare->n_by_change[PLAN_LINE_ADDED],
	    compare->n_by_change[PLAN_LINE_REMOVED]);
}

static bool
read_options(const PlanCall *call, Succession *wanted, GError **error)
{
	const PlanOptions *options = call->options;

	wanted->kind = PLAN_SUCCESSION_REPLACE;
	wanted->from_day = call->scope.today;
	wanted->carries_roles = true;
	if (options->accept != NULL && strcmp(options->accept, "all") != 0)
		return command_refuse(
		    "--accept: chỉ nhận all; chọn từng dòng thì làm ở trang So sánh và chuyển tiếp", error);
	if (options->from != NULL && !date_parse_iso(options->from, &wanted->from_day))
		return command_refuse("--from: ngày ghi như 2026-03-01", error);
	if (options->kind == NULL)
		return true;
	for (int kind = PLAN_SUCCESSION_REPLACE; kind < PLAN_SUCCESSION_MAX; kind++)
		if (strcmp(PLAN_SUCCESSION_WORDS[kind], options->kind) == 0) {
			wanted->kind = (PlanSuccessionKind)kind;
			return true;
		}
	return command_refuse("--kind: thay-the, sua-doi hoặc ban-moi", error);
}

static bool
publish(const PlanCall *call, int64_t succession_id, GError **error)
{
	const SuccessionStep all = {.kind = SUCCESSION_ACCEPT_ALL};
	SuccessionResult result;

	if (!succession_step(&call->scope, succession_id, 1, &all, error) ||
	    !succession_publish(&call->scope, succession_id, 2, &result, error))
		return false;
	printf("Đã chuyển tiếp sang kế hoạch %" G_GINT64_FORMAT
	       ": %d phần việc đi theo, %d đổi hạn, %d sang đơn vị khác, %d khép lại; %d minh chứng, %d kiến "
	       "nghị, %d liên kết, %d vai trò"
	       " (%d chờ xác nhận); %d khoản kinh phí đi theo, %d ở lại kế hoạch cũ; %d sản phẩm đã sửa đi "
	       "theo, %d không.\n",
	    result.new_plan_id, result.work.n_carried, result.work.n_due_changed, result.work.n_handed_on,
	    result.work.n_closed, result.n_evidence, result.n_proposals, result.n_links, result.n_roles,
	    result.n_roles_proposed, result.money.n_carried, result.money.n_left, result.products.n_carried,
	    result.products.n_left);
	return true;
}

/* Everything or nothing: what --dry-run shows is what would be done, and is taken back. */
static bool
replace(const PlanCall *call, int64_t old_plan_id, int64_t new_plan_id, GError **error)
{
	g_autoptr(SuccessionCompare) compare = NULL;
	Succession wanted = {.old_plan_id = old_plan_id, .new_plan_id = new_plan_id};
	g_autoptr(DbTxn) txn = NULL;
	int64_t succession_id;

	if (!read_options(call, &wanted, error) || !db_txn_begin(call->scope.intake.db, &txn, error) ||
	    !succession_begin(&call->scope, &wanted, &succession_id, error) ||
	    !succession_compare(&call->scope, succession_id, &compare, error))
		return false;
	print_compare(compare);
	if (compare->n_open > 0 && call->options->accept == NULL) {
		printf("Còn %zu dòng chưa xác nhận. Chưa ghi gì. Thêm --accept all để chấp nhận tất cả, hoặc "
		       "xác nhận từng "
		       "dòng ở trang So sánh và chuyển tiếp.\n",
		    compare->n_open);
		return true;
	}
	if (!publish(call, succession_id, error))
		return false;
	if (call->options->is_dry) {
		printf("Chạy thử: chưa ghi gì.\n");
		return true;
	}
	return db_txn_commit(txn, error);
}

static bool
run(PlanCall *call, int argc, char **argv, GError **error)
{
	const AppOptions app_options = command_app_options(call->context, argv[2]);
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(App) app = NULL;
	int64_t old_plan_id = 0, new_plan_id = 0;

	if (argc == 5 && (!g_ascii_string_to_signed(argv[3], 10, 1, G_MAXINT32, &old_plan_id, NULL) ||
			     !g_ascii_string_to_signed(argv[4], 10, 1, G_MAXINT32, &new_plan_id, NULL)))
		return command_refuse("CŨ và MỚI là số của kế hoạch; xem bằng namro plan list", error);
	if (!app_open(&app_options, &app, error))
		return false;
	call->app = app;
	call->scope = (SuccessionScope){
	    .intake = intake_scope(app), .arena = arena, .today = call->context->today, .may_roles = true};
	if (argc == 3)
		return list(call, error);
	return replace(call, old_plan_id, new_plan_id, error) && app_sign_ledger(app, error);
}

static bool
is_call(int argc, char **argv)
{
	return (argc == 3 && strcmp(argv[1], "list") == 0) || (argc == 5 && strcmp(argv[1], "replace") == 0);
}

int
command_plan(const CommandContext *context, int argc, char **argv)
{
	PlanOptions options = {0};
	PlanCall call = {.context = context, .options = &options};
	g_autoptr(GError) error = NULL;
	int exit_code = 0;
	const GOptionEntry entries[] = {
	    {"accept", 0, 0, G_OPTION_ARG_STRING, &options.accept, "all: chấp nhận mọi dòng như đề xuất",
		"NÀO"},
	    {"kind", 0, 0, G_OPTION_ARG_STRING, &options.kind, "thay-the (mặc định), sua-doi, ban-moi",
		"QUAN-HỆ"},
	    {"from", 0, 0, G_OPTION_ARG_STRING, &options.from, "ngày có hiệu lực, mặc định hôm nay", "NGÀY"},
	    {"dry-run", 0, 0, G_OPTION_ARG_NONE, &options.is_dry, "làm thử, không ghi", NULL},
	    {0},
	};

	if (command_parse_options(context, entries, &argc, &argv, &exit_code)) {
		if (!is_call(argc, argv)) {
			fprintf(stderr, "namro plan: ví dụ: namro plan list du-lieu; namro plan replace "
					"du-lieu 1 2 --accept all\n");
			exit_code = 2;
		} else if (!run(&call, argc, argv, &error)) {
			exit_code = command_fail(context, error);
		}
	}
	g_free(options.accept);
	g_free(options.kind);
	g_free(options.from);
	return exit_code;
}
