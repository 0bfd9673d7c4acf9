/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/ocr/number.h"

#include <string.h>

#define BYTES_MAX 16     /* longer ones give the model enough to go by */
#define LOST_BELOW 60    /* a confidence at which letters may as well be digits */
#define WEIGHT_MIN 0.6f  /* of a winner */
#define USUAL_BONUS 0.3f /* for a form that such documents use */
#define CONFIDENCE_ALONE 79

void
number_poll_clear(NumberPoll *poll)
{
	for (unsigned i = 0; i < poll->len; i++)
		g_free(poll->votes[i].text);
	poll->len = 0;
}

bool
number_is_likely(const char *text, int confidence)
{
	return strlen(text) <= BYTES_MAX && (confidence < LOST_BELOW || strpbrk(text, "0123456789") != NULL);
}

/* Digits, parts joined by single "." "," "/" "-", a comparator in front, "%" behind. */
static bool
is_usual(const char *text)
{
	static const char *const COMPARATORS[] = {">", "<", "≥", "≤"};
	const char *at = text;

	for (size_t i = 0; i < G_N_ELEMENTS(COMPARATORS); i++)
		if (at == text && g_str_has_prefix(text, COMPARATORS[i]))
			at += strlen(COMPARATORS[i]);
	for (;;) {
		size_t digits = strspn(at, "0123456789");

		at += digits;
		if (digits == 0 || digits > 4)
			return false;
		if (*at == '%')
			at++;
		if (*at == '\0')
			return true;
		if (strchr(".,/-", *at) == NULL)
			return false;
		at++;
	}
}

static bool
is_number(const char *text)
{
	const char *at = text;

	for (; *at != '\0'; at++)
		if (strchr("0123456789.,%/()<>+:-", *at) == NULL && !g_str_has_prefix(at, "≥") &&
		    !g_str_has_prefix(at, "≤") && ((unsigned char)*at & 0xC0) != 0x80)
			return false;
	return strpbrk(text, "0123456789") != NULL;
}

static char *
without_blanks(const char *text)
{
	GString *out = g_string_new(NULL);

	for (; *text != '\0'; text++)
		if (!g_ascii_isspace(*text))
			g_string_append_c(out, *text);
	return g_string_free(out, FALSE);
}

static NumberVote *
find_vote(NumberPoll *poll, const char *text)
{
	for (unsigned i = 0; i < poll->len; i++)
		if (strcmp(poll->votes[i].text, text) == 0)
			return &poll->votes[i];
	if (poll->len == G_N_ELEMENTS(poll->votes))
		return NULL;
	poll->votes[poll->len] = (NumberVote){.text = g_strdup(text)};
	return &poll->votes[poll->len++];
}

void
number_poll_add(NumberPoll *poll, const char *text, int confidence)
{
	g_autofree char *tight = without_blanks(text);
	NumberVote *vote;

	if (strlen(tight) > BYTES_MAX || !is_number(tight) || (vote = find_vote(poll, tight)) == NULL)
		return;
	vote->votes++;
	vote->confidence = MAX(vote->confidence, confidence);
	vote->weight += (float)confidence / 100 + (is_usual(tight) ? USUAL_BONUS : 0);
}

const char *
number_poll_winner(const NumberPoll *poll, int *ret_confidence)
{
	const NumberVote *best = NULL;

	for (unsigned i = 0; i < poll->len; i++)
		if (best == NULL || poll->votes[i].weight > best->weight)
			best = &poll->votes[i];
	if (best == NULL || best->weight < WEIGHT_MIN)
		return NULL;
	*ret_confidence = best->votes > 1 ? best->confidence : MIN(best->confidence, CONFIDENCE_ALONE);
	return best->text;
}
