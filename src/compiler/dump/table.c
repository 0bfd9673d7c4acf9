/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/compiler.h"

/* Columns are as wide as a terminal of 120 characters can show side by side. */
#define NO_WIDTH 8
#define NAME_WIDTH 60
#define AGENCY_WIDTH 32

/* Writes a cell cut to `width` characters and padded to it. */
static void
put_cell(GString *out, const char *text, glong width)
{
	glong chars = text != NULL ? g_utf8_strlen(text, -1) : 0;

	if (chars > width) {
		g_string_append_len(out, text, g_utf8_offset_to_pointer(text, width - 1) - text);
		g_string_append(out, "…");
		chars = width;
	} else if (text != NULL) {
		g_string_append(out, text);
	}
	for (glong i = chars; i < width; i++)
		g_string_append_c(out, ' ');
	g_string_append(out, "  ");
}

static void
put_refs(GString *out, const GPtrArray *refs)
{
	g_autoptr(GString) joined = g_string_new(NULL);

	for (guint i = 0; i < refs->len; i++)
		g_string_append_printf(joined, "%s%s", i > 0 ? "; " : "",
		    ((const PlanAgencyRef *)g_ptr_array_index(refs, i))->printed);
	put_cell(out, joined->str, AGENCY_WIDTH);
}

static void
put_target(GString *out, const PlanTarget *target)
{
	if (target->year != 0)
		g_string_append_printf(out, "%d: ", target->year);
	g_string_append_printf(out, "%s  ", target->raw);
}

static void
end_line(GString *out)
{
	while (out->len > 0 && out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	g_string_append_c(out, '\n');
}

static void
put_document(GString *out, const PlanDocument *document)
{
	char date[DATE_ISO_SIZE];

	partial_date_format_iso(document->date, date);
	g_string_append_printf(out, "%s %s — %s — %s\n%s\n",
	    document->type != NULL ? document->type : "Văn bản",
	    document->number != NULL ? document->number : "(chưa ghi số)",
	    document->issuer != NULL ? document->issuer : "(chưa rõ cơ quan ban hành)",
	    date[0] != '\0' ? date : "(chưa ghi ngày)", document->title != NULL ? document->title : "");
}

void
compiler_dump_table(const Plan *plan, GString *out)
{
	put_document(out, &plan->document);
	g_string_append_printf(out, "\nChỉ tiêu (%u)\n", plan->indicators->len);
	for (guint i = 0; i < plan->indicators->len; i++) {
		const PlanIndicator *indicator = g_ptr_array_index(plan->indicators, i);

		put_cell(out, indicator->no != NULL ? indicator->no : indicator->id, NO_WIDTH);
		put_cell(out, indicator->name, NAME_WIDTH);
		for (guint k = 0; k < indicator->targets->len; k++)
			put_target(out, g_ptr_array_index(indicator->targets, k));
		end_line(out);
	}
	g_string_append_printf(out, "\nNhiệm vụ (%u)\n", plan->tasks->len);
	for (guint i = 0; i < plan->tasks->len; i++) {
		const PlanTask *task = g_ptr_array_index(plan->tasks, i);

		put_cell(out, task->no != NULL ? task->no : task->id, NO_WIDTH);
		put_cell(out, task->name, NAME_WIDTH);
		put_refs(out, task->lead);
		g_string_append(out, task->deadline.raw);
		end_line(out);
	}
	g_string_append_printf(out,
	    "\nNhiệm vụ trong lời văn: %u · Trách nhiệm: %u · Chế độ báo cáo: %u · Cơ quan: %u\n",
	    plan->body_tasks->len, plan->duties->len, plan->reporting->len, plan->agencies->len);
}
