CREATE TABLE `incident_teams` (
	`workspace_id` text NOT NULL,
	`incident_id` text NOT NULL,
	`team_id` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `incident_id`)
);
--> statement-breakpoint
CREATE INDEX `incident_teams_team` ON `incident_teams` (`workspace_id`,`team_id`,`incident_id`);--> statement-breakpoint
INSERT INTO `incident_teams` (`workspace_id`, `incident_id`, `team_id`)
SELECT `workspace_id`, `id`, `team_id` FROM (
	SELECT f.`workspace_id`, f.`id`, coalesce(
		(SELECT s.`owner_team_id` FROM `services` s
			WHERE s.`workspace_id` = f.`workspace_id` AND s.`key` = f.`service_key`),
		(SELECT min(own.`team_id`) FROM `services` s
			JOIN `service_repositories` built ON built.`workspace_id` = s.`workspace_id` AND built.`service_id` = s.`id`
			JOIN `repository_teams` own ON own.`workspace_id` = built.`workspace_id` AND own.`source` = built.`source`
				AND own.`repository_external_id` = built.`repository_external_id`
			WHERE s.`workspace_id` = f.`workspace_id` AND s.`key` = f.`service_key`),
		(SELECT min(own.`team_id`) FROM `incident_deployments` stated
			JOIN `deployments` d ON d.`workspace_id` = stated.`workspace_id` AND d.`source` = stated.`deployment_source`
				AND d.`external_id` = stated.`deployment_external_id`
			JOIN `repository_teams` own ON own.`workspace_id` = d.`workspace_id` AND own.`source` = d.`source`
				AND own.`repository_external_id` = d.`repository_external_id`
			WHERE stated.`workspace_id` = f.`workspace_id` AND stated.`source` = f.`source`
				AND stated.`incident_external_id` = f.`external_id`),
		(SELECT own.`team_id` FROM `deployments` d
			JOIN `repository_teams` own ON own.`workspace_id` = d.`workspace_id` AND own.`source` = d.`source`
				AND own.`repository_external_id` = d.`repository_external_id`
			WHERE d.`workspace_id` = f.`workspace_id` AND d.`service_key` = f.`service_key`
			ORDER BY d.`finished_at` DESC, d.`external_id` LIMIT 1),
		(SELECT t.`id` FROM `teams` t WHERE t.`workspace_id` = f.`workspace_id` AND t.`key` = 'default')) AS `team_id`
	FROM `incidents` f)
WHERE `team_id` IS NOT NULL;
