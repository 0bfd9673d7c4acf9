-- A number drawn by lot, for each commune, whenever one of the rows changes that say who may do what; the triggers stand
-- in the migrations of the modules. It is drawn, not counted: what was seen in a transaction that was rolled back, or in a
-- store that was restored, is never taken for what another has written. 0: none was drawn yet.
ALTER TABLE db_state ADD COLUMN stamp BIGINT NOT NULL DEFAULT 0;

-- only: pg
CREATE FUNCTION db_draw_stamp() RETURNS TRIGGER LANGUAGE plpgsql AS '
DECLARE
	owner BIGINT;
BEGIN
	IF TG_OP = ''DELETE'' THEN
		owner := OLD.commune_id;
	ELSE
		owner := NEW.commune_id;
	END IF;
	INSERT INTO db_state (commune_id, version, stamp)
	VALUES (owner, 0, 1 + floor(random() * 9007199254740991)::BIGINT)
	ON CONFLICT (commune_id) DO UPDATE SET stamp = excluded.stamp;
	RETURN NULL;
END';
-- only: both
