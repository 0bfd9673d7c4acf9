-- SPDX-License-Identifier: GPL-3.0-or-later
-- The ledger is still never changed, but for one thing: what a row says can be taken away where it is a state secret
-- (docs/adr/0027-secrets-in-the-ledger.md). Number, instant, who, object and hash stay; namro verify wants a later row that
-- says which were taken away.

-- only: sqlite
DROP TRIGGER ledger_is_not_changed;

CREATE TRIGGER ledger_is_not_changed BEFORE UPDATE ON ledger
WHEN new.commune_id <> old.commune_id OR new.seq <> old.seq OR new.at_us <> old.at_us OR new.actor_id <> old.actor_id
	OR new.actor <> old.actor OR new.origin <> old.origin OR new.action <> old.action OR new.object <> old.object
	OR new.hash <> old.hash OR new.before_state IS NOT NULL OR new.after_state IS NULL
	OR new.after_state <> '{"redacted":true}'
BEGIN
	SELECT RAISE(ABORT, 'the ledger is never changed');
END;
-- only: pg
DROP TRIGGER ledger_is_not_changed ON ledger;

CREATE TRIGGER ledger_is_not_deleted BEFORE DELETE OR TRUNCATE ON ledger
	FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();

CREATE TRIGGER ledger_is_not_changed BEFORE UPDATE ON ledger
	FOR EACH ROW WHEN (new.commune_id <> old.commune_id OR new.seq <> old.seq OR new.at_us <> old.at_us
		OR new.actor_id <> old.actor_id OR new.actor <> old.actor OR new.origin <> old.origin OR new.action <> old.action
		OR new.object <> old.object OR new.hash <> old.hash OR new.before_state IS NOT NULL OR new.after_state IS NULL
		OR new.after_state <> '{"redacted":true}')
	EXECUTE FUNCTION ledger_refuse();
-- only: both
