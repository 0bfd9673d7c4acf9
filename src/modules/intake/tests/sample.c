/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/intake/tests/sample.h"

#include <string.h>

enum { AGENCY_POLICE, AGENCY_OFFICE, AGENCY_ALL, AGENCY_CITY, AGENCY_MAX };

static const struct {
	const char *name, *alias;
	bool is_generic, is_higher;
} AGENCIES[AGENCY_MAX] = {
    [AGENCY_POLICE] = {"Công an xã", "Công an xã Suối Lành", false, false},
    [AGENCY_OFFICE] = {"Văn phòng HĐND và UBND", "VP HĐND & UBND", false, false},
    [AGENCY_ALL] = {"Các cơ quan, đơn vị", NULL, true, false},
    [AGENCY_CITY] = {"Sở Khoa học và Công nghệ", NULL, false, true},
};

typedef struct SampleTask {
	const char *no, *name, *output;
	int lead[2], coordinating; /* -1: none */
	PlanDeadlineKind kind;
	int32_t days; /* from APP_TEST_TODAY to the due day */
	PlanPeriod period;
	const char *raw;
	guint group;
} SampleTask;

static const SampleTask TASKS[SAMPLE_TASKS] = {
    {"1.1", "Hoàn thành cơ sở dữ liệu hộ tịch", "Cơ sở dữ liệu", {AGENCY_POLICE, -1}, AGENCY_ALL,
	PLAN_DEADLINE_ONCE, -15, PLAN_PERIOD_NONE, "11/2026", 0},
    {"1.2", "Công khai kết quả chuyển đổi số", "Báo cáo", {AGENCY_OFFICE, -1}, AGENCY_ALL, PLAN_DEADLINE_ONCE,
	0, PLAN_PERIOD_NONE, "15/12/2026", 0},
    {"1.3", "Cấp tài khoản dịch vụ công trực tuyến", "Danh sách", {AGENCY_OFFICE, -1}, AGENCY_POLICE,
	PLAN_DEADLINE_ONCE, 30, PLAN_PERIOD_NONE, "14/01/2027", 0},
    {"1.4", "Lắp đặt Wi-Fi tại nhà văn hóa thôn", "Biên bản", {AGENCY_OFFICE, -1}, -1, PLAN_DEADLINE_ONCE, 31,
	PLAN_PERIOD_NONE, "15/01/2027", 0},
    {"2.1", "Tập huấn kỹ năng số cho cán bộ", "Kế hoạch", {AGENCY_OFFICE, -1}, AGENCY_ALL,
	PLAN_DEADLINE_RECURRING, 0, PLAN_PERIOD_YEAR, "Hằng năm", 1},
    {"2.2", "Tuyên truyền trên loa truyền thanh", NULL, {AGENCY_OFFICE, -1}, -1, PLAN_DEADLINE_CONTINUOUS, 0,
	PLAN_PERIOD_NONE, "Thường xuyên", 1},
    {"2.3", "Triển khai nền tảng họp số", NULL, {AGENCY_POLICE, -1}, AGENCY_CITY, PLAN_DEADLINE_CONDITIONAL,
	0, PLAN_PERIOD_NONE, "Sau khi tỉnh ban hành", 1},
    {"2.4", "=Ghi \"<b>tên</b>\" & dấu; rất lạ", NULL, {-1, -1}, -1, PLAN_DEADLINE_NONE, 0, PLAN_PERIOD_NONE,
	"", 1},
    {"2.5", "Rà soát trang thiết bị CNTT", "Báo cáo", {AGENCY_POLICE, AGENCY_OFFICE}, AGENCY_ALL,
	PLAN_DEADLINE_ONCE, -349, PLAN_PERIOD_NONE, "12/2025", 1},
};

typedef struct Builder {
	Plan *plan;
	GString *text;
	guint line;
} Builder;

/* Adds a line of text as a block and gives its place. */
static SourceSpan
add_line(Builder *builder, PlanBlockKind kind, const char *text)
{
	PlanBlock *block = arena_new0(builder->plan->arena, PlanBlock);

	block->kind = kind;
	block->text = arena_strdup(builder->plan->arena, text);
	block->depth = 1;
	block->span = (SourceSpan){
	    .line = ++builder->line, .column = 1, .offset = builder->text->len, .len = strlen(text)};
	g_string_append_printf(builder->text, "%s\n", text);
	g_ptr_array_add(builder->plan->blocks, block);
	return block->span;
}

static void
add_agencies(Plan *plan)
{
	for (size_t i = 0; i < AGENCY_MAX; i++) {
		PlanAgency *agency = arena_new0(plan->arena, PlanAgency);

		agency->name = arena_strdup(plan->arena, AGENCIES[i].name);
		agency->aliases = plan_array(plan);
		agency->is_generic = AGENCIES[i].is_generic;
		agency->is_higher = AGENCIES[i].is_higher;
		if (AGENCIES[i].alias != NULL)
			g_ptr_array_add(agency->aliases, arena_strdup(plan->arena, AGENCIES[i].alias));
		g_ptr_array_add(plan->agencies, agency);
	}
}

static GPtrArray *
refs(Plan *plan, int first, int second)
{
	GPtrArray *array = plan_array(plan);

	for (int i = 0; i < 2; i++) {
		int agency = i == 0 ? first : second;
		PlanAgencyRef *ref = arena_new0(plan->arena, PlanAgencyRef);

		if (agency < 0)
			continue;
		ref->printed = arena_strdup(plan->arena, AGENCIES[agency].name);
		ref->agency = (size_t)agency;
		g_ptr_array_add(array, ref);
	}
	return array;
}

static PlanGroup *
add_group(Builder *builder, PlanAnnex *annex, const char *no, const char *title)
{
	PlanGroup *group = arena_new0(builder->plan->arena, PlanGroup);

	group->no = arena_strdup(builder->plan->arena, no);
	group->title = arena_strdup(builder->plan->arena, title);
	group->level = 1;
	group->span = add_line(builder, PLAN_BLOCK_TABLE_ROW, title);
	g_ptr_array_add(annex->groups, group);
	return group;
}

static PlanAnnex *
add_annex(Builder *builder, const char *label, const char *title, PlanAnnexKind kind)
{
	PlanAnnex *annex = arena_new0(builder->plan->arena, PlanAnnex);

	annex->label = arena_strdup(builder->plan->arena, label);
	annex->title = arena_strdup(builder->plan->arena, title);
	annex->kind = kind;
	annex->groups = plan_array(builder->plan);
	annex->span = add_line(builder, PLAN_BLOCK_ANNEX_TITLE, title);
	g_ptr_array_add(builder->plan->annexes, annex);
	return annex;
}

static void
add_tasks(Builder *builder)
{
	Plan *plan = builder->plan;
	PlanAnnex *annex = add_annex(builder, "II", "Phân công nhiệm vụ", PLAN_ANNEX_TASKS);
	PlanGroup *groups[2] = {NULL, NULL};

	for (size_t i = 0; i < SAMPLE_TASKS; i++) {
		const SampleTask *sample = &TASKS[i];
		PlanTask *task = arena_new0(plan->arena, PlanTask);

		if (groups[sample->group] == NULL)
			groups[sample->group] = add_group(builder, annex, sample->group == 0 ? "1" : "2",
			    sample->group == 0 ? "Chính quyền số" : "Xã hội số");
		task->id = arena_printf(plan->arena, "annex2:%s", sample->no);
		task->no = arena_strdup(plan->arena, sample->no);
		task->name = arena_strdup(plan->arena, sample->name);
		task->output = arena_strdup(plan->arena, sample->output);
		task->annex = annex;
		task->group = groups[sample->group];
		task->lead = refs(plan, sample->lead[0], sample->lead[1]);
		task->coordinating = refs(plan, sample->coordinating, -1);
		task->deadline = (PlanDeadline){.kind = sample->kind,
		    .due = sample->kind == PLAN_DEADLINE_ONCE ? APP_TEST_TODAY + sample->days : DATE_NONE,
		    .start = DATE_NONE,
		    .period = sample->period,
		    .raw = arena_strdup(plan->arena, sample->raw)};
		task->confidence = i == 7 ? 60 : 100;
		task->span = add_line(builder, PLAN_BLOCK_TABLE_ROW, sample->name);
		g_ptr_array_add(plan->tasks, task);
	}
}

static void
add_target(Plan *plan, PlanIndicator *indicator, int year, PlanComparator comparator, int64_t value)
{
	PlanTarget *target = arena_new0(plan->arena, PlanTarget);

	target->year = year;
	target->comparator = comparator;
	target->value = (Decimal){value, 1};
	target->raw = arena_strdup(plan->arena, comparator == PLAN_COMPARATOR_TEXT ? "Đạt" : "như bảng");
	g_ptr_array_add(indicator->targets, target);
}

static PlanIndicator *
add_indicator(Builder *builder, const char *id, const char *no, const char *name, int lead)
{
	Plan *plan = builder->plan;
	PlanIndicator *indicator = arena_new0(plan->arena, PlanIndicator);

	indicator->id = arena_strdup(plan->arena, id);
	indicator->no = arena_strdup(plan->arena, no);
	indicator->name = arena_strdup(plan->arena, name);
	indicator->targets = plan_array(plan);
	indicator->lead = refs(plan, lead, -1);
	indicator->coordinating = plan_array(plan);
	indicator->confidence = 100;
	indicator->span = add_line(builder, PLAN_BLOCK_TABLE_ROW, name);
	g_ptr_array_add(plan->indicators, indicator);
	return indicator;
}

static const PlanColumn COLUMNS[] = {
    {PLAN_COLUMN_NO, (char[]){"TT"}, 0},
    {PLAN_COLUMN_NAME, (char[]){"Chỉ tiêu"}, 0},
    {PLAN_COLUMN_UNIT, (char[]){"Đơn vị"}, 0},
    {PLAN_COLUMN_VALUE, (char[]){"Năm 2026"}, 2026},
    {PLAN_COLUMN_VALUE, (char[]){"Năm 2030"}, 2030},
    {PLAN_COLUMN_LEAD, (char[]){"Chủ trì"}, 0},
};

static void
add_indicators(Builder *builder)
{
	static const char *const NAMES[] = {
	    "Hồ sơ xử lý trực tuyến", "Dân số có sổ sức khỏe điện tử", "Đạt chuẩn xã số"};
	Plan *plan = builder->plan;
	PlanAnnex *annex = add_annex(builder, "I", "Chỉ tiêu đến năm 2030", PLAN_ANNEX_INDICATORS);
	PlanIndicator *prose;

	annex->n_columns = G_N_ELEMENTS(COLUMNS);
	annex->columns = arena_array(plan->arena, PlanColumn, annex->n_columns);
	memcpy(annex->columns, COLUMNS, sizeof(COLUMNS));
	for (int i = 0; i < 3; i++) {
		g_autofree char *id = g_strdup_printf("annex1:%d", i + 1);
		g_autofree char *no = g_strdup_printf("%d", i + 1);
		PlanIndicator *indicator = add_indicator(builder, id, no, NAMES[i], AGENCY_OFFICE);

		indicator->annex = annex;
		indicator->unit = arena_strdup(plan->arena, i < 2 ? "%" : NULL);
		if (i == 0)
			add_target(plan, indicator, 2026, PLAN_COMPARATOR_GE, 705);
		add_target(plan, indicator, 2030, i < 2 ? PLAN_COMPARATOR_GE : PLAN_COMPARATOR_TEXT, 950);
	}
	prose = add_indicator(builder, "i1", NULL, "Thôn có tổ công nghệ số", -1);
	add_target(plan, prose, 2026, PLAN_COMPARATOR_EQ, 1000);
}

static void
add_report(Builder *builder, PlanPeriod cadence, int8_t month, int8_t day, bool is_before)
{
	PlanReporting *rule = arena_new0(builder->plan->arena, PlanReporting);

	rule->cadence = cadence;
	rule->due_month = month;
	rule->due_day = day;
	rule->is_before = is_before;
	rule->from = arena_strdup(builder->plan->arena, "Các cơ quan, đơn vị");
	rule->to = arena_strdup(builder->plan->arena, "UBND xã");
	rule->raw = arena_printf(builder->plan->arena, "Báo cáo theo quy định %d", (int)cadence);
	rule->span = add_line(builder, PLAN_BLOCK_BULLET, rule->raw);
	g_ptr_array_add(builder->plan->reporting, rule);
}

static void
add_duty(Builder *builder)
{
	PlanDuty *duty = arena_new0(builder->plan->arena, PlanDuty);

	duty->agency = *(const PlanAgencyRef *)g_ptr_array_index(refs(builder->plan, AGENCY_OFFICE, -1), 0);
	duty->text =
	    arena_strdup(builder->plan->arena, "Văn phòng theo dõi, đôn đốc việc thực hiện kế hoạch.");
	duty->span = add_line(builder, PLAN_BLOCK_PARAGRAPH, duty->text);
	g_ptr_array_add(builder->plan->duties, duty);
}

static void
fill_document(Plan *plan, const char *title)
{
	PlanDocument *document = &plan->document;

	document->number = arena_strdup(plan->arena, "12/KH-UBND");
	document->type = arena_strdup(plan->arena, "Kế hoạch");
	document->issuer = arena_strdup(plan->arena, "Ủy ban nhân dân xã Suối Lành");
	document->date = (PartialDate){2026, 2, 5};
	document->title = arena_strdup(plan->arena, title);
	document->family = PLAN_FAMILY_STATE;
	document->legal_basis = plan_array(plan);
	document->also_cites = plan_array(plan);
	document->replaces = plan_array(plan);
	document->recipients = plan_array(plan);
}

static void
add_findings(Plan *plan)
{
	const PlanTask *task = g_ptr_array_index(plan->tasks, 7);
	const PlanTask *late = g_ptr_array_index(plan->tasks, 8);

	diag_relate(plan->diags,
	    diag_add(
		plan->diags, "missing-lead", DIAG_ERROR, task->span, "Nhiệm vụ 2.4 chưa có cơ quan chủ trì"),
	    late->span);
	diag_add(plan->diags, "past-deadline", DIAG_WARNING, late->span, "Nhiệm vụ 2.5 có thời hạn đã qua");
	diag_add(plan->diags, "reading", DIAG_INFO, (SourceSpan){0}, "Không thấy tên người ký");
}

static Plan *
build_plan(const char *title)
{
	g_autoptr(GString) text = g_string_new(NULL);
	Plan *plan = plan_new();
	Builder builder = {plan, text, 0};

	fill_document(plan, title);
	add_agencies(plan);
	add_line(&builder, PLAN_BLOCK_TITLE, title);
	add_line(&builder, PLAN_BLOCK_HEADING, "I. TỔ CHỨC THỰC HIỆN");
	add_duty(&builder);
	add_report(&builder, PLAN_PERIOD_YEAR, 12, 5, true);
	add_report(&builder, PLAN_PERIOD_QUARTER, 0, 0, false);
	add_report(&builder, PLAN_PERIOD_ADHOC, 0, 0, false);
	add_indicators(&builder);
	add_tasks(&builder);
	add_findings(plan);
	plan->text = arena_strdup(plan->arena, text->str);
	plan->text_len = text->len;
	plan->is_plan = true;
	return plan;
}

static GPtrArray *
names(const char *prefix, guint count)
{
	GPtrArray *array = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 1; i <= count; i++)
		g_ptr_array_add(array, g_strdup_printf("%s%u", prefix, i));
	return array;
}

IntakeReading *
sample_reading(const char *title)
{
	IntakeReading *reading = g_new0(IntakeReading, 1);

	reading->plan = build_plan(title);
	reading->file_name = g_strdup("Kế hoạch số 12.txt");
	reading->bytes = g_strdup(reading->plan->text);
	reading->len = reading->plan->text_len;
	reading->findings = g_ptr_array_new();
	for (guint i = 0; i < reading->plan->diags->items->len; i++)
		g_ptr_array_add(reading->findings, g_ptr_array_index(reading->plan->diags->items, i));
	reading->items.duties = names("trach-nhiem-", reading->plan->duties->len);
	reading->items.reports = names("bao-cao-", reading->plan->reporting->len);
	reading->items.prose = names("noi-dung-", 0);
	return reading;
}

void
sample_store(AppTest *test)
{
	g_autoptr(GPtrArray) readings = g_ptr_array_new_with_free_func((GDestroyNotify)intake_reading_free);
	g_autoptr(GError) error = NULL;
	IntakeResult result;

	g_ptr_array_add(readings, sample_reading("Chuyển đổi số xã Suối Lành năm 2026"));
	intake_store(test->app, readings, &result, &error);
	g_assert_no_error(error);
	g_assert_cmpint(result.outcome, ==, INTAKE_ADDED);
}
