/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/blocks/join.h"
#include "compiler/lex/folded.h"
#include "compiler/lex/marker.h"
#include "compiler/parse/head.h"

#include "base/text.h"

#include <string.h>

#define LONGEST_NAME_WORDS 6

static bool
is_all_upper(const char *text)
{
	size_t letters = 0;

	for (const char *p = text; *p != '\0'; p = text_next(p)) {
		gunichar c = g_utf8_get_char(p);

		if (g_unichar_islower(c))
			return false;
		letters += g_unichar_isalpha(c) ? 1 : 0;
	}
	return letters >= 2;
}

bool
tail_is_person_name(const char *text)
{
	size_t words = 0;

	while (*text != '\0') {
		if (!starts_upper(text))
			return false;
		for (text = text_next(text); *text != '\0' && *text != ' '; text = text_next(text))
			if (!g_unichar_islower(g_utf8_get_char(text)))
				return false;
		words++;
		while (*text == ' ')
			text++;
	}
	return words >= 2 && words <= LONGEST_NAME_WORDS;
}

static bool
is_authority_mark(const Folded *folded)
{
	static const char *const MARKS[] = {"tm.", "t/m", "kt.", "k/t", "tl.", "t/l", "tuq.", "q."};

	for (size_t i = 0; i < G_N_ELEMENTS(MARKS); i++)
		if (g_str_has_prefix(folded->fold, MARKS[i]))
			return true;
	return false;
}

static void
read_signature_line(Plan *plan, const char *text, const Folded *folded, SourceSpan span)
{
	PlanDocument *document = &plan->document;

	if (tail_is_person_name(text)) {
		document->signer = arena_strdup(plan->arena, text);
		document->signer_span = span;
	} else if (is_authority_mark(folded)) {
		if (document->family == PLAN_FAMILY_UNKNOWN)
			document->family =
			    strchr(folded->fold, '/') != NULL ? PLAN_FAMILY_PARTY : PLAN_FAMILY_STATE;
	} else if (is_all_upper(text)) {
		document->signer_role = arena_strdup(plan->arena, text);
	}
}

/* The end of a recipient that the column has wrapped: "… và các tổ chức CT-" / "XH;". */
static bool
continues_recipient(const GString *recipient, const char *line, const Folded *folded)
{
	if (recipient->len == 0 || strchr(";.", recipient->str[recipient->len - 1]) != NULL ||
	    is_authority_mark(folded) || tail_is_person_name(line))
		return false;
	return starts_lower(line) || strchr("-,(", recipient->str[recipient->len - 1]) != NULL ||
	       strchr(";.", line[strlen(line) - 1]) != NULL;
}

static void
finish_recipient(Plan *plan, GString *recipient)
{
	char *name = trim_punctuation(plan->arena, recipient->str, recipient->len);

	if (name[0] != '\0')
		g_ptr_array_add(plan->document.recipients, name);
	g_string_truncate(recipient, 0);
}

void
tail_parse(Plan *plan, const SourceLines *lines, const Regions *regions)
{
	g_autoptr(GString) recipient = g_string_new(NULL);
	bool in_recipients = false;

	for (size_t i = regions->body_end; i < regions->tail_end; i++) {
		bool is_ornament;
		char *text = head_line_text(plan, lines, i, &is_ornament);
		Folded folded = folded_new(plan->arena, text);
		SourceSpan span = line_span(&lines->items[i]);
		Marker marker;

		if (is_ornament || folded.len == 0)
			continue;
		plan_add_block(plan, PLAN_BLOCK_TAIL, text, span);
		if (folded_has_phrase(&folded, 0, "noi nhan")) {
			in_recipients = true;
		} else if (in_recipients && marker_read(text, &marker) && marker.kind == MARKER_DASH) {
			finish_recipient(plan, recipient);
			join_wrapped(recipient, text + marker.text_at);
		} else if (in_recipients && continues_recipient(recipient, text, &folded)) {
			join_wrapped(recipient, text);
		} else {
			finish_recipient(plan, recipient);
			in_recipients = in_recipients && !is_all_upper(text) && !tail_is_person_name(text);
			if (in_recipients && plan->document.recipients->len > 0)
				continue;
			read_signature_line(plan, text, &folded, span);
		}
	}
	finish_recipient(plan, recipient);
}
