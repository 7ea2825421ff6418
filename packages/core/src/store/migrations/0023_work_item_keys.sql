CREATE TABLE `pull_request_keys` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`pull_request_external_id` text NOT NULL,
	`key` text NOT NULL,
	`is_linked` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `source`, `pull_request_external_id`, `key`)
);
--> statement-breakpoint
CREATE INDEX `pull_request_keys_unlinked` ON `pull_request_keys` (`workspace_id`,`key`) WHERE is_linked = 0;--> statement-breakpoint
CREATE INDEX `work_items_by_key` ON `work_items` (`workspace_id`,`key`);--> statement-breakpoint
-- What pull requests name is found when they are looked at: those that are here already are once.
INSERT INTO `dirty_subjects` (`workspace_id`, `kind`, `source`, `external_id`)
SELECT `workspace_id`, 'named_work', `source`, `external_id` FROM `pull_requests` WHERE true
ON CONFLICT DO NOTHING;
