/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/run/order.h"

#include "base/ceilings.h"

#include <string.h>

/* The number printed on a page: "3", "- 3 -", "Trang 3", "3/12"; 0 where a text is none. */
static uint32_t
printed_number(const char *text)
{
	char *end;
	guint64 number;

	text += strspn(text, " -–—~.");
	if (g_str_has_prefix(text, "Trang ") || g_str_has_prefix(text, "trang "))
		text += strlen("Trang ");
	if (!g_ascii_isdigit(*text))
		return 0;
	number = g_ascii_strtoull(text, &end, 10);
	end += strspn(end, " ");
	if (*end == '/')
		end += 1 + strspn(end + 1, "0123456789 ");
	end += strspn(end, " -–—~.");
	return *end == '\0' && number <= LIMIT_PAGES ? (uint32_t)number : 0;
}

/* The printed numbers, one for each page, 0 where it has none. */
static GArray *
read_numbers(const BlockDocument *document)
{
	GArray *numbers = g_array_new(FALSE, TRUE, sizeof(uint32_t));

	g_array_set_size(numbers, document->pages->len);
	for (guint i = 0; i < document->blocks->len; i++) {
		const Block *block = g_ptr_array_index(document->blocks, i);
		g_autofree char *text = NULL;
		uint32_t number, page;

		if (block->kind != BLOCK_FURNITURE || block->text.len == 0)
			continue;
		text = block_text_join(&block->text);
		number = printed_number(text);
		page = block->text.pieces[0].place.page;
		if (number != 0 && page != 0 && page <= numbers->len)
			g_array_index(numbers, uint32_t, page - 1) = number;
	}
	return numbers;
}

/* Whether the pages bear each number from 1 to their count once: then nothing but 1, 2, 3, … is in order.
 * Otherwise a number 1 may also begin an annex. */
static bool
is_one_series(const GArray *numbers)
{
	g_autofree bool *seen = g_new0(bool, numbers->len + 1);

	for (guint i = 0; i < numbers->len; i++) {
		uint32_t number = g_array_index(numbers, uint32_t, i);

		if (number == 0 || number > numbers->len || seen[number])
			return false;
		seen[number] = true;
	}
	return true;
}

void
order_check(BlockDocument *document)
{
	g_autoptr(GArray) numbers = read_numbers(document);
	bool is_series = is_one_series(numbers);
	uint32_t last = 0;

	for (guint i = 0; i < numbers->len; i++) {
		uint32_t number = g_array_index(numbers, uint32_t, i);

		if (number != 0 && number < last && (number != 1 || is_series)) {
			block_document_note(document, "pages-out-of-order", DIAG_WARNING, i + 1,
			    "Trang thứ %u của tệp in số %u nhưng đứng sau trang in số %u: các trang có thể "
			    "bị xếp "
			    "sai thứ tự; hãy xếp lại tệp rồi nạp lại.",
			    i + 1, number, last);
			return;
		}
		if (number != 0)
			last = number;
	}
}
