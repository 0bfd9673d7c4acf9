/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"
#include "modules/money/money_amount.h"

/* An amount as typed: what is read is in range, and reads the same once it is written out. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, size);
	g_autoptr(GString) out = g_string_new(NULL);
	int64_t amount, again;

	if (money_amount_parse(text, &amount) != NULL)
		return 0;
	g_assert_true(amount >= 0 && amount <= MONEY_AMOUNT_MAX);
	money_amount_append(out, amount);
	g_assert_null(money_amount_parse(out->str, &again));
	g_assert_true(again == amount);
	return 0;
}
