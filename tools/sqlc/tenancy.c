/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sqlc/tenancy.h"

#include <string.h>

/* A condition holds a table to the commune only where it must be true of every row: one of the parts joined
 * by AND at the top of WHERE or ON. What is looked for is written in one way; everything else counts for
 * nothing, so a statement that means well in other words is refused, and one that does not never passes. */

static const char COMMUNE[] = "commune_id";
static const char PACKED_KEY[] = "rowid"; /* of full-text search: begins with the commune's number */
static const char PACK_FACTOR[] = "1048576";
#define QUERIES_INSIDE_MAX 20

enum { NOBODY = -2, THE_COMMUNE = -1 }; /* what an operand stands for, where it is no source */

/* Something that rows come from. */
typedef struct Source {
	const SqlcToken *name, *alias; /* of a subquery: its alias twice; NULL: it has none */
	bool is_table;                 /* not a subquery, a function or a WITH */
	bool is_bound, has_lower, has_upper;
} Source;

/* The commune of `to` is that of `from`; the other way too where `is_mutual`. */
typedef struct Fact {
	int to, from;
	bool is_mutual;
} Fact;

typedef struct Scope {
	const struct Scope *outer;
	GArray *sources; /* of Source */
	GArray *facts;   /* of Fact */
} Scope;

typedef struct Checker {
	SqlcUnit *unit;
	const SqlcStatement *statement;
	const GArray *tokens;
	GPtrArray *withs;  /* of const SqlcToken *: names that a WITH gave */
	unsigned n_inside; /* queries inside one another */
} Checker;

/* Tokens from `at` on, up to `end`. */
typedef struct Range {
	guint at, end;
} Range;

static void check_query(Checker *checker, Range range, const Scope *outer);

static const SqlcToken *
token_at(const Checker *checker, guint i)
{
	static const SqlcToken END = {.kind = SQLC_END, .text = ""};

	return i < checker->tokens->len ? &g_array_index(checker->tokens, SqlcToken, i) : &END;
}

static bool
is_word(const Checker *checker, guint i, const char *word)
{
	return sqlc_token_is_word(token_at(checker, i), word);
}

static bool
is_any_word(const Checker *checker, guint i, const char *const words[])
{
	for (; *words != NULL; words++)
		if (is_word(checker, i, *words))
			return true;
	return false;
}

static bool
is_char(const Checker *checker, guint i, char c)
{
	return sqlc_token_is_char(token_at(checker, i), c);
}

static bool
is_name(const SqlcToken *token)
{
	return token->kind == SQLC_WORD || token->kind == SQLC_QUOTED;
}

static bool
is_same(const SqlcToken *a, const SqlcToken *b)
{
	return a != NULL && b != NULL && a->len == b->len &&
	       g_ascii_strncasecmp(a->text, b->text, a->len) == 0;
}

static bool
is_commune_param(const Checker *checker, guint i)
{
	const SqlcToken *token = token_at(checker, i);

	return token->kind == SQLC_PARAM && token->len == strlen(COMMUNE) &&
	       strncmp(token->text, COMMUNE, token->len) == 0;
}

/* The index of the parenthesis that closes the one at `i`; range.end where there is none. */
static guint
closing(const Checker *checker, guint i, guint end)
{
	uint32_t depth = token_at(checker, i)->depth;

	for (guint at = i + 1; at < end; at++)
		if (is_char(checker, at, ')') && token_at(checker, at)->depth == depth)
			return at;
	return end;
}

/* The first of these words at the range's own depth; range.end where there is none. "IS DISTINCT FROM" is no
 * FROM, a JOIN's ON no "ON CONFLICT". */
static guint
find_word(const Checker *checker, Range range, const char *const words[])
{
	uint32_t depth = token_at(checker, range.at)->depth;

	for (guint i = range.at; i < range.end; i++) {
		if (token_at(checker, i)->depth != depth || !is_any_word(checker, i, words))
			continue;
		if (is_word(checker, i, "FROM") && i > range.at && is_word(checker, i - 1, "DISTINCT"))
			continue;
		if (is_word(checker, i, "ON") && !is_word(checker, i + 1, "CONFLICT"))
			continue;
		return i;
	}
	return range.end;
}

static void
refuse(Checker *checker, const SqlcToken *token, const char *what)
{
	sqlc_error(checker->unit, token->line, "%s: %.*s %s", checker->statement->name, (int)token->len,
	    token->text, what);
}

static int
find_source(const Scope *scope, const SqlcToken *alias)
{
	for (guint i = 0; i < scope->sources->len; i++)
		if (is_same(g_array_index(scope->sources, Source, i).alias, alias))
			return (int)i;
	for (scope = scope->outer; scope != NULL; scope = scope->outer)
		for (guint i = 0; i < scope->sources->len; i++)
			if (is_same(g_array_index(scope->sources, Source, i).alias, alias) &&
			    g_array_index(scope->sources, Source, i).is_table)
				return THE_COMMUNE; /* held to it where it stands, or refused there */
	return NOBODY;
}

/* A column without an alias is the only table's; of several, nobody knows. */
static int
only_table(const Scope *scope)
{
	int found = NOBODY;

	for (guint i = 0; i < scope->sources->len; i++) {
		if (!g_array_index(scope->sources, Source, i).is_table)
			continue;
		if (found != NOBODY)
			return NOBODY;
		found = (int)i;
	}
	return found;
}

/* What the tokens stand for, if they are a commune's number and nothing else. */
static int
operand(const Checker *checker, const Scope *scope, Range range)
{
	guint n = range.end - range.at;

	if (n == 1 && is_commune_param(checker, range.at))
		return THE_COMMUNE;
	if (n == 1 && is_word(checker, range.at, COMMUNE))
		return only_table(scope);
	if (n == 3 && is_char(checker, range.at + 1, '.') && is_word(checker, range.at + 2, COMMUNE))
		return find_source(scope, token_at(checker, range.at));
	return NOBODY;
}

/* "s.rowid > (:commune_id * 1048576 + …": one side of a key that begins with the commune. */
static void
read_packed(const Checker *checker, const Scope *scope, Range range)
{
	guint i = range.at + 3;
	bool is_lower = is_char(checker, i, '>');
	const SqlcToken *factor;
	Source *source;
	int index;

	if (range.end - range.at < 9 || !is_char(checker, range.at + 1, '.') ||
	    !is_word(checker, range.at + 2, PACKED_KEY) || (!is_lower && !is_char(checker, i, '<')))
		return;
	index = find_source(scope, token_at(checker, range.at));
	factor = token_at(checker, i + 4);
	if (index < 0 || !is_char(checker, i + 1, '(') || !is_commune_param(checker, i + 2) ||
	    !is_char(checker, i + 3, '*') || factor->len != strlen(PACK_FACTOR) ||
	    strncmp(factor->text, PACK_FACTOR, factor->len) != 0 || !is_char(checker, i + 5, '+'))
		return;
	source = &g_array_index(scope->sources, Source, (guint)index);
	source->has_lower = source->has_lower || is_lower;
	source->has_upper = source->has_upper || !is_lower;
	source->is_bound = source->is_bound || (source->has_lower && source->has_upper);
}

/* joined: the source that an outer join's ON is about, which alone it can hold; NOBODY for any other. */
static void
read_condition(const Checker *checker, const Scope *scope, Range range, int joined)
{
	Fact fact = {.is_mutual = joined == NOBODY};

	read_packed(checker, scope, range);
	for (guint i = range.at; i < range.end; i++) {
		if (!is_char(checker, i, '='))
			continue;
		fact.to = operand(checker, scope, (Range){range.at, i});
		fact.from = operand(checker, scope, (Range){i + 1, range.end});
		if (joined != NOBODY && fact.from == joined) {
			fact.from = fact.to;
			fact.to = joined;
		}
		if (fact.to != NOBODY && fact.from != NOBODY && (joined == NOBODY || fact.to == joined))
			g_array_append_val(scope->facts, fact);
		return;
	}
}

/* Cuts a WHERE or ON at its ANDs. One with an OR at its top holds nothing. */
static void
read_conditions(const Checker *checker, const Scope *scope, Range range, int joined)
{
	uint32_t depth = token_at(checker, range.at)->depth;
	guint first = range.at, n_cases = 0;
	bool is_between = false;

	for (guint i = range.at; i < range.end; i++)
		if (token_at(checker, i)->depth == depth && is_word(checker, i, "OR"))
			return;
	for (guint i = range.at; i < range.end; i++) {
		if (token_at(checker, i)->depth != depth)
			continue;
		if (is_word(checker, i, "CASE"))
			n_cases++;
		else if (is_word(checker, i, "END") && n_cases > 0)
			n_cases--;
		else if (is_word(checker, i, "BETWEEN"))
			is_between = true;
		else if (is_word(checker, i, "AND") && is_between)
			is_between = false;
		else if (is_word(checker, i, "AND") && n_cases == 0) {
			read_condition(checker, scope, (Range){first, i}, joined);
			first = i + 1;
		}
	}
	read_condition(checker, scope, (Range){first, range.end}, joined);
}

static bool
is_of_with(const Checker *checker, const SqlcToken *name)
{
	for (guint i = 0; i < checker->withs->len; i++)
		if (is_same(g_ptr_array_index(checker->withs, i), name))
			return true;
	return false;
}

/* Reads "name [AS] alias" or "(SELECT …) [AS] alias" and gives what stands behind it. */
static guint
read_source(Checker *checker, Scope *scope, Range range)
{
	static const char *const NO_ALIAS[] = {"JOIN", "LEFT", "RIGHT", "INNER", "CROSS", "FULL", "NATURAL",
	    "ON", "USING", "SET", "WHERE", "VALUES", "INDEXED", "NOT", NULL};
	Source source = {.name = token_at(checker, range.at)};
	guint i = range.at;

	if (is_char(checker, i, '('))
		i = closing(checker, i, range.end);
	else if (is_char(checker, i + 1, '('))
		i = closing(checker, i + 1, range.end);
	else
		source.is_table = is_name(source.name) && !is_of_with(checker, source.name);
	i++;
	if (is_word(checker, i, "AS"))
		i++;
	source.alias = source.name;
	if (i < range.end && is_name(token_at(checker, i)) && !is_any_word(checker, i, NO_ALIAS))
		source.alias = token_at(checker, i++);
	if (!source.is_table)
		source.name = source.alias;
	g_array_append_val(scope->sources, source);
	return i;
}

/* Reads the ON or USING behind a source; gives what stands behind it. */
static guint
read_join(Checker *checker, Scope *scope, Range range, bool is_left)
{
	static const char *const NEXT[] = {
	    "JOIN", "LEFT", "INNER", "CROSS", "RIGHT", "FULL", "NATURAL", NULL};
	int joined = (int)scope->sources->len - 1;
	guint end = range.at;

	if (is_word(checker, range.at, "USING")) {
		end = closing(checker, range.at + 1, range.end);
		for (guint i = range.at; i < end && joined > 0; i++)
			if (is_word(checker, i, COMMUNE)) {
				const Fact fact = {joined, joined - 1, !is_left};

				g_array_append_val(scope->facts, fact);
			}
		return end + 1;
	}
	if (!is_word(checker, range.at, "ON"))
		return range.at;
	end = find_word(checker, (Range){range.at + 1, range.end}, NEXT);
	for (guint i = range.at + 1; i < end; i++)
		if (is_char(checker, i, ',') &&
		    token_at(checker, i)->depth == token_at(checker, range.at)->depth)
			end = i;
	read_conditions(checker, scope, (Range){range.at + 1, end}, is_left ? joined : NOBODY);
	return end;
}

static void
read_sources(Checker *checker, Scope *scope, Range range)
{
	static const char *const STRANGE[] = {"RIGHT", "FULL", "NATURAL", NULL};
	bool is_left = false;

	while (range.at < range.end) {
		range.at = read_source(checker, scope, range);
		range.at = read_join(checker, scope, range, is_left);
		is_left = false;
		for (; range.at < range.end && !is_char(checker, range.at, ','); range.at++) {
			is_left = is_left || is_word(checker, range.at, "LEFT");
			if (is_any_word(checker, range.at, STRANGE))
				refuse(checker, token_at(checker, range.at),
				    "JOIN is not understood: write LEFT JOIN");
			if (is_word(checker, range.at, "JOIN"))
				break;
		}
		range.at++;
	}
}

static bool
is_held(const Scope *scope, int index)
{
	return index == THE_COMMUNE ||
	       (index >= 0 && g_array_index(scope->sources, Source, (guint)index).is_bound);
}

static bool
hold(const Scope *scope, int index)
{
	Source *source;

	if (index < 0)
		return false;
	source = &g_array_index(scope->sources, Source, (guint)index);
	if (source->is_bound)
		return false;
	source->is_bound = true;
	return true;
}

/* From what is held to what it is joined to, until nothing more is. */
static void
spread(const Scope *scope)
{
	for (bool is_new = true; is_new;) {
		is_new = false;
		for (guint i = 0; i < scope->facts->len; i++) {
			const Fact *fact = &g_array_index(scope->facts, Fact, i);

			if (is_held(scope, fact->from))
				is_new = hold(scope, fact->to) || is_new;
			if (fact->is_mutual && is_held(scope, fact->to))
				is_new = hold(scope, fact->from) || is_new;
		}
	}
}

static void
report_sources(Checker *checker, const Scope *scope)
{
	for (guint i = 0; i < scope->sources->len; i++) {
		const Source *source = &g_array_index(scope->sources, Source, i);

		if (source->is_table && !source->is_bound)
			refuse(checker, source->name,
			    "is not held to the commune: it needs \"commune_id = :commune_id\" of its own, "
			    "or "
			    "equality with the commune_id of a table that has it");
	}
}

/* Every subquery of the range, each in this scope. */
static void
check_subqueries(Checker *checker, Range range, const Scope *scope)
{
	static const char *const BEGINS[] = {"SELECT", "WITH", NULL};

	for (guint i = range.at; i < range.end; i++) {
		guint end;

		if (!is_char(checker, i, '(') || !is_any_word(checker, i + 1, BEGINS))
			continue;
		end = closing(checker, i, range.end);
		check_query(checker, (Range){i + 1, end}, scope);
		i = end;
	}
}

static Scope
scope_new(const Scope *outer)
{
	return (Scope){
	    outer, g_array_new(FALSE, TRUE, sizeof(Source)), g_array_new(FALSE, TRUE, sizeof(Fact))};
}

static void
scope_clear(Scope *scope)
{
	g_array_unref(scope->sources);
	g_array_unref(scope->facts);
}

/* The n-th element of a list parted by commas at the range's depth. */
static Range
element(const Checker *checker, Range range, guint n)
{
	uint32_t depth = token_at(checker, range.at)->depth;
	Range found = {range.at, range.at};

	for (; found.end < range.end; found.end++) {
		if (!is_char(checker, found.end, ',') || token_at(checker, found.end)->depth != depth)
			continue;
		if (n-- == 0)
			return found;
		found.at = found.end + 1;
	}
	return n == 0 ? found : (Range){range.end, range.end};
}

static void
check_given(Checker *checker, const Scope *scope, Range list, int position)
{
	Range given = element(checker, list, (guint)position);

	if (given.at >= given.end || !is_held(scope, operand(checker, scope, given)))
		refuse(checker, token_at(checker, list.at),
		    "begins a row whose commune_id is not :commune_id or that of a table held to it");
}

/* One SELECT. position: of the commune among its columns where they become a row; -1 where they do not. */
static void
check_select(Checker *checker, Range range, const Scope *outer, int position)
{
	static const char *const FROM[] = {"FROM", NULL}, *const WHERE[] = {"WHERE", NULL};
	static const char *const ENDS[] = {"WHERE", "GROUP", "ORDER", "LIMIT", "HAVING", "WINDOW", NULL};
	Scope scope = scope_new(outer);
	guint from = find_word(checker, range, FROM), where = find_word(checker, range, WHERE);

	if (from < range.end)
		read_sources(
		    checker, &scope, (Range){from + 1, find_word(checker, (Range){from, range.end}, ENDS)});
	if (where < range.end)
		read_conditions(checker, &scope,
		    (Range){where + 1, find_word(checker, (Range){where + 1, range.end}, ENDS)}, NOBODY);
	spread(&scope);
	report_sources(checker, &scope);
	if (position >= 0)
		check_given(checker, &scope, (Range){range.at + 1, from}, position);
	check_subqueries(checker, range, &scope);
	scope_clear(&scope);
}

/* SELECTs joined by UNION and the like. */
static void
check_selects(Checker *checker, Range range, const Scope *outer, int position)
{
	static const char *const BETWEEN[] = {"UNION", "EXCEPT", "INTERSECT", NULL};

	while (range.at < range.end) {
		guint end = find_word(checker, range, BETWEEN);

		check_select(checker, (Range){range.at, end}, outer, position);
		range.at = end + 1;
		if (is_word(checker, range.at, "ALL"))
			range.at++;
	}
}

static void
check_set(Checker *checker, Range range)
{
	for (guint i = range.at; i < range.end; i++)
		if (is_word(checker, i, COMMUNE) && is_char(checker, i + 1, '=') &&
		    token_at(checker, i)->depth == token_at(checker, range.at)->depth)
			refuse(checker, token_at(checker, i), "is never changed");
}

static int
position_of_commune(const Checker *checker, Range range)
{
	int position = 0;

	for (guint i = range.at; i < range.end; i++) {
		if (is_word(checker, i, COMMUNE))
			return position;
		position += is_char(checker, i, ',');
	}
	return -1;
}

static void
check_values(Checker *checker, Range range, int position)
{
	Scope scope = scope_new(NULL);

	for (guint i = range.at; i < range.end; i++) {
		guint end;

		if (!is_char(checker, i, '('))
			continue;
		end = closing(checker, i, range.end);
		check_given(checker, &scope, (Range){i + 1, end}, position);
		i = end;
	}
	scope_clear(&scope);
}

static void
check_insert(Checker *checker, Range range)
{
	static const char *const INTO[] = {"INTO", NULL}, *const TAIL[] = {"ON", "RETURNING", NULL};
	static const char *const SET[] = {"SET", NULL}, *const ENDS[] = {"WHERE", "RETURNING", NULL};
	guint table = find_word(checker, range, INTO) + 1, tail = find_word(checker, range, TAIL);
	guint end = is_char(checker, table + 1, '(') ? closing(checker, table + 1, range.end) : table + 1;
	guint set = find_word(checker, (Range){range.at, range.end}, SET);
	int position = position_of_commune(checker, (Range){table + 1, end});

	if (position < 0) {
		refuse(checker, token_at(checker, table), "gets a row without naming its commune_id");
		return;
	}
	if (is_word(checker, end + 1, "VALUES"))
		check_values(checker, (Range){end + 2, tail}, position);
	else
		check_selects(checker, (Range){end + 1, tail}, NULL, position);
	if (set < range.end)
		check_set(checker, (Range){set, find_word(checker, (Range){set, range.end}, ENDS)});
	check_subqueries(checker, range, NULL);
}

/* UPDATE and DELETE: a table, then what it is joined to, then conditions. */
static void
check_change(Checker *checker, Range range)
{
	static const char *const MORE[] = {"FROM", "USING", NULL}, *const WHERE[] = {"WHERE", NULL};
	static const char *const SET[] = {"SET", NULL}, *const ENDS[] = {"FROM", "WHERE", "RETURNING", NULL};
	Scope scope = scope_new(NULL);
	guint first = range.at + (is_word(checker, range.at, "DELETE") ? 2 : 1);
	guint set = find_word(checker, range, SET), where = find_word(checker, range, WHERE);
	guint more = find_word(checker, (Range){first, range.end}, MORE);

	read_source(checker, &scope, (Range){first, range.end});
	if (set < range.end)
		check_set(checker, (Range){set, find_word(checker, (Range){set, range.end}, ENDS)});
	if (more < range.end)
		read_sources(checker, &scope,
		    (Range){more + 1, find_word(checker, (Range){more + 1, range.end}, &ENDS[1])});
	if (where < range.end)
		read_conditions(checker, &scope,
		    (Range){where + 1, find_word(checker, (Range){where + 1, range.end}, &ENDS[2])}, NOBODY);
	spread(&scope);
	report_sources(checker, &scope);
	check_subqueries(checker, range, &scope);
	scope_clear(&scope);
}

/* Passes over "WITH a AS (…), b AS (…)", whose queries are checked; gives what stands behind. */
static guint
read_withs(Checker *checker, Range range, const Scope *outer)
{
	guint i = range.at + 1;

	if (is_word(checker, i, "RECURSIVE"))
		i++;
	while (i < range.end) {
		guint end;

		g_ptr_array_add(checker->withs, (gpointer)(guintptr)token_at(checker, i));
		while (i < range.end && !is_word(checker, i, "AS"))
			i++;
		while (i < range.end && !is_char(checker, i, '('))
			i++;
		end = closing(checker, i, range.end);
		check_query(checker, (Range){i + 1, end}, outer);
		i = end + 1;
		if (!is_char(checker, i, ','))
			return i;
		i++;
	}
	return i;
}

static void
check_query(Checker *checker, Range range, const Scope *outer)
{
	if (checker->n_inside >= QUERIES_INSIDE_MAX) {
		refuse(checker, token_at(checker, range.at), "begins a query inside too many others");
		return;
	}
	checker->n_inside++;
	if (is_word(checker, range.at, "WITH"))
		range.at = read_withs(checker, range, outer);
	if (is_word(checker, range.at, "SELECT"))
		check_selects(checker, range, outer, -1);
	else if (is_word(checker, range.at, "INSERT"))
		check_insert(checker, range);
	else if (is_word(checker, range.at, "UPDATE") || is_word(checker, range.at, "DELETE"))
		check_change(checker, range);
	else if (!is_word(checker, range.at, "VALUES"))
		refuse(checker, token_at(checker, range.at),
		    "begins a statement that cannot be held to a commune");
	checker->n_inside--;
}

void
sqlc_check_tenancy(SqlcUnit *unit, const SqlcStatement *statement, const GArray *tokens)
{
	g_autoptr(GPtrArray) withs = g_ptr_array_new();
	Checker checker = {unit, statement, tokens, withs, 0};

	if (tokens->len > 0)
		check_query(&checker, (Range){0, tokens->len}, NULL);
}
