/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "modules/document/document_look.h"

const char *
document_block_look(PlanBlockKind kind)
{
	static const char *const LOOKS[PLAN_BLOCK_MAX] = {
	    [PLAN_BLOCK_TITLE] = "title",
	    [PLAN_BLOCK_HEADING] = "heading",
	    [PLAN_BLOCK_PARAGRAPH] = "",
	    [PLAN_BLOCK_BULLET] = "bullet",
	    [PLAN_BLOCK_ANNEX_TITLE] = "title",
	    [PLAN_BLOCK_TABLE_HEADER] = "table-header",
	    [PLAN_BLOCK_TABLE_ROW] = "table-row",
	    [PLAN_BLOCK_PAGE_FURNITURE] = "furniture",
	    [PLAN_BLOCK_TAIL] = "",
	};

	return (guint)kind < PLAN_BLOCK_MAX ? LOOKS[kind] : "";
}
