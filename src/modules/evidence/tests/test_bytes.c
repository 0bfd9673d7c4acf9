/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/app-error.h"
#include "modules/evidence/evidence_clamd.h"
#include "modules/evidence/evidence_type.h"

#include <string.h>

/* What looks at bytes from outside: types, and the scanner's answers. */

static const struct {
	const char *name, *bytes;
	size_t len;
	const char *type; /* NULL: unknown */
} CASES[] = {
    {"pdf", "%PDF-1.7\n", 9, "pdf"},
    {"late-pdf", "\x01\x02 junk %PDF-1.4", 17, "pdf"},
    {"jpg", "\xFF\xD8\xFF\xE0rest", 8, "jpg"},
    {"png", "\x89PNG\r\n\x1A\n....", 12, "png"},
    {"heic",
	"\0\0\0\x18"
	"ftypheic....",
	16, "heic"},
    {"mp4",
	"\0\0\0\x18"
	"ftypisom....",
	16, "mp4"},
    {"mov",
	"\0\0\0\x14"
	"ftypqt  ....",
	16, "mp4"},
    {"ole", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1xx", 10, "ole"},
    {"text", "xin ch\xC3\xA0o", 9, "text"},
    {"csv",
	"\xEF\xBB\xBF"
	"a,b\r\n1,2\r\n",
	13, "text"},
    {"html", "  <!DOCTYPE html><html>", 23, "html"},
    {"html-late", "<p>x</p><script>1</script>", 26, "html"},
    {"svg", "<?xml version=\"1.0\"?><svg xmlns=\"x\">", 36, "svg"},
    {"xml", "<?xml version=\"1.0\"?><a/>", 25, "xml"},
    {"script", "#!/bin/sh\n", 10, "script"},
    {"elf",
	"\x7F"
	"ELF\2\1",
	6, "program"},
    {"exe", "MZ\x90\0\3\0", 6, "program"},
    {"rar", "Rar!\x1A\7", 6, "rar"},
    {"gzip", "\x1F\x8B\x08", 3, "gzip"},
    {"broken-zip", "PK\3\4..........", 14, NULL},
    {"empty-zip", "PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22, "zip"},
    {"binary", "\0\1\2\3", 4, NULL},
    {"empty", "", 0, "text"},
};

static void
test_sniff(gconstpointer data)
{
	size_t i = GPOINTER_TO_SIZE(data);
	const EvidenceType *type = evidence_type_sniff(CASES[i].bytes, CASES[i].len);

	g_assert_cmpstr(type != NULL ? type->name : NULL, ==, CASES[i].type);
}

static void
append_u16(GString *out, unsigned value)
{
	g_string_append_c(out, (char)(value & 0xFF));
	g_string_append_c(out, (char)(value >> 8));
}

/* A zip file's table of contents alone: that is all that is looked at. */
static GString *
make_zip(const char *const *names)
{
	GString *out = g_string_new(NULL);
	unsigned n = 0;
	gsize start;

	g_string_append_len(out, "PK\3\4", 4);
	for (int i = 0; i < 26; i++)
		g_string_append_c(out, 0);
	start = out->len;
	for (; names[n] != NULL; n++) {
		g_string_append_len(out, "PK\1\2", 4);
		for (int i = 0; i < 24; i++)
			g_string_append_c(out, 0);
		append_u16(out, (unsigned)strlen(names[n]));
		for (int i = 0; i < 16; i++)
			g_string_append_c(out, 0);
		g_string_append(out, names[n]);
	}
	g_string_append_len(out, "PK\5\6\0\0\0\0", 8);
	append_u16(out, n);
	append_u16(out, n);
	for (int i = 0; i < 4; i++)
		g_string_append_c(out, 0);
	append_u16(out, (unsigned)start);
	append_u16(out, 0);
	append_u16(out, 0);
	return out;
}

static void
test_zip(void)
{
	static const struct {
		const char *const names[4];
		const char *type;
	} ZIPS[] = {
	    {{"[Content_Types].xml", "word/document.xml", NULL}, "docx"},
	    {{"xl/workbook.xml", "[Content_Types].xml", NULL}, "xlsx"},
	    {{"[Content_Types].xml", "ppt/presentation.xml", NULL}, "pptx"},
	    {{"[Content_Types].xml", "word/document.xml", "word/vbaProject.bin", NULL}, "macro"},
	    {{"anh/1.jpg", NULL}, "zip"},
	    {{"word/document.xml", NULL}, "zip"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(ZIPS); i++) {
		g_autoptr(GString) zip = make_zip(ZIPS[i].names);
		const EvidenceType *type = evidence_type_sniff(zip->str, zip->len);

		g_assert_nonnull(type);
		g_assert_cmpstr(type->name, ==, ZIPS[i].type);
		/* cut anywhere, it is not read beyond its end */
		for (size_t len = 0; len < zip->len; len++) {
			g_autofree char *cut = g_memdup2(zip->str, len);

			evidence_type_sniff(cut, len);
		}
	}
}

static void
test_mismatch(void)
{
	static const struct {
		const char *name, *bytes, *also, *says; /* says NULL: it is taken */
	} FILES[] = {
	    {"a.pdf", "%PDF-1.7", "", NULL},
	    {"A.PDF", "%PDF-1.7", "", NULL},
	    {"a.jpeg", "\xFF\xD8\xFF\xE0", "", NULL},
	    {"a.docx", "\xFF\xD8\xFF\xE0", "", "tệp Word (.docx) nhưng nội dung là ảnh JPEG"},
	    {"a.pdf", "MZ\x90\1\1\1", "", "tệp chương trình"},
	    {"a.txt", "<html><body>", "", "trang web"},
	    {"a.svg", "<svg>", "", "SVG"},
	    {"a.zip", "PK\5\6", "", "Không nhận ra"},
	    {"a", "%PDF-1.7", "", "Đuôi tên"},
	    {"a.txt", "", "", "rỗng"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(FILES); i++) {
		const EvidenceType *type = NULL;
		g_autoptr(GError) error = NULL;
		bool is_taken = evidence_type_check(
		    FILES[i].name, FILES[i].bytes, strlen(FILES[i].bytes), FILES[i].also, &type, &error);

		g_test_message("%s", error != NULL ? error->message : "taken");
		g_assert_cmpint(is_taken, ==, FILES[i].says == NULL);
		if (FILES[i].says != NULL)
			g_assert_nonnull(strstr(error->message, FILES[i].says));
	}
}

/* A zip comes in only where the setting says so. */
static void
test_optional(void)
{
	static const char *const NAMES[] = {"anh/1.jpg", NULL};
	g_autoptr(GString) zip = make_zip(NAMES);
	g_autofree char *without = evidence_type_accept(""), *with = evidence_type_accept("zip");
	const EvidenceType *type;

	g_assert_false(evidence_type_check("a.zip", zip->str, zip->len, "", &type, NULL));
	g_assert_true(evidence_type_check("a.zip", zip->str, zip->len, "zip", &type, NULL));
	g_assert_null(strstr(without, ".zip"));
	g_assert_nonnull(strstr(with, ".zip"));
	g_assert_null(strstr(with, "html"));
}

static const struct {
	const char *bytes;
	size_t len;
	ClamdVerdict verdict;
	const char *text;
} ANSWERS[] = {
    {"stream: OK\0", 11, CLAMD_CLEAN, ""},
    {"stream: OK", 10, CLAMD_CLEAN, ""},
    {"stream: OK\n", 11, CLAMD_CLEAN, ""},
    {"stream: Eicar-Signature FOUND\0", 30, CLAMD_FOUND, "Eicar-Signature"},
    {"stream: A\x01"
     "B\xFF FOUND",
	18, CLAMD_FOUND, "AB\xEF\xBF\xBD"},
    {"INSTREAM size limit exceeded. ERROR\0", 36, CLAMD_ERROR, "INSTREAM size limit exceeded. ERROR"},
    {"stream: OKAY", 12, CLAMD_GARBAGE, "stream: OKAY"},
    {"OK", 2, CLAMD_GARBAGE, "OK"},
    {" FOUND", 6, CLAMD_GARBAGE, "FOUND"},
    {"stream:  FOUND", 14, CLAMD_GARBAGE, "stream:  FOUND"},
    {"HTTP/1.1 200 OK\r\n", 17, CLAMD_GARBAGE, "HTTP/1.1 200 OK"},
    {"", 0, CLAMD_GARBAGE, ""},
};

static void
test_answer(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(ANSWERS); i++) {
		g_autofree char *exact = g_memdup2(ANSWERS[i].bytes, ANSWERS[i].len);
		ClamdAnswer answer;

		clamd_parse(exact, ANSWERS[i].len, &answer);
		g_assert_cmpint(answer.verdict, ==, ANSWERS[i].verdict);
		g_assert_cmpstr(answer.text, ==, ANSWERS[i].text);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
		g_autofree char *path = g_strconcat("/evidence/type/", CASES[i].name, NULL);

		g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_sniff);
	}
	g_test_add_func("/evidence/type/zip", test_zip);
	g_test_add_func("/evidence/type/mismatch", test_mismatch);
	g_test_add_func("/evidence/type/optional", test_optional);
	g_test_add_func("/evidence/clamd/answer", test_answer);
	return g_test_run();
}
