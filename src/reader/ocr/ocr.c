/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/ocr/ocr.h"

#include "base/app-error.h"
#include "base/ceilings.h"
#include "base/text.h"
#include "reader/ocr/engine.h"
#include "reader/ocr/roman.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LINE_PER_SIZE 1.08f     /* a printed line's height, marks and tails, to the size of its type */
#define LOW_RESOLUTION 150      /* pixels per inch, below which readings get doubtful */
#define CONFIDENCE_DOUBTFUL 80  /* below it words are shown for review, and may be corrected */
#define CONFIDENCE_CORRECTED 79 /* at most, of a word that was corrected */
#define CONFIDENCE_NUMERAL 92   /* below it the strokes of a heading's number are counted */
#define CONFIDENCE_UPRIGHT 70   /* below it a page may be standing on its head */

void
ocr_use_one_thread(char **argv)
{
	const char *limit = getenv("OMP_THREAD_LIMIT");

	if (limit != NULL && strcmp(limit, "1") == 0)
		return;
	if (setenv("OMP_THREAD_LIMIT", "1", 1) == 0)
		(void)execv("/proc/self/exe", argv);
}

/* No messages on the terminal, and no second look at each line for white letters on black. */
void
ocr_engine_quieten(TessBaseAPI *api)
{
	TessBaseAPISetVariable(api, "debug_file", "/dev/null");
	TessBaseAPISetVariable(api, "invert_threshold", "0");
}

bool
ocr_engine_new(const OcrOptions *options, OcrEngine **ret_engine, GError **error)
{
	g_autoptr(OcrEngine) engine = g_new0(OcrEngine, 1);

	setMsgSeverity(L_SEVERITY_NONE);
	engine->api = TessBaseAPICreate();
	engine->model_folder = g_strdup(options->model_folder);
	engine->lexicon = lexicon_new(options->agencies);
	if (TessBaseAPIInit2(engine->api, options->model_folder, "vie", OEM_LSTM_ONLY) != 0) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "chưa cài bộ nhận dạng tiếng Việt; hãy cài gói tesseract-ocr-vie rồi đọc lại");
		return false;
	}
	ocr_engine_quieten(engine->api);
	*ret_engine = g_steal_pointer(&engine);
	return true;
}

void
ocr_engine_free(OcrEngine *engine)
{
	if (engine == NULL)
		return;
	if (engine->numbers != engine->api)
		TessBaseAPIDelete(engine->numbers);
	TessBaseAPIDelete(engine->api);
	g_free(engine->model_folder);
	lexicon_free(engine->lexicon);
	g_free(engine);
}

bool
ocr_count_pages(const char *bytes, size_t len, uint32_t *ret_n_pages, GError **error)
{
	setMsgSeverity(L_SEVERITY_NONE);
	return picture_count(bytes, len, ret_n_pages, error);
}

static void
add_rules(const Leaf *leaf, const Grid *grid, PageSheet *sheet)
{
	for (guint i = 0; i < grid->across->len && sheet->rules->len < LIMIT_PAGE_RULES; i++) {
		const GridLine *line = &g_array_index(grid->across, GridLine, i);

		page_add_rule(sheet, leaf_box(leaf, line->from, line->at - 1, line->to, line->at + 1));
	}
	for (guint i = 0; i < grid->down->len && sheet->rules->len < LIMIT_PAGE_RULES; i++) {
		const GridLine *line = &g_array_index(grid->down, GridLine, i);

		page_add_rule(sheet, leaf_box(leaf, line->at - 1, line->from, line->at + 1, line->to));
	}
}

/* Words as the lexicon has them. What was corrected is shown for review, whatever the model thought of it. */
static void
correct_words(const OcrEngine *engine, GArray *words)
{
	for (guint i = 0; i < words->len; i++) {
		OcrWord *word = &g_array_index(words, OcrWord, i);
		const char *before = i > 0 ? g_array_index(words, OcrWord, i - 1).text : NULL;
		const char *after = i + 1 < words->len ? g_array_index(words, OcrWord, i + 1).text : NULL;
		char *corrected = lexicon_correct(
		    engine->lexicon, word->text, before, after, word->confidence < CONFIDENCE_DOUBTFUL);

		if (corrected == NULL)
			continue;
		g_free(word->text);
		word->text = corrected;
		word->confidence = MIN(word->confidence, CONFIDENCE_CORRECTED);
	}
}

/* Numbers of headings: they begin a line, and a capital follows. */
static void
correct_numerals(const Leaf *leaf, GArray *words)
{
	for (guint i = 0; i + 1 < words->len; i++) {
		OcrWord *word = &g_array_index(words, OcrWord, i);
		const OcrWord *next = &g_array_index(words, OcrWord, i + 1);
		char *corrected;

		if (!word->begins_line || next->begins_line || word->confidence >= CONFIDENCE_NUMERAL ||
		    !g_unichar_isupper(g_utf8_get_char(next->text)))
			continue;
		corrected = roman_correct(
		    word->text, roman_count_strokes(leaf, word->left, word->top, word->right, word->bottom));
		if (corrected == NULL)
			continue;
		g_free(word->text);
		word->text = corrected;
		word->confidence = MIN(word->confidence, CONFIDENCE_CORRECTED);
	}
}

static int
compare_heights(gconstpointer a, gconstpointer b)
{
	return *(const int *)a - *(const int *)b;
}

/* The height of most lines. A line of small letters alone is lower than one with marks and tails, and yet of
 * the same type. */
static int
usual_height(const GArray *words)
{
	g_autoptr(GArray) heights = g_array_new(FALSE, FALSE, sizeof(int));

	for (guint i = 0; i < words->len; i++)
		g_array_append_val(heights, g_array_index(words, OcrWord, i).line_height);
	g_array_sort(heights, compare_heights);
	return heights->len > 0 ? g_array_index(heights, int, heights->len / 2) : 0;
}

static float
type_size(const Leaf *leaf, const OcrWord *word, int usual)
{
	const bool is_usual = word->line_height * 2 > usual && word->line_height * 3 < usual * 4;

	return (float)(is_usual ? usual : word->line_height) * 72 / leaf->resolution / LINE_PER_SIZE;
}

static void
add_words(const Leaf *leaf, const GArray *words, PageSet *set, PageSheet *sheet)
{
	const int usual = usual_height(words);

	for (guint i = 0; i < words->len && sheet->words->len < LIMIT_PAGE_WORDS; i++) {
		const OcrWord *word = &g_array_index(words, OcrWord, i);
		g_autofree char *text = text_nfc(word->text, strlen(word->text), NULL);
		PageWord out = {.text = text,
		    .box = leaf_box(leaf, word->left, word->top, MAX(word->right, word->left),
			MAX(word->bottom, word->top)),
		    .font_size = type_size(leaf, word, usual),
		    .confidence = (uint8_t)word->confidence};

		page_add_word(set, sheet, &out);
	}
}

static void
add_notes(
    const Picture *picture, const Leaf *leaf, const GArray *words, uint32_t page, BlockDocument *document)
{
	if (picture->is_damaged)
		block_document_note(document, "scan-damaged", DIAG_WARNING, page,
		    "Ảnh của trang %u bị hỏng hoặc bị cắt cụt: phần cuối trang có thể thiếu; hãy quét lại",
		    page);
	if (leaf->turns != 0)
		block_document_note(document, "scan-rotated", DIAG_INFO, page,
		    leaf->turns == 2 ? "Trang %u bị quét ngược đầu; đã xoay lại để đọc"
				     : "Trang %u bị quét nằm ngang; đã xoay lại để đọc",
		    page);
	if (leaf->source_resolution < LOW_RESOLUTION)
		block_document_note(document, "scan-low-resolution", DIAG_WARNING, page,
		    "Trang %u chỉ có khoảng %.0f dpi, dễ đọc sai; nên quét lại ở 300 dpi", page,
		    (double)leaf->source_resolution);
	if (words->len == 0)
		block_document_note(document, "scan-no-text", DIAG_WARNING, page,
		    "Trang %u là ảnh không có chữ nào đọc được", page);
}

static GArray *
new_words(void)
{
	GArray *words = g_array_new(FALSE, FALSE, sizeof(OcrWord));

	g_array_set_clear_func(words, ocr_word_clear);
	return words;
}

/* Reads a leaf; where it may stand on its head and reads badly, also that way, and keeps the better. */
static GArray *
read_leaf(OcrEngine *engine, Leaf *leaf, Grid *grid)
{
	g_autoptr(GArray) words = new_words(), turned = NULL;
	g_auto(Grid) turned_grid = {0};
	int confidence;

	grid_find(leaf, grid);
	confidence = ocr_recognise(engine, leaf, grid, words);
	if (leaf->is_up_certain || confidence >= CONFIDENCE_UPRIGHT)
		return g_steal_pointer(&words);
	leaf_turn_over(leaf);
	turned = new_words();
	grid_find(leaf, &turned_grid);
	if (ocr_recognise(engine, leaf, &turned_grid, turned) <= confidence) {
		leaf_turn_over(leaf);
		return g_steal_pointer(&words);
	}
	grid_clear(grid);
	*grid = turned_grid;
	turned_grid = (Grid){0};
	return g_steal_pointer(&turned);
}

bool
ocr_read_page(
    OcrEngine *engine, const char *bytes, size_t len, uint32_t page, PageSet **ret_set, GError **error)
{
	g_autoptr(PageSet) set = page_set_new(BLOCK_SOURCE_SCAN);
	g_auto(Picture) picture = {0};
	g_auto(Leaf) leaf = {0};
	g_auto(Grid) grid = {0};
	g_autoptr(GArray) words = NULL;
	PageSheet *sheet;

	if (!picture_load(bytes, len, page, &picture, error))
		return false;
	if (!leaf_prepare(&picture, &leaf)) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE,
		    "ảnh có hình dạng không đọc được; hãy quét lại cả trang giấy");
		return false;
	}
	words = read_leaf(engine, &leaf, &grid);
	correct_words(engine, words);
	correct_numerals(&leaf, words);
	sheet = page_set_add(set, page, leaf.width, leaf.height);
	sheet->is_scan = true;
	sheet->turns = (uint8_t)leaf.turns;
	add_rules(&leaf, &grid, sheet);
	add_words(&leaf, words, set, sheet);
	add_notes(&picture, &leaf, words, page, set->document);
	*ret_set = g_steal_pointer(&set);
	return true;
}

bool
ocr_render_page(const char *bytes, size_t len, uint32_t page, uint32_t width, uint32_t turns, char **ret_png,
    size_t *ret_len, GError **error)
{
	g_auto(Picture) picture = {0};
	g_autoptr(PIX) scaled = NULL;
	l_uint8 *png = NULL;
	float factor;

	setMsgSeverity(L_SEVERITY_NONE);
	if (!picture_load(bytes, len, page, &picture, error))
		return false;
	if (turns != 0)
		pix_replace(&picture.gray, pixRotateOrth(picture.gray, (l_int32)turns));
	factor = (float)width / (float)pixGetWidth(picture.gray);
	scaled = pixScale(picture.gray, factor, factor);
	if (scaled == NULL || pixWriteMemPng(&png, ret_len, scaled, 0) != 0) {
		g_set_error_literal(error, APP_ERROR, APP_ERROR_UNREADABLE, "không vẽ được trang ảnh này");
		return false;
	}
	*ret_png = g_memdup2(png, *ret_len);
	free(png);
	return true;
}
