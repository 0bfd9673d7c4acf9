/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/context.h"
#include "compiler/check/phrases.h"
#include "compiler/check/rules.h"
#include "compiler/check/words-rows.h"

#include <string.h>

/* Rows that are filled in, but so that nobody can be held to them. */

#define GROUP_MIN 4 /* more findings of a kind in one annex become one */

typedef bool (*ItemTest)(LintContext *lint, const LintItem *item);

typedef struct RowRule {
	LintItemKind kind;
	ItemTest test;
	const char *each;  /* what is said after the item's label */
	const char *group; /* what is said after "Phụ lục II: n/all nhiệm vụ" */
} RowRule;

static void
report_rows(LintContext *lint, const RowRule *rule, size_t start, size_t end, size_t n_found)
{
	Diag *diag = NULL;
	bool is_group = n_found >= GROUP_MIN && lint->items[start].annex != NULL;

	for (size_t i = start; i < end; i++) {
		const LintItem *item = &lint->items[i];

		if (!rule->test(lint, item))
			continue;
		if (!is_group)
			lint_add(lint, item->span, "%s %s", lint_label_first(lint, item), rule->each);
		else if (diag == NULL)
			diag = lint_add(lint, item->span, "%s: %zu/%zu %s %s",
			    lint_annex_name(lint, item->annex), n_found, end - start,
			    rule->kind == LINT_TASK ? "nhiệm vụ" : "chỉ tiêu", rule->group);
		else
			lint_relate(lint, diag, item->span);
	}
}

/* Applies a test to the rows of one kind, annex by annex. */
static void
check_rows(LintContext *lint, const RowRule *rule)
{
	size_t end;

	for (size_t start = 0; start < lint->n_items; start = end) {
		const LintItem *first = &lint->items[start];
		size_t n_found = 0;

		for (end = start; end < lint->n_items; end++) {
			if (lint->items[end].kind != first->kind || lint->items[end].annex != first->annex)
				break;
			n_found += first->kind == rule->kind && rule->test(lint, &lint->items[end]);
		}
		if (n_found > 0)
			report_rows(lint, rule, start, end, n_found);
	}
}

static const PlanAgency *
agency_of(const Plan *plan, const PlanAgencyRef *ref)
{
	return ref->agency < plan->agencies->len ? g_ptr_array_index(plan->agencies, ref->agency) : NULL;
}

static bool
all_generic(LintContext *lint, const GPtrArray *lead)
{
	for (guint i = 0; i < lead->len; i++) {
		const PlanAgency *agency = agency_of(lint->plan, g_ptr_array_index(lead, i));

		if (agency == NULL || !agency->is_generic)
			return false;
	}
	return lead->len > 0;
}

static const GPtrArray *
lead_of(const LintItem *item)
{
	return item->kind == LINT_TASK ? lint_task(item)->lead : lint_indicator(item)->lead;
}

static bool
has_generic_owner(LintContext *lint, const LintItem *item)
{
	return all_generic(lint, lead_of(item));
}

void
lint_owner_generic(LintContext *lint)
{
	static const RowRule RULES[] = {
	    {LINT_TASK, has_generic_owner,
		"giao chủ trì cho “các cơ quan, đơn vị” nói chung; hãy ghi tên một cơ quan chủ trì",
		"giao chủ trì cho “các cơ quan, đơn vị” nói chung; hãy ghi tên một cơ quan chủ trì cho từng "
		"việc"},
	    {LINT_INDICATOR, has_generic_owner,
		"giao cho “các cơ quan, đơn vị” nói chung; hãy ghi tên một cơ quan",
		"giao cho “các cơ quan, đơn vị” nói chung; hãy ghi tên một cơ quan cho từng chỉ tiêu"},
	};

	check_rows(lint, &RULES[0]);
	check_rows(lint, &RULES[1]);
}

static bool
has_several_owners(LintContext *lint, const LintItem *item)
{
	return item->annex != NULL && lead_of(item)->len >= 2 && !all_generic(lint, lead_of(item));
}

void
lint_owner_several(LintContext *lint)
{
	static const RowRule RULES[] = {
	    {LINT_TASK, has_several_owners,
		"ghi từ hai cơ quan chủ trì trở lên; hãy chọn một cơ quan chủ trì, cơ quan còn lại phối hợp",
		"ghi từ hai cơ quan chủ trì trở lên; hãy chọn một cơ quan chủ trì cho mỗi việc"},
	    {LINT_INDICATOR, has_several_owners, "ghi từ hai cơ quan chủ trì trở lên; hãy chọn một cơ quan",
		"ghi từ hai cơ quan chủ trì trở lên; hãy chọn một cơ quan cho mỗi chỉ tiêu"},
	};

	check_rows(lint, &RULES[0]);
	check_rows(lint, &RULES[1]);
}

static bool
has_higher_owner(LintContext *lint, const LintItem *item)
{
	const GPtrArray *lead = lead_of(item);

	for (guint i = 0; i < lead->len; i++) {
		const PlanAgency *agency = agency_of(lint->plan, g_ptr_array_index(lead, i));

		if (agency != NULL && agency->is_higher)
			return true;
	}
	return false;
}

void
lint_owner_higher(LintContext *lint)
{
	static const RowRule RULE = {LINT_TASK, has_higher_owner,
	    "giao chủ trì cho cơ quan cấp trên; kế hoạch của xã, phường chỉ có thể đề nghị phối hợp, hãy "
	    "giao cho cơ quan của mình",
	    "giao chủ trì cho cơ quan cấp trên; kế hoạch của xã, phường chỉ có thể đề nghị phối hợp"};

	check_rows(lint, &RULE);
}

static bool
has_higher_coordinating(LintContext *lint, const LintItem *item)
{
	const GPtrArray *list =
	    item->kind == LINT_TASK ? lint_task(item)->coordinating : lint_indicator(item)->coordinating;

	for (guint i = 0; i < list->len; i++) {
		const PlanAgency *agency = agency_of(lint->plan, g_ptr_array_index(list, i));

		if (agency != NULL && agency->is_higher)
			return true;
	}
	return false;
}

void
lint_coordinating_higher(LintContext *lint)
{
	static const RowRule RULES[] = {
	    {LINT_TASK, has_higher_coordinating,
		"giao phối hợp cho cơ quan cấp trên; hãy ghi là “đề nghị phối hợp”",
		"giao phối hợp cho cơ quan cấp trên; hãy ghi là “đề nghị phối hợp”"},
	    {LINT_INDICATOR, has_higher_coordinating,
		"giao phối hợp cho cơ quan cấp trên; hãy ghi là “đề nghị phối hợp”",
		"giao phối hợp cho cơ quan cấp trên; hãy ghi là “đề nghị phối hợp”"},
	};

	check_rows(lint, &RULES[0]);
	check_rows(lint, &RULES[1]);
}

/* Which of the row's owners also stands among those that coordinate. */
static bool
has_same_lead_and_coordinating(LintContext *lint, const LintItem *item)
{
	const PlanTask *task = lint_task(item);

	for (guint i = 0; i < task->lead->len; i++) {
		const PlanAgencyRef *lead = g_ptr_array_index(task->lead, i);
		const PlanAgency *agency = agency_of(lint->plan, lead);

		for (guint k = 0; k < task->coordinating->len; k++) {
			const PlanAgencyRef *other = g_ptr_array_index(task->coordinating, k);

			if (other->agency == lead->agency && agency != NULL && !agency->is_generic)
				return true;
		}
	}
	return false;
}

void
lint_owner_coordinates(LintContext *lint)
{
	static const RowRule RULE = {LINT_TASK, has_same_lead_and_coordinating,
	    "ghi cùng một cơ quan vừa chủ trì vừa phối hợp; hãy bỏ ở cột phối hợp",
	    "ghi cùng một cơ quan vừa chủ trì vừa phối hợp; hãy bỏ ở cột phối hợp"};

	check_rows(lint, &RULE);
}

static bool
has_conditional_deadline(LintContext *lint, const LintItem *item)
{
	(void)lint;
	return lint_task(item)->deadline.kind == PLAN_DEADLINE_CONDITIONAL;
}

void
lint_deadline_conditional(LintContext *lint)
{
	static const RowRule RULE = {LINT_TASK, has_conditional_deadline,
	    "có thời hạn phụ thuộc việc của cơ quan khác; hãy ghi thêm thời hạn dự kiến hoặc “chậm nhất … "
	    "ngày sau khi …”",
	    "có thời hạn phụ thuộc việc của cơ quan khác; hãy ghi thêm thời hạn dự kiến"};

	check_rows(lint, &RULE);
}

static bool
has_endless_deadline(LintContext *lint, const LintItem *item)
{
	const PlanDeadline *deadline = &lint_task(item)->deadline;

	(void)lint;
	return deadline->kind == PLAN_DEADLINE_CONTINUOUS ||
	       (deadline->kind != PLAN_DEADLINE_NONE && deadline->raw != NULL &&
		   lint_has_phrase(lint_fold(lint, deadline->raw), "tiep theo"));
}

void
lint_deadline_endless(LintContext *lint)
{
	static const RowRule RULE = {LINT_TASK, has_endless_deadline,
	    "không có điểm kết thúc; hãy ghi kỳ kiểm điểm (tháng, quý, năm) để đánh giá được",
	    "không có điểm kết thúc; hãy ghi kỳ kiểm điểm (tháng, quý, năm) để đánh giá được"};

	check_rows(lint, &RULE);
}

static bool
has_vague_output(LintContext *lint, const LintItem *item)
{
	return lint_task(item)->output != NULL &&
	       lint_starts_with_any(lint_fold(lint, lint_task(item)->output), WORDS_VAGUE_OUTPUT);
}

void
lint_output_vague(LintContext *lint)
{
	static const RowRule RULE = {LINT_TASK, has_vague_output,
	    "ghi sản phẩm là một việc làm, không phải một vật có thể nộp; hãy ghi văn bản, số liệu hoặc hệ "
	    "thống cụ thể",
	    "ghi sản phẩm là một việc làm, không phải một vật có thể nộp; hãy ghi văn bản, số liệu hoặc hệ "
	    "thống cụ thể"};

	check_rows(lint, &RULE);
}

/* Two actions joined in one row: "…; xây dựng …", a new sentence, or ", đầu tư …" where the verb names a
 * product. */
static bool
is_compound(LintContext *lint, const LintItem *item)
{
	static const struct {
		const char *mark;
		const char *const *verbs;
	} JOINTS[] = {{" va ", WORDS_PRODUCING_VERBS}, {", ", WORDS_PRODUCING_VERBS},
	    {"; ", WORDS_DELIVERING_VERBS}, {". ", WORDS_DELIVERING_VERBS}};

	(void)lint;
	if (item->annex == NULL || !lint_starts_with_any(item->folded, WORDS_DELIVERING_VERBS))
		return false;
	for (size_t j = 0; j < G_N_ELEMENTS(JOINTS); j++) {
		for (const char *p = strstr(item->folded, JOINTS[j].mark); p != NULL;
		     p = strstr(p + 1, JOINTS[j].mark))
			if (lint_starts_with_any(p + strlen(JOINTS[j].mark), JOINTS[j].verbs))
				return true;
	}
	return false;
}

void
lint_task_compound(LintContext *lint)
{
	static const RowRule RULE = {LINT_TASK, is_compound,
	    "gộp nhiều việc có kết quả khác nhau vào một dòng, một thời hạn; hãy tách mỗi việc thành một "
	    "dòng",
	    "gộp nhiều việc có kết quả khác nhau vào một dòng, một thời hạn; hãy tách mỗi việc thành một "
	    "dòng"};

	check_rows(lint, &RULE);
}

static bool
is_optional(LintContext *lint, const LintItem *item)
{
	(void)lint;
	for (const char *const *word = WORDS_OPTIONAL; *word != NULL; word++)
		if (lint_has_phrase(item->folded, *word))
			return true;
	return false;
}

/* "(nếu có)", "nếu được chọn": whether the row is due at all depends on somebody else. */
void
lint_task_optional(LintContext *lint)
{
	static const RowRule RULES[] = {
	    {LINT_TASK, is_optional,
		"chỉ thực hiện khi có điều kiện (“nếu …”); hãy ghi ai quyết định và trước ngày nào",
		"chỉ thực hiện khi có điều kiện (“nếu …”); hãy ghi ai quyết định và trước ngày nào"},
	    {LINT_INDICATOR, is_optional,
		"chỉ tính khi có điều kiện (“nếu …”); hãy ghi ai quyết định và trước ngày nào",
		"chỉ tính khi có điều kiện (“nếu …”); hãy ghi ai quyết định và trước ngày nào"},
	};

	check_rows(lint, &RULES[0]);
	check_rows(lint, &RULES[1]);
}
