/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/parse/columns.h"

#include "compiler/lex/date_expr.h"

#include <string.h>

/* Titles of columns, folded; the longest that fits decides, so the order does not matter. Titles are those of
 * the assignment tables that circulars and city plans hand down; communes copy them. */
static const struct {
	const char *title;
	PlanColumnKind kind;
} TITLES[] = {{"stt", PLAN_COLUMN_NO}, {"tt", PLAN_COLUMN_NO}, {"so tt", PLAN_COLUMN_NO},
    {"so thu tu", PLAN_COLUMN_NO}, {"chi tieu", PLAN_COLUMN_NAME}, {"ten chi tieu", PLAN_COLUMN_NAME},
    {"noi dung chi tieu", PLAN_COLUMN_NAME}, {"muc tieu, chi tieu", PLAN_COLUMN_NAME},
    {"chi tieu, nhiem vu", PLAN_COLUMN_NAME}, {"noi dung cong viec", PLAN_COLUMN_NAME},
    {"noi dung nhiem vu", PLAN_COLUMN_NAME}, {"ten nhiem vu", PLAN_COLUMN_NAME},
    {"nhiem vu", PLAN_COLUMN_NAME}, {"noi dung", PLAN_COLUMN_NAME}, {"noi dung thuc hien", PLAN_COLUMN_NAME},
    {"nhiem vu, giai phap", PLAN_COLUMN_NAME}, {"nhiem vu cu the", PLAN_COLUMN_NAME},
    {"cong viec", PLAN_COLUMN_NAME}, {"ten cong viec", PLAN_COLUMN_NAME},
    {"nhiem vu/giai phap", PLAN_COLUMN_NAME}, {"hoat dong", PLAN_COLUMN_NAME},
    {"noi dung/nhiem vu", PLAN_COLUMN_NAME}, {"nhiem vu trong tam", PLAN_COLUMN_NAME},
    {"noi dung, nhiem vu", PLAN_COLUMN_NAME}, {"nhiem vu chu yeu", PLAN_COLUMN_NAME},
    {"don vi tinh", PLAN_COLUMN_UNIT}, {"dvt", PLAN_COLUMN_UNIT}, {"don vi", PLAN_COLUMN_UNIT},
    {"don vi do", PLAN_COLUMN_UNIT}, {"ket qua", PLAN_COLUMN_VALUE}, {"muc tieu", PLAN_COLUMN_VALUE},
    {"gia tri", PLAN_COLUMN_VALUE}, {"ke hoach", PLAN_COLUMN_VALUE}, {"muc dat", PLAN_COLUMN_VALUE},
    {"chi tieu giao", PLAN_COLUMN_VALUE}, {"chi tieu phan dau", PLAN_COLUMN_VALUE},
    {"muc tieu den", PLAN_COLUMN_VALUE}, {"ket qua dat duoc", PLAN_COLUMN_VALUE},
    {"ket qua can dat", PLAN_COLUMN_VALUE}, {"co quan chu tri", PLAN_COLUMN_LEAD},
    {"don vi chu tri", PLAN_COLUMN_LEAD}, {"chu tri", PLAN_COLUMN_LEAD},
    {"co quan thuc hien", PLAN_COLUMN_LEAD}, {"don vi thuc hien", PLAN_COLUMN_LEAD},
    {"co quan chu tri tham muu thuc hien", PLAN_COLUMN_LEAD}, {"co quan chu tri tham muu", PLAN_COLUMN_LEAD},
    {"co quan chu tri theo doi, danh gia", PLAN_COLUMN_LEAD}, {"don vi chu tri thuc hien", PLAN_COLUMN_LEAD},
    {"co quan chu tri thuc hien", PLAN_COLUMN_LEAD}, {"co quan, don vi chu tri", PLAN_COLUMN_LEAD},
    {"don vi chu tri tham muu thuc hien", PLAN_COLUMN_LEAD},
    {"don vi chu tri theo doi, danh gia", PLAN_COLUMN_LEAD}, {"co quan/don vi chu tri", PLAN_COLUMN_LEAD},
    {"bo phan chu tri", PLAN_COLUMN_LEAD}, {"chu tri thuc hien", PLAN_COLUMN_LEAD},
    {"co quan chu tri theo doi", PLAN_COLUMN_LEAD}, {"don vi phu trach", PLAN_COLUMN_LEAD},
    {"phu trach", PLAN_COLUMN_LEAD}, {"co quan phoi hop", PLAN_COLUMN_COORDINATING},
    {"don vi phoi hop", PLAN_COLUMN_COORDINATING}, {"phoi hop", PLAN_COLUMN_COORDINATING},
    {"co quan phoi hop thuc hien", PLAN_COLUMN_COORDINATING},
    {"don vi phoi hop thuc hien", PLAN_COLUMN_COORDINATING},
    {"co quan, don vi phoi hop", PLAN_COLUMN_COORDINATING},
    {"co quan/don vi phoi hop", PLAN_COLUMN_COORDINATING}, {"phoi hop thuc hien", PLAN_COLUMN_COORDINATING},
    {"san pham", PLAN_COLUMN_OUTPUT}, {"san pham dau ra", PLAN_COLUMN_OUTPUT},
    {"san pham/ket qua", PLAN_COLUMN_OUTPUT}, {"ket qua/san pham", PLAN_COLUMN_OUTPUT},
    {"ket qua, san pham", PLAN_COLUMN_OUTPUT}, {"san pham, ket qua", PLAN_COLUMN_OUTPUT},
    {"ket qua dau ra", PLAN_COLUMN_OUTPUT}, {"san pham hoan thanh", PLAN_COLUMN_OUTPUT},
    {"san pham du kien", PLAN_COLUMN_OUTPUT}, {"san pham, ket qua dau ra", PLAN_COLUMN_OUTPUT},
    {"ket qua du kien", PLAN_COLUMN_OUTPUT}, {"thoi gian", PLAN_COLUMN_TIME},
    {"thoi gian thuc hien", PLAN_COLUMN_TIME}, {"thoi han", PLAN_COLUMN_TIME},
    {"thoi gian hoan thanh", PLAN_COLUMN_TIME}, {"thoi gian thuc hien/hoan thanh", PLAN_COLUMN_TIME},
    {"thoi han hoan thanh", PLAN_COLUMN_TIME}, {"thoi han thuc hien", PLAN_COLUMN_TIME},
    {"tien do", PLAN_COLUMN_TIME}, {"thoi gian thuc hien, hoan thanh", PLAN_COLUMN_TIME},
    {"tien do thuc hien", PLAN_COLUMN_TIME}, {"tien do hoan thanh", PLAN_COLUMN_TIME},
    {"lo trinh", PLAN_COLUMN_TIME}, {"ghi chu", PLAN_COLUMN_NOTE}};

/* Words that headers are made of, beside those of the titles above. */
static const char *const HEADER_WORDS[] = {"den", "nam", "giai", "doan", "cho", "theo", "va", "%", "thanh",
    "phoi", "chu", "tham", "muu", "trach", "cu", "the", "muc", "lo", "trinh", "so", "lieu", "nguon", "danh",
    "gia", "doi", "hien", "trong", "tam", "yeu", "du", "kien"};

static bool
is_header_word(const char *word, size_t len)
{
	for (size_t i = 0; i < G_N_ELEMENTS(HEADER_WORDS); i++)
		if (strlen(HEADER_WORDS[i]) == len && memcmp(HEADER_WORDS[i], word, len) == 0)
			return true;
	if (len == 4 && word[0] == '2' && word[1] == '0')
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(TITLES); i++) {
		const char *p = TITLES[i].title;

		while ((p = strstr(p, word)) != NULL) {
			if ((p == TITLES[i].title || !g_ascii_isalnum(p[-1])) && !g_ascii_isalnum(p[len]))
				return true;
			p++;
		}
	}
	return false;
}

bool
columns_is_header_line(const Folded *line)
{
	bool has_word = false;

	for (size_t at = 0; at < line->len; at++) {
		size_t end = at;
		g_autofree char *word = NULL;

		if (!folded_is_word_start(line, at))
			continue;
		while (g_ascii_isalnum(line->fold[end]))
			end++;
		word = g_strndup(line->fold + at, end - at);
		if (!is_header_word(word, end - at))
			return false;
		has_word = true;
	}
	return has_word;
}

bool
columns_begins_header(const Folded *line)
{
	static const char *const FIRST[] = {"stt", "tt", "so tt", "so thu tu"};

	for (size_t i = 0; i < G_N_ELEMENTS(FIRST); i++)
		if (folded_has_phrase(line, 0, FIRST[i]))
			return columns_is_header_line(line);
	return false;
}

static bool
longest_title_at(const Folded *header, size_t at, size_t *ret_len, PlanColumnKind *ret_kind)
{
	size_t best = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(TITLES); i++) {
		size_t len = strlen(TITLES[i].title);

		if (len > best && folded_has_phrase(header, at, TITLES[i].title)) {
			best = len;
			*ret_kind = TITLES[i].kind;
		}
	}
	*ret_len = best;
	return best > 0;
}

/* A milestone column: "Năm 2030", "Đến năm 2030", "2030". */
static bool
year_title_at(const Folded *header, size_t at, bool has_name, size_t *ret_len, int *ret_year)
{
	/* "Chỉ tiêu | Năm 2025": before there is a column of names, the words of a title are its title. */
	static const struct {
		const char *words;
		bool needs_name;
	} LEADS[] = {
	    {"muc tieu den nam", true},
	    {"chi tieu den nam", true},
	    {"ke hoach nam", true},
	    {"muc tieu nam", true},
	    {"chi tieu nam", true},
	    {"den het nam", false},
	    {"den nam", false},
	    {"nam", false},
	    {"", false},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(LEADS); i++) {
		size_t end = at + strlen(LEADS[i].words);
		DateExpr expr;

		if (LEADS[i].needs_name && !has_name)
			continue;
		if (LEADS[i].words[0] != '\0' && !folded_has_phrase(header, at, LEADS[i].words))
			continue;
		if (!date_expr_read(header->fold, &end, &expr) || expr.precision != DATE_EXPR_YEAR)
			continue;
		*ret_len = end - at;
		*ret_year = expr.year;
		return true;
	}
	return false;
}

static void
add_column(Arena *arena, Columns *columns, const Folded *header, size_t at, size_t len, PlanColumn column)
{
	if (columns->len == COLUMNS_MAX)
		return;
	column.title = folded_cut(arena, header, at, at + len);
	columns->items[columns->len++] = column;
}

/* A second "names" title, a "Kết quả" in a table of tasks and the like mean what their place says. */
static void
settle(Columns *columns)
{
	bool has_name = false, has_time = columns_find(columns, PLAN_COLUMN_TIME) != SIZE_MAX;
	bool has_output = columns_find(columns, PLAN_COLUMN_OUTPUT) != SIZE_MAX;

	for (size_t i = 0; i < columns->len; i++) {
		PlanColumn *column = &columns->items[i];

		if (column->kind == PLAN_COLUMN_VALUE && column->year == 0 && has_time && !has_output &&
		    columns_find(columns, PLAN_COLUMN_UNIT) == SIZE_MAX)
			column->kind = PLAN_COLUMN_OUTPUT;
		if (column->kind == PLAN_COLUMN_NAME) {
			if (has_name)
				column->kind = has_time ? PLAN_COLUMN_NOTE : PLAN_COLUMN_VALUE;
			has_name = true;
		}
	}
}

bool
columns_read(Arena *arena, const char *header, Columns *ret_columns)
{
	Folded folded = folded_new(arena, header);
	Columns columns = {0};

	for (size_t at = 0; at < folded.len;) {
		PlanColumn column = {0};
		size_t len;

		if (!folded_is_word_start(&folded, at)) {
			at++;
			continue;
		}
		if (year_title_at(&folded, at, columns_find(&columns, PLAN_COLUMN_NAME) != SIZE_MAX, &len,
			&column.year))
			column.kind = PLAN_COLUMN_VALUE;
		else if (!longest_title_at(&folded, at, &len, &column.kind)) {
			at = folded_next_word(&folded, at);
			continue;
		}
		add_column(arena, &columns, &folded, at, len, column);
		at += len;
	}
	settle(&columns);
	*ret_columns = columns;
	return columns_find(&columns, PLAN_COLUMN_NAME) != SIZE_MAX && columns.len >= 2;
}

bool
columns_title_kind(const Folded *title, PlanColumnKind *ret_kind)
{
	size_t len, start = folded_is_word_start(title, 0) ? 0 : folded_next_word(title, 0);
	int year;

	if (year_title_at(title, start, true, &len, &year)) {
		*ret_kind = PLAN_COLUMN_VALUE;
		return true;
	}
	return longest_title_at(title, start, &len, ret_kind);
}

bool
columns_from_cells(Arena *arena, char *const *cells, size_t n, Columns *ret_columns)
{
	Columns columns = {0};

	for (size_t i = 0; i < n && i < COLUMNS_MAX; i++) {
		Folded folded = folded_new(arena, cells[i]);
		PlanColumn column = {.kind = PLAN_COLUMN_NOTE, .title = arena_strdup(arena, cells[i])};
		size_t len, start = folded_is_word_start(&folded, 0) ? 0 : folded_next_word(&folded, 0);

		if (year_title_at(&folded, start, true, &len, &column.year))
			column.kind = PLAN_COLUMN_VALUE;
		else
			(void)longest_title_at(&folded, start, &len, &column.kind);
		if (column.year == 0 && column.kind == PLAN_COLUMN_VALUE)
			column.year = year_mentioned(folded.fold, 0, folded.len);
		columns.items[columns.len++] = column;
	}
	settle(&columns);
	*ret_columns = columns;
	return columns_find(&columns, PLAN_COLUMN_NAME) != SIZE_MAX && n >= 2;
}

PlanAnnexKind
columns_kind(const Columns *columns)
{
	if (columns_find(columns, PLAN_COLUMN_VALUE) != SIZE_MAX ||
	    columns_find(columns, PLAN_COLUMN_UNIT) != SIZE_MAX)
		return PLAN_ANNEX_INDICATORS;
	if (columns_find(columns, PLAN_COLUMN_LEAD) != SIZE_MAX ||
	    columns_find(columns, PLAN_COLUMN_TIME) != SIZE_MAX ||
	    columns_find(columns, PLAN_COLUMN_OUTPUT) != SIZE_MAX)
		return PLAN_ANNEX_TASKS;
	return PLAN_ANNEX_OTHER;
}

size_t
columns_find(const Columns *columns, PlanColumnKind kind)
{
	for (size_t i = 0; i < columns->len; i++)
		if (columns->items[i].kind == kind)
			return i;
	return SIZE_MAX;
}
