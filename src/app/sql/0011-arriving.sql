-- SPDX-License-Identifier: GPL-3.0-or-later
-- A ledger is still never deleted, but for one: that of a copy which arrived in this store and never lived here
-- (db_state.place 3, src/storage/place.h). No row was ever added to it here, and the store that it was copied from has every
-- one of its rows (docs/adr/0019-communes-on-one-server.md).

-- only: sqlite
DROP TRIGGER ledger_is_not_deleted;

CREATE TRIGGER ledger_is_not_deleted BEFORE DELETE ON ledger
WHEN NOT EXISTS (SELECT 1 FROM db_state s WHERE s.commune_id = old.commune_id AND s.place = 3)
BEGIN
	SELECT RAISE(ABORT, 'the ledger is never changed');
END;
-- only: pg
DROP TRIGGER ledger_is_not_deleted ON ledger;

CREATE FUNCTION ledger_refuse_unless_arriving() RETURNS TRIGGER LANGUAGE plpgsql AS '
BEGIN
	IF NOT EXISTS (SELECT 1 FROM db_state s WHERE s.commune_id = OLD.commune_id AND s.place = 3) THEN
		RAISE EXCEPTION ''the ledger is never changed'';
	END IF;
	RETURN OLD;
END';

CREATE TRIGGER ledger_is_not_deleted BEFORE DELETE ON ledger
	FOR EACH ROW EXECUTE FUNCTION ledger_refuse_unless_arriving();

CREATE TRIGGER ledger_is_not_emptied BEFORE TRUNCATE ON ledger
	FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
-- only: both
