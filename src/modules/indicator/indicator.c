/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/indicator/indicator.h"

#include <string.h>

static const char *const SIGNS[PLAN_COMPARATOR_MAX] = {
    [PLAN_COMPARATOR_EQ] = "",
    [PLAN_COMPARATOR_GE] = "≥ ",
    [PLAN_COMPARATOR_GT] = "> ",
    [PLAN_COMPARATOR_LE] = "≤ ",
    [PLAN_COMPARATOR_LT] = "< ",
    [PLAN_COMPARATOR_RANGE] = "từ ",
    [PLAN_COMPARATOR_STRIVE_GE] = "phấn đấu ≥ ",
    [PLAN_COMPARATOR_TEXT] = "",
};

const IndicatorTarget *
indicator_target(const Indicator *indicator, guint n)
{
	g_return_val_if_fail(n < indicator->n_targets, NULL);
	return g_ptr_array_index(indicator->targets, indicator->first_target + n);
}

int
indicator_next_year(const GArray *years, int32_t today)
{
	int this_year, month, day;

	date_to_ymd(today, &this_year, &month, &day);
	for (guint i = 0; i < years->len; i++) {
		int year = g_array_index(years, IndicatorYear, i).year;

		if (year >= this_year)
			return year;
	}
	return 0;
}

/* "%" and "% dân số" stand after the number without a blank. */
static void
append_unit(const char *unit, GString *out)
{
	if (unit == NULL || *unit == '\0')
		return;
	if (*unit != '%')
		g_string_append_c(out, ' ');
	g_string_append(out, *unit == '%' ? "%" : unit);
}

void
indicator_append_target(const IndicatorTarget *target, const char *unit, GString *out)
{
	char number[DECIMAL_TEXT_SIZE];

	if (target->comparator == PLAN_COMPARATOR_TEXT) {
		g_string_append(out, target->raw);
		return;
	}
	decimal_format_vi(target->value, number);
	g_string_append_printf(out, "%s%s", SIGNS[target->comparator], number);
	if (target->comparator == PLAN_COMPARATOR_RANGE) {
		decimal_format_vi(target->value_high, number);
		g_string_append_printf(out, " đến %s", number);
	}
	append_unit(unit, out);
}
