-- SPDX-License-Identifier: GPL-3.0-or-later

-- name: notify_insert_message
-- columns: message_id
-- params: person_id int, once_key text, subject text, body text, path text, is_urgent int, created_us int, mail_waiting int
INSERT INTO notify_message (commune_id, message_id, person_id, once_key, subject, body, path, is_urgent, created_us,
	mail_waiting)
VALUES (:commune_id,
	(SELECT COALESCE(MAX(m.message_id), 0) + 1 FROM notify_message m WHERE m.commune_id = :commune_id),
	:person_id, :once_key, :subject, :body, :path, :is_urgent, :created_us, :mail_waiting)
ON CONFLICT (commune_id, person_id, once_key) DO NOTHING
RETURNING message_id;

-- The same where the number is known. What was said already leaves its number free.
-- name: notify_add_message
-- params: person_id int, once_key text, subject text, body text, path text, is_urgent int, created_us int, mail_waiting int, message_id int
INSERT INTO notify_message (commune_id, message_id, person_id, once_key, subject, body, path, is_urgent, created_us,
	mail_waiting)
VALUES (:commune_id, :message_id, :person_id, :once_key, :subject, :body, :path, :is_urgent, :created_us, :mail_waiting)
ON CONFLICT (commune_id, person_id, once_key) DO NOTHING;

-- name: notify_count_since
-- hot
-- columns: n
-- params: after int
SELECT COUNT(*) AS n FROM notify_message WHERE commune_id = :commune_id AND message_id > :after;

-- name: notify_last_message
-- hot
-- columns: message_id
SELECT COALESCE(MAX(message_id), 0) AS message_id FROM notify_message WHERE commune_id = :commune_id;

-- name: notify_list_messages
-- hot
-- columns: message_id, subject, body, path, is_urgent, created_us, read_us
-- params: person_id int, before int, unread_only int, size int
SELECT message_id, subject, body, path, is_urgent, created_us, read_us
FROM notify_message
WHERE commune_id = :commune_id AND person_id = :person_id AND message_id < :before
	AND (:unread_only = 0 OR read_us IS NULL)
ORDER BY message_id DESC
LIMIT :size;

-- name: notify_count_unread
-- hot
-- columns: n
-- params: person_id int
SELECT COUNT(*) FROM notify_message WHERE commune_id = :commune_id AND person_id = :person_id AND read_us IS NULL;

-- name: notify_mark_read
-- params: person_id int, first int, last int, read_us int
UPDATE notify_message SET read_us = :read_us
WHERE commune_id = :commune_id AND person_id = :person_id AND message_id BETWEEN :first AND :last AND read_us IS NULL;

-- People for whom a mail is to be made: something urgent, or something from before the digest's time.
-- name: notify_due_people
-- hot
-- columns: person_id, email
-- params: before_us int, size int
SELECT DISTINCT m.person_id, p.email
FROM notify_message m
JOIN identity_person p ON p.commune_id = m.commune_id AND p.person_id = m.person_id
WHERE m.commune_id = :commune_id AND m.mail_waiting = 1 AND (m.is_urgent = 1 OR m.created_us < :before_us)
ORDER BY m.person_id
LIMIT :size;

-- name: notify_insert_delivery
-- columns: delivery_id
-- params: channel int, person_id int, address text, token text, state int, created_us int, next_us int, answer text
INSERT INTO notify_delivery (commune_id, delivery_id, channel, person_id, address, token, state, attempts, created_us,
	next_us, answer)
VALUES (:commune_id,
	(SELECT COALESCE(MAX(d.delivery_id), 0) + 1 FROM notify_delivery d WHERE d.commune_id = :commune_id),
	:channel, :person_id, :address, :token, :state, 0, :created_us, :next_us, :answer)
RETURNING delivery_id;

-- name: notify_take_mail
-- params: delivery_id int, person_id int, before_us int
INSERT INTO notify_part (commune_id, delivery_id, message_id)
SELECT m.commune_id, :delivery_id, m.message_id
FROM notify_message m
WHERE m.commune_id = :commune_id AND m.person_id = :person_id AND m.mail_waiting = 1
	AND (m.is_urgent = 1 OR m.created_us < :before_us);

-- name: notify_taken_mail
-- params: person_id int, before_us int
UPDATE notify_message SET mail_waiting = 0
WHERE commune_id = :commune_id AND person_id = :person_id AND mail_waiting = 1
	AND (is_urgent = 1 OR created_us < :before_us);

-- name: notify_insert_part
-- params: delivery_id int, message_id int
INSERT INTO notify_part (commune_id, delivery_id, message_id) VALUES (:commune_id, :delivery_id, :message_id);

-- name: notify_next_delivery
-- hot
-- columns: delivery_id, channel, person_id, address, token, attempts
-- params: state int, now_us int
SELECT delivery_id, channel, person_id, address, token, attempts
FROM notify_delivery
WHERE commune_id = :commune_id AND state = :state AND next_us <= :now_us
ORDER BY next_us, delivery_id
LIMIT 1;

-- name: notify_list_parts
-- hot
-- columns: message_id, subject, body, path, is_urgent, created_us, name
-- params: delivery_id int
SELECT m.message_id, m.subject, m.body, m.path, m.is_urgent, m.created_us, p.name
FROM notify_part x
JOIN notify_message m ON m.commune_id = x.commune_id AND m.message_id = x.message_id
JOIN identity_person p ON p.commune_id = m.commune_id AND p.person_id = m.person_id
WHERE x.commune_id = :commune_id AND x.delivery_id = :delivery_id
ORDER BY m.message_id;

-- name: notify_set_state
-- params: delivery_id int, state int, attempts int, next_us int, done_us int?, answer text
UPDATE notify_delivery
SET state = :state, attempts = :attempts, next_us = :next_us, done_us = :done_us, answer = :answer
WHERE commune_id = :commune_id AND delivery_id = :delivery_id;

-- The server of a channel is away: nothing else is tried with it for a while.
-- name: notify_postpone
-- params: channel int, now_us int, until_us int
UPDATE notify_delivery SET next_us = :until_us
WHERE commune_id = :commune_id AND state = 1 AND next_us <= :now_us AND channel = :channel;

-- What was under way when the program ended.
-- name: notify_resume
-- params: from_state int, to_state int
UPDATE notify_delivery SET state = :to_state WHERE commune_id = :commune_id AND state = :from_state;

-- name: notify_list_deliveries
-- hot
-- columns: delivery_id, channel, name, address, state, attempts, created_us, next_us, done_us, answer, subject
-- params: before int, state int, size int
SELECT d.delivery_id, d.channel, p.name, d.address, d.state, d.attempts, d.created_us, d.next_us, d.done_us, d.answer,
	COALESCE((SELECT m.subject FROM notify_part x
		JOIN notify_message m ON m.commune_id = x.commune_id AND m.message_id = x.message_id
		WHERE x.commune_id = d.commune_id AND x.delivery_id = d.delivery_id
		ORDER BY x.message_id LIMIT 1), '')
FROM notify_delivery d
JOIN identity_person p ON p.commune_id = d.commune_id AND p.person_id = d.person_id
WHERE d.commune_id = :commune_id AND d.delivery_id < :before AND (:state = 0 OR d.state = :state)
ORDER BY d.delivery_id DESC
LIMIT :size;

-- name: notify_count_states
-- columns: state, n
SELECT state, COUNT(*) FROM notify_delivery WHERE commune_id = :commune_id GROUP BY state ORDER BY state;

-- name: notify_find_email
-- hot
-- columns: email
-- params: person_id int
SELECT email FROM identity_person WHERE commune_id = :commune_id AND person_id = :person_id;

-- Sends again what was given up, to the address that holds now.
-- name: notify_retry
-- params: delivery_id int, address text, now_us int
UPDATE notify_delivery SET state = 1, attempts = 0, next_us = :now_us, done_us = NULL, address = :address
WHERE commune_id = :commune_id AND delivery_id = :delivery_id AND state IN (4, 5);

-- name: notify_find_delivery
-- hot
-- columns: person_id, channel, state
-- params: delivery_id int
SELECT person_id, channel, state FROM notify_delivery WHERE commune_id = :commune_id AND delivery_id = :delivery_id;

-- name: notify_find_rule
-- hot
-- columns: valid_from, is_on, is_urgent, source, set_by
-- params: event int, day int
SELECT valid_from, is_on, is_urgent, source, set_by FROM notify_rule
WHERE commune_id = :commune_id AND event = :event AND valid_from <= :day
ORDER BY valid_from DESC
LIMIT 1;

-- name: notify_list_rules
-- columns: event, valid_from, is_on, is_urgent, source
SELECT event, valid_from, is_on, is_urgent, source FROM notify_rule WHERE commune_id = :commune_id ORDER BY event, valid_from;

-- name: notify_put_rule
-- params: event int, valid_from int, is_on int, is_urgent int, source text, set_us int, set_by text
INSERT INTO notify_rule (commune_id, event, valid_from, is_on, is_urgent, source, set_us, set_by)
VALUES (:commune_id, :event, :valid_from, :is_on, :is_urgent, :source, :set_us, :set_by)
ON CONFLICT (commune_id, event, valid_from) DO UPDATE SET is_on = excluded.is_on, is_urgent = excluded.is_urgent,
	source = excluded.source, set_us = excluded.set_us, set_by = excluded.set_by;

-- Messages, newest first, with what became of each: filter 1: not read in the program; 2: urgent.
-- name: notify_list_notices
-- hot
-- columns: message_id, name, subject, path, is_urgent, created_us, read_us, mail_waiting
-- params: before int, filter int, person_id int, size int
SELECT m.message_id, p.name, m.subject, m.path, m.is_urgent, m.created_us, m.read_us, m.mail_waiting
FROM notify_message m
JOIN identity_person p ON p.commune_id = m.commune_id AND p.person_id = m.person_id
WHERE m.commune_id = :commune_id AND m.message_id < :before AND (:person_id = 0 OR m.person_id = :person_id)
	AND (:filter = 0 OR (:filter = 1 AND m.read_us IS NULL) OR (:filter = 2 AND m.is_urgent = 1))
ORDER BY m.message_id DESC
LIMIT :size;

-- name: notify_list_parts_of
-- hot
-- columns: delivery_id, channel, state, attempts, done_us, answer
-- params: message_id int
SELECT d.delivery_id, d.channel, d.state, d.attempts, d.done_us, d.answer
FROM notify_part x
JOIN notify_delivery d ON d.commune_id = x.commune_id AND d.delivery_id = x.delivery_id
WHERE x.commune_id = :commune_id AND x.message_id = :message_id
ORDER BY d.delivery_id;

-- ---- state secrets: messages that speak of them ----

-- name: notify_redact_source
-- columns: message_id, subject, body, path
SELECT message_id, subject, body, path FROM notify_message WHERE commune_id = :commune_id ORDER BY message_id;

-- name: notify_redact
-- params: message_id int
UPDATE notify_message SET subject = 'Bí mật nhà nước', body = '' WHERE commune_id = :commune_id AND message_id = :message_id;
