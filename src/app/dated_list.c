/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dated_list.h"

#include "app/context.h"
#include "base/date.h"
#include "base/text.h"

#include <string.h>

#define PAGES_MAX 1000
#define WORDS_CHARACTERS_MAX 200

enum { KEY_WORDS, KEY_STANDING, KEY_PAGE, KEY_MAX };

static const char *const STANDING_WORDS[DATED_STANDING_MAX + 1] = {
    [DATED_ON] = "dang-dung",
    [DATED_COMING] = "sap-dung",
    [DATED_OVER] = "thoi-dung",
};

static const HttpField FIELDS[KEY_MAX] = {
    [KEY_WORDS] = {"tim", "Tìm", http_valid_text, .max = WORDS_CHARACTERS_MAX},
    [KEY_STANDING] = {"tinh-trang", "Tình trạng", http_valid_word, .words = STANDING_WORDS},
    [KEY_PAGE] = {LIST_PAGE_PARAM, "Trang", http_valid_int, .min = 1, .max = PAGES_MAX},
};

const char *
dated_standing_word(DatedStanding standing)
{
	return STANDING_WORDS[standing];
}

bool
dated_list_begin(
    HttpRequest *request, const char *path, const char *noun, DatedList *ret_list, GError **error)
{
	const char *const names[] = {FIELDS[KEY_WORDS].name, FIELDS[KEY_STANDING].name};
	HttpValue values[KEY_MAX];
	char today[DATE_ISO_SIZE];

	if (!http_query_parse(FIELDS, KEY_MAX, request, values, error))
		return false;
	date_format_iso(app_context(request)->today, today);
	*ret_list = (DatedList){.arena = request->arena,
	    .path = path,
	    .noun = noun,
	    .today = app_context(request)->today,
	    .today_iso = arena_strdup(request->arena, today),
	    .words = values[KEY_WORDS].is_set ? values[KEY_WORDS].text : "",
	    .standing = values[KEY_STANDING].is_set ? (int)values[KEY_STANDING].number : -1,
	    .number = values[KEY_PAGE].is_set ? (size_t)values[KEY_PAGE].number : 1};
	ret_list->is_filtered = *ret_list->words != '\0' || ret_list->standing >= 0;
	list_page_begin(&ret_list->page, request->arena, path, names, values, G_N_ELEMENTS(names));
	return true;
}

static bool
fits(const DatedList *list, const DatedEntry *entry, DatedStanding standing, const char *folded)
{
	g_autofree char *text = g_strjoin(" ", entry->words, entry->source, NULL);
	g_autofree char *haystack = text_fold_vi(text);

	if (list->standing >= 0 && list->standing != (int)standing)
		return false;
	return strstr(haystack, folded) != NULL;
}

/* Ends the rule and comes back to the page that is shown. */
static const char *
action_of(const DatedList *list, const DatedEntry *entry)
{
	LinkBase base = list->page.base;
	const LinkParam page = {
	    LIST_PAGE_PARAM, list->number > 1 ? arena_printf(list->arena, "%zu", list->number) : NULL};

	base.path = arena_printf(list->arena, "%s/%s/ket-thuc", list->path, entry->key);
	return link_with(list->arena, &base, &page, 1);
}

static bool
is_typed(const DatedList *list, const DatedRow *row)
{
	return list->typed.key != NULL && strcmp(row->entry->key, list->typed.key) == 0;
}

/* Takes the rows that are asked for, those that are over last. */
static void
choose(DatedList *list, const DatedEntry *entries, size_t n_entries)
{
	g_autofree char *typed = text_fold_vi(list->words);
	const char *folded = g_strstrip(typed);

	for (int is_over = 0; is_over <= 1; is_over++)
		for (size_t i = 0; i < n_entries; i++) {
			DatedStanding standing = dated_standing(entries[i].days, list->today);

			if ((standing == DATED_OVER) != (is_over == 1))
				continue;
			list->n_of[standing]++;
			if (fits(list, &entries[i], standing, folded))
				list->rows[list->n_rows++] =
				    (DatedRow){.entry = &entries[i], .standing = standing};
		}
}

void
dated_list_fill(DatedList *list, const DatedEntry *entries, size_t n_entries)
{
	list->n_all = n_entries;
	list->rows = arena_array(list->arena, DatedRow, n_entries + 1);
	choose(list, entries, n_entries);
	for (size_t i = 0; i < list->n_rows; i++)
		if (is_typed(list, &list->rows[i]))
			list->number = i / LIST_PAGE_ROWS + 1;
	list_page_cut(&list->page, list->arena, list->noun, list->n_rows, list->number);
	for (size_t i = 0; i < list->n_rows; i++) {
		DatedRow *row = &list->rows[i];

		row->days = dated_days_text(list->arena, row->entry->days);
		row->ending = (PartEnding){.key = row->entry->key,
		    .today = list->today_iso,
		    .is_typed = is_typed(list, row),
		    .last_day = list->typed.last_day,
		    .source = list->typed.source};
		if (row->standing != DATED_OVER && !row->entry->stays)
			row->ending.action = action_of(list, row->entry);
	}
}

void
dated_list_return(const HttpRequest *request, const char *path, HttpResponse *response)
{
	LinkParam params[KEY_MAX];

	for (int key = 0; key < KEY_MAX; key++)
		params[key] =
		    (LinkParam){FIELDS[key].name, http_request_query_text(request, FIELDS[key].name)};
	http_response_redirect(
	    response, link_with(request->arena, &(LinkBase){path, params, KEY_MAX}, NULL, 0));
}
