/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/office/docx.h"

#include "reader/office/ordinal.h"

#include <string.h>

#define LEVELS 9
#define COUNTER_MAX 100000

typedef struct {
	int start;
	const char *format; /* "decimal", "bullet", … */
	const char *text;   /* "%1.%2." */
	int restart;        /* a level from 1 that restarts this one; 0 none; -1: any level above */
	bool is_legal;      /* every number in it is decimal */
	const char *style;  /* NULL */
} DocxLevel;

/* w:abstractNum: how a list looks, and how far it has come. */
typedef struct {
	DocxLevel levels[LEVELS];
	int counters[LEVELS];
	bool is_started[LEVELS];
	const char *style_link;     /* this list is what that numbering style means; NULL */
	const char *num_style_link; /* that numbering style has the levels; NULL */
} DocxList;

/* w:num: a list as paragraphs name it. */
typedef struct {
	DocxList *list;
	int start[LEVELS]; /* override; -1 none */
	bool is_applied[LEVELS];
	DocxLevel *levels[LEVELS]; /* override; NULL none */
} DocxNum;

struct DocxNumbering {
	Arena *arena;
	GHashTable *lists, *nums; /* of DocxList *, DocxNum * by number, in the arena */
};

static void
read_level(DocxNumbering *numbering, Xml *xml, DocxLevel *level)
{
	XmlScope scope = xml_enter(xml);

	*level = (DocxLevel){.start = 1, .format = "decimal", .text = "", .restart = -1};
	while (xml_child(xml, &scope)) {
		const char *name = xml_name(xml);

		if (strcmp(name, "start") == 0)
			level->start = CLAMP(xml_attribute_int(xml, "val", 1), 0, COUNTER_MAX);
		else if (strcmp(name, "numFmt") == 0)
			level->format =
			    arena_strdup(numbering->arena, xml_attribute_or(xml, "val", "decimal"));
		else if (strcmp(name, "lvlText") == 0)
			level->text = arena_strdup(numbering->arena, xml_attribute_or(xml, "val", ""));
		else if (strcmp(name, "lvlRestart") == 0)
			level->restart = CLAMP(xml_attribute_int(xml, "val", 0), 0, LEVELS);
		else if (strcmp(name, "isLgl") == 0)
			level->is_legal = docx_is_on(xml);
		else if (strcmp(name, "pStyle") == 0)
			level->style = arena_strdup(numbering->arena, xml_attribute(xml, "val"));
	}
}

static void
read_list(DocxNumbering *numbering, Xml *xml)
{
	DocxList *list = arena_new0(numbering->arena, DocxList);
	int id = xml_attribute_int(xml, "abstractNumId", -1);
	XmlScope scope = xml_enter(xml);

	for (int i = 0; i < LEVELS; i++)
		list->levels[i] = (DocxLevel){.start = 1, .format = "none", .text = "", .restart = -1};
	while (xml_child(xml, &scope)) {
		int level = xml_attribute_int(xml, "ilvl", -1);

		if (xml_is(xml, "lvl") && level >= 0 && level < LEVELS)
			read_level(numbering, xml, &list->levels[level]);
		else if (xml_is(xml, "styleLink"))
			list->style_link = arena_strdup(numbering->arena, xml_attribute(xml, "val"));
		else if (xml_is(xml, "numStyleLink"))
			list->num_style_link = arena_strdup(numbering->arena, xml_attribute(xml, "val"));
	}
	g_hash_table_insert(numbering->lists, GINT_TO_POINTER(id), list);
}

static void
read_override(DocxNumbering *numbering, Xml *xml, DocxNum *num)
{
	int level = xml_attribute_int(xml, "ilvl", -1);
	XmlScope scope = xml_enter(xml);

	if (level < 0 || level >= LEVELS)
		return;
	while (xml_child(xml, &scope)) {
		if (xml_is(xml, "startOverride")) {
			num->start[level] = CLAMP(xml_attribute_int(xml, "val", 1), 0, COUNTER_MAX);
		} else if (xml_is(xml, "lvl")) {
			num->levels[level] = arena_new0(numbering->arena, DocxLevel);
			read_level(numbering, xml, num->levels[level]);
		}
	}
}

static void
read_num(DocxNumbering *numbering, Xml *xml)
{
	DocxNum *num = arena_new0(numbering->arena, DocxNum);
	int id = xml_attribute_int(xml, "numId", 0);
	XmlScope scope = xml_enter(xml);

	for (int i = 0; i < LEVELS; i++)
		num->start[i] = -1;
	while (xml_child(xml, &scope)) {
		if (xml_is(xml, "abstractNumId"))
			num->list = g_hash_table_lookup(
			    numbering->lists, GINT_TO_POINTER(xml_attribute_int(xml, "val", -1)));
		else if (xml_is(xml, "lvlOverride"))
			read_override(numbering, xml, num);
	}
	if (num->list != NULL)
		g_hash_table_insert(numbering->nums, GINT_TO_POINTER(id), num);
}

/* A list that only names a numbering style is the list that the style means. */
static void
follow_style_links(DocxNumbering *numbering)
{
	GHashTableIter nums, lists;
	gpointer value, other;

	g_hash_table_iter_init(&nums, numbering->nums);
	while (g_hash_table_iter_next(&nums, NULL, &value)) {
		DocxNum *num = value;

		if (num->list->num_style_link == NULL)
			continue;
		g_hash_table_iter_init(&lists, numbering->lists);
		while (g_hash_table_iter_next(&lists, NULL, &other)) {
			DocxList *list = other;

			if (list->num_style_link == NULL &&
			    g_strcmp0(list->style_link, num->list->num_style_link) == 0) {
				num->list = list;
				break;
			}
		}
	}
}

bool
docx_numbering_read(
    const char *bytes, size_t len, Arena *arena, DocxNumbering **ret_numbering, GError **error)
{
	DocxNumbering *numbering = g_new0(DocxNumbering, 1);
	g_autoptr(Xml) xml = NULL;
	XmlScope scope;

	numbering->arena = arena;
	numbering->lists = g_hash_table_new(NULL, NULL);
	numbering->nums = g_hash_table_new(NULL, NULL);
	if (bytes != NULL) {
		xml = xml_new(bytes, len, "word/numbering.xml");
		scope = xml_root(xml);
		while (xml_child(xml, &scope)) {
			if (xml_is(xml, "abstractNum"))
				read_list(numbering, xml);
			else if (xml_is(xml, "num"))
				read_num(numbering, xml);
		}
		if (!xml_finish(xml, error)) {
			docx_numbering_free(numbering);
			return false;
		}
		follow_style_links(numbering);
	}
	*ret_numbering = numbering;
	return true;
}

void
docx_numbering_free(DocxNumbering *numbering)
{
	if (numbering == NULL)
		return;
	g_hash_table_unref(numbering->lists);
	g_hash_table_unref(numbering->nums);
	g_free(numbering);
}

static const DocxLevel *
level_of(const DocxNum *num, int level)
{
	return num->levels[level] != NULL ? num->levels[level] : &num->list->levels[level];
}

static int
start_of(const DocxNum *num, int level)
{
	return num->start[level] >= 0 ? num->start[level] : level_of(num, level)->start;
}

static void
count(DocxNum *num, int level)
{
	DocxList *list = num->list;
	bool is_overridden = num->start[level] >= 0 && !num->is_applied[level];

	if (!list->is_started[level] || is_overridden)
		list->counters[level] = start_of(num, level);
	else if (list->counters[level] < COUNTER_MAX)
		list->counters[level]++;
	list->is_started[level] = true;
	num->is_applied[level] = true;
	for (int deeper = level + 1; deeper < LEVELS; deeper++) {
		int restart = level_of(num, deeper)->restart;

		if (restart < 0 || level < restart)
			list->is_started[deeper] = false;
	}
}

static const char *
make_label(DocxNumbering *numbering, const DocxNum *num, int level)
{
	g_autoptr(GString) label = g_string_new(NULL);
	const DocxLevel *shape = level_of(num, level);

	for (const char *at = shape->text; *at != '\0'; at++) {
		int other = at[0] == '%' && at[1] >= '1' && at[1] <= '9' ? at[1] - '1' : -1;

		if (other < 0) {
			g_string_append_c(label, *at);
			continue;
		}
		ordinal_append(label,
		    num->list->is_started[other] ? num->list->counters[other] : start_of(num, other),
		    ordinal_style_of(shape->is_legal ? "decimal" : level_of(num, other)->format));
		at++;
	}
	return arena_strndup(numbering->arena, label->str, label->len);
}

const char *
docx_numbering_next(DocxNumbering *numbering, int list, int level, bool *ret_is_bullet)
{
	DocxNum *num = g_hash_table_lookup(numbering->nums, GINT_TO_POINTER(list));
	const DocxLevel *shape;

	if (num == NULL || level < 0 || level >= LEVELS)
		return NULL;
	shape = level_of(num, level);
	*ret_is_bullet = strcmp(shape->format, "bullet") == 0;
	count(num, level);
	if (*ret_is_bullet)
		return *shape->text != '\0' ? ordinal_bullet(shape->text) : NULL;
	if (strcmp(shape->format, "none") == 0 && strchr(shape->text, '%') != NULL)
		return NULL;
	return *shape->text != '\0' ? make_label(numbering, num, level) : NULL;
}

int
docx_numbering_level_of(DocxNumbering *numbering, int list, const char *style)
{
	const DocxNum *num = g_hash_table_lookup(numbering->nums, GINT_TO_POINTER(list));

	for (int level = 0; num != NULL && style != NULL && level < LEVELS; level++)
		if (g_strcmp0(level_of(num, level)->style, style) == 0)
			return level;
	return 0;
}
