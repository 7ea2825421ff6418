CREATE TABLE `ai_usage_days` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`account_external_id` text NOT NULL,
	`tool` text NOT NULL,
	`day` text NOT NULL,
	`interactions` integer,
	`suggestions` integer,
	`suggestions_accepted` integer,
	`lines_added` integer,
	`lines_deleted` integer,
	`used_agent` integer,
	`used_chat` integer,
	`used_cli` integer,
	`credits_used` real,
	`group_external_ids` text,
	PRIMARY KEY(`workspace_id`, `source`, `account_external_id`, `tool`, `day`)
);
--> statement-breakpoint
CREATE INDEX `ai_usage_days_day` ON `ai_usage_days` (`workspace_id`,`day`,`tool`);