-- The read-only surface for other people's SQL (docs/guide/sql.md): exactly the columns of the
-- founding documents, of the one workspace that the embedded default makes.
CREATE VIEW `projects` AS
SELECT `id`, `key`, `name`,
	strftime('%Y-%m-%dT%H:%M:%fZ', `created_at` / 1000.0, 'unixepoch') AS `created_at`,
	strftime('%Y-%m-%dT%H:%M:%fZ', `updated_at` / 1000.0, 'unixepoch') AS `updated_at`
FROM `project_definitions` WHERE `workspace_id` = 'default';
--> statement-breakpoint
CREATE VIEW `identities` AS
SELECT a.`source` AS `external_type`, a.`external_id` AS `external_id`, l.`person_id` AS `user_id`,
	json_object('login', a.`login`, 'name', a.`name`, 'email', a.`email`,
		'email_verified', json(iif(a.`email_verified`, 'true', 'false')), 'vendor_id', a.`vendor_id`,
		'kind', a.`kind`, 'method', l.`method`, 'confidence', l.`confidence`) AS `metadata`
FROM `accounts` a
LEFT JOIN `person_accounts` l ON l.`workspace_id` = a.`workspace_id`
	AND l.`account_source` = a.`source` AND l.`account_external_id` = a.`external_id`
WHERE a.`workspace_id` = 'default';
--> statement-breakpoint
CREATE VIEW `events_raw` AS
SELECT `id`, `source`, `stream` AS `event_type`,
	json_array(`source`, `scope_external_id`, `stream`, `external_id`) AS `dedupe_key`,
	`headers`, `signature`, `payload`,
	strftime('%Y-%m-%dT%H:%M:%fZ', `fetched_at` / 1000.0, 'unixepoch') AS `received_at`
FROM `raw_records` WHERE `workspace_id` = 'default';
