/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compiler/plan.h"

/* The classes of app.css under which a block of a document is shown. */
const char *document_block_look(PlanBlockKind kind);
