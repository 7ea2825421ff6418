import { AdjutantError, type ConnectorContext, type Scope } from '@adjutant/core';
import { z } from 'zod';
import type { GithubClient } from '../client/client.ts';
import type { GithubConfig } from '../config.ts';
import { createPageSize } from '../reading/page-size.ts';
import { readPage } from '../reading/page-source.ts';
import { createNameMatcher } from '../../commits/glob.ts';
import { notReadable } from './not-readable.ts';
import { probeRepositories } from './probe-repositories.ts';
import type { ProbedRepository } from './probed.ts';
import { sessionOf } from './session.ts';

/**
 * Yields a scope for the organization, where one is named, and one for each repository that the
 * configuration picks. One that cannot be read does not keep the others from it: its error comes last.
 */
export async function* discoverScopes(
  context: ConnectorContext<GithubConfig>,
): AsyncGenerator<Scope> {
  const { config, logger } = context;
  const session = sessionOf(context);
  const { names, isWhole } = await repositoryNames(session.client, config);
  const probe = await probeRepositories(
    session.client,
    names.map((fullName) => ({ fullName })),
    config.organization ?? null,
  );
  const missing: string[] = [];
  const unreadable: string[] = [];
  const given = new Set<string>();
  for (const [at, name] of names.entries()) {
    const repository = probe.repositories[at] ?? null;
    if (repository === null) {
      missing.push(name);
      continue;
    }
    if (repository === 'unreadable') {
      unreadable.push(name);
      continue;
    }
    if (given.has(repository.id)) {
      const { fullName } = repository;
      logger.log('warn', 'A repository is named twice; it is read once.', { fullName });
      continue;
    }
    given.add(repository.id);
    session.repositories.set(repository.id, repository);
    yield scopeOf(repository, name);
  }
  if (config.organization !== undefined) {
    if (probe.organization === null) missing.push(config.organization);
    else if (probe.organization === 'unreadable') unreadable.push(config.organization);
    else {
      session.organization = probe.organization;
      const { id, login } = probe.organization;
      yield { externalId: id, name: login, detail: { kind: 'organization', login } };
    }
  }
  if (missing.length > 0) throw notVisible(missing);
  if (unreadable.length > 0) throw notReadable(unreadable);
  if (!isWhole) throw notReadable([`list of all repositories of ${config.organization ?? ''}`]);
}

function scopeOf(repository: ProbedRepository, askedName: string): Scope {
  const { id, fullName, nodeId, url } = repository;
  const isRenamed = askedName.toLowerCase() !== fullName.toLowerCase();
  const formerUrl =
    isRenamed && url !== null && url.endsWith(`/${fullName}`)
      ? `${url.slice(0, -fullName.length)}${askedName}`
      : null;
  return {
    externalId: id,
    name: fullName,
    detail: { kind: 'repository', nodeId },
    ...(formerUrl === null ? {} : { formerUrls: [formerUrl] }),
  };
}

/** The names that the configuration picks. Of an organization only names are listed for that. */
async function repositoryNames(
  client: GithubClient,
  config: GithubConfig,
): Promise<{ names: string[]; isWhole: boolean }> {
  const names = new Map(config.repositories.map((name) => [name.toLowerCase(), name]));
  const { organization, select } = config;
  if (organization === undefined || select === undefined) {
    return { names: [...names.values()], isWhole: true };
  }
  const matchers = select.map((pattern) => createNameMatcher(pattern));
  const reading = { isWhole: true };
  for await (const fullName of organizationRepositories(client, organization, reading)) {
    const name = fullName.slice(fullName.indexOf('/') + 1);
    if (matchers.some((matches) => matches(name))) names.set(fullName.toLowerCase(), fullName);
  }
  return { names: [...names.values()], isWhole: reading.isWhole };
}

const namedSchema = z.object({ nameWithOwner: z.string() });

async function* organizationRepositories(
  client: GithubClient,
  login: string,
  reading: { isWhole: boolean },
): AsyncGenerator<string> {
  const source = {
    name: 'OrganizationRepositories',
    declarations: '$login: String!',
    variables: { login },
    wrap: (selection: string) =>
      `organization(login: $login) { page: repositories(first: $first, after: $after, orderBy: {field: NAME, direction: ASC}) ${selection} }`,
    path: ['organization'],
    plural: 'repositories of the organization',
  };
  const size = createPageSize(100);
  const attempts = 5;
  for (let after: string | null = null; ; ) {
    const options = { after, selection: 'nameWithOwner', parts: [] };
    let page = await readPage(client, source, size, options);
    for (let attempt = 1; page.damage.size > 0 && attempt < attempts; attempt += 1) {
      page = await readPage(client, source, size, options);
    }
    if (page.damage.size > 0) reading.isWhole = false;
    for (const node of page.nodes) {
      const named = namedSchema.safeParse(node);
      if (named.success) yield named.data.nameWithOwner;
    }
    if (!page.hasNextPage || page.endCursor === null || page.endCursor === after) return;
    after = page.endCursor;
  }
}

function notVisible(names: readonly string[]): AdjutantError {
  const shown = names.slice(0, 5).join(', ');
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  return new AdjutantError('NotFound', `GitHub shows no ${shown}${more} to this credential.`, {
    source: 'github',
    hint: 'Check the names, and that the credential was given these repositories. What was read before stays.',
  });
}
