/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "http/request.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* For other modules: the money of one task on that task's own pages, with what disagrees. */

typedef struct MoneyPanel MoneyPanel;

/* Reads what the panel shows; it lives in the request's arena. */
bool money_panel_load(
    const HttpRequest *request, int64_t plan_id, int64_t task_no, MoneyPanel **ret_panel, GError **error);

/* Writes the panel as a card, for {% call money_panel(v->money) %}; nothing for NULL. */
void money_panel(GString *out, const MoneyPanel *panel);
