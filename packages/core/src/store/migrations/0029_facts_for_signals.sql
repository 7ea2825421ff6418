CREATE TABLE `incident_events` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	`incident_external_id` text NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`actor_account_external_id` text,
	`summary` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `incident_events_key` ON `incident_events` (`workspace_id`,`source`,`external_id`);--> statement-breakpoint
CREATE INDEX `incident_events_incident` ON `incident_events` (`workspace_id`,`source`,`incident_external_id`,`at`);--> statement-breakpoint
CREATE TABLE `pull_request_files` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`pull_request_external_id` text NOT NULL,
	`path` text NOT NULL,
	`additions` integer,
	`deletions` integer,
	PRIMARY KEY(`workspace_id`, `source`, `pull_request_external_id`, `path`)
);
--> statement-breakpoint
CREATE INDEX `pull_request_files_path` ON `pull_request_files` (`workspace_id`,`path`);--> statement-breakpoint
CREATE TABLE `work_item_links` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`work_item_external_id` text NOT NULL,
	`kind` text NOT NULL,
	`other_external_id` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `source`, `work_item_external_id`, `kind`, `other_external_id`)
);
--> statement-breakpoint
CREATE INDEX `work_item_links_other` ON `work_item_links` (`workspace_id`,`source`,`other_external_id`,`kind`);--> statement-breakpoint
ALTER TABLE `accounts` ADD `time_zone` text;--> statement-breakpoint
ALTER TABLE `incidents` ADD `url` text;--> statement-breakpoint
ALTER TABLE `incidents` ADD `assignee_account_external_ids` text;--> statement-breakpoint
ALTER TABLE `pipeline_runs` ADD `branch` text;--> statement-breakpoint
ALTER TABLE `pull_request_commits` ADD `committed_at` integer;