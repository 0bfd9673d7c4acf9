/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/run/frames.h"

#include "base/app-error.h"
#include "base/record.h"
#include "reader/sandbox/frame.h"

#define MESSAGE_CHARS_MAX 500

void
frames_init(FrameReader *frames, size_t payload_max)
{
	*frames = (FrameReader){
	    .pending = g_string_new(NULL), .payload = g_string_new(NULL), .payload_max = payload_max};
}

void
frames_clear(FrameReader *frames)
{
	if (frames->pending != NULL)
		g_string_free(frames->pending, TRUE);
	if (frames->payload != NULL)
		g_string_free(frames->payload, TRUE);
	g_clear_error(&frames->said);
	*frames = (FrameReader){0};
}

/* One line of a length that fits a page, whatever the reader sent. */
static char *
tame(const char *text, size_t len)
{
	g_autofree char *copy = g_strndup(text, len);

	if (g_utf8_strlen(copy, -1) > MESSAGE_CHARS_MAX)
		*g_utf8_offset_to_pointer(copy, MESSAGE_CHARS_MAX) = '\0';
	for (char *p = copy; *p != '\0'; p++)
		if (g_ascii_iscntrl(*p))
			*p = ' ';
	return g_steal_pointer(&copy);
}

/* A reader may refuse a file; how the program as a whole is doing is not its to say. */
static AppErrorCode
trusted_code(uint8_t code)
{
	return code == APP_ERROR_LIMIT || code == APP_ERROR_NOT_FOUND ? (AppErrorCode)code
								      : APP_ERROR_UNREADABLE;
}

static void
take_error(FrameReader *frames, RecordCursor *record)
{
	uint8_t code = record_get_u8(record);
	size_t len;
	const char *text = record_get_text(record, &len);
	g_autofree char *message = NULL;

	if (record->is_broken || text == NULL || len == 0) {
		frames->is_broken = true;
		return;
	}
	message = tame(text, len);
	g_set_error_literal(&frames->said, APP_ERROR, (gint)trusted_code(code), message);
	frames->is_ended = true;
}

static void
take_progress(FrameReader *frames, RecordCursor *record)
{
	uint32_t page = record_get_u32(record), n_pages = record_get_u32(record);

	if (record->is_broken) {
		frames->is_broken = true;
		return;
	}
	frames->page = page;
	frames->n_pages = n_pages;
}

static void
take_frame(FrameReader *frames, char tag, RecordCursor *record)
{
	switch (tag) {
	case FRAME_PROGRESS:
		take_progress(frames, record);
		break;
	case FRAME_PAYLOAD:
		if (frames->payload->len + (size_t)(record->end - record->at) > frames->payload_max)
			frames->is_too_large = true;
		else
			g_string_append_len(frames->payload, record->at, record->end - record->at);
		break;
	case FRAME_ERROR:
		take_error(frames, record);
		break;
	case FRAME_END:
		frames->is_ended = true;
		break;
	default:
		frames->is_broken = true;
	}
}

static bool
is_wanting(const FrameReader *frames)
{
	return !frames->is_ended && !frames->is_broken && !frames->is_too_large;
}

/* Whether what begins here, as far as it has come, is a frame of a length that readers send. */
static bool
is_plausible(const RecordCursor *cursor)
{
	RecordCursor head = {.at = cursor->at + 1, .end = cursor->end};

	return (size_t)(cursor->end - cursor->at) < FRAME_HEAD_BYTES ||
	       record_get_u32(&head) <= FRAME_BYTES_MAX;
}

bool
frames_feed(FrameReader *frames, const char *bytes, size_t len)
{
	RecordCursor cursor, record;
	char tag;

	if (!is_wanting(frames))
		return false;
	g_string_append_len(frames->pending, bytes, (gssize)len);
	cursor =
	    (RecordCursor){.at = frames->pending->str, .end = frames->pending->str + frames->pending->len};
	while (is_wanting(frames)) {
		const char *begin = cursor.at;

		frames->is_broken = !is_plausible(&cursor);
		if (frames->is_broken || !record_next(&cursor, &tag, &record)) {
			g_string_erase(frames->pending, 0, begin - frames->pending->str);
			break;
		}
		take_frame(frames, tag, &record);
	}
	return is_wanting(frames);
}
