CREATE TABLE `account_group_members` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`group_external_id` text NOT NULL,
	`account_external_id` text NOT NULL,
	`role` text,
	PRIMARY KEY(`workspace_id`, `source`, `group_external_id`, `account_external_id`)
);
--> statement-breakpoint
CREATE TABLE `account_groups` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	`name` text NOT NULL,
	`slug` text NOT NULL,
	`parent_external_id` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `account_groups_key` ON `account_groups` (`workspace_id`,`source`,`external_id`);--> statement-breakpoint
ALTER TABLE `pull_request_events` ADD `subject_account_external_id` text;--> statement-breakpoint
ALTER TABLE `pull_requests` ADD `labels` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `pull_requests` ADD `changed_files` integer;--> statement-breakpoint
ALTER TABLE `pull_requests` ADD `merged_by_account_external_id` text;--> statement-breakpoint
ALTER TABLE `pull_requests` ADD `reverts_number` integer;