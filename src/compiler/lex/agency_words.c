/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/lex/agency.h"
#include "compiler/lex/marker.h"

#include <stdlib.h>
#include <string.h>

/* Kinds of bodies that begin a name, folded. The Law on Organization of Local Government and the Party's
 * charter give the kinds; what follows them is the agency's own. */
static const char *const KINDS[] = {"ban", "bo", "bi thu", "cac", "can bo", "chi bo", "chi cuc",
    "chi dang bo", "chi doan", "chu tich", "cong an", "cong doan", "cong ty", "cuc", "dai", "dang bo",
    "dang uy", "dang vien", "doan", "doanh nghiep", "doi", "don vi", "hdnd", "hiep hoi", "ho gia dinh",
    "ho kinh doanh", "ho san xuat", "hoi", "hoi dong nhan dan", "hop tac xa", "htx", "kho bac", "khu",
    "lanh dao", "lien minh", "mat tran", "mttq", "ngan hang", "nguoi dan", "nha", "nha truong", "phong",
    "quy", "so", "thanh tra", "thanh uy", "thon", "thue", "thuong truc", "tinh uy", "to", "to chuc",
    "to dan pho", "toa an", "toan the", "tram", "truong", "trung tam", "tt", "ttpvhcc", "ubnd", "ubmttq",
    "uy ban", "van phong", "vien", "bo phan", "bch", "bcd", "btv", "co quan", "lien doan", "benh vien",
    "buu dien", "buu cuc", "cong chuc", "nhan dan", "giam doc", "hieu truong", "truong ban", "cap uy", "xa",
    "phuong", "chinh quyen"};

/* Kinds that are never the middle of another body's name, so that a capital there begins a new agency. */
static const char *const STRONG_KINDS[] = {"cac", "phong", "so", "trung tam", "van phong", "cong an", "tram",
    "hoi", "doan", "uy ban", "ubnd", "ban", "truong", "to", "mat tran", "thue", "buu dien", "hop tac xa",
    "ngan hang", "thanh tra", "kho bac", "benh vien", "lien doan", "hiep hoi", "dang uy", "bo", "chi bo",
    "dang bo", "doanh nghiep", "thon", "don vi", "cuc"};

/* Words that lead into a body's kind inside one name. */
static const char *const LEADING_WORDS[] = {"va", "cua", "thuoc", "truc", "bo", "chi", "dang", "ban", "phong",
    "hdnd", "cac", "do", "voi", "chi dao", "chi huy", "vu", "tai", "boi", "nganh", "uy", "cap", "lanh dao",
    "chap hanh", "chu tich", "bi thu", "trung tam", "can bo", "giua"};

/* Syllables of which agencies' names are made. */
static const char *const SYLLABLES[] = {"an", "anh", "ap", "ban", "bao", "bat", "bcd", "bch", "bchqs", "ben",
    "bi", "bia", "bien", "binh", "bo", "btv", "buon", "buu", "ca", "cac", "cam", "can", "canh", "cao", "cap",
    "cds", "chat", "che", "chi", "chien", "chinh", "cho", "chu", "chua", "chuc", "chung", "chuong", "chuyen",
    "cn", "cntt", "co", "con", "cong", "cs", "cts", "cua", "cuc", "cuu", "da", "dac", "dai", "dam", "dan",
    "dang", "dao", "dap", "dat", "dau", "de", "den", "di", "dia", "dich", "dien", "dinh", "do", "doan",
    "doanh", "doc", "doi", "don", "dong", "dt", "du", "dua", "duc", "dung", "duoc", "duong", "em", "fpt",
    "gd", "gddt", "gia", "giai", "giam", "giao", "gioi", "giup", "ha", "hai", "ham", "hang", "hanh", "hdnd",
    "hiem", "hiep", "ho", "hoa", "hoach", "hoang", "hoat", "hoc", "hoi", "hop", "ht", "hts", "htx", "huong",
    "huu", "huy", "huyen", "huynh", "ich", "ke", "kh", "khac", "khao", "khen", "kho", "khoa", "khoan", "khoi",
    "khom", "khu", "khuyen", "khuyet", "kiem", "kinh", "kt", "ky", "lam", "lang", "lanh", "lao", "lich",
    "lien", "lieu", "loc", "loi", "luat", "luc", "luong", "ly", "mam", "mat", "may", "mien", "mn", "mo",
    "mobifone", "moi", "mot", "mttq", "mu", "muu", "nam", "nan", "nang", "ngan", "nganh", "nghe", "ngheo",
    "nghi", "nghia", "nghiem", "nghien", "nghiep", "ngoai", "ngu", "nguoi", "nguyen", "nha", "nhan", "nhanh",
    "nhiem", "nhom", "nhu", "nien", "noi", "non", "nong", "nu", "nuoc", "ong", "phan", "phap", "phat", "pho",
    "phoi", "phong", "phu", "phuc", "phuong", "qldt", "qs", "quan", "quang", "quoc", "quy", "sac", "sach",
    "san", "sat", "sinh", "so", "su", "tac", "tai", "tam", "tang", "tap", "tat", "tdp", "te", "th", "thai",
    "than", "thanh", "thao", "thap", "thcs", "the", "theo", "thi", "thien", "thieu", "tho", "thon", "thong",
    "thpt", "thu", "thuat", "thue", "thuoc", "thuong", "thuy", "tich", "tiep", "tiet", "tieu", "tim", "tin",
    "tinh", "to", "toa", "toan", "toc", "ton", "tra", "trach", "trai", "tram", "tran", "trang", "trat", "tre",
    "tren", "tri", "trien", "tro", "trong", "tru", "truc", "trung", "truong", "truyen", "tt", "ttpvhcc", "tu",
    "tuc", "tung", "tuoi", "tuyen", "ubnd", "uong", "uy", "va", "van", "vat", "vh", "vhxh", "vi", "viec",
    "vien", "viet", "viettel", "vnpt", "vt", "vu", "vuc", "vuon", "xa", "xay", "xh", "xom", "xuat", "xung",
    "y", "yte"};

static int
compare_words(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool
is_agency_syllable(const char *word, size_t len)
{
	static const char *sorted[G_N_ELEMENTS(SYLLABLES)];
	static gsize ready = 0;
	char copy[16];
	const char *key = copy;

	if (g_once_init_enter(&ready)) {
		memcpy(sorted, SYLLABLES, sizeof(sorted));
		qsort(sorted, G_N_ELEMENTS(sorted), sizeof(sorted[0]), compare_words);
		g_once_init_leave(&ready, 1);
	}
	if (len >= sizeof(copy))
		return false;
	memcpy(copy, word, len);
	copy[len] = '\0';
	return bsearch(&key, sorted, G_N_ELEMENTS(sorted), sizeof(sorted[0]), compare_words) != NULL;
}

static bool
has_any_phrase_at(const Folded *folded, size_t at, const char *const *phrases, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (phrases[i][0] == folded->fold[at] && folded_has_phrase(folded, at, phrases[i]))
			return true;
	return false;
}

bool
agency_starts_at(const Folded *folded, size_t at, bool needs_capital)
{
	if (!folded_is_word_start(folded, at))
		return false;
	if (needs_capital && !starts_upper(folded->text + folded->origin[at]))
		return false;
	return has_any_phrase_at(folded, at, KINDS, G_N_ELEMENTS(KINDS));
}

static bool
is_led_into(const Folded *folded, size_t at)
{
	size_t end = at;

	while (end > 0 && folded->fold[end - 1] == ' ')
		end--;
	if (end == 0 || strchr("-&/,", folded->fold[end - 1]) != NULL)
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(LEADING_WORDS); i++) {
		size_t len = strlen(LEADING_WORDS[i]);

		if (end >= len && folded_has_phrase(folded, end - len, LEADING_WORDS[i]))
			return true;
	}
	return false;
}

bool
agency_is_strong_at(const Folded *folded, size_t at)
{
	return has_any_phrase_at(folded, at, STRONG_KINDS, G_N_ELEMENTS(STRONG_KINDS));
}

bool
agency_follows_at(const Folded *folded, size_t at)
{
	return folded_is_word_start(folded, at) && starts_upper(folded->text + folded->origin[at]) &&
	       agency_is_strong_at(folded, at) && !is_led_into(folded, at);
}

int
agency_foreign_words(const Folded *folded, size_t from, size_t to)
{
	int n = 0;

	for (size_t at = from; at < to; at++) {
		size_t end = at;

		if (!folded_is_word_start(folded, at))
			continue;
		while (end < to && g_ascii_isalnum(folded->fold[end]))
			end++;
		n += !is_agency_syllable(folded->fold + at, end - at);
	}
	return n;
}
