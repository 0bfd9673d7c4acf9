CREATE TABLE db_migration (
	module TEXT NOT NULL,
	number INTEGER NOT NULL,
	name TEXT NOT NULL,
	checksum TEXT NOT NULL,
	applied_us BIGINT NOT NULL,
	PRIMARY KEY (module, number)
);

CREATE TABLE db_state (
	id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
	version BIGINT NOT NULL
);

INSERT INTO db_state (id, version) VALUES (1, 1);
