-- SPDX-License-Identifier: GPL-3.0-or-later
-- By which rules progress, money and product are compared, as a commune has set them, each from a day on; those that
-- come with the program are in reconcile.sql. What they find is in money_finding.

CREATE TABLE reconcile_rule (
	commune_id BIGINT NOT NULL,
	rule TEXT NOT NULL,
	valid_from INTEGER NOT NULL,   -- day
	is_on INTEGER NOT NULL,
	threshold INTEGER NOT NULL,
	source TEXT NOT NULL,
	name TEXT,                     -- who set it
	at_us BIGINT NOT NULL,
	PRIMARY KEY (commune_id, rule, valid_from),
	FOREIGN KEY (commune_id) REFERENCES commune (commune_id)
);
