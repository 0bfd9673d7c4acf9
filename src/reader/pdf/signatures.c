/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader/pdf/signatures.h"

#include "base/text.h"

#include <string.h>

#define SIGNATURES_MAX 64
#define RANGE_MARK "/ByteRange"

/* The bytes a signature says that it covers: two pieces with the signature itself between them. */
typedef struct {
	guint64 start, gap, resume, end;
} Range;

static const char *
read_number(const char *at, const char *end, guint64 *ret_number)
{
	guint64 number = 0;
	const char *digits;

	while (at < end && (g_ascii_isspace(*at) || *at == '['))
		at++;
	for (digits = at; at < end && g_ascii_isdigit(*at) && at - digits < 12; at++)
		number = number * 10 + (guint64)(*at - '0');
	*ret_number = number;
	return at > digits ? at : NULL;
}

/* The ranges stand in plain text, since a signature cannot cover a compressed one. */
static GArray *
find_ranges(const char *bytes, size_t len)
{
	GArray *ranges = g_array_new(FALSE, FALSE, sizeof(Range));
	const char *at = bytes, *end = bytes + len;

	while ((at = memmem(at, (size_t)(end - at), RANGE_MARK, strlen(RANGE_MARK))) != NULL) {
		guint64 numbers[4];
		const char *next = at += strlen(RANGE_MARK);
		Range range;

		for (size_t i = 0; i < G_N_ELEMENTS(numbers) && next != NULL; i++)
			next = read_number(next, end, &numbers[i]);
		if (next == NULL)
			continue;
		range = (Range){numbers[0], numbers[0] + numbers[1], numbers[2], numbers[2] + numbers[3]};
		g_array_append_val(ranges, range);
	}
	return ranges;
}

static size_t
len_without_blanks(const char *bytes, size_t len)
{
	while (len > 0 && (g_ascii_isspace(bytes[len - 1]) || bytes[len - 1] == '\0'))
		len--;
	return len;
}

/* Of several signatures only the last can cover what the others added. Where there are more or fewer ranges
 * than signatures, something is hidden, and nothing is said to be covered. */
static void
mark_covering(GPtrArray *signatures, const GArray *ranges, const char *bytes, size_t len)
{
	BlockSignature *last = NULL;
	bool is_covered = false;

	for (guint i = 0; i < signatures->len; i++) {
		BlockSignature *signature = g_ptr_array_index(signatures, i);

		if (last == NULL || signature->signed_at >= last->signed_at)
			last = signature;
	}
	for (guint i = 0; i < ranges->len; i++) {
		const Range *range = &g_array_index(ranges, Range, i);

		is_covered |= range->start == 0 && range->gap < range->resume && range->end <= len &&
			      range->end >= len_without_blanks(bytes, len);
	}
	if (last != NULL)
		last->covers_all = is_covered && ranges->len == signatures->len;
}

static char *
clean_name(Arena *arena, const char *name)
{
	g_autofree char *valid = name == NULL ? NULL : g_utf8_make_valid(name, -1);
	g_autofree char *composed = valid == NULL ? NULL : text_nfc(valid, strlen(valid), NULL);

	return arena_strdup(arena, composed);
}

static const char *
shown_name(const BlockSignature *signature)
{
	return signature->signer == NULL ? "không rõ tên" : signature->signer;
}

static void
note_status(BlockDocument *document, const BlockSignature *signature, PopplerSignatureStatus status)
{
	if (status == POPPLER_SIGNATURE_DIGEST_MISMATCH || status == POPPLER_SIGNATURE_INVALID)
		block_document_note(document, "pdf-signature-altered", DIAG_WARNING, 0,
		    "chữ ký số của %s không còn giá trị: nội dung tệp đã bị sửa sau khi ký; hãy lấy lại bản "
		    "đã ký",
		    shown_name(signature));
	else if (status != POPPLER_SIGNATURE_VALID)
		block_document_note(document, "pdf-signature-unchecked", DIAG_WARNING, 0,
		    "không kiểm tra được chữ ký số của %s: dữ liệu chữ ký hỏng hoặc thuộc loại không đọc "
		    "được",
		    shown_name(signature));
}

static void
add_signature(PopplerFormField *field, BlockDocument *document)
{
	PopplerSignatureInfo *info = poppler_form_field_signature_validate_sync(
	    field, POPPLER_SIGNATURE_VALIDATION_FLAG_WITHOUT_OCSP_REVOCATION_CHECK, NULL, NULL);
	PopplerSignatureStatus status;
	BlockSignature *signature;
	GDateTime *time;

	if (info == NULL)
		return;
	status = poppler_signature_info_get_signature_status(info);
	if (status != POPPLER_SIGNATURE_NOT_FOUND) {
		signature = arena_new0(document->arena, BlockSignature);
		signature->signer = clean_name(document->arena, poppler_signature_info_get_signer_name(info));
		time = poppler_signature_info_get_local_signing_time(info);
		signature->signed_at = time == NULL ? 0 : MAX(g_date_time_to_unix(time), 0);
		signature->is_intact = status == POPPLER_SIGNATURE_VALID;
		g_ptr_array_add(document->signatures, signature);
		note_status(document, signature, status);
	}
	poppler_signature_info_free(info);
}

static void
note_uncovered(BlockDocument *document)
{
	for (guint i = 0; i < document->signatures->len; i++)
		if (((const BlockSignature *)g_ptr_array_index(document->signatures, i))->covers_all)
			return;
	block_document_note(document, "pdf-signature-partial", DIAG_WARNING, 0,
	    "tệp có phần được thêm vào sau chữ ký số cuối cùng; phần đó không được chữ ký nào bảo đảm");
}

void
signatures_add(PopplerDocument *pdf, const char *bytes, size_t len, BlockDocument *document)
{
	g_autoptr(GArray) ranges = find_ranges(bytes, len);
	GList *fields;
	guint n = 0;

	if (ranges->len == 0)
		return;
	fields = poppler_document_get_signature_fields(pdf);
	for (const GList *link = fields; link != NULL && n < SIGNATURES_MAX; link = link->next, n++)
		add_signature(link->data, document);
	g_list_free_full(fields, g_object_unref);
	if (document->signatures->len == 0)
		return;
	mark_covering(document->signatures, ranges, bytes, len);
	note_uncovered(document);
}
