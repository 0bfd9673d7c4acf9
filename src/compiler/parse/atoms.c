/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/parse/atoms.h"

#include "base/ceilings.h"
#include "base/text.h"
#include "compiler/lex/agency.h"
#include "compiler/lex/deadline.h"
#include "compiler/lex/marker.h"
#include "compiler/lex/quantity.h"

#include <string.h>

/* Products that assignment tables ask for, folded. */
static const char *const OUTPUTS[] = {"bao cao", "van ban", "ke hoach", "csdl", "co so du lieu", "quyet dinh",
    "chuong trinh", "de an", "tin, bai", "tin bai", "cac tin", "mo hinh", "giai phap", "cac giai phap",
    "hoi nghi", "lop", "cac lop", "danh muc", "he thong", "nghi quyet", "quy che", "tai lieu", "phan mem",
    "bien ban", "ho so", "thong bao", "luu tru", "nang cao", "tao dieu kien", "so lieu", "cong van",
    "to trinh", "du an", "hop dong", "san pham", "bai viet", "video", "ung dung", "trang", "cong thong tin",
    "huong dan", "quy trinh", "bo", "so", "100%", "cac van ban", "cac ke hoach", "cac bao cao", "ket qua",
    "hoan thanh", "chuyen muc", "to", "danh sach", "thu tuc", "phuong an", "cac mo hinh", "cac hoat dong",
    "hoat dong", "ty le", "so luong", "ban tin", "phong trao", "cuoc thi", "giay", "quy dinh", "chu ky so",
    "nen tang", "kho", "diem", "bang", "phieu", "nghi dinh", "thong tu", "chi thi", "ban do", "gian hang",
    "dia diem", "cong cu", "cam nang"};

/* Words that begin a time cell, folded. */
static const char *const TIME_STARTS[] = {"hang", "thuong xuyen", "quy", "nam", "thang", "truoc", "den",
    "sau khi", "theo", "thuc hien theo", "khi", "trong", "dinh ky", "moi", "hoan thanh", "giai doan", "tu",
    "ngay", "cuoi", "lien tuc", "sau", "6 thang", "06 thang", "tuy"};

/* Words that want another behind them: a cell does not end with one. */
static const char *const DANGLING[] = {"va", "cua", "cac", "cho", "trong", "voi", "tai", "tren", "den",
    "theo", "ve", "co", "lien", "nham", "de", "tu", "boi", "la", "hoac", "vao", "duoc", "khong", "nhung",
    "mot", "thuoc", "giua", "do", "nhu", "trien", "thuc"};

static bool
has_phrase_of(const Folded *folded, size_t at, const char *const *phrases, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (phrases[i][0] == folded->fold[at] && folded_has_phrase(folded, at, phrases[i]))
			return true;
	return false;
}

/* "…; Ban" before a page break: a kind of body that still wants its name. */
static bool
ends_in_bare_kind(const Folded *folded, size_t from, size_t to)
{
	size_t start = to;

	while (start > from && g_ascii_isalnum(folded->fold[start - 1]))
		start--;
	return start > from && start < to && agency_starts_at(folded, start, true) && start >= 2 &&
	       strchr(";,", folded->fold[start - 2]) != NULL;
}

static bool
is_dangling(const Folded *folded, size_t from, size_t to)
{
	while (to > from && folded->fold[to - 1] == ' ')
		to--;
	if (to == from || folded->fold[to - 1] == ',' || folded->fold[to - 1] == '-' ||
	    folded->fold[to - 1] == '&')
		return true;
	if (ends_in_bare_kind(folded, from, to))
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(DANGLING); i++) {
		size_t len = strlen(DANGLING[i]);

		if (to >= from + len && folded_has_phrase(folded, to - len, DANGLING[i]))
			return true;
	}
	return false;
}

/* Words that begin a value cell, with a capital. */
static const char *const VALUE_STARTS[] = {"phan dau", "dat", "tren", "it nhat", "toi thieu", "tu", "duoi",
    "khong", "toan bo", "hoan thanh", "co", "bao dam", "dam bao", "duy tri", "tang", "giam", "thuong xuyen",
    "tot", "kha", "xuat sac", "phan", "tiep tuc", "khoang", "theo quy dinh", "xep"};

/* "%", "≥ 80", "100%", a "-" on its own: the beginning of a unit or value cell. */
static bool
starts_value(const Folded *folded, size_t at)
{
	const char *p = folded->fold + at;

	if (at > 0 && folded->fold[at - 1] != ' ')
		return false;
	if (*p == '%' || *p == '>' || *p == '<' || g_str_has_prefix(p, "\xE2\x89\xA5") ||
	    g_str_has_prefix(p, "\xE2\x89\xA4"))
		return true;
	if (*p == '-' && (p[1] == ' ' || p[1] == '\0'))
		return true;
	if (starts_upper(folded->text + folded->origin[at]) &&
	    has_phrase_of(folded, at, VALUE_STARTS, G_N_ELEMENTS(VALUE_STARTS)))
		return true;
	/* "≥ 80" begins at its sign. */
	return g_ascii_isdigit(*p) && !quantity_is_named(folded, at) &&
	       !(at > 1 && (strchr("<>=", p[-2]) != NULL || (unsigned char)p[-2] >= 0x80));
}

/* A time expression that runs to the end of its line. */
static bool
is_time_to_line_end(Arena *arena, const Folded *line, size_t at)
{
	PlanDeadline deadline;
	DeadlineFit fit;

	if (!starts_upper(line->text + line->origin[at]) && !g_ascii_isdigit(line->fold[at]))
		return false;
	if (!g_ascii_isdigit(line->fold[at]) &&
	    !has_phrase_of(line, at, TIME_STARTS, G_N_ELEMENTS(TIME_STARTS)))
		return false;
	fit = deadline_read(arena, line->text + line->origin[at], &deadline);
	return fit == DEADLINE_FIT_EXACT;
}

static bool
may_begin_cell(Arena *arena, const Columns *columns, const Folded *line, size_t at, bool is_behind_page)
{
	bool has_value = columns_find(columns, PLAN_COLUMN_VALUE) != SIZE_MAX;

	/* The first line of a page may hold the ends of several cells, one word each. */
	if (is_behind_page && folded_is_word_start(line, at))
		return true;
	if (has_value && starts_value(line, at))
		return true;
	if (!folded_is_word_start(line, at))
		return false;
	/* A kind of body with nothing behind it is a name's last word: "thành phố Hải Phòng". */
	if (agency_starts_at(line, at, true) && agency_is_strong_at(line, at) &&
	    folded_next_word(line, at) < line->len)
		return true;
	/* Behind a page break, the rest of one cell may end in a full stop and the rest of the next begin. */
	if (at > 1 && line->fold[at - 2] == '.' && starts_lower(line->text + line->origin[at]) &&
	    agency_starts_at(line, at, false))
		return true;
	if (has_value && at > 1 && line->fold[at - 2] == '%' && agency_starts_at(line, at, true))
		return true;
	if (columns_find(columns, PLAN_COLUMN_OUTPUT) != SIZE_MAX &&
	    starts_upper(line->text + line->origin[at]) &&
	    has_phrase_of(line, at, OUTPUTS, G_N_ELEMENTS(OUTPUTS)))
		return true;
	return columns_find(columns, PLAN_COLUMN_TIME) != SIZE_MAX && is_time_to_line_end(arena, line, at);
}

typedef struct {
	Arena *arena;
	const Columns *columns;
	Atoms *atoms;
	GString *text;   /* of the whole row */
	size_t *text_at; /* where each atom's text starts in it */
} Cutter;

static void
add_atom(Cutter *cutter, const char *text, size_t len, uint8_t before, size_t line, bool is_whole)
{
	Atom *atom;

	if (cutter->atoms->len > 0)
		g_string_append_c(cutter->text, ' ');
	cutter->text_at[cutter->atoms->len] = cutter->text->len;
	atom = &cutter->atoms->items[cutter->atoms->len++];
	text_squeeze_append(cutter->text, text, len);
	atom->text = arena_strndup(cutter->arena, cutter->text->str + cutter->text_at[cutter->atoms->len - 1],
	    cutter->text->len - cutter->text_at[cutter->atoms->len - 1]);
	atom->before = before;
	atom->line = (uint16_t)line;
	atom->is_whole_line = is_whole;
	atom->chars = (uint16_t)g_utf8_strlen(atom->text, -1);
}

static void
cut_line(Cutter *cutter, const RowLine *line, size_t index)
{
	Folded folded = folded_new(cutter->arena, line->text);
	size_t start = 0;
	uint8_t before = line->before;
	bool is_whole = true;

	for (size_t at = 1; at <= folded.len; at++) {
		size_t from = folded.origin[start], to = folded.origin[at];
		bool is_gap = at < folded.len && folded.fold[at] != ' ' && at >= 2 &&
			      folded.fold[at - 1] == ' ' && folded.fold[at - 2] == ' ';

		if (at < folded.len &&
		    (cutter->atoms->len + 2 >= LIMIT_ROW_PIECES || folded.fold[at - 1] != ' ' ||
			!(is_gap || may_begin_cell(cutter->arena, cutter->columns, &folded, at,
					line->before & ATOM_PAGE))))
			continue;
		is_whole = is_whole && at == folded.len;
		add_atom(cutter, folded.text + from, to - from, before, index, is_whole);
		before = is_gap ? ATOM_INLINE_GAP : ATOM_INLINE;
		start = at;
	}
}

/* A number, a sign, or a word that values begin with: nothing else can open a value cell. */
static bool
begins_value(const Folded *folded, size_t at)
{
	return g_ascii_isdigit(folded->fold[at]) || strchr("-<>%", folded->fold[at]) != NULL ||
	       (unsigned char)folded->fold[at] >= 0x80 ||
	       has_phrase_of(folded, at, VALUE_STARTS, G_N_ELEMENTS(VALUE_STARTS));
}

/* Describes an atom once, so that the search over cells only adds numbers. */
static void
describe(Arena *arena, Atoms *atoms, size_t i)
{
	PlanDeadline deadline;
	Atom *atom = &atoms->items[i];
	const Folded *folded = &atoms->folded;
	const char *fold = folded->fold + atom->from;

	for (size_t at = atom->from; at < atom->to; at++) {
		atom->words = (uint16_t)(atom->words + folded_is_word_start(folded, at));
		atom->semicolons = (uint8_t)(atom->semicolons + (folded->fold[at] == ';'));
	}
	atom->foreign_words = (uint16_t)agency_foreign_words(folded, atom->from, atom->to);
	for (size_t at = atom->from; at < atom->to; at = folded_next_word(folded, at))
		atom->proper_words = (uint16_t)(atom->proper_words +
						(starts_upper(folded->text + folded->origin[at]) &&
						    agency_foreign_words(folded, at,
							MIN(folded_next_word(folded, at), atom->to)) == 1));
	atom->starts_agency = agency_starts_at(folded, atom->from, true);
	atom->starts_listed = agency_starts_at(folded, atom->from, false);
	atom->follows_agency = i > 0 && agency_follows_at(folded, atom->from);
	atom->starts_output = has_phrase_of(folded, atom->from, OUTPUTS, G_N_ELEMENTS(OUTPUTS));
	atom->starts_value = begins_value(folded, atom->from);
	atom->starts_upper = starts_upper(atom->text);
	atom->starts_lower = starts_lower(atom->text);
	atom->starts_time = g_ascii_isdigit(fold[0]) ||
			    has_phrase_of(folded, atom->from, TIME_STARTS, G_N_ELEMENTS(TIME_STARTS));
	atom->is_exact_time = atom->starts_time && atom->words <= 6 &&
			      deadline_read(arena, atom->text, &deadline) == DEADLINE_FIT_EXACT;
	atom->is_dangling = is_dangling(folded, atom->from, atom->to);
	atom->has_stop = atom->to > atom->from && folded->fold[atom->to - 1] == '.';
	if (i + 1 < atoms->len) {
		const char *next = atoms->items[i + 1].text;

		atom->wanted = (uint16_t)(atom->chars + 1 + g_utf8_strlen(next, (gssize)strcspn(next, " ")));
	}
}

/* An atom begins at a word, so blanks bound their number. */
static size_t
most_atoms(const RowLine *lines, size_t n)
{
	size_t most = 2;

	for (size_t i = 0; i < n; i++) {
		most += 2;
		for (const char *p = lines[i].text; *p != '\0'; p++)
			most += *p == ' ';
	}
	return MIN(most, LIMIT_ROW_PIECES);
}

Atoms
atoms_cut(Arena *arena, const Columns *columns, const RowLine *lines, size_t n)
{
	size_t most = most_atoms(lines, n);
	Atoms atoms = {.items = arena_array(arena, Atom, most)};
	Cutter cutter = {.arena = arena,
	    .columns = columns,
	    .atoms = &atoms,
	    .text = g_string_new(NULL),
	    .text_at = arena_array(arena, size_t, most)};
	size_t fold_at = 0;

	for (size_t i = 0; i < n && atoms.len + 2 < LIMIT_ROW_PIECES; i++)
		cut_line(&cutter, &lines[i], i);
	atoms.folded = folded_new(arena, arena_strdup(arena, cutter.text->str));
	for (size_t i = 0; i < atoms.len; i++) {
		size_t end = i + 1 < atoms.len ? cutter.text_at[i + 1] - 1 : cutter.text->len;

		while (atoms.folded.origin[fold_at] < cutter.text_at[i])
			fold_at++;
		atoms.items[i].from = fold_at;
		while (fold_at < atoms.folded.len && atoms.folded.origin[fold_at] < end)
			fold_at++;
		atoms.items[i].to = fold_at;
	}
	for (size_t i = 0; i < atoms.len; i++) {
		describe(arena, &atoms, i);
		if (atoms.items[i].before & ATOM_PAGE)
			atoms.last_page = i + 1;
	}
	g_string_free(cutter.text, TRUE);
	return atoms;
}
