/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/layout.h"
#include "http/request.h"
#include "http/response.h"
#include "modules/secret/secret.h"

#define SECRET_PATH "/van-ban-mat"

typedef struct SecretListView {
	LayoutView layout;
	Arena *arena;
	GPtrArray *marks; /* of SecretMark * */
} SecretListView;

typedef struct SecretAskView {
	LayoutView layout;
	const char *word, *dated;
	SecretObject object;
	bool is_marked;
	const char *problem; /* NULL */
} SecretAskView;

const char *secret_kind_title(const char *kind);

/* "24/02/2026", or as it is known; in the arena. */
const char *secret_day(Arena *arena, const char *dated);

bool secret_list_show(HttpRequest *request, HttpResponse *response, GError **error);
bool secret_ask_show(HttpRequest *request, HttpResponse *response, GError **error);
bool secret_ask_send(HttpRequest *request, HttpResponse *response, GError **error);
