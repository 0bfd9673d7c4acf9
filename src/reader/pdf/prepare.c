/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/pdf/pdf.h"

#include <poppler.h>

#define NOWHERE "/nonexistent"

/* What poppler finds wrong with a file is said in our words, or noted. */
static void
keep_quiet(const char *domain, GLogLevelFlags level, const char *message, void *data)
{
	(void)domain;
	(void)level;
	(void)message;
	(void)data;
}

void
pdf_prepare(void)
{
	/* The library that checks signatures would look for certificates of the person who runs us. */
	g_setenv("HOME", NOWHERE, TRUE);
	g_log_set_handler("Poppler", G_LOG_LEVEL_MASK | G_LOG_FLAG_RECURSION, keep_quiet, NULL);
}
