-- SPDX-License-Identifier: GPL-3.0-or-later
-- Which events are told, from a day on. An event without a row is told.

CREATE TABLE notify_rule (
	commune_id BIGINT NOT NULL,
	event INTEGER NOT NULL,       -- NotifyEvent
	valid_from INTEGER NOT NULL,  -- day number; the latest row up to a day counts on it
	is_on INTEGER NOT NULL,
	is_urgent INTEGER NOT NULL,   -- 1: does not wait for the day's digest
	source TEXT NOT NULL,
	set_us BIGINT NOT NULL,
	set_by TEXT NOT NULL,
	PRIMARY KEY (commune_id, event, valid_from),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);

-- Used by notify_list_parts_of.
CREATE INDEX notify_part_by_message ON notify_part (commune_id, message_id, delivery_id);
