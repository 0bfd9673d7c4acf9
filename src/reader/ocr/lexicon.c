/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/ocr/lexicon.h"

#include "base/text.h"

#include <string.h>

#define LETTERS_MAX 16 /* of a syllable with what punctuation clings to it */

struct Lexicon {
	GHashTable *words;   /* set of words, lower case */
	GHashTable *by_fold; /* word without marks → GPtrArray of the words it may be */
	GHashTable *pairs;   /* set of "word|fold of the next" and "fold|next word" */
};

static char *
pair_key(const char *left, const char *right)
{
	return g_strdup_printf("%s|%s", left, right);
}

static void
add_word(Lexicon *lexicon, const char *word, const char *fold)
{
	GPtrArray *alike = g_hash_table_lookup(lexicon->by_fold, fold);
	char *own;

	if (g_hash_table_contains(lexicon->words, word))
		return;
	own = g_strdup(word);
	g_hash_table_add(lexicon->words, own);
	if (alike == NULL) {
		alike = g_ptr_array_new();
		g_hash_table_insert(lexicon->by_fold, g_strdup(fold), alike);
	}
	g_ptr_array_add(alike, own);
}

static void
add_phrase(Lexicon *lexicon, const char *phrase)
{
	g_autofree char *lower = g_utf8_strdown(phrase, -1), *nfc = text_nfc(lower, strlen(lower), NULL);
	g_auto(GStrv) words = g_strsplit_set(nfc, " ,.;:()-–&/\t", -1);
	g_autofree char *before = NULL, *before_fold = NULL;

	for (char **word = words; *word != NULL; word++) {
		g_autofree char *fold = text_fold_vi(*word);

		if (**word == '\0')
			continue;
		add_word(lexicon, *word, fold);
		if (before != NULL) {
			g_hash_table_add(lexicon->pairs, pair_key(before, fold));
			g_hash_table_add(lexicon->pairs, pair_key(before_fold, *word));
		}
		g_free(before);
		g_free(before_fold);
		before = g_strdup(*word);
		before_fold = g_steal_pointer(&fold);
	}
}

static void
free_alike(gpointer alike)
{
	g_ptr_array_unref(alike);
}

Lexicon *
lexicon_new(const char *const *agencies)
{
	Lexicon *lexicon = g_new0(Lexicon, 1);

	lexicon->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	lexicon->by_fold = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_alike);
	lexicon->pairs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (const char *const *phrase = LEXICON_PHRASES; *phrase != NULL; phrase++)
		add_phrase(lexicon, *phrase);
	for (const char *const *agency = agencies; agency != NULL && *agency != NULL; agency++)
		if (g_utf8_validate(*agency, -1, NULL))
			add_phrase(lexicon, *agency);
	return lexicon;
}

void
lexicon_free(Lexicon *lexicon)
{
	if (lexicon == NULL)
		return;
	g_hash_table_unref(lexicon->pairs);
	g_hash_table_unref(lexicon->by_fold);
	g_hash_table_unref(lexicon->words);
	g_free(lexicon);
}

/* A word and its neighbours as the lexicon spells them: lower case, without punctuation around. */
typedef struct {
	char *word;         /* NULL where it is no word of letters alone */
	size_t at, len;     /* of the word in the text */
	bool opens, closes; /* a neighbour on that side belongs to the same phrase */
} Token;

static void
token_clear(Token *token)
{
	g_free(token->word);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Token, token_clear)

static Token
token_of(const char *text)
{
	Token token = {.opens = true, .closes = true};
	const char *at = text, *end;
	g_autofree char *lower = NULL, *nfc = NULL;

	while (*at != '\0' && !g_unichar_isalnum(g_utf8_get_char(at)))
		at = text_next(at);
	for (end = at; g_unichar_isalpha(g_utf8_get_char(end)) || g_unichar_ismark(g_utf8_get_char(end));)
		end = text_next(end);
	token.at = (size_t)(at - text);
	token.len = (size_t)(end - at);
	token.opens = token.at == 0;
	token.closes = *end == '\0';
	for (const char *rest = end; *rest != '\0'; rest = text_next(rest))
		if (g_unichar_isalnum(g_utf8_get_char(rest)))
			return token;
	if (token.len == 0)
		return token;
	lower = g_utf8_strdown(at, (gssize)token.len);
	nfc = text_nfc(lower, strlen(lower), NULL);
	if (g_utf8_strlen(nfc, -1) <= LETTERS_MAX)
		token.word = g_steal_pointer(&nfc);
	return token;
}

/* The neighbours, without their marks: they may be misread too. NULL where there is none in the phrase. */
typedef struct {
	char *before, *after;
} Surroundings;

static void
surroundings_clear(Surroundings *around)
{
	g_free(around->before);
	g_free(around->after);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Surroundings, surroundings_clear)

static Surroundings
look_around(const Token *token, const char *before, const char *after)
{
	Surroundings around = {NULL, NULL};

	if (before != NULL && token->opens) {
		g_auto(Token) left = token_of(before);

		around.before = left.word != NULL && left.closes ? text_fold_vi(left.word) : NULL;
	}
	if (after != NULL && token->closes) {
		g_auto(Token) right = token_of(after);

		around.after = right.word != NULL && right.opens ? text_fold_vi(right.word) : NULL;
	}
	return around;
}

static bool
has_pair(const Lexicon *lexicon, const char *left, const char *right)
{
	g_autofree char *key = left != NULL && right != NULL ? pair_key(left, right) : NULL;

	return key != NULL && g_hash_table_contains(lexicon->pairs, key);
}

/* On how many sides a word makes a phrase of the lexicon. */
static int
count_support(const Lexicon *lexicon, const char *word, const Surroundings *around)
{
	return has_pair(lexicon, around->before, word) + has_pair(lexicon, word, around->after);
}

/* The model takes the hook above for an acute: ố for ổ, ấ for ẩ. */
static char *
with_hook(const char *word)
{
	g_autofree char *apart = g_utf8_normalize(word, -1, G_NORMALIZE_NFD);
	g_autoptr(GString) hooked = g_string_new(apart);

	if (g_string_replace(hooked, "\u0301", "\u0309", 1) == 0)
		return NULL;
	return g_utf8_normalize(hooked->str, -1, G_NORMALIZE_NFC);
}

/* The only word that fits better than what was read; NULL. */
static const char *
choose(const Lexicon *lexicon, const char *word, const GPtrArray *alike, const Surroundings *around)
{
	const char *best = NULL;
	int best_support = 0;
	bool is_tied = false;

	for (guint i = 0; i < alike->len; i++) {
		const char *candidate = g_ptr_array_index(alike, i);
		int support = count_support(lexicon, candidate, around);

		if (strcmp(candidate, word) == 0 || support == 0)
			continue;
		is_tied = support == best_support;
		if (support > best_support) {
			best = candidate;
			best_support = support;
		}
	}
	return is_tied ? NULL : best;
}

/* In the case of what was read: "ĐỐI", "Đối", "đối". */
static char *
in_case_of(const char *word, const char *text, size_t len)
{
	g_autofree char *upper = g_utf8_strup(text, (gssize)len);
	gunichar first = g_utf8_get_char(text);
	char head[7];

	if (!g_unichar_isupper(first))
		return g_strdup(word);
	if (g_utf8_strlen(text, (gssize)len) > 1 && strncmp(upper, text, len) == 0 && strlen(upper) == len)
		return g_utf8_strup(word, -1);
	head[g_unichar_to_utf8(g_unichar_toupper(g_utf8_get_char(word)), head)] = '\0';
	return g_strconcat(head, text_next(word), NULL);
}

static const char *
find_better(const Lexicon *lexicon, const Token *token, const Surroundings *around, bool is_doubtful,
    bool is_lower, char **ret_hooked)
{
	g_autofree char *fold = text_fold_vi(token->word);
	const GPtrArray *alike = g_hash_table_lookup(lexicon->by_fold, fold);
	const bool is_known = g_hash_table_contains(lexicon->words, token->word);

	if (alike == NULL || count_support(lexicon, token->word, around) > 0)
		return NULL;
	*ret_hooked = with_hook(token->word);
	if (*ret_hooked != NULL && g_hash_table_contains(lexicon->words, *ret_hooked) &&
	    (count_support(lexicon, *ret_hooked, around) > 0 || (is_lower && !is_known)))
		return *ret_hooked;
	return is_doubtful && !is_known ? choose(lexicon, token->word, alike, around) : NULL;
}

char *
lexicon_correct(
    const Lexicon *lexicon, const char *text, const char *before, const char *after, bool is_doubtful)
{
	g_auto(Token) token = token_of(text);
	g_auto(Surroundings) around = {NULL, NULL};
	g_autofree char *hooked = NULL, *cased = NULL;
	const char *better;

	if (token.word == NULL)
		return NULL;
	around = look_around(&token, before, after);
	better = find_better(lexicon, &token, &around, is_doubtful,
	    g_unichar_islower(g_utf8_get_char(text + token.at)), &hooked);
	if (better == NULL || strcmp(better, token.word) == 0)
		return NULL;
	cased = in_case_of(better, text + token.at, token.len);
	return g_strdup_printf("%.*s%s%s", (int)token.at, text, cased, text + token.at + token.len);
}

char *
lexicon_clean(const char *text)
{
	static const struct {
		const char *from, *to;
	} STRAY[] = {{"Ð", "Đ"}, {"ð", "õ"}, {"⁄", "/"}, {"ĐĐ", "Đ"}, {"//", "/"}};
	GString *clean = g_string_new(text);

	for (size_t i = 0; i < G_N_ELEMENTS(STRAY); i++)
		g_string_replace(clean, STRAY[i].from, STRAY[i].to, 0);
	return g_string_free(clean, FALSE);
}
