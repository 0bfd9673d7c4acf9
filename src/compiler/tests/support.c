/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/tests/support.h"

#include <string.h>

Plan *
compile_text(const char *text)
{
	g_autoptr(GError) error = NULL;
	Plan *plan = NULL;

	g_assert_true(compiler_compile(text, strlen(text), NULL, &plan, &error));
	g_assert_no_error(error);
	return plan;
}

char *
joined_refs(const GPtrArray *refs)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < refs->len; i++)
		g_string_append_printf(
		    out, "%s%s", i > 0 ? " | " : "", ((const PlanAgencyRef *)NTH(refs, i))->printed);
	return g_string_free(out, FALSE);
}

char *
joined_targets(const PlanIndicator *indicator)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < indicator->targets->len; i++) {
		const PlanTarget *target = NTH(indicator->targets, i);
		char value[DECIMAL_TEXT_SIZE], high[DECIMAL_TEXT_SIZE];

		decimal_format(target->value, value);
		decimal_format(target->value_high, high);
		g_string_append_printf(out, "%s%d %s ", i > 0 ? "; " : "", target->year,
		    plan_comparator_name(target->comparator));
		if (target->comparator == PLAN_COMPARATOR_TEXT)
			g_string_append(out, target->raw);
		else if (target->comparator == PLAN_COMPARATOR_RANGE)
			g_string_append_printf(out, "%s-%s", value, high);
		else
			g_string_append(out, value);
	}
	return g_string_free(out, FALSE);
}

char *
shown_deadline(const PlanDeadline *deadline)
{
	char due[DATE_ISO_SIZE], start[DATE_ISO_SIZE];
	const char *period = plan_period_name(deadline->period);

	date_format_iso(deadline->due, due);
	date_format_iso(deadline->start, start);
	return g_strdup_printf("%s%s%s%s%s%s%s", plan_deadline_kind_name(deadline->kind),
	    period != NULL ? " " : "", period != NULL ? period : "", due[0] != '\0' ? " " : "", due,
	    start[0] != '\0' ? " from " : "", start);
}
