CREATE TABLE `chat_channels` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`member_count` integer,
	`is_external` integer,
	`is_archived` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `chat_channels_key` ON `chat_channels` (`workspace_id`,`source`,`external_id`);--> statement-breakpoint
CREATE TABLE `chat_threads` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`external_id` text NOT NULL,
	`channel_external_id` text NOT NULL,
	`author_account_external_id` text,
	`started_at` integer NOT NULL,
	`asks` integer NOT NULL,
	`names_blocker` integer NOT NULL,
	`mentioned_accounts` text NOT NULL,
	`mentioned_groups` text NOT NULL,
	`mentions_everybody` integer NOT NULL,
	`reply_count` integer,
	`first_reply_at` integer,
	`first_reply_by_account_external_id` text,
	`last_reply_at` integer,
	`last_reply_by_account_external_id` text,
	`is_marked_done` integer NOT NULL,
	`url` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `chat_threads_key` ON `chat_threads` (`workspace_id`,`source`,`external_id`);--> statement-breakpoint
CREATE INDEX `chat_threads_started` ON `chat_threads` (`workspace_id`,`started_at`);