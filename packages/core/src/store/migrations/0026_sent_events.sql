CREATE TABLE `delivery_followers` (
	`workspace_id` text NOT NULL,
	`kind` text NOT NULL,
	`source` text NOT NULL,
	`repository_external_id` text NOT NULL,
	`name` text NOT NULL,
	`from_at` integer NOT NULL,
	`until_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `kind`, `source`, `repository_external_id`, `name`)
);
--> statement-breakpoint
ALTER TABLE `raw_records` ADD `delivery_number` integer;--> statement-breakpoint
CREATE INDEX `raw_records_delivered` ON `raw_records` (`workspace_id`,`source`,`delivery_number`) WHERE delivery_number is not null;--> statement-breakpoint
ALTER TABLE `sources` ADD `shows_code` integer DEFAULT true NOT NULL;--> statement-breakpoint
CREATE INDEX `pipeline_runs_repository` ON `pipeline_runs` (`workspace_id`,`source`,`repository_external_id`,`name`,`finished_at`);