import { type DeploymentSource, type GithubConfig, workflowsOf } from '../config.ts';
import type { ProbedRepository, SectionName } from '../discovery/probed.ts';

/**
 * Returns what deployments of a repository are read from: the first of the configured sources that
 * has any. Null where none has; `unknown` where GitHub could not say whether one has any that comes
 * first. One alone is used: two would count a deployment twice.
 */
export function deploymentSourceOf(
  config: Pick<GithubConfig, 'deploymentSources' | 'workflows'>,
  { sections, denied, fullName }: ProbedRepository,
): DeploymentSource | 'unknown' | null {
  const hasAny = (name: SectionName): boolean | null => {
    if (denied.has(name)) return false;
    const section = sections[name];
    return section === undefined ? null : section.totalCount > 0;
  };
  const has: Record<DeploymentSource, () => boolean | null> = {
    deployments: () => hasAny('deployments'),
    workflow_runs: () => workflowsOf(config, fullName).length > 0,
    releases: () => hasAny('releases'),
    tags: () => true,
  };
  for (const source of config.deploymentSources) {
    const found = has[source]();
    if (found === null) return 'unknown';
    if (found) return source;
  }
  return null;
}
