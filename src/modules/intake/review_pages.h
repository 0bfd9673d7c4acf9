/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "http/router.h"

/* Rà soát: a draft's plan beside the document it was read from; see review_view.h. */

bool review_show(HttpRequest *request, HttpResponse *response, GError **error);
bool review_image(HttpRequest *request, HttpResponse *response, GError **error);
bool review_edit(HttpRequest *request, HttpResponse *response, GError **error);
bool review_undo(HttpRequest *request, HttpResponse *response, GError **error);
bool review_redo(HttpRequest *request, HttpResponse *response, GError **error);
bool review_publish_ask(HttpRequest *request, HttpResponse *response, GError **error);
bool review_publish(HttpRequest *request, HttpResponse *response, GError **error);
