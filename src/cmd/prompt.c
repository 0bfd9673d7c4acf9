/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cmd/prompt.h"

#include "app/secret.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define LINE_BYTES_MAX (SECRET_PASSWORD_BYTES_MAX + 2)

bool
prompt_is_possible(void)
{
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

static char *
read_line(void)
{
	char line[LINE_BYTES_MAX];
	char *text =
	    fgets(line, sizeof(line), stdin) != NULL ? g_strndup(line, strcspn(line, "\r\n")) : g_strdup("");

	secret_wipe(line, sizeof(line));
	return text;
}

char *
prompt_read(const char *question)
{
	if (prompt_is_possible())
		fputs(question, stderr);
	return g_strstrip(read_line());
}

char *
prompt_read_hidden(const char *question)
{
	struct termios shown, hidden;
	bool is_terminal = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &shown) == 0;
	char *text;

	if (is_terminal) {
		fputs(question, stderr);
		hidden = shown;
		hidden.c_lflag &= ~(tcflag_t)ECHO;
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
	}
	text = read_line();
	if (is_terminal) {
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
		fputc('\n', stderr);
	}
	return text;
}
