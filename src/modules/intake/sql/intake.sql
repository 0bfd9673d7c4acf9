-- SPDX-License-Identifier: GPL-3.0-or-later

-- name: intake_draft_insert
-- columns: draft_id
-- params: file_sha256 text, file_name text, size_bytes int, format int, state int, now_us int
INSERT INTO intake_draft (commune_id, draft_id, file_sha256, source_sha256, file_name, size_bytes, format, state,
	page_done, page_total, message, version, caption, task_count, indicator_count, doubt_count, plan_id, created_at,
	updated_at)
VALUES (:commune_id,
	(SELECT COALESCE(MAX(d.draft_id), 0) + 1 FROM intake_draft d WHERE d.commune_id = :commune_id), :file_sha256, NULL,
	:file_name, :size_bytes, :format, :state, 0, 0, '', 0, '', 0, 0, 0, NULL, :now_us, :now_us)
RETURNING draft_id;

-- name: intake_draft_find
-- hot
-- columns: draft_id, file_sha256, source_sha256, file_name, size_bytes, format, state, page_done, page_total, message
-- columns: version, caption, task_count, indicator_count, doubt_count, plan_id, created_at, updated_at
-- params: draft_id int
SELECT draft_id, file_sha256, source_sha256, file_name, size_bytes, format, state, page_done, page_total, message,
	version, caption, task_count, indicator_count, doubt_count, plan_id, created_at, updated_at
FROM intake_draft
WHERE commune_id = :commune_id AND draft_id = :draft_id;

-- The newest draft of a file that was not put aside.
-- name: intake_draft_find_file
-- columns: draft_id, plan_id
-- params: file_sha256 text, discarded int
SELECT draft_id, plan_id
FROM intake_draft
WHERE commune_id = :commune_id AND file_sha256 = :file_sha256 AND state <> :discarded
ORDER BY draft_id DESC
LIMIT 1;

-- A page of the list, newest first. before: the last draft of the page before.
-- name: intake_draft_page
-- hot
-- columns: draft_id, file_sha256, source_sha256, file_name, size_bytes, format, state, page_done, page_total, message
-- columns: version, caption, task_count, indicator_count, doubt_count, plan_id, created_at, updated_at
-- params: before int, hidden int, row_limit int
SELECT draft_id, file_sha256, source_sha256, file_name, size_bytes, format, state, page_done, page_total, message,
	version, caption, task_count, indicator_count, doubt_count, plan_id, created_at, updated_at
FROM intake_draft
WHERE commune_id = :commune_id AND draft_id < :before AND state <> :hidden
ORDER BY draft_id DESC
LIMIT :row_limit;

-- name: intake_draft_page_of_state
-- hot
-- columns: draft_id, file_sha256, source_sha256, file_name, size_bytes, format, state, page_done, page_total, message
-- columns: version, caption, task_count, indicator_count, doubt_count, plan_id, created_at, updated_at
-- params: before int, state int, row_limit int
SELECT draft_id, file_sha256, source_sha256, file_name, size_bytes, format, state, page_done, page_total, message,
	version, caption, task_count, indicator_count, doubt_count, plan_id, created_at, updated_at
FROM intake_draft
WHERE commune_id = :commune_id AND draft_id < :before AND state = :state
ORDER BY draft_id DESC
LIMIT :row_limit;

-- name: intake_draft_count
-- hot
-- columns: state, draft_count
SELECT state, COUNT(*) AS draft_count
FROM intake_draft
WHERE commune_id = :commune_id
GROUP BY state
ORDER BY state;

-- Moves a draft from one state to another, if it is still in the first.
-- name: intake_draft_move
-- params: draft_id int, from_state int, to_state int, message text, now_us int
UPDATE intake_draft
SET state = :to_state, message = :message, updated_at = :now_us
WHERE commune_id = :commune_id AND draft_id = :draft_id AND state = :from_state;

-- name: intake_job_recover
-- params: reading int, waiting int, now_us int
UPDATE intake_draft
SET state = :waiting, updated_at = :now_us
WHERE commune_id = :commune_id AND state = :reading;

-- The draft that has waited longest.
-- name: intake_job_claim
-- columns: draft_id
-- params: waiting int, reading int, now_us int
UPDATE intake_draft
SET state = :reading, updated_at = :now_us
WHERE commune_id = :commune_id AND state = :waiting
	AND draft_id = (SELECT MIN(d.draft_id) FROM intake_draft d WHERE d.commune_id = :commune_id AND d.state = :waiting)
RETURNING draft_id;

-- name: intake_job_progress
-- params: draft_id int, page_done int, page_total int, reading int, now_us int
UPDATE intake_draft
SET page_done = :page_done, page_total = :page_total, updated_at = :now_us
WHERE commune_id = :commune_id AND draft_id = :draft_id AND state = :reading;

-- name: intake_job_source
-- params: draft_id int, source_sha256 text
UPDATE intake_draft
SET source_sha256 = :source_sha256, page_done = page_total
WHERE commune_id = :commune_id AND draft_id = :draft_id;

-- What lists say of a draft.
-- name: intake_draft_describe
-- params: draft_id int, caption text, task_count int, indicator_count int, doubt_count int
UPDATE intake_draft
SET caption = :caption, task_count = :task_count, indicator_count = :indicator_count, doubt_count = :doubt_count
WHERE commune_id = :commune_id AND draft_id = :draft_id;

-- Changes nothing where somebody was faster.
-- name: intake_draft_step
-- params: draft_id int, seen_version int, ready int, now_us int
UPDATE intake_draft
SET version = version + 1, updated_at = :now_us
WHERE commune_id = :commune_id AND draft_id = :draft_id AND version = :seen_version AND state = :ready;

-- name: intake_draft_publish
-- params: draft_id int, plan_id int, published int, now_us int
UPDATE intake_draft
SET state = :published, plan_id = :plan_id, updated_at = :now_us
WHERE commune_id = :commune_id AND draft_id = :draft_id;

-- name: intake_edit_insert
-- params: draft_id int, version int, body text, standing int, now_us int
INSERT INTO intake_edit (commune_id, draft_id, edit_no, version, body, standing, made_at)
VALUES (:commune_id, :draft_id,
	(SELECT COALESCE(MAX(e.edit_no), 0) + 1 FROM intake_edit e
	WHERE e.commune_id = :commune_id AND e.draft_id = :draft_id), :version, :body, :standing, :now_us);

-- name: intake_edit_list
-- hot
-- columns: edit_no, version, body, standing, made_at
-- params: draft_id int, above_version int
SELECT edit_no, version, body, standing, made_at
FROM intake_edit
WHERE commune_id = :commune_id AND draft_id = :draft_id AND version > :above_version
ORDER BY edit_no;

-- What was undone cannot be redone once another edit was made.
-- name: intake_edit_overtake
-- params: draft_id int, undone int, overtaken int
UPDATE intake_edit
SET standing = :overtaken
WHERE commune_id = :commune_id AND draft_id = :draft_id AND standing = :undone;

-- name: intake_edit_undo
-- params: draft_id int, counts int, undone int
UPDATE intake_edit
SET standing = :undone
WHERE commune_id = :commune_id AND draft_id = :draft_id
	AND edit_no = (SELECT MAX(e.edit_no) FROM intake_edit e
	WHERE e.commune_id = :commune_id AND e.draft_id = :draft_id AND e.standing = :counts);

-- name: intake_edit_redo
-- params: draft_id int, counts int, undone int
UPDATE intake_edit
SET standing = :counts
WHERE commune_id = :commune_id AND draft_id = :draft_id
	AND edit_no = (SELECT MIN(e.edit_no) FROM intake_edit e
	WHERE e.commune_id = :commune_id AND e.draft_id = :draft_id AND e.standing = :undone);

-- name: intake_alias_list
-- columns: printed, name
SELECT printed, name
FROM intake_alias
WHERE commune_id = :commune_id
ORDER BY printed;

-- name: intake_alias_learn
-- params: printed text, name text, draft_id int, now_us int
INSERT INTO intake_alias (commune_id, printed, name, learned_at, draft_id)
VALUES (:commune_id, :printed, :name, :now_us, :draft_id)
ON CONFLICT (commune_id, printed) DO UPDATE
SET name = excluded.name, learned_at = excluded.learned_at, draft_id = excluded.draft_id;

-- What the ledger notes of drafts, the latest correction that counts among it.
-- name: intake_noted
-- columns: draft_id, file_name, file_sha256, size_bytes, state, message, version, plan_id, edit_count, counting, last_edit
-- params: from_id int, row_limit int, counts int
SELECT d.draft_id, d.file_name, d.file_sha256, d.size_bytes, d.state, d.message, d.version, d.plan_id,
	(SELECT COUNT(*) FROM intake_edit e WHERE e.commune_id = :commune_id AND e.draft_id = d.draft_id) AS edit_count,
	(SELECT COUNT(*) FROM intake_edit e
	WHERE e.commune_id = :commune_id AND e.draft_id = d.draft_id AND e.standing = :counts) AS counting,
	(SELECT e.body FROM intake_edit e
	WHERE e.commune_id = :commune_id AND e.draft_id = d.draft_id AND e.standing = :counts
	ORDER BY e.edit_no DESC LIMIT 1) AS last_edit
FROM intake_draft d
WHERE d.commune_id = :commune_id AND d.draft_id >= :from_id
ORDER BY d.draft_id
LIMIT :row_limit;

-- name: intake_alias_noted
-- columns: printed, name, draft_id
SELECT printed, name, draft_id
FROM intake_alias
WHERE commune_id = :commune_id
ORDER BY printed;

-- name: intake_alias_find
-- columns: printed, name, draft_id
-- params: printed text
SELECT printed, name, draft_id
FROM intake_alias
WHERE commune_id = :commune_id AND printed = :printed;

-- A state secret that was found out only when it was read: nothing that tells of it is left.
-- name: intake_draft_redact
-- params: draft_id int, file_name text, state int, message text, now_us int
UPDATE intake_draft
SET file_name = :file_name, state = :state, message = :message, source_sha256 = NULL, caption = '', task_count = 0,
	indicator_count = 0, doubt_count = 0, version = version + 1, updated_at = :now_us
WHERE commune_id = :commune_id AND draft_id = :draft_id;

-- The drafts that became a plan.
-- name: intake_drafts_of_plan
-- columns: draft_id
-- params: plan_id int
SELECT draft_id FROM intake_draft WHERE commune_id = :commune_id AND plan_id = :plan_id ORDER BY draft_id;

-- The drafts that a secret was read from.
-- name: intake_redact_drafts
-- columns: draft_id, file_sha256, source_sha256, state
-- params: plan_id int, draft_id int
SELECT draft_id, file_sha256, source_sha256, state
FROM intake_draft
WHERE commune_id = :commune_id AND (draft_id = :draft_id OR (:plan_id > 0 AND plan_id = :plan_id)
	OR (:plan_id > 0 AND file_sha256 IN (SELECT d.sha256 FROM plan p
		JOIN document d ON d.commune_id = p.commune_id AND d.document_id = p.document_id
		WHERE p.commune_id = :commune_id AND p.plan_id = :plan_id)))
ORDER BY draft_id;

-- name: intake_redact_edits
-- params: draft_id int
DELETE FROM intake_edit WHERE commune_id = :commune_id AND draft_id = :draft_id;
