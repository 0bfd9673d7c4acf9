/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/source/legacy_font.h"

#include "base/text.h"

#include <string.h>

#define SUBSET_MARK 6    /* capitals in front of the "+" */
#define WORDS_MIN 2      /* common words that make a text Vietnamese */
#define WORDS_PER_TEXT 8 /* at least one word in so many is a common one */

/* The letters of places 80 to FF; "." where the font has the letter that Latin-1 has, or none. */
static const char TCVN3[] = "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨ" /* 80 */
			    "ÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ" /* 90 */
			    ".ĂÂÊÔƠƯĐăâêôơưđẰ" /* A0 */
			    ".....àảãáạẲằẳẵắẴ" /* B0 */
			    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ" /* C0 */
			    "éẹềểễếệìỉỄẾỒĩíịò" /* D0 */
			    "Ổỏõóọồổỗốộờởỡớợù" /* E0 */
			    "ỖủũúụừửữứựỳỷỹýỵỐ" /* F0 */;
static const char VISCII[] = "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ" /* 80 */
			     "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ" /* 90 */
			     "Õắằặấầẩậẽẹếềểễệố" /* A0 */
			     "ồổỗỠƠộờởịỰỨỪỬơớƯ" /* B0 */
			     "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ" /* C0 */
			     "ĐứÒÓÔạỷừửÙÚỹỵÝỡư" /* D0 */
			     "àáâãảăữẫèéêẻìíĩỉ" /* E0 */
			     "đựòóôõỏọụùúũủýợỮ" /* F0 */;

/* VISCII also uses places of control characters. */
static const struct {
	unsigned char place;
	gunichar letter;
} VISCII_LOW[] = {
    {0x02, 0x1EB2}, {0x05, 0x1EB4}, {0x06, 0x1EAA}, {0x14, 0x1EF6}, {0x19, 0x1EF8}, {0x1E, 0x1EF4}};

/* Windows-1252 in places 80 to 9F: where programs moved such letters to. */
static const gunichar WINDOWS_1252[32] = {0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6,
    0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178};

/* A mark of VNI behind a vowel: what the vowel becomes. */
static const struct {
	gunichar mark;     /* lower case */
	const char *bases; /* lower case; each becomes the letter in the same place of `letters` */
	const char *letters;
} VNI_MARKS[] = {
    {0xF9, "aeouyơư", "áéóúýớứ"},
    {0xF8, "aeouyơư", "àèòùỳờừ"},
    {0xFB, "aeouyơư", "ảẻỏủỷởử"},
    {0xF5, "aeouyơư", "ãẽõũỹỡữ"},
    {0xEF, "aeouyơư", "ạẹọụỵợự"},
    {0xE2, "aeo", "âêô"},
    {0xE1, "aeo", "ấếố"},
    {0xE0, "aeo", "ầềồ"},
    {0xE5, "aeo", "ẩểổ"},
    {0xE3, "aeo", "ẫễỗ"},
    {0xE4, "aeo", "ậệộ"},
    {0xEA, "a", "ă"},
    {0xE9, "a", "ắ"},
    {0xE8, "a", "ằ"},
    {0xFA, "a", "ẳ"},
    {0xFC, "a", "ẵ"},
    {0xEB, "a", "ặ"},
};

/* Letters of VNI that stand alone. */
static const struct {
	gunichar place, letter; /* lower case */
} VNI_LETTERS[] = {{0xF4, 0x01A1}, {0xF6, 0x01B0}, {0xF1, 0x0111}, {0xED, 0x00ED}, {0xEC, 0x00EC},
    {0xE6, 0x1EC9}, {0xF3, 0x0129}, {0xF2, 0x1ECB}, {0xEE, 0x1EF5}};

/* Words that any Vietnamese administrative text repeats. */
static const char *const COMMON_WORDS[] = {"của", "và", "các", "thực", "hiện", "kế", "hoạch", "nhiệm", "vụ",
    "số", "về", "được", "trên", "đến", "công", "xã", "dân", "ủy", "cơ", "quan", "chủ", "tịch", "độc", "lập",
    "hội", "nghĩa", "phòng", "đơn", "vị", "phối", "hợp", "trách", "nghị", "quyết", "chuyển", "đổi", "năm",
    "tháng"};

static bool
has_prefix(const char *text, const char *prefix)
{
	return g_ascii_strncasecmp(text, prefix, strlen(prefix)) == 0;
}

/* ".VnTimeH", ".VnTimeH,Bold", ".VnArialH Bold". */
static bool
is_capitals(const char *name)
{
	size_t len = strcspn(name, " ,-");

	return len > 0 && name[len - 1] == 'H';
}

LegacyFont
legacy_font_of_name(const char *font_name)
{
	const char *name = font_name;

	if (name == NULL)
		return LEGACY_FONT_NONE;
	if (strlen(name) > SUBSET_MARK && name[SUBSET_MARK] == '+')
		name += SUBSET_MARK + 1;
	if (has_prefix(name, ".Vn") || has_prefix(name, "VnTime") || has_prefix(name, "VnArial"))
		return is_capitals(name) ? LEGACY_FONT_TCVN3_CAPITALS : LEGACY_FONT_TCVN3;
	if (has_prefix(name, "VNI-") || has_prefix(name, "VNI "))
		return LEGACY_FONT_VNI;
	if (has_prefix(name, "VI Times") || has_prefix(name, "VI Arial") || has_prefix(name, "VISCII"))
		return LEGACY_FONT_VISCII;
	return LEGACY_FONT_NONE;
}

const char *
legacy_font_encoding(LegacyFont font)
{
	static const char *const NAMES[LEGACY_FONT_MAX] = {
	    [LEGACY_FONT_TCVN3] = "TCVN3",
	    [LEGACY_FONT_TCVN3_CAPITALS] = "TCVN3",
	    [LEGACY_FONT_VNI] = "VNI",
	    [LEGACY_FONT_VISCII] = "VISCII",
	};

	return NAMES[font];
}

/* The place in the font that a character stands for: 0 to 255, or the character where it stands for none. */
static gunichar
place_of(gunichar c)
{
	if (c < 0x100)
		return c;
	for (gunichar i = 0; i < G_N_ELEMENTS(WINDOWS_1252); i++)
		if (WINDOWS_1252[i] == c)
			return 0x80 + i;
	return c;
}

static gunichar
nth_letter(const char *letters, size_t n)
{
	while (n-- > 0)
		letters = text_next(letters);
	return g_utf8_get_char(letters);
}

static void
append_by_table(const char *table, bool is_viscii, gunichar c, GString *out)
{
	gunichar place = place_of(c), letter = '.';

	for (size_t i = 0; is_viscii && i < G_N_ELEMENTS(VISCII_LOW); i++)
		if (VISCII_LOW[i].place == place)
			letter = VISCII_LOW[i].letter;
	if (place >= 0x80 && place < 0x100)
		letter = nth_letter(table, place - 0x80);
	g_string_append_unichar(out, letter != '.' ? letter : c);
}

/* What VNI's mark makes of the vowel before it; 0 where it is none for it. */
static gunichar
marked(gunichar base, gunichar mark)
{
	gunichar lower = g_unichar_tolower(base), letter = 0;

	mark = g_unichar_tolower(mark);
	for (size_t i = 0; i < G_N_ELEMENTS(VNI_MARKS) && letter == 0; i++) {
		size_t n = 0;

		if (VNI_MARKS[i].mark != mark)
			continue;
		for (const char *p = VNI_MARKS[i].bases; *p != '\0' && letter == 0; p = text_next(p), n++)
			if (g_utf8_get_char(p) == lower)
				letter = nth_letter(VNI_MARKS[i].letters, n);
	}
	return letter != 0 && lower != base ? g_unichar_toupper(letter) : letter;
}

static gunichar
vni_letter(gunichar c)
{
	gunichar lower = g_unichar_tolower(c);

	for (size_t i = 0; i < G_N_ELEMENTS(VNI_LETTERS); i++)
		if (VNI_LETTERS[i].place == lower)
			return lower == c ? VNI_LETTERS[i].letter : g_unichar_toupper(VNI_LETTERS[i].letter);
	return c;
}

static void
append_vni(const char *text, GString *out)
{
	gunichar last = 0;

	for (; *text != '\0'; text = text_next(text)) {
		gunichar c = g_utf8_get_char(text), whole = last != 0 ? marked(last, c) : 0;

		if (whole != 0) {
			g_string_truncate(out, out->len - (gsize)g_unichar_to_utf8(last, NULL));
			g_string_append_unichar(out, whole);
			last = 0;
			continue;
		}
		last = vni_letter(c);
		g_string_append_unichar(out, last);
	}
}

char *
legacy_font_to_utf8(LegacyFont font, const char *text)
{
	GString *out = g_string_sized_new(strlen(text) + 16);

	if (font == LEGACY_FONT_VNI)
		append_vni(text, out);
	else
		for (const char *p = text; *p != '\0'; p = text_next(p)) {
			gunichar c = g_utf8_get_char(p);

			if (font == LEGACY_FONT_NONE)
				g_string_append_unichar(out, c);
			else
				append_by_table(font == LEGACY_FONT_VISCII ? VISCII : TCVN3,
				    font == LEGACY_FONT_VISCII, c, out);
		}
	if (font == LEGACY_FONT_TCVN3_CAPITALS) {
		char *upper = g_utf8_strup(out->str, -1);

		g_string_free(out, TRUE);
		return upper;
	}
	return g_string_free(out, FALSE);
}

/* Counts the common words of a text, and all of its words. */
static size_t
count_common(const char *text, size_t *ret_words)
{
	g_autofree char *lower = g_utf8_strdown(text, -1);
	g_auto(GStrv) words = g_strsplit_set(lower, " ,.;:()-/", -1);
	size_t common = 0;

	*ret_words = 0;
	for (size_t i = 0; words[i] != NULL; i++) {
		*ret_words += words[i][0] != '\0';
		for (size_t k = 0; k < G_N_ELEMENTS(COMMON_WORDS); k++)
			common += strcmp(words[i], COMMON_WORDS[k]) == 0;
	}
	return common;
}

/* Real Vietnamese has letters that Latin-1 has not. */
static bool
has_vietnamese_letters(const char *text)
{
	for (; *text != '\0'; text = text_next(text)) {
		gunichar c = g_utf8_get_char(text);

		if ((c >= 0x1EA0 && c <= 0x1EF9) || c == 0x0103 || c == 0x0111 || c == 0x01A1 || c == 0x01B0)
			return true;
	}
	return false;
}

LegacyFont
legacy_font_guess(const char *text)
{
	LegacyFont best = LEGACY_FONT_NONE;
	size_t words, most;

	if (has_vietnamese_letters(text))
		return LEGACY_FONT_NONE;
	most = count_common(text, &words);
	for (LegacyFont font = LEGACY_FONT_TCVN3; font < LEGACY_FONT_MAX; font++) {
		g_autofree char *read = NULL;
		size_t common;

		if (font == LEGACY_FONT_TCVN3_CAPITALS)
			continue;
		read = legacy_font_to_utf8(font, text);
		common = count_common(read, &words);
		if (common >= WORDS_MIN && common > most && common * WORDS_PER_TEXT >= words) {
			best = font;
			most = common;
		}
	}
	return best;
}
