-- SPDX-License-Identifier: GPL-3.0-or-later

-- name: succession_insert
-- columns: succession_id
-- params: draft_id int, new_plan_id int, old_plan_id int, kind int, from_day int, carries_roles int, state int, name text, at_us int
INSERT INTO succession (commune_id, succession_id, draft_id, new_plan_id, old_plan_id, kind, from_day, carries_roles, state,
	version, name, at_us)
VALUES (:commune_id, (SELECT COALESCE(MAX(s.succession_id), 0) + 1 FROM succession s WHERE s.commune_id = :commune_id),
	:draft_id, :new_plan_id, :old_plan_id, :kind, :from_day, :carries_roles, :state, 1, :name, :at_us)
RETURNING succession_id;

-- name: succession_find
-- columns: succession_id, draft_id, new_plan_id, old_plan_id, kind, from_day, carries_roles, state, version, name, at_us
-- params: succession_id int
SELECT succession_id, draft_id, new_plan_id, old_plan_id, kind, from_day, carries_roles, state, version, name, at_us
FROM succession
WHERE commune_id = :commune_id AND succession_id = :succession_id;

-- name: succession_list
-- columns: succession_id, draft_id, new_plan_id, old_plan_id, kind, from_day, carries_roles, state, version, name, at_us
SELECT succession_id, draft_id, new_plan_id, old_plan_id, kind, from_day, carries_roles, state, version, name, at_us
FROM succession
WHERE commune_id = :commune_id
ORDER BY succession_id DESC;

-- name: succession_update
-- params: succession_id int, new_plan_id int, old_plan_id int, kind int, from_day int, carries_roles int, state int, version int
UPDATE succession SET new_plan_id = :new_plan_id, old_plan_id = :old_plan_id, kind = :kind, from_day = :from_day,
	carries_roles = :carries_roles, state = :state, version = :version
WHERE commune_id = :commune_id AND succession_id = :succession_id;

-- name: succession_step_insert
-- params: succession_id int, step_no int, kind int, what int, old_no int, new_key text, seen int, name text, at_us int
INSERT INTO succession_step (commune_id, succession_id, step_no, kind, what, old_no, new_key, seen, is_undone, name, at_us)
VALUES (:commune_id, :succession_id, :step_no, :kind, :what, :old_no, :new_key, :seen, 0, :name, :at_us);

-- name: succession_step_list
-- columns: step_no, kind, what, old_no, new_key, seen, is_undone, name, at_us
-- params: succession_id int
SELECT step_no, kind, what, old_no, new_key, seen, is_undone, name, at_us
FROM succession_step
WHERE commune_id = :commune_id AND succession_id = :succession_id
ORDER BY step_no;

-- name: succession_step_undo
-- params: succession_id int, step_no int
UPDATE succession_step SET is_undone = 1
WHERE commune_id = :commune_id AND succession_id = :succession_id AND step_no = :step_no;
