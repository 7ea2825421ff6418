import type { ConfiguredConnector } from '@adjutant/core';

/** Returns the connector that a child is told to sync with: its name, then what it takes. */
export async function configuredSource([
  name,
  ...source
]: readonly string[]): Promise<ConfiguredConnector> {
  const [url = '', token = '', other = ''] = source;
  if (name === 'git') {
    const { git } = await import('@adjutant/connectors/git');
    const deployments = { tags: 'v*', environment: 'production' };
    return git({ repositories: [...source], deployments });
  }
  if (name === 'jira') {
    const { jira } = await import('@adjutant/connectors/jira');
    return jira({ site: url, projects: ['PAY'], token, email: other });
  }
  if (name === 'pagerduty') {
    const { pagerduty } = await import('@adjutant/connectors/pagerduty');
    return pagerduty({ baseUrl: url, token });
  }
  if (name === 'slack') {
    const { slack } = await import('@adjutant/connectors/slack');
    return slack({ baseUrl: url, token, channels: other.split(','), since: '2026-01-01' });
  }
  const { github } = await import('@adjutant/connectors/github');
  return github({
    repositories: ['acme/large'],
    organization: 'acme',
    workflows: { 'acme/large': ['deploy.yml'] },
    baseUrl: url,
    token,
  });
}
