/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/check/units.h"

#include "base/text.h"
#include "compiler/check/unit-words.h"

#include <string.h>

#define WEIGHT_WEAK 1
#define WEIGHT_PLAIN 3
#define LONGEST_PHRASE 8

typedef struct Word {
	char *text;
	uint32_t weight; /* 0: a stop word */
} Word;

/* A phrase as ids of syllables, in a chain that starts at its first syllable. */
typedef struct Phrase {
	uint32_t syllables[LONGEST_PHRASE];
	uint32_t n;
	uint32_t unit;
	bool may_hold_comma; /* "cán bộ, công chức" */
	struct Phrase *next; /* shorter or as long */
} Phrase;

struct UnitLexicon {
	Arena *arena;
	GHashTable *ids;    /* char * → id + 1 */
	GArray *words;      /* of Word */
	GPtrArray *chains;  /* by id of the first syllable, of Phrase *, NULL where none */
	GString *folded;    /* reused */
	GArray *buffer;     /* of uint32_t, reused: the syllables of a text */
	GByteArray *breaks; /* reused: for each syllable, whether a stop or comma stands before it */
};

static uint32_t
intern(UnitLexicon *lexicon, const char *text, size_t len)
{
	char buffer[64];
	g_autofree char *heap = NULL;
	char *key = buffer;
	gpointer found;
	Word word;

	if (len >= sizeof(buffer))
		key = heap = g_malloc(len + 1);
	memcpy(key, text, len);
	key[len] = '\0';
	found = g_hash_table_lookup(lexicon->ids, key);
	if (found != NULL)
		return GPOINTER_TO_UINT(found) - 1;
	word = (Word){.text = arena_strndup(lexicon->arena, text, len),
	    .weight = strspn(key, "0123456789") == len ? WEIGHT_WEAK : WEIGHT_PLAIN};
	g_array_append_val(lexicon->words, word);
	g_ptr_array_add(lexicon->chains, NULL);
	g_hash_table_insert(lexicon->ids, word.text, GUINT_TO_POINTER(lexicon->words->len));
	return lexicon->words->len - 1;
}

static void
add_phrase(UnitLexicon *lexicon, const UnitPhrase *source)
{
	g_auto(GStrv) syllables = g_strsplit(source->phrase, " ", LONGEST_PHRASE);
	Phrase *phrase = arena_new0(lexicon->arena, Phrase);
	Phrase **link;

	phrase->may_hold_comma = strchr(source->phrase, ',') != NULL;
	for (char **syllable = syllables; *syllable != NULL; syllable++)
		phrase->syllables[phrase->n++] = intern(lexicon, *syllable, strcspn(*syllable, ","));
	phrase->unit = intern(lexicon, source->unit, strlen(source->unit));
	link = (Phrase **)(void *)&lexicon->chains->pdata[phrase->syllables[0]];
	while (*link != NULL && (*link)->n > phrase->n)
		link = &(*link)->next;
	phrase->next = *link;
	*link = phrase;
}

static void
set_weights(UnitLexicon *lexicon, const char *const *words, uint32_t weight)
{
	for (; *words != NULL; words++) {
		uint32_t id = intern(lexicon, *words, strlen(*words));

		g_array_index(lexicon->words, Word, id).weight = weight;
	}
}

UnitLexicon *
units_lexicon_new(void)
{
	UnitLexicon *lexicon = g_new0(UnitLexicon, 1);

	lexicon->arena = arena_new();
	lexicon->ids = g_hash_table_new(g_str_hash, g_str_equal);
	lexicon->words = g_array_new(FALSE, FALSE, sizeof(Word));
	lexicon->chains = g_ptr_array_new();
	lexicon->folded = g_string_new(NULL);
	lexicon->buffer = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	lexicon->breaks = g_byte_array_new();
	for (const UnitPhrase *phrase = UNIT_PHRASES; phrase->phrase != NULL; phrase++)
		add_phrase(lexicon, phrase);
	set_weights(lexicon, UNIT_WEAK_WORDS, WEIGHT_WEAK);
	set_weights(lexicon, UNIT_STOP_WORDS, 0);
	return lexicon;
}

void
units_lexicon_free(UnitLexicon *lexicon)
{
	if (lexicon == NULL)
		return;
	g_hash_table_unref(lexicon->ids);
	g_array_unref(lexicon->words);
	g_ptr_array_unref(lexicon->chains);
	g_string_free(lexicon->folded, TRUE);
	g_array_unref(lexicon->buffer);
	g_byte_array_unref(lexicon->breaks);
	arena_free(lexicon->arena);
	g_free(lexicon);
}

static bool
is_word_byte(char c)
{
	return g_ascii_isalnum(c) || ((unsigned char)c & 0x80) != 0;
}

/* Cuts the folded text into syllables, into lexicon->buffer and lexicon->breaks. */
static void
read_syllables(UnitLexicon *lexicon, const char *text)
{
	guint8 has_break = 0;

	g_string_truncate(lexicon->folded, 0);
	g_array_set_size(lexicon->buffer, 0);
	g_byte_array_set_size(lexicon->breaks, 0);
	text_fold_append(lexicon->folded, text, strlen(text));
	for (const char *p = lexicon->folded->str; *p != '\0';) {
		const char *start = p;
		uint32_t id;

		while (*p != '\0' && is_word_byte(*p))
			p++;
		if (p == start) {
			has_break |= strchr(",;:.()", *p) != NULL;
			p++;
			continue;
		}
		id = intern(lexicon, start, (size_t)(p - start));
		g_array_append_val(lexicon->buffer, id);
		g_byte_array_append(lexicon->breaks, &has_break, 1);
		has_break = 0;
	}
}

static bool
has_break_within(const UnitLexicon *lexicon, uint32_t start, uint32_t n)
{
	for (uint32_t i = start + 1; i < start + n; i++)
		if (lexicon->breaks->data[i])
			return true;
	return false;
}

/* The longest phrase that begins at a syllable. */
static const Phrase *
phrase_at(const UnitLexicon *lexicon, uint32_t start)
{
	const uint32_t *syllables = (const uint32_t *)(void *)lexicon->buffer->data + start;
	const Phrase *phrase = g_ptr_array_index(lexicon->chains, syllables[0]);

	for (; phrase != NULL; phrase = phrase->next)
		if (phrase->n <= lexicon->buffer->len - start &&
		    memcmp(phrase->syllables, syllables, phrase->n * sizeof(uint32_t)) == 0 &&
		    (phrase->may_hold_comma || !has_break_within(lexicon, start, phrase->n)))
			return phrase;
	return NULL;
}

static int
compare_ids(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

	return (left > right) - (left < right);
}

uint32_t
units_weight(const UnitLexicon *lexicon, uint32_t id)
{
	return g_array_index(lexicon->words, Word, id).weight;
}

UnitSet
units_read(UnitLexicon *lexicon, Arena *arena, const char *text)
{
	UnitSet set = {0};
	const uint32_t *syllables;
	uint32_t *order, *ids;

	if (text == NULL)
		return set;
	read_syllables(lexicon, text);
	syllables = (const uint32_t *)(void *)lexicon->buffer->data;
	order = arena_array(arena, uint32_t, lexicon->buffer->len);
	for (uint32_t i = 0; i < lexicon->buffer->len;) {
		const Phrase *phrase = phrase_at(lexicon, i);
		uint32_t unit = phrase != NULL ? phrase->unit : syllables[i];

		i += phrase != NULL ? phrase->n : 1;
		if (units_weight(lexicon, unit) > 0)
			order[set.n_order++] = unit;
	}
	ids = arena_array(arena, uint32_t, set.n_order);
	if (set.n_order > 0) {
		memcpy(ids, order, set.n_order * sizeof(uint32_t));
		qsort(ids, set.n_order, sizeof(uint32_t), compare_ids);
	}
	for (uint32_t i = 0; i < set.n_order; i++) {
		if (set.n > 0 && ids[set.n - 1] == ids[i])
			continue;
		ids[set.n++] = ids[i];
		set.weight += units_weight(lexicon, ids[i]);
	}
	set.ids = ids;
	set.order = order;
	return set;
}

const char *
units_word(const UnitLexicon *lexicon, uint32_t id)
{
	return g_array_index(lexicon->words, Word, id).text;
}

uint32_t
units_find(const UnitLexicon *lexicon, const char *word)
{
	gpointer found = g_hash_table_lookup(lexicon->ids, word);

	return found != NULL ? GPOINTER_TO_UINT(found) - 1 : UINT32_MAX;
}

bool
units_has(const UnitSet *set, uint32_t id)
{
	return set->n > 0 && bsearch(&id, set->ids, set->n, sizeof(uint32_t), compare_ids) != NULL;
}

uint32_t
units_common(const UnitLexicon *lexicon, const UnitSet *a, const UnitSet *b)
{
	uint32_t common = 0;

	for (uint32_t i = 0, j = 0; i < a->n && j < b->n;) {
		if (a->ids[i] == b->ids[j]) {
			common += units_weight(lexicon, a->ids[i]);
			i++;
			j++;
		} else if (a->ids[i] < b->ids[j]) {
			i++;
		} else {
			j++;
		}
	}
	return common;
}

unsigned
units_same_pct(const UnitLexicon *lexicon, const UnitSet *a, const UnitSet *b)
{
	uint32_t common = units_common(lexicon, a, b);
	uint32_t all = a->weight + b->weight - common;

	return all == 0 ? 0 : common * 100 / all;
}

unsigned
units_within_pct(const UnitLexicon *lexicon, const UnitSet *a, const UnitSet *b)
{
	uint32_t smaller = MIN(a->weight, b->weight);

	return smaller == 0 ? 0 : units_common(lexicon, a, b) * 100 / smaller;
}
