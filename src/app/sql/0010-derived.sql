-- SPDX-License-Identifier: GPL-3.0-or-later
-- In which form a module keeps what follows from a commune's other rows (AppModule.derive). No row: in none yet.

CREATE TABLE app_derived (
	commune_id BIGINT NOT NULL,
	module TEXT NOT NULL,
	form INTEGER NOT NULL,
	PRIMARY KEY (commune_id, module),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);
