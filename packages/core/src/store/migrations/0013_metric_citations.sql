CREATE TABLE `cited_evidence` (
	`workspace_id` text NOT NULL,
	`evidence_digest` text NOT NULL,
	`rows` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `evidence_digest`)
);
--> statement-breakpoint
CREATE TABLE `metric_citations` (
	`workspace_id` text NOT NULL,
	`citation_id` text NOT NULL,
	`metric_id` text NOT NULL,
	`definition_version` integer NOT NULL,
	`question` text NOT NULL,
	`team_id` text,
	`value` real,
	`sample_size` integer NOT NULL,
	`p50` real,
	`p75` real,
	`p90` real,
	`gaps` text NOT NULL,
	`evidence_count` integer NOT NULL,
	`evidence_digest` text NOT NULL,
	`computed_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `citation_id`)
);
--> statement-breakpoint
CREATE INDEX `metric_citations_by_age` ON `metric_citations` (`workspace_id`,`computed_at`);--> statement-breakpoint
CREATE INDEX `metric_citations_by_evidence` ON `metric_citations` (`workspace_id`,`evidence_digest`);