import { type Batch, type ConnectorContext, defineStream, type ReadRequest } from '@adjutant/core';
import { z } from 'zod';
import { createNameMatcher } from '../../commits/glob.ts';
import type { GithubConfig } from '../config.ts';
import { isRepositoryScope, repositoryOf, sessionOf } from '../discovery/session.ts';
import { type TagPayload, tagPayloadSchema } from '../map/delivery-payload.ts';
import { mapTag } from '../map/map-delivery.ts';
import { listDamage } from '../reading/list-damage.ts';
import { createPageSize } from '../reading/page-size.ts';
import { readPage } from '../reading/page-source.ts';
import { deploymentSourceOf } from './deployment-source.ts';
import { text } from './graphql-shapes.ts';

const attempts = 6;
const commitSchema = z.object({ oid: z.string(), committedDate: text });
const refSchema = z.object({
  name: z.string(),
  target: z
    .union([
      z.object({ tagger: z.object({ date: text }).nullish(), target: commitSchema }),
      commitSchema,
    ])
    .nullish(),
});

async function* readTags(
  context: ConnectorContext<GithubConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const repository = await repositoryOf(context, request);
  const deploymentSource = deploymentSourceOf(context.config, repository);
  if (deploymentSource === 'unknown') {
    const state = request.state ?? {};
    yield { records: [], tombstones: [], state, complete: true, gaps: [] };
    return;
  }
  if (deploymentSource !== 'tags') {
    const known = await knownOf(request);
    yield { records: [], tombstones: known, state: {}, complete: true, gaps: [] };
    return;
  }
  const { client } = sessionOf(context);
  const matches = createNameMatcher(context.config.deploymentTags);
  const gone = new Set(await knownOf(request));
  const source = {
    name: 'Tags',
    declarations: '$id: ID!',
    variables: { id: repository.nodeId },
    wrap: (selection: string) =>
      `node(id: $id) { ... on Repository { page: refs(refPrefix: "refs/tags/", first: $first, after: $after, orderBy: {field: ALPHABETICAL, direction: ASC}) ${selection} } }`,
    path: ['node'],
    plural: 'tags',
  };
  const selection =
    'name target { ... on Commit { oid committedDate } ... on Tag { tagger { date } target { ... on Commit { oid committedDate } } } }';
  const size = createPageSize(100);
  let lost = 0;
  for (let after: string | null = null; ; ) {
    let page = await readPage(client, source, size, { after, selection, parts: [] });
    for (let attempt = 1; page.damage.size > 0 && attempt < attempts; attempt += 1) {
      page = await readPage(client, source, size, { after, selection, parts: [] });
    }
    lost += page.damage.size;
    const records = page.nodes.flatMap((node, position) => {
      // Half a tag would stand for something else.
      if (page.damage.has(position)) return [];
      const payload = tagOf(node);
      if (payload === null || !matches(payload.name)) return [];
      gone.delete(payload.name);
      return [{ externalId: payload.name, payload }];
    });
    const isLast = !page.hasNextPage || page.endCursor === null || page.endCursor === after;
    yield {
      records,
      // What a damaged list does not show may still be there.
      tombstones: isLast && lost === 0 ? [...gone].toSorted() : [],
      state: {},
      complete: isLast,
      gaps: lost === 0 ? [] : [listDamage('tags', lost)],
    };
    if (isLast) return;
    after = page.endCursor;
  }
}

function tagOf(node: unknown): TagPayload | null {
  const parsed = refSchema.safeParse(node);
  if (!parsed.success) return null;
  const { name, target } = parsed.data;
  if (target === null || target === undefined) return null;
  if (!('target' in target)) return { name, sha: target.oid, at: target.committedDate ?? null };
  const at = target.tagger?.date ?? target.target.committedDate ?? null;
  return { name, sha: target.target.oid, at };
}

async function knownOf(request: ReadRequest): Promise<string[]> {
  const known: string[] = [];
  for await (const id of request.knownExternalIds?.() ?? []) known.push(id);
  return known;
}

/** Tags, where the configuration says that they are what is deployed. */
export const tags = defineStream<GithubConfig, TagPayload>({
  id: 'tags',
  title: 'Tags that are deployments',
  payloadSchema: tagPayloadSchema,
  appliesTo: isRepositoryScope,
  read: readTags,
  map: mapTag,
});
