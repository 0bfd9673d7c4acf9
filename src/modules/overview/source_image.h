/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "modules/document/document.h"
#include "modules/plan/plan.h"

/* View of pages/source_image.html: a page of the document as it was given, with what was understood outlined.
 */

typedef struct SourceOutline {
	guint number; /* "s3" on the page, "i3" beside it */
	int left, top, width, height;
	const DocumentArea *area;
	const char *url; /* of the item's own page; NULL */
	bool is_marked;
} SourceOutline;

/* A signature in the file, in words. */
typedef struct SourceSignature {
	const char *signer, *when; /* when: NULL where it is not stated */
	const char *kind, *state;  /* part_state() */
} SourceSignature;

typedef struct SourceSignatures {
	SourceSignature *rows;
	size_t n_rows;
} SourceSignatures;

typedef struct SourceImageView {
	PlanPage page;
	DocumentInfo document;
	int64_t page_no;
	int width, height, image_height; /* points; pixels */
	int turns;                       /* of the picture, as in BlockPage */
	const char *image_url, *large_url;
	SourceOutline *areas;
	size_t n_areas;
	const char *self_url, *previous_url, *next_url, *text_url, *download_url;
	SourceSignatures signatures;
} SourceImageView;

/* What is asked for. */
typedef struct SourceImageFocus {
	const char *item; /* NULL */
	int64_t page_no;  /* 0: where the item stands, else the first */
} SourceImageFocus;

/* Reads the page; `view` has its plan and document. */
bool source_image_load(SourceImageView *view, const SourceImageFocus *focus, GError **error);

/* Reads who signed the file. */
bool source_signatures_load(
    const PlanPage *page, int64_t document_id, SourceSignatures *ret_signatures, GError **error);

/* {% call source_signatures(…) %}: the list of them; nothing where there are none. */
void source_signatures(GString *out, const SourceSignatures *signatures);
