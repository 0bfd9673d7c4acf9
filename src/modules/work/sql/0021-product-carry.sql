-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a person said of a product goes on with the task (R-47): the task of which it was said. NULL: of this one.

ALTER TABLE work_product ADD COLUMN from_plan_id INTEGER;
ALTER TABLE work_product ADD COLUMN from_task_no INTEGER;
