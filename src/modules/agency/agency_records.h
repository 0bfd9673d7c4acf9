/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/record_kind.h"

/* What the module tells of its records (AppModule.records). */
extern const AppRecordKind AGENCY_RECORDS[];
