/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/plan.h"

typedef struct {
	Plan plan;
	GPtrArray *arrays; /* every pointer array of the plan, for plan_free() */
} OwnedPlan;

GPtrArray *
plan_array(Plan *plan)
{
	GPtrArray *array = g_ptr_array_new();

	g_ptr_array_add(((OwnedPlan *)(void *)plan)->arrays, array);
	return array;
}

Plan *
plan_new(void)
{
	OwnedPlan *owned = g_new0(OwnedPlan, 1);
	Plan *plan = &owned->plan;

	owned->arrays = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
	plan->arena = arena_new();
	plan->document.legal_basis = plan_array(plan);
	plan->document.also_cites = plan_array(plan);
	plan->document.replaces = plan_array(plan);
	plan->document.recipients = plan_array(plan);
	plan->blocks = plan_array(plan);
	plan->outline = plan_array(plan);
	plan->annexes = plan_array(plan);
	plan->indicators = plan_array(plan);
	plan->tasks = plan_array(plan);
	plan->body_tasks = plan_array(plan);
	plan->duties = plan_array(plan);
	plan->reporting = plan_array(plan);
	plan->agencies = plan_array(plan);
	plan->signatures = plan_array(plan);
	plan->diags = diag_list_new(plan->arena);
	return plan;
}

void
plan_free(Plan *plan)
{
	if (plan == NULL)
		return;
	g_ptr_array_unref(((OwnedPlan *)(void *)plan)->arrays);
	diag_list_free(plan->diags);
	arena_free(plan->arena);
	g_free(plan);
}

const char *
plan_comparator_name(PlanComparator comparator)
{
	static const char *const NAMES[PLAN_COMPARATOR_MAX] = {
	    [PLAN_COMPARATOR_EQ] = "=",
	    [PLAN_COMPARATOR_GE] = ">=",
	    [PLAN_COMPARATOR_GT] = ">",
	    [PLAN_COMPARATOR_LE] = "<=",
	    [PLAN_COMPARATOR_LT] = "<",
	    [PLAN_COMPARATOR_RANGE] = "range",
	    [PLAN_COMPARATOR_STRIVE_GE] = "strive>=",
	    [PLAN_COMPARATOR_TEXT] = "text",
	};

	return NAMES[comparator];
}

const char *
plan_deadline_kind_name(PlanDeadlineKind kind)
{
	static const char *const NAMES[PLAN_DEADLINE_MAX] = {
	    [PLAN_DEADLINE_NONE] = "none",
	    [PLAN_DEADLINE_ONCE] = "once",
	    [PLAN_DEADLINE_RECURRING] = "recurring",
	    [PLAN_DEADLINE_CONTINUOUS] = "continuous",
	    [PLAN_DEADLINE_CONDITIONAL] = "conditional",
	};

	return NAMES[kind];
}

const char *
plan_period_name(PlanPeriod period)
{
	static const char *const NAMES[PLAN_PERIOD_MAX] = {
	    [PLAN_PERIOD_MONTH] = "month",
	    [PLAN_PERIOD_QUARTER] = "quarter",
	    [PLAN_PERIOD_HALF] = "half",
	    [PLAN_PERIOD_YEAR] = "year",
	    [PLAN_PERIOD_FIVE_YEARS] = "five_year",
	    [PLAN_PERIOD_ADHOC] = "adhoc",
	};

	return NAMES[period];
}

const char *
plan_family_name(PlanFamily family)
{
	return family == PLAN_FAMILY_STATE ? "state" : family == PLAN_FAMILY_PARTY ? "party" : NULL;
}
