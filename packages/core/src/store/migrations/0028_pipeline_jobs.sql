CREATE TABLE `pipeline_jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	`run_external_id` text NOT NULL,
	`repository_external_id` text NOT NULL,
	`name` text NOT NULL,
	`attempt` integer NOT NULL,
	`result` text,
	`original_result` text,
	`sha` text,
	`started_at` integer,
	`finished_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pipeline_jobs_key` ON `pipeline_jobs` (`workspace_id`,`source`,`external_id`);--> statement-breakpoint
CREATE INDEX `pipeline_jobs_run` ON `pipeline_jobs` (`workspace_id`,`source`,`run_external_id`);--> statement-breakpoint
CREATE INDEX `pipeline_jobs_name` ON `pipeline_jobs` (`workspace_id`,`source`,`repository_external_id`,`name`,`finished_at`);