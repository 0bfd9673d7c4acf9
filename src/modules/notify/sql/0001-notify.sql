-- SPDX-License-Identifier: GPL-3.0-or-later
-- Messages to people, and how they were sent out of the program.

CREATE TABLE notify_message (
	commune_id BIGINT NOT NULL,
	message_id BIGINT NOT NULL,
	person_id BIGINT NOT NULL,
	once_key TEXT NOT NULL,       -- what it is about and when: said twice, it is one message
	subject TEXT NOT NULL,
	body TEXT NOT NULL,           -- '': the subject says it all
	path TEXT NOT NULL,           -- of the page it is about, "/nhiem-vu/3/12"; ''
	is_urgent INTEGER NOT NULL,   -- 1: does not wait for the day's digest
	created_us BIGINT NOT NULL,
	read_us BIGINT,               -- NULL: not read in the program
	mail_waiting INTEGER NOT NULL, -- 1: still to be put into a mail
	PRIMARY KEY (commune_id, message_id),
	FOREIGN KEY (commune_id, person_id) REFERENCES identity_person (commune_id, person_id)
);

-- Used by notify_insert_message.
CREATE UNIQUE INDEX notify_message_once ON notify_message (commune_id, person_id, once_key);

-- Used by notify_list_messages, notify_count_unread.
CREATE INDEX notify_message_by_person ON notify_message (commune_id, person_id, message_id);

-- Used by notify_due_people.
CREATE INDEX notify_message_waiting ON notify_message (commune_id, mail_waiting, person_id);

-- One mail or one call of the webhook.
CREATE TABLE notify_delivery (
	commune_id BIGINT NOT NULL,
	delivery_id BIGINT NOT NULL,
	channel INTEGER NOT NULL,     -- NotifyChannel
	person_id BIGINT NOT NULL,
	address TEXT NOT NULL,        -- of the mail; ''
	token TEXT NOT NULL,          -- the same in every attempt, so that the receiver knows it again
	state INTEGER NOT NULL,       -- NotifyState
	attempts INTEGER NOT NULL,
	created_us BIGINT NOT NULL,
	next_us BIGINT NOT NULL,      -- not before
	done_us BIGINT,
	answer TEXT NOT NULL,         -- what was said at the last attempt; ''
	PRIMARY KEY (commune_id, delivery_id),
	FOREIGN KEY (commune_id, person_id) REFERENCES identity_person (commune_id, person_id)
);

-- Used by notify_next_delivery, notify_list_deliveries.
CREATE INDEX notify_delivery_by_state ON notify_delivery (commune_id, state, next_us);

CREATE TABLE notify_part (
	commune_id BIGINT NOT NULL,
	delivery_id BIGINT NOT NULL,
	message_id BIGINT NOT NULL,
	PRIMARY KEY (commune_id, delivery_id, message_id),
	FOREIGN KEY (commune_id, delivery_id) REFERENCES notify_delivery (commune_id, delivery_id),
	FOREIGN KEY (commune_id, message_id) REFERENCES notify_message (commune_id, message_id)
);
