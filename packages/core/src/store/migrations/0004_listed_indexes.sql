-- Lists are read newest first. The expressions are those of reads/list-work.ts to the letter; the
-- generator cannot write an index over an expression, so it stands here.
CREATE INDEX `pull_requests_listed` ON `pull_requests` (`workspace_id`, coalesce(`merged_at`, `closed_at`, `updated_at`, `opened_at`, 0), `id`);
--> statement-breakpoint
CREATE INDEX `pull_requests_listed_by_state` ON `pull_requests` (`workspace_id`, `state`, coalesce(`merged_at`, `closed_at`, `updated_at`, `opened_at`, 0), `id`);
--> statement-breakpoint
CREATE INDEX `work_items_listed` ON `work_items` (`workspace_id`, coalesce(`done_at`, `started_at`, `created_at`, 0), `id`);
