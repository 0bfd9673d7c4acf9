/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"
#include "reader/pdf/path.h"
#include "reader/pdf/rules.h"

#include <string.h>

static const PathClip CLIP = {-50, -50, 700, 900};

static void
take_rule(void *data, BlockBox box)
{
	g_array_append_val((GArray *)data, box);
}

/* Five bytes a step: what to do, and where. */
static void
draw(Path *path, GArray *pieces, const uint8_t *step)
{
	int16_t x, y;

	memcpy(&x, step + 1, sizeof(x));
	memcpy(&y, step + 3, sizeof(y));
	switch (step[0] % 8) {
	case 0:
		path_stroke(path, x / 256.0, y / 256.0, &CLIP, take_rule, pieces);
		path_begin(path);
		break;
	case 1:
		path_fill(path, &CLIP, take_rule, pieces);
		path_begin(path);
		break;
	case 2:
		path_close(path);
		break;
	default:
		path_add(path, x / 16.0, y / 16.0, step[0] % 8 == 3, step[0] % 8 == 4);
	}
}

/* Of any drawing only rules on the page are left. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(PageSet) set = page_set_new(BLOCK_SOURCE_PDF);
	g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(BlockBox));
	PageSheet *sheet = page_set_add(set, 1, 595, 842);
	Path path;

	path_init(&path);
	for (size_t at = 0; at + 5 <= size; at += 5)
		draw(&path, pieces, data + at);
	path_clear(&path);
	rules_add_joined(sheet, pieces);
	g_assert_cmpuint(sheet->rules->len, <=, pieces->len);
	for (guint i = 0; i < sheet->rules->len; i++) {
		const BlockBox *box = &g_array_index(sheet->rules, PageRule, i).box;

		g_assert_true(box->left >= 0 && box->left <= box->right && box->right <= sheet->width);
		g_assert_true(box->top >= 0 && box->top <= box->bottom && box->bottom <= sheet->height);
	}
	return 0;
}
