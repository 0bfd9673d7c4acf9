/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/lower/prose.h"

#include "compiler/lex/deadline.h"

#include <stdlib.h>
#include <string.h>

/* Cadences by the phrases that state them; one sentence may state several. */
static const struct {
	const char *phrase;
	PlanPeriod cadence;
} CADENCES[] = {{"hang thang", PLAN_PERIOD_MONTH}, {"tung thang", PLAN_PERIOD_MONTH},
    {"moi thang", PLAN_PERIOD_MONTH}, {"bao cao thang", PLAN_PERIOD_MONTH},
    {"dinh ky thang", PLAN_PERIOD_MONTH}, {"3 thang", PLAN_PERIOD_QUARTER}, {"03 thang", PLAN_PERIOD_QUARTER},
    {"hang quy", PLAN_PERIOD_QUARTER}, {"tung quy", PLAN_PERIOD_QUARTER}, {"moi quy", PLAN_PERIOD_QUARTER},
    {"bao cao quy", PLAN_PERIOD_QUARTER}, {"dinh ky quy", PLAN_PERIOD_QUARTER}, {"6 thang", PLAN_PERIOD_HALF},
    {"06 thang", PLAN_PERIOD_HALF}, {"sau thang", PLAN_PERIOD_HALF}, {"hang nam", PLAN_PERIOD_YEAR},
    {"1 nam", PLAN_PERIOD_YEAR}, {"01 nam", PLAN_PERIOD_YEAR}, {"moi nam", PLAN_PERIOD_YEAR},
    {"tung nam", PLAN_PERIOD_YEAR}, {"bao cao nam", PLAN_PERIOD_YEAR}, {"12 thang", PLAN_PERIOD_YEAR},
    {"dot xuat", PLAN_PERIOD_ADHOC}, {"kip thoi bao cao", PLAN_PERIOD_ADHOC},
    {"bao cao kip thoi", PLAN_PERIOD_ADHOC}, {"khi co yeu cau", PLAN_PERIOD_ADHOC},
    {"kip thoi phan anh", PLAN_PERIOD_ADHOC}};

/* "báo cáo" that names a thing and imposes nothing. */
static const char *const NOT_A_DUTY[] = {
    "he thong thong tin bao cao", "bieu mau, che do bao cao", "tieu chi bao cao", NULL};

/* What happens must be reported when it happens. */
static const char *const WHEN_IT_ARISES[] = {"neu co kho khan", "neu phat sinh", "neu co vuong mac",
    "co kho khan", "khi co phat sinh", "phat sinh vuong mac", "phat sinh kho khan", NULL};

/* What follows the recipient in a reporting sentence. */
static const char *const RECIPIENT_STOPS[] = {"ve", "ket qua", "de", "va kien nghi", "theo quy dinh",
    "xem xet", "cac bien phap", "truoc ngay", "truoc", "hang thang", "hang quy", "hang nam", "dinh ky",
    "dong thoi", "va gui", "khi co"};

typedef struct {
	Plan *plan;
	const Paragraph *paragraph;
	const char *bearer;
	Folded folded;
} Reader;

/* Splits at full stops and semicolons: each part may state a rule of its own. */
static size_t
sentence_end(const Folded *folded, size_t from)
{
	size_t at = from;

	while (at < folded->len && folded->fold[at] != ';' && !folded_is_full_stop(folded, at))
		at++;
	return at;
}

/* "trước ngày 05/12": a day of each year. */
static bool
read_yearly_date(const Folded *folded, size_t from, size_t to, PlanReporting *rule)
{
	for (size_t at = folded_find(folded, from, "ngay"); at < to;
	     at = folded_find(folded, at + 1, "ngay")) {
		const char *p = folded->fold + at + strlen("ngay");
		char *end;
		long day, month;

		day = strtol(p, &end, 10);
		if (end == p || *end != '/' || day < 1 || day > 31)
			continue;
		p = end + 1;
		month = strtol(p, &end, 10);
		if (end == p || month < 1 || month > 12 || *end == '/' || *end == '-')
			continue;
		rule->due_day = (int8_t)day;
		rule->due_month = (int8_t)month;
		rule->is_before = at >= 6 && folded_has_phrase(folded, at - 6, "truoc");
		return true;
	}
	return false;
}

static bool
ends_recipient(const Folded *folded, size_t at)
{
	if (folded->fold[at] == ';' || folded->fold[at] == '.')
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(RECIPIENT_STOPS); i++)
		if (folded_has_phrase(folded, at, RECIPIENT_STOPS[i]))
			return true;
	return false;
}

/* Who receives: what stands behind "báo cáo", "gửi về", "về" and begins like an agency. */
static char *
read_recipient(const Reader *reader, size_t from, size_t to)
{
	static const char *const LEADS[] = {
	    "gui ve", "bao cao ve", "bao cao voi", "bao cao cho", "gui bao cao ve", "gui", "bao cao"};
	const Folded *folded = &reader->folded;

	for (size_t i = 0; i < G_N_ELEMENTS(LEADS); i++) {
		for (size_t at = folded_find(folded, from, LEADS[i]); at < to;
		     at = folded_find(folded, at + 1, LEADS[i])) {
			size_t start = folded_next_word(folded, at + strlen(LEADS[i])), end = start;

			if (!agency_starts_at(folded, start, true))
				continue;
			while (end < to && !ends_recipient(folded, end))
				end++;
			return folded_cut(reader->plan->arena, folded, start, end);
		}
	}
	return NULL;
}

/* "Các phòng, ban …" names bodies, "các chỉ tiêu" does not. */
static bool
is_sender_at(const Folded *folded, size_t at)
{
	if (folded_has_phrase(folded, at, "to chuc"))
		return false;
	if (folded_has_phrase(folded, at, "cac"))
		return agency_starts_at(folded, folded_next_word(folded, at), false);
	return agency_starts_at(folded, at, true);
}

/* Who reports: an agency that stands in the sentence before "báo cáo", else the heading's. */
static char *
read_sender(const Reader *reader, size_t from, size_t to)
{
	const Folded *folded = &reader->folded;
	size_t report = MIN(folded_find(folded, from, "bao cao"), to);

	for (size_t at = from; at < report; at++) {
		size_t end = at;

		if (!is_sender_at(folded, at) || (at > from && !strchr(" ,", folded->fold[at - 1])))
			continue;
		while (end < report && agency_foreign_words(folded, end, folded_next_word(folded, end)) == 0)
			end = folded_next_word(folded, end);
		end = MIN(end, duty_name_end(folded, at));
		if (end > at)
			return folded_cut(reader->plan->arena, folded, at, end);
	}
	return arena_strdup(reader->plan->arena, reader->bearer);
}

static PlanReporting *
add_rule(const Reader *reader, PlanPeriod cadence, size_t from, size_t to)
{
	PlanReporting *rule = arena_new0(reader->plan->arena, PlanReporting);

	rule->cadence = cadence;
	rule->from = read_sender(reader, from, to);
	rule->to = read_recipient(reader, from, to);
	rule->raw = folded_cut(reader->plan->arena, &reader->folded, from, to);
	rule->span = reader->paragraph->span;
	g_ptr_array_add(reader->plan->reporting, rule);
	return rule;
}

static bool
states_duty(const Reader *reader, const Folded *sentence, size_t from, size_t to)
{
	size_t report = folded_find(&reader->folded, from, "bao cao");

	(void)from;
	if (report >= to && folded_find(&reader->folded, from, "kip thoi phan anh") >= to)
		return false;
	return !folded_has_any(sentence, NOT_A_DUTY);
}

static void
read_sentence(const Reader *reader, size_t from, size_t to)
{
	Folded sentence =
	    folded_new(reader->plan->arena, folded_cut(reader->plan->arena, &reader->folded, from, to));
	bool has_cadence[PLAN_PERIOD_MAX] = {false};
	PlanReporting dated = {0};
	bool has_date = read_yearly_date(&reader->folded, from, to, &dated);
	bool is_any = false;

	if (!states_duty(reader, &sentence, from, to))
		return;
	for (size_t i = 0; i < G_N_ELEMENTS(CADENCES); i++)
		if (folded_find(&sentence, 0, CADENCES[i].phrase) != SIZE_MAX)
			has_cadence[CADENCES[i].cadence] = true;
	if (folded_has_any(&sentence, WHEN_IT_ARISES))
		has_cadence[PLAN_PERIOD_ADHOC] = true;
	/* "định kỳ hoặc đột xuất": both, the first without a period. */
	if (has_cadence[PLAN_PERIOD_ADHOC] && folded_find(&sentence, 0, "dinh ky") != SIZE_MAX)
		has_cadence[PLAN_PERIOD_NONE] = true;
	for (int cadence = PLAN_PERIOD_MONTH; cadence < PLAN_PERIOD_MAX; cadence++)
		is_any |= has_cadence[cadence] && cadence != PLAN_PERIOD_ADHOC;
	has_cadence[PLAN_PERIOD_NONE] =
	    !is_any && (has_cadence[PLAN_PERIOD_NONE] || !has_cadence[PLAN_PERIOD_ADHOC]);
	if (has_date && !is_any) {
		has_cadence[PLAN_PERIOD_NONE] = false;
		has_cadence[PLAN_PERIOD_YEAR] = true;
	}
	for (int cadence = PLAN_PERIOD_NONE; cadence < PLAN_PERIOD_MAX; cadence++) {
		PlanReporting *rule;

		if (!has_cadence[cadence])
			continue;
		rule = add_rule(reader, (PlanPeriod)cadence, from, to);
		if (has_date && cadence != PLAN_PERIOD_ADHOC && cadence != PLAN_PERIOD_MONTH) {
			rule->due_day = dated.due_day;
			rule->due_month = dated.due_month;
			rule->is_before = dated.is_before;
		}
	}
}

void
lower_reporting(Plan *plan, const Paragraph *paragraph, const char *duty_bearer)
{
	Reader reader = {.plan = plan,
	    .paragraph = paragraph,
	    .bearer = duty_bearer,
	    .folded = folded_new(plan->arena, paragraph->text)};

	for (size_t from = 0; from < reader.folded.len;) {
		size_t to = sentence_end(&reader.folded, from);

		read_sentence(&reader, from, to);
		from = to + 1;
	}
}
