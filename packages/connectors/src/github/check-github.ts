import type { CheckReport, ConnectorContext } from '@adjutant/core';
import type { GithubConfig } from './config.ts';

export async function checkGithub(_context: ConnectorContext<GithubConfig>): Promise<CheckReport> {
  return { identity: null, items: [] };
}
