import { defineConnector } from '@adjutant/core';
import { checkRepositories } from './check-repositories.ts';
import { gitConfigSchema } from './config.ts';
import { documents } from './documents/documents.ts';
import { history } from './history/history.ts';
import { mailmap } from './mailmap/mailmap.ts';
import { owners } from './owners/owners.ts';
import { releases } from './releases/releases.ts';
import { discoverRepositories } from './scope.ts';

/**
 * Returns the connector for local clones, ready for `createAdjutant`. It contacts no host.
 * @example git({ repositories: ['.'] })
 */
export const git = defineConnector({
  id: 'git',
  title: 'Git clones',
  experimental: false,
  triedAgainst: ['the system itself'],
  claimsCommits: true,
  configSchema: gitConfigSchema,
  hosts: () => [],
  check: checkRepositories,
  discover: discoverRepositories,
  streams: [history, releases, mailmap, owners, documents],
});
