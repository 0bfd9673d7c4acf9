-- One number for each commune's state, and one (commune 0) for the store as a whole: what changes for one commune makes
-- no page of another new.
DROP TABLE db_state;

CREATE TABLE db_state (
	commune_id BIGINT NOT NULL,
	version BIGINT NOT NULL,
	PRIMARY KEY (commune_id)
);

INSERT INTO db_state (commune_id, version) VALUES (0, 1);
