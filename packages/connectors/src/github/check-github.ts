import {
  AdjutantError,
  type CheckItem,
  type CheckReport,
  type ConnectorContext,
} from '@adjutant/core';
import { z } from 'zod';
import { printable } from '../commits/text.ts';
import { clockItem, failedItem } from '../http/check-items.ts';
import { githubVendor } from './github-vendor.ts';
import type { GithubClient } from './client/client.ts';
import { type GithubConfig, workflowsOf } from './config.ts';
import { askAvailability } from './copilot/availability.ts';
import { discoverScopes } from './discovery/discover.ts';
import type { ProbedRepository, SectionName } from './discovery/probed.ts';
import { type Session, sessionOf } from './discovery/session.ts';

const viewerSchema = z.object({ viewer: z.object({ login: z.string() }) });

/** What each section needs of a fine-grained token or an App, in GitHub's words. */
const permissions: Record<SectionName, { permission: string; optional: boolean }> = {
  pullRequests: { permission: 'Pull requests: read', optional: false },
  issues: { permission: 'Issues: read', optional: true },
  releases: { permission: 'Contents: read', optional: true },
  deployments: { permission: 'Deployments: read', optional: true },
};

/** Reports whether the credential is accepted, what it may read, what quota is left and how the clocks stand. */
export async function checkGithub(context: ConnectorContext<GithubConfig>): Promise<CheckReport> {
  const { config } = context;
  if (config.token === undefined && config.app === undefined) {
    const message = 'There is no credential for GitHub.';
    const hint = 'Set GITHUB_TOKEN and write "token: ${GITHUB_TOKEN}" in the configuration.';
    return { identity: null, items: [{ id: 'credential', ok: false, message, hint }] };
  }
  let session: Session;
  try {
    session = sessionOf(context);
    const identity = await whoAmI(session.client, config);
    const items: CheckItem[] = [
      {
        id: 'credential',
        ok: true,
        message: `${session.client.address.host} accepts the credential of ${identity}.`,
        hint: null,
      },
      ...(await scopeItems(session.client, config)),
      ...(await placeItems(context, session)),
      clockItem({ now: context.clock.now(), serverNow: session.client.serverNow() }, githubVendor),
      experimentalItem,
      ...quotaItems(session.client),
    ];
    return { identity, items };
  } catch (error) {
    if (!AdjutantError.isInstance(error)) throw error;
    return { identity: null, items: [failedItem('credential', error)] };
  }
}

const experimentalItem: CheckItem = {
  id: 'experimental',
  ok: false,
  optional: true,
  message: 'This connector is experimental: it was tried only against our own twin of GitHub.',
  hint: 'Compare a few figures with what GitHub itself shows, and report what differs.',
};

async function whoAmI(client: GithubClient, config: GithubConfig): Promise<string> {
  if (config.app !== undefined) {
    // An installation is no user: its first request proves the key.
    await client.get('/rate_limit', {});
    return `App ${config.app.appId}, installation ${config.app.installationId}`;
  }
  const answer = await client.graphql({
    name: 'Viewer',
    text: 'query Viewer { rateLimit { cost limit remaining resetAt } viewer { login } }',
    variables: {},
  });
  const parsed = viewerSchema.safeParse(answer.data);
  return parsed.success ? printable(parsed.data.viewer.login, 100) : 'a token without a user';
}

/** Classic tokens carry scopes; others show theirs only by what they are refused. */
async function scopeItems(client: GithubClient, config: GithubConfig): Promise<CheckItem[]> {
  if (config.app !== undefined) return [];
  const { headers } = await client.get('/rate_limit', {});
  const text = headers['x-oauth-scopes'];
  if (text === undefined) return [];
  const held = new Set(
    text
      .split(',')
      .map((scope) => scope.trim())
      .filter((scope) => scope !== ''),
  );
  const wanted = ['repo', ...(config.organization === undefined ? [] : ['read:org'])];
  const holds = (scope: string): boolean =>
    held.has(scope) ||
    (scope === 'repo' && held.has('public_repo')) ||
    (scope === 'read:org' && (held.has('admin:org') || held.has('write:org')));
  const missing = wanted.filter((scope) => !holds(scope));
  const spare = [...held].filter(
    (scope) => !['repo', 'public_repo', 'read:org', 'read:user'].includes(scope),
  );
  const items: CheckItem[] = [
    {
      id: 'scopes',
      ok: missing.length === 0,
      message:
        missing.length === 0
          ? `The classic token holds the scopes it needs: ${wanted.join(', ')}.`
          : `The classic token lacks ${missing.join(', ')}.`,
      hint:
        missing.length === 0
          ? null
          : 'Make a fine-grained token as docs/connectors/github.md shows.',
    },
  ];
  if (spare.length > 0) {
    items.push({
      id: 'scopes_spare',
      ok: false,
      optional: true,
      message: `The token may do more than reading needs: ${printable(spare.join(', '), 200)}.`,
      hint: 'A fine-grained token with read permissions is enough.',
    });
  }
  return items;
}

async function placeItems(
  context: ConnectorContext<GithubConfig>,
  session: Session,
): Promise<CheckItem[]> {
  const items: CheckItem[] = [];
  try {
    for await (const scope of discoverScopes(context)) {
      const repository = session.repositories.get(scope.externalId);
      if (repository !== undefined) items.push(...repositoryItems(repository, context.config));
    }
  } catch (error) {
    if (!AdjutantError.isInstance(error)) throw error;
    items.push(failedItem('repositories', error));
  }
  const { organization, copilotUsage } = context.config;
  if (organization !== undefined) items.push(...organizationItems(session));
  if (organization !== undefined && copilotUsage) {
    items.push(await copilotItem(session.client, organization));
  }
  return items;
}

function repositoryItems(repository: ProbedRepository, config: GithubConfig): CheckItem[] {
  const { fullName, denied, sections } = repository;
  const named = workflowsOf(config, fullName).map(({ workflow }) => workflow);
  const items: CheckItem[] = [
    {
      id: `repository:${fullName}`,
      ok: true,
      message: `${fullName} is readable: ${sections.pullRequests?.totalCount ?? 'unknown'} pull requests, ${sections.issues?.totalCount ?? 'unknown'} issues, ${sections.deployments?.totalCount ?? 'unknown'} deployments${named.length === 0 ? '' : `, workflows ${named.join(', ')}`}.`,
      hint: null,
    },
  ];
  for (const section of denied) {
    const { permission, optional } = permissions[section];
    items.push({
      id: `permission:${section}:${fullName}`,
      ok: false,
      optional,
      message: `The credential may not read ${section} of ${fullName}.`,
      hint: `Give it "${permission}".`,
    });
  }
  return items;
}

function organizationItems({ organization }: Session): CheckItem[] {
  if (organization === null) return [];
  const seesAll = organization.members !== null && organization.teams !== null;
  const isDenied = organization.denied.size > 0;
  return [
    {
      id: `organization:${organization.login}`,
      ok: seesAll,
      optional: true,
      message: seesAll
        ? `${organization.login} shows ${organization.members} members and ${organization.teams} teams.`
        : isDenied
          ? `The credential may not see the members and teams of ${organization.login}.`
          : `GitHub could not say who the members and teams of ${organization.login} are.`,
      hint: seesAll
        ? null
        : isDenied
          ? 'Give it the organization permission "Members: read".'
          : 'Try again later.',
    },
  ];
}

async function copilotItem(client: GithubClient, organization: string): Promise<CheckItem> {
  try {
    const availability = await askAvailability(client, organization);
    const ok = availability.kind === 'available';
    return {
      id: 'copilot',
      ok,
      optional: true,
      message: ok ? `Copilot's reports of ${organization} are there.` : availability.gap.message,
      hint: ok ? null : 'Everything else is read without them.',
    };
  } catch (error) {
    if (!AdjutantError.isInstance(error)) throw error;
    return { ...failedItem('copilot', error), optional: true };
  }
}

function quotaItems(client: GithubClient): CheckItem[] {
  const left = client.governor.left('graphql');
  if (left === null) return [];
  const ok = left.remaining >= left.limit * 0.2;
  return [
    {
      id: 'quota',
      ok,
      message: `${left.remaining} of ${left.limit} GraphQL points are left this hour.`,
      hint: ok ? null : 'A fifth is kept for actions: sync again when the hour is over.',
    },
  ];
}
