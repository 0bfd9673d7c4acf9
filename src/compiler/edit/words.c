/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler/edit/plan_edit.h"

#include <string.h>

static const char *const KINDS[PLAN_EDIT_KIND_MAX] = {
    [PLAN_EDIT_SET] = "set",
    [PLAN_EDIT_DOCUMENT] = "document",
    [PLAN_EDIT_ACCEPT] = "accept",
    [PLAN_EDIT_SPLIT] = "split",
    [PLAN_EDIT_JOIN] = "join",
    [PLAN_EDIT_GROUP] = "group",
    [PLAN_EDIT_UNGROUP] = "ungroup",
    [PLAN_EDIT_KIND] = "kind",
    [PLAN_EDIT_DELETE] = "delete",
    [PLAN_EDIT_ADD] = "add",
    [PLAN_EDIT_AGENCY] = "agency",
};

typedef struct {
	const char *name, *title;
} FieldWords;

static const FieldWords FIELDS[PLAN_FIELD_MAX] = {
    [PLAN_FIELD_NO] = {"no", "số thứ tự"},
    [PLAN_FIELD_NAME] = {"name", "tên"},
    [PLAN_FIELD_UNIT] = {"unit", "đơn vị tính"},
    [PLAN_FIELD_TARGETS] = {"targets", "mục tiêu"},
    [PLAN_FIELD_LEAD] = {"lead", "cơ quan chủ trì"},
    [PLAN_FIELD_COORDINATING] = {"coordinating", "cơ quan phối hợp"},
    [PLAN_FIELD_OUTPUT] = {"output", "sản phẩm"},
    [PLAN_FIELD_DEADLINE] = {"deadline", "thời hạn"},
};

static const FieldWords DOCUMENT_FIELDS[PLAN_DOCUMENT_MAX] = {
    [PLAN_DOCUMENT_NUMBER] = {"number", "số, ký hiệu"},
    [PLAN_DOCUMENT_DATE] = {"date", "ngày ban hành"},
    [PLAN_DOCUMENT_ISSUER] = {"issuer", "cơ quan ban hành"},
    [PLAN_DOCUMENT_TITLE] = {"title", "trích yếu"},
    [PLAN_DOCUMENT_SIGNER] = {"signer", "người ký"},
};

const char *
plan_edit_kind_name(PlanEditKind kind)
{
	return kind < PLAN_EDIT_KIND_MAX ? KINDS[kind] : NULL;
}

const char *
plan_field_name(PlanField field)
{
	return field < PLAN_FIELD_MAX ? FIELDS[field].name : NULL;
}

const char *
plan_field_title(PlanField field)
{
	return field < PLAN_FIELD_MAX ? FIELDS[field].title : NULL;
}

const char *
plan_document_field_name(PlanDocumentField field)
{
	return field < PLAN_DOCUMENT_MAX ? DOCUMENT_FIELDS[field].name : NULL;
}

const char *
plan_document_field_title(PlanDocumentField field)
{
	return field < PLAN_DOCUMENT_MAX ? DOCUMENT_FIELDS[field].title : NULL;
}

PlanEditKind
plan_edit_kind_of(const char *name)
{
	int kind = 0;

	while (kind < PLAN_EDIT_KIND_MAX && g_strcmp0(KINDS[kind], name) != 0)
		kind++;
	return (PlanEditKind)kind;
}

static int
find_field(const FieldWords *fields, int n, const char *name)
{
	int field = 0;

	while (field < n && g_strcmp0(fields[field].name, name) != 0)
		field++;
	return field;
}

PlanField
plan_field_of(const char *name)
{
	return (PlanField)find_field(FIELDS, PLAN_FIELD_MAX, name);
}

PlanDocumentField
plan_document_field_of(const char *name)
{
	return (PlanDocumentField)find_field(DOCUMENT_FIELDS, PLAN_DOCUMENT_MAX, name);
}
