/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* The columns that stand behind an annex's own. */
typedef enum {
	REGISTER_DUE,
	REGISTER_STATUS,
	REGISTER_STATE,
	REGISTER_PERCENT,
	REGISTER_DONE,
	REGISTER_DIFFICULTIES,
	REGISTER_PROPOSALS,
	REGISTER_NUMBER,
	REGISTER_DAY,
	REGISTER_PERSON, /* the last one that is printed */
	REGISTER_AGENCY,
	REGISTER_PERIOD,
	REGISTER_MONTH,
	REGISTER_IDLE,
	REGISTER_PRODUCT,
	REGISTER_REASON,
	REGISTER_KEY,
	REGISTER_FIELD_MAX,
} RegisterField;

typedef struct RegisterFieldInfo {
	const char *title, *hint;
	double width;
	bool is_open; /* filled in by people; the others are locked */
} RegisterFieldInfo;

extern const RegisterFieldInfo REGISTER_FIELDS[REGISTER_FIELD_MAX];

#define REGISTER_TEMPLATE 1           /* of the files that are made; others are refused */
#define REGISTER_META_SHEET "namro"   /* hidden: what the file is */
#define REGISTER_LIST_SHEET "DanhMuc" /* hidden: what can be chosen */
#define REGISTER_HELP_SHEET "Hướng dẫn"
#define REGISTER_FORMAT "namro-so-theo-doi"
