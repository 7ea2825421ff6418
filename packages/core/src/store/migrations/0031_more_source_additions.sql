ALTER TABLE `accounts` ADD `time_zone` text;--> statement-breakpoint
ALTER TABLE `pull_request_commits` ADD `committed_at` integer;