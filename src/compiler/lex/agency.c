/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/lex/agency.h"

#include "compiler/lex/marker.h"

#include <string.h>

/* Bodies that are listed in lower case behind a comma. */
static const char *const LISTED_KINDS[] = {"cac", "truong cac", "ho kinh doanh", "doanh nghiep", "hop tac xa",
    "htx", "nguoi dan", "to dan pho", "to cong nghe", "hiep hoi", "toan the", "can bo", "nhan dan"};

/* Spellings of one word or body, folded and without punctuation; longer ones first. */
static const struct {
	const char *from, *to;
} SPELLINGS[] = {{"uy ban mat tran to quoc viet nam", "mttq"}, {"uy ban mat tran to quoc", "mttq"},
    {"mat tran to quoc viet nam", "mttq"}, {"uy ban mttq viet nam", "mttq"}, {"uy ban mttq", "mttq"},
    {"ub mttqvn", "mttq"}, {"mttq viet nam", "mttq"}, {"ubmttq viet nam", "mttq"},
    {"mat tran to quoc", "mttq"}, {"uy ban nhan dan", "ubnd"}, {"hoi dong nhan dan", "hdnd"},
    {"hdnd ubnd", "hdnd va ubnd"}, {"vh xh", "van hoa xa hoi"}, {"vhxh", "van hoa xa hoi"},
    {"ttpvhcc", "trung tam phuc vu hanh chinh cong"}, {"tt phuc vu", "trung tam phuc vu"},
    {"tt su nghiep", "trung tam su nghiep"}, {"trung tam dich vu su nghiep cong", "trung tam su nghiep cong"},
    {"kt ht dt", "kinh te ha tang va do thi"}, {"khcn", "khoa hoc va cong nghe"},
    {"kh cn", "khoa hoc va cong nghe"}, {"gd dt", "giao duc va dao tao"}, {"gddt", "giao duc va dao tao"},
    {"khoa hoc cong nghe", "khoa hoc va cong nghe"}};

/* The level's word that a plan may or may not print behind the name of its own agencies. */
static const char *const LEVEL_WORDS[] = {" xa", " phuong", " dac khu", " co lien quan", " lien quan"};

/* Words of the levels above the commune. */
static const char *const HIGHER_WORDS[] = {"thanh pho", "tinh", "trung uong", "thanh uy", "tinh uy", NULL};

struct AgencyTable {
	Plan *plan;
	GHashTable *explained; /* key -> name, by corrections of earlier plans */
	GHashTable *named;     /* agency -> name that a person has given it */
	GHashTable *by_key;    /* key -> index + 1 */
	GHashTable *spellings; /* spelling -> times printed */
};

static bool
is_listed_kind(const Folded *folded, size_t at)
{
	for (size_t i = 0; i < G_N_ELEMENTS(LISTED_KINDS); i++)
		if (folded_has_phrase(folded, at, LISTED_KINDS[i]))
			return true;
	return false;
}

/* True where the list goes on with another agency behind the separator that ends at `at`. */
static bool
begins_next(const Folded *folded, size_t at, bool is_listed)
{
	at = folded_skip_blanks(folded, at, folded->len);
	return agency_starts_at(folded, at, true) || (is_listed && is_listed_kind(folded, at));
}

/* The length of a separator between two agencies at `at`; 0 where there is none. */
static size_t
separator_at(const Folded *folded, size_t at)
{
	char c = folded->fold[at];

	if (c == ';' || c == '\n')
		return 1;
	if (c == ',' && begins_next(folded, at + 1, true))
		return 1;
	if (c == '/' && begins_next(folded, at + 1, false))
		return 1;
	if (folded_has_phrase(folded, at, "va cac") && at > 0)
		return strlen("va");
	if (folded_has_phrase(folded, at, "va phong") && starts_upper(folded->text + folded->origin[at + 3]))
		return strlen("va");
	return 0;
}

void
agency_split(Arena *arena, const char *text, GPtrArray *names)
{
	Folded folded = folded_new(arena, text);
	size_t start = 0;

	for (size_t at = 0; at <= folded.len; at++) {
		size_t separator = at < folded.len ? separator_at(&folded, at) : 1;
		char *name;

		if (separator == 0 && !(at > start && agency_follows_at(&folded, at)))
			continue;
		name = folded_cut(arena, &folded, start, at);
		if (name[0] != '\0')
			g_ptr_array_add(names, name);
		start = at + separator;
	}
}

static void
replace_words(GString *key, const char *from, const char *to)
{
	size_t from_len = strlen(from);
	char *p = key->str;

	while ((p = strstr(p, from)) != NULL) {
		size_t at = (size_t)(p - key->str);
		bool is_whole = (at == 0 || p[-1] == ' ') && (p[from_len] == ' ' || p[from_len] == '\0');

		if (is_whole) {
			g_string_erase(key, (gssize)at, (gssize)from_len);
			g_string_insert(key, (gssize)at, to);
		}
		p = key->str + at + (is_whole ? strlen(to) : 1);
	}
}

char *
agency_key(Arena *arena, const char *name)
{
	Folded folded = folded_new(arena, name);
	g_autoptr(GString) key = g_string_sized_new(folded.len + 16);
	char *result;

	for (size_t i = 0; i < folded.len; i++) {
		bool is_word = g_ascii_isalnum(folded.fold[i]);

		if (folded.fold[i] == '&')
			g_string_append(key, key->len > 0 && key->str[key->len - 1] == ' ' ? "va " : " va ");
		else if (is_word)
			g_string_append_c(key, folded.fold[i]);
		else if (key->len > 0 && key->str[key->len - 1] != ' ')
			g_string_append_c(key, ' ');
	}
	while (key->len > 0 && key->str[key->len - 1] == ' ')
		g_string_truncate(key, key->len - 1);
	for (size_t i = 0; i < G_N_ELEMENTS(SPELLINGS); i++)
		replace_words(key, SPELLINGS[i].from, SPELLINGS[i].to);
	for (size_t i = 0; i < G_N_ELEMENTS(LEVEL_WORDS); i++)
		if (g_str_has_suffix(key->str, LEVEL_WORDS[i]) && key->len > strlen(LEVEL_WORDS[i]) + 3)
			g_string_truncate(key, key->len - strlen(LEVEL_WORDS[i]));
	result = arena_strdup(arena, key->str);
	return result;
}

AgencyTable *
agency_table_new(Plan *plan)
{
	AgencyTable *table = g_new0(AgencyTable, 1);

	table->plan = plan;
	table->explained = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	table->named = g_hash_table_new(NULL, NULL);
	table->by_key = g_hash_table_new(g_str_hash, g_str_equal);
	table->spellings = g_hash_table_new(g_str_hash, g_str_equal);
	return table;
}

void
agency_table_free(AgencyTable *table)
{
	if (table == NULL)
		return;
	g_hash_table_unref(table->explained);
	g_hash_table_unref(table->named);
	g_hash_table_unref(table->by_key);
	g_hash_table_unref(table->spellings);
	g_free(table);
}

static PlanAgency *
add_agency(AgencyTable *table, const char *key, const char *printed)
{
	PlanAgency *agency = arena_new0(table->plan->arena, PlanAgency);
	Folded folded = folded_new(table->plan->arena, printed);

	agency->name = arena_strdup(table->plan->arena, printed);
	agency->aliases = plan_array(table->plan);
	agency->is_generic =
	    folded_has_phrase(&folded, 0, "cac") || folded_has_phrase(&folded, 0, "don vi") ||
	    folded_has_phrase(&folded, 0, "co quan") || folded_has_phrase(&folded, 0, "toan the");
	agency->is_higher = folded_has_phrase(&folded, 0, "so") || folded_has_phrase(&folded, 0, "bo") ||
			    folded_has_any(&folded, HIGHER_WORDS);
	g_ptr_array_add(table->plan->agencies, agency);
	g_hash_table_insert(table->by_key, arena_strdup(table->plan->arena, key),
	    GUINT_TO_POINTER(table->plan->agencies->len));
	return agency;
}

static void
count_spelling(AgencyTable *table, PlanAgency *agency, const char *printed)
{
	guint times = GPOINTER_TO_UINT(g_hash_table_lookup(table->spellings, printed));
	char *kept;

	if (times == 0) {
		kept = arena_strdup(table->plan->arena, printed);
		g_ptr_array_add(agency->aliases, kept);
		g_hash_table_insert(table->spellings, kept, GUINT_TO_POINTER(1));
	} else {
		g_hash_table_insert(
		    table->spellings, (gpointer)(uintptr_t)printed, GUINT_TO_POINTER(times + 1));
	}
}

/* What a person has named is called so, however this document spells it. */
static void
keep_name(const AgencyTable *table, PlanAgency *agency, const char *name)
{
	agency->name = arena_strdup(table->plan->arena, name);
	for (guint k = agency->aliases->len; k-- > 0;)
		if (strcmp(g_ptr_array_index(agency->aliases, k), name) == 0)
			g_ptr_array_remove_index(agency->aliases, k);
}

void
agency_table_settle(AgencyTable *table)
{
	for (guint i = 0; i < table->plan->agencies->len; i++) {
		PlanAgency *agency = g_ptr_array_index(table->plan->agencies, i);
		const char *name = g_hash_table_lookup(table->named, agency);
		guint best = 0, most = 0;

		if (name != NULL) {
			keep_name(table, agency, name);
			continue;
		}
		for (guint k = 0; k < agency->aliases->len; k++) {
			guint times = GPOINTER_TO_UINT(
			    g_hash_table_lookup(table->spellings, g_ptr_array_index(agency->aliases, k)));

			if (times > most) {
				most = times;
				best = k;
			}
		}
		if (agency->aliases->len > 0)
			agency->name = g_ptr_array_remove_index(agency->aliases, best);
	}
}

void
agency_table_explain(AgencyTable *table, const char *printed, const char *name)
{
	g_hash_table_replace(
	    table->explained, g_strdup(agency_key(table->plan->arena, printed)), g_strdup(name));
}

bool
agency_is_plausible(const AgencyTable *table, const PlanAgencyRef *ref)
{
	Folded folded = folded_new(table->plan->arena, ref->printed);

	return agency_starts_at(&folded, 0, false) || agency_foreign_words(&folded, 0, folded.len) == 0 ||
	       g_hash_table_contains(table->explained, agency_key(table->plan->arena, ref->printed));
}

PlanAgencyRef *
agency_resolve(AgencyTable *table, const char *printed)
{
	PlanAgencyRef *ref = arena_new0(table->plan->arena, PlanAgencyRef);
	char *key = agency_key(table->plan->arena, printed);
	const char *name = g_hash_table_lookup(table->explained, key);
	guint found;

	if (name != NULL)
		key = agency_key(table->plan->arena, name);
	found = GPOINTER_TO_UINT(g_hash_table_lookup(table->by_key, key));
	if (found == 0) {
		(void)add_agency(table, key, name != NULL ? name : printed);
		found = table->plan->agencies->len;
	}
	ref->agency = found - 1;
	if (name != NULL)
		g_hash_table_insert(table->named, g_ptr_array_index(table->plan->agencies, ref->agency),
		    (gpointer)(uintptr_t)name);
	ref->printed = arena_strdup(table->plan->arena, printed);
	count_spelling(table, g_ptr_array_index(table->plan->agencies, ref->agency), ref->printed);
	return ref;
}

void
agency_resolve_cell(AgencyTable *table, const char *cell, GPtrArray *refs)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	if (cell == NULL)
		return;
	agency_split(table->plan->arena, cell, names);
	for (guint i = 0; i < names->len; i++)
		g_ptr_array_add(refs, agency_resolve(table, g_ptr_array_index(names, i)));
}
