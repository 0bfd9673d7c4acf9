-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who was given a task by hand, beside whom the plan names: what the plan says stays as it is (docs/adr/0034-given-leads.md).

ALTER TABLE task ADD COLUMN given_lead TEXT NOT NULL DEFAULT '';         -- names, joined by "; "
ALTER TABLE task_agency ADD COLUMN is_given INTEGER NOT NULL DEFAULT 0;  -- 1: by hand
