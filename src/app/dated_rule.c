/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dated_rule.h"

#include "base/date.h"
#include "base/text.h"

#include <glib.h>
#include <string.h>

#define WORD_BYTES_MAX 40

static const struct {
	const char *title, *look;
} STANDINGS[DATED_STANDING_MAX] = {
    [DATED_ON] = {"Đang dùng", "ok"},
    [DATED_COMING] = {"Sắp dùng", "soon"},
    [DATED_OVER] = {"Thôi dùng", "idle"},
};

DatedStanding
dated_standing(DatedSpan days, int32_t today)
{
	if (days.to != DATE_NONE && days.to < today)
		return DATED_OVER;
	return days.from == DATE_NONE || days.from <= today ? DATED_ON : DATED_COMING;
}

bool
dated_is_on(DatedSpan days, int32_t day)
{
	return dated_standing(days, day) == DATED_ON;
}

const char *
dated_standing_title(DatedStanding standing)
{
	return STANDINGS[standing].title;
}

const char *
dated_standing_look(DatedStanding standing)
{
	return STANDINGS[standing].look;
}

const char *
dated_days_text(Arena *arena, DatedSpan days)
{
	const char *since = days.from == DATE_NONE
				? "từ trước đến nay"
				: arena_printf(arena, "từ %s", date_text_vi(arena, days.from));

	if (days.to == DATE_NONE)
		return since;
	return days.from == DATE_NONE ? arena_printf(arena, "đến %s", date_text_vi(arena, days.to))
				      : arena_printf(arena, "%s đến %s", since, date_text_vi(arena, days.to));
}

bool
dated_meets(DatedSpan days, int32_t from)
{
	return days.to == DATE_NONE || days.to >= from;
}

const char *
dated_read_first_day(const char *typed, int32_t today, int32_t *ret_day)
{
	*ret_day = today;
	return *typed == '\0' || date_parse_iso(typed, ret_day) ? NULL
								: "Dùng từ ngày: phải là một ngày có thật.";
}

int32_t
dated_read_last_day(const char *typed)
{
	int32_t day;

	return date_parse_iso(typed, &day) ? day : DATE_NONE;
}

const char *
dated_check_first_day(int32_t from, int32_t today)
{
	return from < today ? "Dùng từ ngày: phải từ hôm nay trở đi; ngày đã qua không sửa lại được." : NULL;
}

const char *
dated_check_last_day(DatedSpan days, int32_t last_day, int32_t today)
{
	if (last_day == DATE_NONE)
		return "Ngày cuối còn dùng: hãy ghi một ngày có thật.";
	if (last_day < today || (days.from != DATE_NONE && last_day < days.from))
		return "Ngày cuối còn dùng: phải từ hôm nay và từ ngày bắt đầu dùng trở đi; ngày đã qua "
		       "không sửa lại được.";
	return NULL;
}

const char *
dated_check_source(const char *source)
{
	if (*source == '\0')
		return "Căn cứ: hãy ghi văn bản, quyết định hoặc quy chế làm căn cứ.";
	return strlen(source) > DATED_SOURCE_BYTES_MAX
		   ? "Căn cứ: quá dài (tối đa " G_STRINGIFY(DATED_SOURCE_BYTES_MAX) " byte, khoảng 300 chữ)."
		   : NULL;
}

const char *
dated_ended_source(Arena *arena, const char *source, const char *end_source)
{
	return arena_printf(arena, "%s; thôi dùng theo %s", source, end_source);
}

const char *
dated_word_make(Arena *arena, const char *name, DatedIsTaken is_taken, const void *rules)
{
	g_autofree char *word = text_slug_vi(name, WORD_BYTES_MAX);
	const char *free_word = arena_strdup(arena, word);

	for (int n = 2; *word != '\0' && is_taken(rules, free_word); n++)
		free_word = arena_printf(arena, "%s-%d", word, n);
	return free_word;
}

bool
dated_is_same_name(const char *a, const char *b)
{
	g_autofree char *x = text_fold_vi(a), *y = text_fold_vi(b);

	return strcmp(x, y) == 0;
}
