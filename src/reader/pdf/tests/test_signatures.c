/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/pdf/pdf.h"
#include "reader/pdf/tests/support.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SIGNED_AT 1795341223

static GString *
read_signed(void)
{
	g_autofree char *path = g_build_filename(PDF_TEST_DATA, "signed.pdf", NULL);
	g_autofree char *bytes = NULL;
	g_autoptr(GError) error = NULL;
	gsize len;

	g_assert_true(g_file_get_contents(path, &bytes, &len, &error));
	g_assert_no_error(error);
	return g_string_new_len(bytes, (gssize)len);
}

static const BlockSignature *
only_signature(const PageSet *set)
{
	g_assert_cmpuint(set->document->signatures->len, ==, 1);
	return g_ptr_array_index(set->document->signatures, 0);
}

static void
assert_note(const PageSet *set, const char *rule)
{
	const BlockNote *note;

	g_assert_cmpuint(set->document->notes->len, ==, rule == NULL ? 0 : 1);
	if (rule == NULL)
		return;
	note = g_ptr_array_index(set->document->notes, 0);
	g_assert_cmpstr(note->rule, ==, rule);
	g_assert_cmpuint(note->page, ==, 0);
}

/* Changes one byte behind `before`. */
static void
alter(GString *file, const char *before, size_t offset, char to)
{
	char *at = memmem(file->str, file->len, before, strlen(before));

	g_assert_nonnull(at);
	g_assert_cmpint(at[offset], !=, to);
	at[offset] = to;
}

static void
test_intact(void)
{
	g_autoptr(GString) file = read_signed();
	g_autoptr(PageSet) set = read_pdf(file);
	const BlockSignature *signature = only_signature(set);

	g_assert_cmpstr(signature->signer, ==, "Nguyễn Văn Mẫu");
	g_assert_cmpint(signature->signed_at, ==, SIGNED_AT);
	g_assert_true(signature->is_intact);
	g_assert_true(signature->covers_all);
	assert_note(set, NULL);
}

static void
test_altered(void)
{
	g_autoptr(GString) file = read_signed();
	g_autoptr(PageSet) set = NULL;

	alter(file, "(KE HOACH)", 1, 'G');
	set = read_pdf(file);
	g_assert_false(only_signature(set)->is_intact);
	g_assert_cmpstr(only_signature(set)->signer, ==, "Nguyễn Văn Mẫu");
	assert_note(set, "pdf-signature-altered");
}

static void
test_added_behind(void)
{
	g_autoptr(GString) file = read_signed();
	g_autoptr(PageSet) set = NULL;

	g_string_append(file, "% thêm vào sau khi ký\n");
	set = read_pdf(file);
	g_assert_true(only_signature(set)->is_intact);
	g_assert_false(only_signature(set)->covers_all);
	assert_note(set, "pdf-signature-partial");
}

/* Claiming to be covered in what was added does not help. */
static void
test_forged_range(void)
{
	g_autoptr(GString) file = read_signed();
	g_autoptr(PageSet) set = NULL;

	g_string_append_printf(file, "%% /ByteRange [0 10 20 %" G_GSIZE_FORMAT "]\n", file->len);
	set = read_pdf(file);
	g_assert_false(only_signature(set)->covers_all);
}

static void
test_unreadable(void)
{
	g_autoptr(GString) file = read_signed();
	g_autoptr(PageSet) set = NULL;

	alter(file, "/Contents <", 11, 'F');
	set = read_pdf(file);
	g_assert_false(only_signature(set)->is_intact);
	assert_note(set, "pdf-signature-unchecked");
}

/* The library behind the signatures takes itself apart at exit while its thread is still there: no such exit,
 * as in the program itself. */
int
main(int argc, char **argv)
{
	int result;

	g_test_init(&argc, &argv, NULL);
	pdf_prepare();
	g_test_add_func("/pdf-signatures/intact", test_intact);
	g_test_add_func("/pdf-signatures/altered", test_altered);
	g_test_add_func("/pdf-signatures/added-behind", test_added_behind);
	g_test_add_func("/pdf-signatures/forged-range", test_forged_range);
	g_test_add_func("/pdf-signatures/unreadable", test_unreadable);
	result = g_test_run();
	(void)fflush(NULL);
	_exit(result);
}
