/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/pdf/picture.h"

#include "base/ceilings.h"
#include "reader/pdf/path.h"
#include "reader/pdf/watch.h"

#include <math.h>

#define RAW_RULES_MAX (4 * (guint)LIMIT_PAGE_RULES) /* before the pieces of one line are joined */

typedef struct {
	Picture *picture;
	cairo_t *cairo; /* the page's; poppler draws the cells of patterns and masks with others */
	Path path;
} Painter;

void
picture_init(Picture *picture)
{
	*picture = (Picture){.rules = g_array_new(FALSE, FALSE, sizeof(BlockBox))};
}

void
picture_clear(Picture *picture)
{
	g_clear_pointer(&picture->rules, g_array_unref);
}

static void
add_rule(void *data, BlockBox box)
{
	Picture *picture = data;

	if (picture->rules->len < RAW_RULES_MAX)
		g_array_append_val(picture->rules, box);
	else
		picture->is_cut = true;
}

static void
copy_path(Path *path, const cairo_path_t *from)
{
	path_begin(path);
	for (int i = 0; i < from->num_data; i += from->data[i].header.length) {
		const cairo_path_data_t *data = &from->data[i];

		switch (data->header.type) {
		case CAIRO_PATH_MOVE_TO:
			path_add(path, data[1].point.x, data[1].point.y, true, false);
			break;
		case CAIRO_PATH_LINE_TO:
			path_add(path, data[1].point.x, data[1].point.y, false, false);
			break;
		case CAIRO_PATH_CURVE_TO:
			path_add(path, data[3].point.x, data[3].point.y, false, true);
			break;
		case CAIRO_PATH_CLOSE_PATH:
			path_close(path);
			break;
		}
	}
}

/* Takes the path over in points of the page, and the rectangle around what the clip shows of it. */
static PathClip
take_path(Painter *painter)
{
	PathClip clip;
	cairo_matrix_t matrix;
	cairo_path_t *path;

	cairo_get_matrix(painter->cairo, &matrix);
	cairo_identity_matrix(painter->cairo);
	path = cairo_copy_path(painter->cairo);
	copy_path(&painter->path, path);
	cairo_path_destroy(path);
	cairo_clip_extents(painter->cairo, &clip.left, &clip.top, &clip.right, &clip.bottom);
	cairo_set_matrix(painter->cairo, &matrix);
	painter->picture->is_cut |= painter->path.is_cut;
	return clip;
}

static void
on_fill(void *data, cairo_t *cairo)
{
	Painter *painter = data;
	PathClip clip;

	if (cairo != painter->cairo)
		return;
	clip = take_path(painter);
	path_fill(&painter->path, &clip, add_rule, painter->picture);
	if (cairo_pattern_get_type(cairo_get_source(cairo)) == CAIRO_PATTERN_TYPE_SURFACE)
		painter->picture->n_glyphs = 0;
	else if (path_has_curve(&painter->path))
		painter->picture->n_outlines++;
}

static void
on_stroke(void *data, cairo_t *cairo)
{
	Painter *painter = data;
	cairo_matrix_t pen;
	double width;
	PathClip clip;

	if (cairo != painter->cairo)
		return;
	clip = take_path(painter);
	width = cairo_get_line_width(cairo);
	cairo_get_matrix(cairo, &pen);
	path_stroke(&painter->path, width * hypot(pen.yx, pen.yy), width * hypot(pen.xx, pen.xy), &clip,
	    add_rule, painter->picture);
}

static void
on_glyphs(void *data, cairo_t *cairo, int n_glyphs)
{
	Painter *painter = data;

	if (cairo == painter->cairo && n_glyphs > 0)
		painter->picture->n_glyphs += (size_t)n_glyphs;
}

bool
picture_read(Picture *picture, PopplerPage *page)
{
	cairo_rectangle_t extents = {0};
	Painter painter = {.picture = picture};
	const DrawWatch watch = {on_fill, on_stroke, on_glyphs, &painter};
	cairo_surface_t *surface;
	bool is_drawn;

	poppler_page_get_size(page, &extents.width, &extents.height);
	surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extents);
	painter.cairo = cairo_create(surface);
	path_init(&painter.path);
	watch_begin(&watch);
	poppler_page_render(page, painter.cairo);
	watch_end();
	is_drawn = cairo_status(painter.cairo) == CAIRO_STATUS_SUCCESS;
	path_clear(&painter.path);
	cairo_destroy(painter.cairo);
	cairo_surface_destroy(surface);
	return is_drawn && !picture->is_cut;
}

/* poppler gives width and height the wrong way round, so where an image lies cannot be told, only how large
 * it is. */
double
images_share(PopplerPage *page)
{
	GList *images = poppler_page_get_image_mapping(page);
	double width, height, sum = 0;

	poppler_page_get_size(page, &width, &height);
	for (const GList *link = images; link != NULL; link = link->next) {
		const PopplerRectangle *area = &((const PopplerImageMapping *)link->data)->area;

		sum += fabs((area->x2 - area->x1) * (area->y2 - area->y1));
	}
	poppler_page_free_image_mapping(images);
	return fmin(sum / (width * height), 1);
}
