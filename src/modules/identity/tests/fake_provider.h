/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>

/* A provider that answers whatever a test wants, on a port of this machine. */
typedef struct FakeProvider {
	char *issuer; /* "http://127.0.0.1:PORT" */
	int socket;
	GThread *thread;
	GMutex mutex;
	char *discovery, *keys, *answer; /* bodies; the test's to set with fake_provider_set() */
	int status;                      /* of the token endpoint */
	char *location;                  /* of a redirection of every answer; NULL */
	unsigned n_keys, n_tokens;       /* how often they were asked for */
	char *last_form, *last_authorization;
} FakeProvider;

FakeProvider *fake_provider_new(void);
void fake_provider_free(FakeProvider *provider);

/* Replaces one of the bodies. */
void fake_provider_set(FakeProvider *provider, char **body, const char *text);
