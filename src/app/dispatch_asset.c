/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/dispatch_internal.h"
#include "html/assets.h"

bool
dispatch_asset(const HttpRequest *request, HttpResponse *response)
{
	const Asset *asset = assets_find(request->path);

	if (asset == NULL)
		return false;
	response->content_type = asset->mime;
	response->cache = HTTP_CACHE_IMMUTABLE;
	response->etag = arena_printf(request->arena, "\"%s\"", asset->hash);
	if (http_etag_matches(request->if_none_match, response->etag)) {
		response->status = 304;
		return true;
	}
	response->fixed_is_gzip = request->accepts_gzip && asset->gzip != NULL;
	response->fixed = response->fixed_is_gzip ? asset->gzip : asset->bytes;
	response->fixed_len = response->fixed_is_gzip ? asset->gzip_size : asset->size;
	return true;
}
