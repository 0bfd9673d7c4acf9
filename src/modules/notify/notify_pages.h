/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "html/layout.h"
#include "html/parts.h"
#include "http/query.h"
#include "http/router.h"
#include "modules/notify/notify_internal.h"

#define NOTIFY_PATH "/thong-bao"
#define NOTIFY_SENT_PATH "/gui-thong-bao"
#define NOTIFY_NOTICES_PATH "/thong-bao-da-lap"

/* A person's own messages. */
typedef struct NotifyInboxView {
	LayoutView layout;
	Arena *arena;
	const GPtrArray *messages; /* of NotifyMessage * */
	int64_t n_unread;
	bool is_unread_only;
	bool is_nobody;       /* no account is in use: there are no messages to anybody */
	const char *more_url; /* older ones; NULL */
} NotifyInboxView;

/* What was sent. */
typedef struct NotifySentView {
	LayoutView layout;
	Arena *arena;
	const GPtrArray *deliveries; /* of NotifyDelivery * */
	int64_t counts[NOTIFY_STATE_MAX];
	int state; /* the filter; 0: all */
	bool has_mail, has_hook;
	bool may_retry; /* the visitor may send again */
	const char *directory;
	const char *more_url; /* NULL */
} NotifySentView;

/* A message with what became of it, on each way out of the program. */
typedef struct NotifyNotice {
	NotifyMessage message;
	const char *name;
	bool is_mail_waiting; /* for the day's digest */
	const NotifyDelivery *deliveries;
	size_t n_deliveries;
} NotifyNotice;

typedef struct NotifyNoticesView {
	LayoutView layout;
	Arena *arena;
	const GPtrArray *notices;                  /* of NotifyNotice * */
	int filter;                                /* 0: all; index of NOTIFY_NOTICE_WORDS */
	const char *more_url, *csv_url, *json_url; /* more_url: NULL */
} NotifyNoticesView;

extern const char *const NOTIFY_NOTICE_WORDS[], *const NOTIFY_NOTICE_TITLES[];

/* "Thư điện tử: Đã gửi; Cổng nhận tin: Chờ gửi", in the arena. */
const char *notify_notice_ways(Arena *arena, const NotifyNotice *notice);

/* The words by which the filter names states, indexed by NotifyState. */
extern const char *const NOTIFY_STATE_WORDS[NOTIFY_STATE_MAX + 1];

/* "22/11/2026 16:05" in the arena; "" for 0. */
const char *notify_when(Arena *arena, int64_t us);

/* The look of a state (html/parts.h). */
const char *notify_state_kind(NotifyState state);

bool notify_inbox_show(HttpRequest *request, HttpResponse *response, GError **error);
bool notify_inbox_read(HttpRequest *request, HttpResponse *response, GError **error);
bool notify_inbox_read_all(HttpRequest *request, HttpResponse *response, GError **error);
bool notify_sent_show(HttpRequest *request, HttpResponse *response, GError **error);
bool notify_notices_show(HttpRequest *request, HttpResponse *response, GError **error);
bool notify_sent_retry(HttpRequest *request, HttpResponse *response, GError **error);
