/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/context.h"

LayoutView
app_layout(const HttpRequest *request, const char *title)
{
	const AppContext *context = app_context(request);

	return (LayoutView){
	    .title = title,
	    .commune = context->commune_name,
	    .version = context->version,
	    .path = request->path,
	    .nav = LAYOUT_NAV_NONE,
	    .more_nav = context->more_nav,
	    .n_more_nav = context->n_more_nav,
	    .visitor = &context->layout_visitor,
	};
}
