import { AdjutantError, type ConnectorContext, type ReadRequest, type Scope } from '@adjutant/core';
import { z } from 'zod';
import { createClient, type GithubClient } from '../client/client.ts';
import type { GithubConfig } from '../config.ts';
import { notReadable } from './not-readable.ts';
import { probeRepositories } from './probe-repositories.ts';
import type { PullRequestHead } from './pull-request-head.ts';
import type { ProbedOrganization, ProbedRepository } from './probed.ts';

const repositoryDetailSchema = z.object({ kind: z.literal('repository'), nodeId: z.string() });
const organizationDetailSchema = z.object({ kind: z.literal('organization'), login: z.string() });

/** What the streams of one pass share: the client with its quota, and what the probe told. */
export interface Session {
  client: GithubClient;
  repositories: Map<string, ProbedRepository>;
  organization: ProbedOrganization | null;
  /** Of the pull requests that this pass has read: those that are open or changed lately. */
  pullRequestHeads: Map<string, PullRequestHead>;
  /** A list was read again in this pass only because of its age; one such list a pass is enough. */
  hasReadStaleList: boolean;
}

const sessions = new WeakMap<ConnectorContext<GithubConfig>, Session>();

/** Returns the session of a pass: one context, one client. */
export function sessionOf(context: ConnectorContext<GithubConfig>): Session {
  const present = sessions.get(context);
  if (present !== undefined) return present;
  const session: Session = {
    client: createClient(context),
    repositories: new Map(),
    organization: null,
    pullRequestHeads: new Map(),
    hasReadStaleList: false,
  };
  sessions.set(context, session);
  return session;
}

/** Whether a scope is a repository; the organization is the other kind. */
export function isRepositoryScope(scope: Scope): boolean {
  return repositoryDetailSchema.safeParse(scope.detail).success;
}

/** Returns what is known of the scope's repository, asking where this pass has not asked yet. */
export async function repositoryOf(
  context: ConnectorContext<GithubConfig>,
  { scope, budget }: Pick<ReadRequest, 'scope' | 'budget'>,
): Promise<ProbedRepository> {
  const session = sessionOf(context);
  session.client.governor.attach(budget);
  const present = session.repositories.get(scope.externalId);
  if (present !== undefined) return present;
  const detail = repositoryDetailSchema.safeParse(scope.detail);
  if (!detail.success) throw notDiscovered(scope);
  const { nodeId } = detail.data;
  const { repositories } = await probeRepositories(session.client, [{ nodeId }], null);
  const [found] = repositories;
  if (found === 'unreadable') throw notReadable([scope.name]);
  if (found === undefined || found === null) {
    throw new AdjutantError(
      'NotFound',
      `GitHub shows no ${scope.name} to this credential any more.`,
      {
        source: 'github',
        hint: 'It was deleted, or the credential lost access to it. What was read before stays.',
      },
    );
  }
  session.repositories.set(scope.externalId, found);
  return found;
}

/** Returns what is known of the scope's organization. */
export async function organizationOf(
  context: ConnectorContext<GithubConfig>,
  { scope, budget }: Pick<ReadRequest, 'scope' | 'budget'>,
): Promise<ProbedOrganization> {
  const session = sessionOf(context);
  session.client.governor.attach(budget);
  const detail = organizationDetailSchema.safeParse(scope.detail);
  if (!detail.success) throw notDiscovered(scope);
  if (session.organization !== null) return session.organization;
  const { organization } = await probeRepositories(session.client, [], detail.data.login);
  if (organization === 'unreadable') throw notReadable([scope.name]);
  session.organization = organization;
  if (organization !== null) return organization;
  throw new AdjutantError('NotFound', `GitHub shows no organization ${scope.name}.`, {
    source: 'github',
    hint: 'Check its name, and that the credential may read it.',
  });
}

function notDiscovered(scope: Scope): AdjutantError {
  return new AdjutantError('InvalidInput', `${scope.name} was not discovered by github.`, {
    source: 'github',
    hint: 'Discover the repositories again.',
  });
}
