/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/reconcile/reconcile.h"

#include <string.h>

/* What is compared; no clock but `today`, no store. */
typedef struct Case {
	Arena *arena;
	int64_t threshold;
	const WorkFacts *work;
	int64_t estimated, allocated, disbursed;
	int32_t last_disbursed, today;
} Case;

/* True where `part` is more than `whole` by more than the threshold in percent. */
static bool
is_above(int64_t part, int64_t whole, int64_t threshold)
{
	if (whole <= 0 || part <= whole)
		return false;
	return part - whole > whole / 100 * threshold + whole % 100 * threshold / 100;
}

static const char *
judge_no_product(const Case *c)
{
	int share = money_percent(c->disbursed, c->allocated);

	if (c->disbursed <= 0 || c->work->n_products > 0 || (share >= 0 && share < c->threshold))
		return NULL;
	return share < 0 ? arena_printf(c->arena,
			       "Đã giải ngân %s mà chưa có phân bổ và chưa có sản phẩm nào được nghiệm thu.",
			       money_text(c->arena, c->disbursed))
			 : arena_printf(c->arena,
			       "Đã giải ngân %s (%d %% phân bổ) mà chưa có sản phẩm nào được nghiệm thu.",
			       money_text(c->arena, c->disbursed), share);
}

static const char *
judge_not_paid(const Case *c)
{
	if (c->allocated <= 0 || c->disbursed > 0 || c->work->closed_day == DATE_NONE ||
	    c->today - c->work->closed_day <= c->threshold)
		return NULL;
	return arena_printf(c->arena,
	    "Mọi phần việc đã được nghiệm thu, phân bổ %s, chưa giải ngân đồng nào.",
	    money_text(c->arena, c->allocated));
}

static const char *
judge_above_allocation(const Case *c)
{
	if (!is_above(c->disbursed, c->allocated, c->threshold))
		return NULL;
	return arena_printf(c->arena, "Giải ngân %s, phân bổ %s.", money_text(c->arena, c->disbursed),
	    money_text(c->arena, c->allocated));
}

static const char *
judge_above_estimate(const Case *c)
{
	if (!is_above(c->allocated, c->estimated, c->threshold))
		return NULL;
	return arena_printf(c->arena, "Phân bổ %s, dự toán %s.", money_text(c->arena, c->allocated),
	    money_text(c->arena, c->estimated));
}

static const char *
judge_not_accepted(const Case *c)
{
	if (c->work->n_pieces == 0 || c->work->percent < 100 || c->work->n_done > 0 ||
	    c->today - c->work->full_day <= c->threshold)
		return NULL;
	return arena_printf(c->arena, "Tiến độ báo 100 %% ở cả %d phần việc, chưa phần nào được nghiệm thu.",
	    c->work->n_pieces);
}

static const char *
judge_paid_late(const Case *c)
{
	char paid[DATE_ISO_SIZE], closed[DATE_ISO_SIZE];

	if (c->work->closed_day == DATE_NONE || c->last_disbursed == DATE_NONE ||
	    c->last_disbursed - c->work->closed_day <= c->threshold)
		return NULL;
	date_format_vi(c->last_disbursed, paid);
	date_format_vi(c->work->closed_day, closed);
	return arena_printf(
	    c->arena, "Có khoản giải ngân ngày %s, nhiệm vụ đã khép từ ngày %s.", paid, closed);
}

static const char *
judge_apart(const Case *c)
{
	int share = money_percent(c->disbursed, c->allocated);

	if (share < 0 || c->work->n_pieces == 0 || c->work->closed_day != DATE_NONE ||
	    ABS(share - c->work->percent) <= c->threshold)
		return NULL;
	return arena_printf(c->arena, "Tiến độ %d %%, giải ngân %d %% phân bổ.", c->work->percent, share);
}

static const struct {
	const char *rule;
	const char *(*judge)(const Case *c);
} JUDGES[] = {
    {"giai-ngan-khong-san-pham", judge_no_product},
    {"xong-chua-giai-ngan", judge_not_paid},
    {"vuot-phan-bo", judge_above_allocation},
    {"vuot-du-toan", judge_above_estimate},
    {"du-tien-do-chua-nghiem-thu", judge_not_accepted},
    {"chi-sau-khi-khep", judge_paid_late},
    {"lech-tien-do", judge_apart},
};

const char *
reconcile_judge(
    Arena *arena, const ReconcileRule *rule, const WorkFacts *facts, const MoneyTotal *money, int32_t today)
{
	const Case c = {arena, rule->threshold, facts, money->amounts[MONEY_ESTIMATE],
	    money->amounts[MONEY_ALLOCATION], money->amounts[MONEY_DISBURSEMENT], money->last_disbursed,
	    today};

	for (size_t i = 0; rule->is_on && i < G_N_ELEMENTS(JUDGES); i++)
		if (strcmp(JUDGES[i].rule, rule->rule) == 0)
			return JUDGES[i].judge(&c);
	return NULL;
}
