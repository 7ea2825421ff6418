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
CREATE INDEX `pull_request_files_path` ON `pull_request_files` (`workspace_id`,`path`);