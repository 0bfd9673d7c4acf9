-- SPDX-License-Identifier: GPL-3.0-or-later

-- name: app_find_commune
-- columns: code, name, province
SELECT code, name, province FROM commune WHERE commune_id = :commune_id;

-- Whose a directory is that says nothing of it: where the store holds one commune, that one's.
-- name: app_list_communes
-- scope: store
-- columns: commune_id
SELECT commune_id FROM commune ORDER BY commune_id LIMIT 2;

-- Everybody of a shared store, for the work that is done for all (namro job run --all); not those whose rows are on their
-- way, or live in another store by now.
-- name: app_all_communes
-- scope: store
-- columns: commune_id
-- params: after int
SELECT c.commune_id
FROM commune c
WHERE c.commune_id > :after
  AND NOT EXISTS (SELECT 1 FROM db_state s WHERE s.commune_id = c.commune_id AND s.place <> 0)
ORDER BY c.commune_id;

-- The first free number from one on, for a commune without a code.
-- name: app_next_commune
-- scope: store
-- columns: commune_id
-- params: first int
SELECT CASE WHEN MAX(commune_id) >= :first THEN MAX(commune_id) + 1 ELSE :first END AS commune_id FROM commune;

-- name: app_insert_commune
-- params: code text, name text, province text, created_us int
INSERT INTO commune (commune_id, code, name, province, created_us)
VALUES (:commune_id, :code, :name, :province, :created_us);

-- name: app_name_commune
-- params: name text
UPDATE commune SET name = :name WHERE commune_id = :commune_id AND name = '';

-- name: app_get_setting
-- columns: value
-- params: key text
SELECT value FROM setting WHERE commune_id = :commune_id AND key = :key;

-- name: app_put_setting
-- params: key text, value text
INSERT INTO setting (commune_id, key, value) VALUES (:commune_id, :key, :value)
ON CONFLICT (commune_id, key) DO UPDATE SET value = excluded.value;

-- name: app_delete_setting
-- params: key text
DELETE FROM setting WHERE commune_id = :commune_id AND key = :key;

-- name: app_ledger_head
-- columns: seq, at_us, hash
SELECT seq, at_us, hash FROM ledger_head WHERE commune_id = :commune_id;

-- name: app_ledger_put_head
-- params: seq int, at_us int, hash bytes
INSERT INTO ledger_head (commune_id, seq, at_us, hash) VALUES (:commune_id, :seq, :at_us, :hash)
ON CONFLICT (commune_id) DO UPDATE SET seq = excluded.seq, at_us = excluded.at_us, hash = excluded.hash;

-- name: app_ledger_insert
-- params: seq int, at_us int, actor_id int, actor text, origin text, action int, object text, before_state text?, after_state text?, hash bytes
INSERT INTO ledger (commune_id, seq, at_us, actor_id, actor, origin, action, object, before_state, after_state, hash)
VALUES (:commune_id, :seq, :at_us, :actor_id, :actor, :origin, :action, :object, :before_state, :after_state, :hash);

-- Rows behind one, to walk the whole ledger in pieces.
-- name: app_ledger_walk
-- columns: seq, at_us, actor_id, actor, origin, action, object, before_state, after_state, hash
-- params: after int, row_limit int
SELECT seq, at_us, actor_id, actor, origin, action, object, before_state, after_state, hash
FROM ledger
WHERE commune_id = :commune_id AND seq > :after
ORDER BY seq
LIMIT :row_limit;

-- name: app_ledger_walk_back
-- hot
-- columns: seq, at_us, actor_id, actor, origin, action, object, before_state, after_state, hash
-- params: before int, row_limit int
SELECT seq, at_us, actor_id, actor, origin, action, object, before_state, after_state, hash
FROM ledger
WHERE commune_id = :commune_id AND seq < :before
ORDER BY seq DESC
LIMIT :row_limit;

-- Rows of one object below `before`, of the parts of 2,048 rows from `part` on to that of `before`; uses ledger_by_object.
-- name: app_ledger_of_object
-- hot
-- columns: seq, at_us, actor_id, actor, origin, action, object, before_state, after_state, hash
-- params: object text, part int, before int, row_limit int
WITH RECURSIVE part (n) AS (
	SELECT :part UNION ALL SELECT part.n + 1 FROM part WHERE part.n < (:before - 1) / 2048)
SELECT r.seq, r.at_us, r.actor_id, r.actor, r.origin, r.action, r.object, r.before_state, r.after_state, r.hash
FROM ledger r
WHERE r.commune_id = :commune_id AND r.seq IN (
	SELECT l.seq
	FROM part CROSS JOIN ledger l
	WHERE l.commune_id = :commune_id AND l.seq / 2048 = part.n AND l.object = :object AND l.seq < :before
	ORDER BY l.seq DESC
	LIMIT :row_limit)
ORDER BY r.seq DESC;
-- pg:
SELECT seq, at_us, actor_id, actor, origin, action, object, before_state, after_state, hash
FROM ledger
WHERE commune_id = :commune_id AND object = :object AND seq >= :part * 2048 AND seq < :before
ORDER BY seq DESC
LIMIT :row_limit;

-- name: app_ledger_find
-- columns: seq, at_us, actor_id, actor, origin, action, object, before_state, after_state, hash
-- params: seq int
SELECT seq, at_us, actor_id, actor, origin, action, object, before_state, after_state, hash
FROM ledger
WHERE commune_id = :commune_id AND seq = :seq;

-- name: app_ledger_put_checkpoint
-- params: seq int, at_us int, hash bytes, public_key bytes, signature bytes
INSERT INTO ledger_checkpoint (commune_id, seq, at_us, hash, public_key, signature)
VALUES (:commune_id, :seq, :at_us, :hash, :public_key, :signature)
ON CONFLICT (commune_id, seq) DO NOTHING;

-- name: app_ledger_checkpoints
-- columns: seq, at_us, hash, public_key, signature
SELECT seq, at_us, hash, public_key, signature
FROM ledger_checkpoint
WHERE commune_id = :commune_id
ORDER BY seq;

-- name: app_ledger_last_checkpoint
-- columns: seq, at_us, hash, public_key
SELECT seq, at_us, hash, public_key
FROM ledger_checkpoint
WHERE commune_id = :commune_id
ORDER BY seq DESC
LIMIT 1;

-- name: app_read_commune
-- columns: code, name, province
SELECT code, name, province FROM commune WHERE commune_id = :commune_id;

-- What is not known yet.
-- name: app_complete_commune
-- params: name text, province text
UPDATE commune
SET name = CASE WHEN name = '' THEN :name ELSE name END,
	province = CASE WHEN province = '' THEN :province ELSE province END
WHERE commune_id = :commune_id;

-- What a row says is taken away; all else stays (docs/adr/0027-secrets-in-the-ledger.md).
-- name: app_ledger_redact
-- params: seq int, state text
UPDATE ledger SET before_state = NULL, after_state = :state WHERE commune_id = :commune_id AND seq = :seq;

-- name: app_list_derived
-- columns: module, form
SELECT module, form FROM app_derived WHERE commune_id = :commune_id ORDER BY module;

-- Changes nothing where another program was faster.
-- name: app_put_derived
-- params: module text, form int
INSERT INTO app_derived (commune_id, module, form) VALUES (:commune_id, :module, :form)
ON CONFLICT (commune_id, module) DO UPDATE SET form = excluded.form WHERE app_derived.form < excluded.form;
