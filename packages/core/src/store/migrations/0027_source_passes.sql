CREATE TABLE `source_passes` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`requests` integer NOT NULL,
	`quota_remaining` integer,
	`quota_limit` integer,
	`waits_until` integer,
	`notice_code` text,
	`notice_message` text,
	`notice_hint` text,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `source`)
);
