/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader/ocr/pix.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A page as a grey picture, as the file has it. */
typedef struct Picture {
	PIX *gray;           /* 8 bits */
	float width, height; /* of the page, in points */
	bool is_damaged;     /* the file broke off before its end; the rest is blank */
} Picture;

void picture_clear(Picture *picture);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Picture, picture_clear)

/* Counts the pages of a picture file or PDF. Fails as ocr_count_pages(). */
bool picture_count(const char *bytes, size_t len, uint32_t *ret_n_pages, GError **error);

/* Loads page `page` (1-based). The picture is the caller's to clear. Fails as ocr_read_page(). */
bool picture_load(const char *bytes, size_t len, uint32_t page, Picture *ret_picture, GError **error);

/* Pixels per inch. */
float picture_resolution(const Picture *picture);

/* The part for PDF, in picture-pdf.c. */
bool picture_is_pdf(const char *bytes, size_t len);
bool picture_count_pdf(const char *bytes, size_t len, uint32_t *ret_n_pages, GError **error);
bool picture_load_pdf(const char *bytes, size_t len, uint32_t page, Picture *ret_picture, GError **error);

/* Fails with APP_ERROR_LIMIT where a picture of this size, in pixels, is above the ceiling. */
bool picture_check_size(double width, double height, GError **error);

/* Fails with APP_ERROR_NOT_FOUND where `page` is not one of `n_pages`. */
bool picture_check_page(uint32_t page, uint32_t n_pages, GError **error);
