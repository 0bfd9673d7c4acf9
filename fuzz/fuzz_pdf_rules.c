/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"
#include "reader/pdf/rules.h"
#include "reader/pdf/script.h"

/* Any script leaves a picture, and of its rules those on the page, within its edges. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(PageSet) set = page_set_new(BLOCK_SOURCE_PDF);
	PageSheet *sheet = page_set_add(set, 1, 595, 842);
	ScriptPicture picture;

	script_picture_init(&picture);
	(void)rules_from_script((const char *)data, size, &picture);
	rules_add_joined(sheet, picture.rules, 1);
	g_assert_cmpuint(sheet->rules->len, <=, picture.rules->len);
	for (guint i = 0; i < sheet->rules->len; i++) {
		const BlockBox *box = &g_array_index(sheet->rules, PageRule, i).box;

		g_assert_true(box->left >= 0 && box->left <= box->right && box->right <= sheet->width);
		g_assert_true(box->top >= 0 && box->top <= box->bottom && box->bottom <= sheet->height);
	}
	script_picture_clear(&picture);
	return 0;
}
