/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "compiler/compiler.h"

void
compiler_dump_json(const Plan *plan, GString *out)
{
	JsonWriter json;

	(void)plan;
	json_init(&json, out, true);
	json_begin_object(&json);
	json_end_object(&json);
	g_string_append_c(out, '\n');
}
