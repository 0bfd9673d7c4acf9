/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/pdf/words.h"

#include "base/ceilings.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

#define WORD_BYTES_MAX 1024
#define JOIN_GAP 0.08 /* of the font size; poppler parts words where a font changes, blank or not */
#define PART_GAP 0.4  /* of the font size; and it joins cells that stand side by side */

typedef struct {
	int end; /* index of the last character that is set so */
	float size;
	bool is_bold, is_italic;
	LegacyFont legacy;
} Style;

typedef struct {
	PageSet *set;
	PageSheet *sheet;
	WordsFound *found;
	GArray *styles; /* of Style, in the order of the text */
	guint style;
	GString *text; /* of the word that is being gathered */
	BlockBox box;
	Style first; /* style of its first character */
} Gatherer;

/* True where a font's name tells a cut: "LiberationSerif-BoldItalic", "TimesNewRomanPS,Bold". */
static bool
name_has(const char *name, const char *const *cuts)
{
	g_autofree char *lower = g_ascii_strdown(name, -1);

	for (; *cuts != NULL; cuts++)
		if (strstr(lower, *cuts) != NULL)
			return true;
	return false;
}

static GArray *
read_styles(PopplerPage *page)
{
	static const char *const BOLD[] = {"bold", "black", "heavy", "demi", NULL};
	static const char *const ITALIC[] = {"italic", "oblique", NULL};
	GArray *styles = g_array_new(FALSE, FALSE, sizeof(Style));
	GList *runs = poppler_page_get_text_attributes(page);

	for (const GList *link = runs; link != NULL; link = link->next) {
		const PopplerTextAttributes *run = link->data;
		const char *name = run->font_name == NULL ? "" : run->font_name;
		Style style = {run->end_index, (float)run->font_size, name_has(name, BOLD),
		    name_has(name, ITALIC), legacy_font_of_name(name)};

		g_array_append_val(styles, style);
	}
	poppler_page_free_text_attributes(runs);
	return styles;
}

static Style
style_at(Gatherer *gatherer, int index)
{
	Style none = {0};

	while (gatherer->style + 1 < gatherer->styles->len &&
	       g_array_index(gatherer->styles, Style, gatherer->style).end < index)
		gatherer->style++;
	return gatherer->styles->len == 0 ? none : g_array_index(gatherer->styles, Style, gatherer->style);
}

static void
end_word(Gatherer *gatherer)
{
	const PageSheet *sheet = gatherer->sheet;
	BlockBox box = gatherer->box;
	g_autofree char *text = NULL;
	PageWord word = {.confidence = 100};

	if (gatherer->text->len == 0)
		return;
	if (gatherer->first.legacy != LEGACY_FONT_NONE) {
		text = legacy_font_to_utf8(gatherer->first.legacy, gatherer->text->str);
		gatherer->found->legacy = gatherer->first.legacy;
	} else {
		text = text_nfc(gatherer->text->str, gatherer->text->len, NULL);
	}
	g_string_truncate(gatherer->text, 0);
	word.text = text;
	word.font_size = gatherer->first.size;
	word.is_bold = gatherer->first.is_bold;
	word.is_italic = gatherer->first.is_italic;
	word.box = (BlockBox){fmaxf(box.left, 0), fmaxf(box.top, 0), fminf(box.right, sheet->width),
	    fminf(box.bottom, sheet->height)};
	if (!(word.box.left <= word.box.right && word.box.top <= word.box.bottom))
		return; /* off the page */
	tally_add_word(&gatherer->found->tally, text);
	if (gatherer->sheet->words->len >= LIMIT_PAGE_WORDS)
		gatherer->found->is_cut = true;
	else
		page_add_word(gatherer->set, gatherer->sheet, &word);
}

/* Hyphens, and bullets of the symbol fonts that Word uses; other codes of private use are kept and counted as
 * bad. */
static gunichar
plain_char(gunichar c)
{
	switch (c) {
	case 0x00AD: /* a soft hyphen that is printed is one */
	case 0xF02D:
		return '-';
	case 0xF0B7:
		return 0x2022; /* • */
	case 0xF0A7:
		return 0x25AA; /* ▪ */
	case 0xF0A8:
		return 0x25A1; /* □ */
	case 0xF0D8:
		return 0x27A2; /* ➢ */
	case 0xF0FC:
		return 0x2713; /* ✓ */
	default:
		return c;
	}
}

static void
add_char(Gatherer *gatherer, gunichar c, const PopplerRectangle *at, Style style)
{
	BlockBox box = {(float)fmin(at->x1, at->x2), (float)fmin(at->y1, at->y2), (float)fmax(at->x1, at->x2),
	    (float)fmax(at->y1, at->y2)};

	c = plain_char(c);
	tally_add_char(&gatherer->found->tally, c);
	if (g_unichar_iscntrl(c) || g_unichar_type(c) == G_UNICODE_FORMAT)
		return;
	if (gatherer->text->len == 0) {
		gatherer->box = box;
		gatherer->first = style;
	} else {
		gatherer->box.left = fminf(gatherer->box.left, box.left);
		gatherer->box.top = fminf(gatherer->box.top, box.top);
		gatherer->box.right = fmaxf(gatherer->box.right, box.right);
		gatherer->box.bottom = fmaxf(gatherer->box.bottom, box.bottom);
	}
	g_string_append_unichar(gatherer->text, c);
	if (gatherer->text->len >= WORD_BYTES_MAX)
		end_word(gatherer);
}

static bool
is_one_line(const PopplerRectangle *before, const PopplerRectangle *after, float size)
{
	return fmin(before->y2, after->y2) - fmax(before->y1, after->y1) > (double)size / 2;
}

/* True where the blank between two characters is none on paper. */
static bool
is_no_gap(const PopplerRectangle *before, const PopplerRectangle *after, float size)
{
	return fabs(after->x1 - before->x2) < JOIN_GAP * (double)size && is_one_line(before, after, size);
}

/* True where one character stands directly over or under the other: text that runs up or down the page. */
static bool
is_one_column(const PopplerRectangle *before, const PopplerRectangle *after, float size)
{
	double overlap = MIN(before->x2, after->x2) - MAX(before->x1, after->x1);
	double gap = MAX(after->y1 - before->y2, before->y1 - after->y2);

	return overlap > 0 && gap < PART_GAP * (double)size;
}

/* True where two characters that nothing parts stand apart on paper: cells of a table side by side, or the
 * end of one cell and the beginning of a line elsewhere. A raised figure stands close behind its word. */
static bool
is_apart(const PopplerRectangle *before, const PopplerRectangle *after, float size)
{
	double gap = after->x1 - before->x2;

	if (size <= 0)
		return false;
	if (!is_one_line(before, after, size))
		return fabs(gap) > PART_GAP * (double)size && !is_one_column(before, after, size);
	return gap > PART_GAP * (double)size || gap < -2 * (double)size;
}

static void
gather(Gatherer *gatherer, const char *text, const PopplerRectangle *places, guint n_places)
{
	guint index = 0;

	for (const char *at = text; *at != '\0' && index < n_places; index++) {
		gunichar c = g_utf8_get_char_validated(at, -1);
		Style style = style_at(gatherer, (int)index);

		if (c == (gunichar)-1 || c == (gunichar)-2) {
			c = 0xFFFD;
			at++;
		} else {
			at = text_next(at);
		}
		if (g_unichar_isspace(c)) {
			if (c != ' ' || index == 0 || index + 1 >= n_places ||
			    !is_no_gap(&places[index - 1], &places[index + 1], style.size))
				end_word(gatherer);
			continue;
		}
		if (index > 0 && is_apart(&places[index - 1], &places[index], style.size))
			end_word(gatherer);
		add_char(gatherer, c, &places[index], style);
	}
	end_word(gatherer);
}

/* Where no font tells, its letters may: words that are none in Unicode but read well as another encoding. */
static void
convert_unnamed(PageSet *set, PageSheet *sheet, WordsFound *found)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < sheet->words->len; i++)
		g_string_append_printf(text, "%s ", g_array_index(sheet->words, PageWord, i).text);
	found->legacy = legacy_font_guess(text->str);
	if (found->legacy == LEGACY_FONT_NONE)
		return;
	memset(&found->tally, 0, sizeof(found->tally));
	for (guint i = 0; i < sheet->words->len; i++) {
		PageWord *word = &g_array_index(sheet->words, PageWord, i);
		g_autofree char *plain = legacy_font_to_utf8(found->legacy, word->text);

		word->text = arena_strdup(set->document->arena, plain);
		for (const char *at = plain; *at != '\0'; at = text_next(at))
			tally_add_char(&found->tally, g_utf8_get_char(at));
		tally_add_word(&found->tally, plain);
	}
}

void
words_add(PopplerPage *page, PageSet *set, PageSheet *sheet, WordsFound *ret_found)
{
	g_autofree char *text = poppler_page_get_text(page);
	g_autofree PopplerRectangle *places = NULL;
	g_autoptr(GArray) styles = NULL;
	g_autoptr(GString) word = g_string_new(NULL);
	Gatherer gatherer = {.set = set, .sheet = sheet, .found = ret_found, .text = word};
	guint n_places = 0;

	memset(ret_found, 0, sizeof(*ret_found));
	if (text == NULL || *text == '\0' || !poppler_page_get_text_layout(page, &places, &n_places))
		return;
	styles = read_styles(page);
	gatherer.styles = styles;
	gather(&gatherer, text, places, n_places);
	if (ret_found->legacy == LEGACY_FONT_NONE && tally_is_doubtful(&ret_found->tally))
		convert_unnamed(set, sheet, ret_found);
}
