/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/pdf/draw.h"

#include "reader/pdf/mute.h"

#include <cairo-script.h>
#include <cairo.h>
#include <math.h>

#define SCRIPT_BYTES_MAX ((size_t)32 * 1024 * 1024) /* of one page; a page of text has 100 KB */

struct Drawer {
	cairo_device_t *device;
	GString *script;
	bool is_cut; /* there was more than SCRIPT_BYTES_MAX */
};

static cairo_status_t
take_bytes(void *data, const unsigned char *bytes, unsigned int len)
{
	Drawer *drawer = data;

	if (drawer->script->len + len > SCRIPT_BYTES_MAX)
		drawer->is_cut = true;
	else
		g_string_append_len(drawer->script, (const char *)bytes, (gssize)len);
	return CAIRO_STATUS_SUCCESS;
}

/* cairo writes a drawing step out before it returns, so this stands in the script where the text would. */
static void
take_glyphs(void *data, int n_glyphs)
{
	Drawer *drawer = data;

	if (n_glyphs > 0 && drawer->script->len < SCRIPT_BYTES_MAX)
		g_string_append_printf(drawer->script, "%d " SCRIPT_GLYPHS "\n", n_glyphs);
}

Drawer *
drawer_new(void)
{
	Drawer *drawer = g_new0(Drawer, 1);

	drawer->script = g_string_new(NULL);
	return drawer;
}

static void
close_device(Drawer *drawer)
{
	if (drawer->device == NULL)
		return;
	cairo_device_finish(drawer->device);
	g_clear_pointer(&drawer->device, cairo_device_destroy);
}

void
drawer_free(Drawer *drawer)
{
	if (drawer == NULL)
		return;
	close_device(drawer);
	g_string_free(drawer->script, TRUE);
	g_free(drawer);
}

/* A device that failed once fails for ever: the next page gets a new one. */
static cairo_surface_t *
open_surface(Drawer *drawer, double width, double height)
{
	if (drawer->device != NULL && cairo_device_status(drawer->device) != CAIRO_STATUS_SUCCESS)
		close_device(drawer);
	if (drawer->device == NULL)
		drawer->device = cairo_script_create_for_stream(take_bytes, drawer);
	return cairo_script_surface_create(drawer->device, CAIRO_CONTENT_COLOR_ALPHA, width, height);
}

bool
drawer_read(Drawer *drawer, PopplerPage *page, double scale, ScriptPicture *picture)
{
	cairo_surface_t *surface;
	double width, height;
	bool is_drawn;
	cairo_t *cairo;

	g_string_truncate(drawer->script, 0);
	drawer->is_cut = false;
	poppler_page_get_size(page, &width, &height);
	surface = open_surface(drawer, ceil(width * scale), ceil(height * scale));
	cairo = cairo_create(surface);
	cairo_scale(cairo, scale, scale);
	mute_text(take_glyphs, drawer);
	poppler_page_render(page, cairo);
	mute_text(NULL, NULL);
	is_drawn = cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
	cairo_destroy(cairo);
	cairo_surface_finish(surface);
	cairo_surface_destroy(surface);
	return rules_from_script(drawer->script->str, drawer->script->len, picture) && is_drawn &&
	       !drawer->is_cut;
}

double
pictures_share(PopplerPage *page)
{
	GList *pictures = poppler_page_get_image_mapping(page);
	double width, height, sum = 0;

	poppler_page_get_size(page, &width, &height);
	for (const GList *link = pictures; link != NULL; link = link->next) {
		const PopplerRectangle *area = &((const PopplerImageMapping *)link->data)->area;
		double across = fmin(fmax(area->x1, area->x2), width) - fmax(fmin(area->x1, area->x2), 0);
		double down = fmin(fmax(area->y1, area->y2), height) - fmax(fmin(area->y1, area->y2), 0);

		if (across > 0 && down > 0)
			sum += across * down;
	}
	poppler_page_free_image_mapping(pictures);
	return fmin(sum / (width * height), 1);
}
