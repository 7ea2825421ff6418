CREATE TABLE `metric_rollup_gaps` (
	`workspace_id` text NOT NULL,
	`metric_id` text NOT NULL,
	`scope_kind` text NOT NULL,
	`scope_key` text NOT NULL,
	`codes` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `metric_id`, `scope_kind`, `scope_key`)
);
--> statement-breakpoint
CREATE TABLE `metric_rollups` (
	`workspace_id` text NOT NULL,
	`metric_id` text NOT NULL,
	`scope_kind` text NOT NULL,
	`scope_key` text NOT NULL,
	`week_start` integer NOT NULL,
	`week_end` integer NOT NULL,
	`part` text NOT NULL,
	`definition_version` integer NOT NULL,
	`unit` text NOT NULL,
	`value` real,
	`sample_size` integer NOT NULL,
	`p50` real,
	`p75` real,
	`p90` real,
	`computed_at` integer NOT NULL,
	`revision` integer NOT NULL,
	`corrected_at` integer,
	`previous_value` real,
	PRIMARY KEY(`workspace_id`, `metric_id`, `scope_kind`, `scope_key`, `week_start`, `part`)
);
--> statement-breakpoint
CREATE TABLE `rollup_marks` (
	`workspace_id` text NOT NULL,
	`subject` text NOT NULL,
	`window_column` text NOT NULL,
	`day` integer NOT NULL,
	`source` text NOT NULL,
	`repository_external_id` text NOT NULL,
	`times` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `subject`, `window_column`, `day`, `source`, `repository_external_id`)
);
--> statement-breakpoint
CREATE TABLE `rollup_states` (
	`workspace_id` text NOT NULL,
	`group_key` text NOT NULL,
	`state` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `group_key`)
);
