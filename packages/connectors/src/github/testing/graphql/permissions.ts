import { GithubGraphqlError } from './errors.ts';
import type { TwinContext } from './field-table.ts';

/** What a fine-grained token or an app needs to read a field. */
const permissionOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Repository: {
    issue: 'issues',
    issues: 'issues',
    pullRequest: 'pull_requests',
    pullRequests: 'pull_requests',
    deployments: 'deployments',
    object: 'contents',
    ref: 'contents',
    refs: 'contents',
    release: 'contents',
    releases: 'contents',
    latestRelease: 'contents',
  },
  Commit: { statusCheckRollup: 'checks' },
  Organization: { membersWithRole: 'members', team: 'members', teams: 'members' },
};

const organizationScopes = new Set(['read:org', 'write:org', 'admin:org']);

/** Refuses a field that the credential is not for. */
export function checkPermission(typeName: string, field: string, context: TwinContext): void {
  const permission = permissionOf[typeName]?.[field];
  if (permission === undefined) return;
  const { denied, scopes } = context;
  if (denied.has(permission)) {
    throw new GithubGraphqlError('FORBIDDEN', 'Resource not accessible by personal access token');
  }
  if (permission !== 'members' || scopes === null) return;
  if (scopes.some((scope) => organizationScopes.has(scope))) return;
  const granted = scopes.map((scope) => `'${scope}'`).join(', ');
  throw new GithubGraphqlError(
    insufficientScopes,
    `Your token has not been granted the required scopes to execute this query. The '${field}' field requires one of the following scopes: ['read:org'], but your token has only been granted the: [${granted}] scopes.`,
  );
}

/** With this error GitHub gives no data at all. */
export const insufficientScopes = 'INSUFFICIENT_SCOPES';
