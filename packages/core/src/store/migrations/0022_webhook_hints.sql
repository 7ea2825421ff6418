CREATE TABLE `webhook_hints` (
	`workspace_id` text NOT NULL,
	`source` text NOT NULL,
	`scope_external_id` text NOT NULL,
	`stream` text NOT NULL,
	`token` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `source`, `scope_external_id`, `stream`)
);
