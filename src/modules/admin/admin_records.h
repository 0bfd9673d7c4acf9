/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/record_kind.h"

/* What belongs to no module in particular (AppModule.records). */
extern const AppRecordKind ADMIN_RECORDS[];
