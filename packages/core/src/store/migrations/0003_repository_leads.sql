CREATE TABLE `repository_leads` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`repository_external_id` text NOT NULL,
	`lead_source` text NOT NULL,
	`lead_repository_external_id` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `source`, `repository_external_id`)
);
--> statement-breakpoint
CREATE INDEX `repository_leads_lead` ON `repository_leads` (`workspace_id`,`lead_source`,`lead_repository_external_id`);--> statement-breakpoint
CREATE TABLE `repository_origins` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`repository_external_id` text NOT NULL,
	`origin` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `source`, `repository_external_id`, `origin`)
);
--> statement-breakpoint
CREATE TABLE `sources` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`title` text NOT NULL,
	`review_stream` text,
	`active` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `source`)
);
--> statement-breakpoint
CREATE INDEX `commits_listed` ON `commits` (`workspace_id`,`committed_at`,`id`);