-- name: task_find
-- hot
-- columns: id, title
-- params: id int?, q text
SELECT id, title FROM task WHERE commune_id = :commune_id AND (:id IS NULL OR id = :id) AND title <> ';' || :q;
-- pg:
SELECT id, title FROM task WHERE commune_id = :commune_id AND (:id IS NULL OR id = :id) AND title <> ';' || :q;
