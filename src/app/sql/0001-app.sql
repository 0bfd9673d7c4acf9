-- SPDX-License-Identifier: GPL-3.0-or-later

CREATE TABLE commune (
	commune_id BIGINT NOT NULL,
	code TEXT NOT NULL,     -- of the national list of administrative units; '' unknown
	name TEXT NOT NULL,     -- '' until it is known
	province TEXT NOT NULL, -- '' unknown
	created_us BIGINT NOT NULL,
	PRIMARY KEY (commune_id)
);

CREATE TABLE setting (
	commune_id BIGINT NOT NULL,
	key TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (commune_id, key),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);
