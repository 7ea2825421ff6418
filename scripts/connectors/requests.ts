import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { silentLogger } from '../../packages/core/src/index.ts';
import { createFakeClock } from '../../packages/core/src/testing.ts';
import { githubConfigSchema } from '../../packages/connectors/src/github/config.ts';
import { github } from '../../packages/connectors/src/github/connector.ts';
import { refusedDocuments } from '../../packages/connectors/src/github/__fixtures__/refused-documents.ts';
import { createMemoryStore } from '../../packages/connectors/src/github/__fixtures__/memory-store.ts';
import type { TwinRequest } from '../../packages/connectors/src/github/testing/requests.ts';
import { installTool } from '../install-tool.ts';
import { exactly, type Figure } from './figure.ts';
import { withGithub } from './github-world.ts';

const referenceSchema = z.object({ $ref: z.string() });
const parameterSchema = z.object({
  name: z.string(),
  in: z.string(),
  schema: z
    .object({
      type: z.string().optional(),
      enum: z.array(z.unknown()).optional(),
      maximum: z.number().optional(),
    })
    .optional(),
});
const operationSchema = z.object({
  deprecated: z.boolean().optional(),
  parameters: z.array(z.union([referenceSchema, parameterSchema])).default([]),
});
const descriptionSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({
    parameters: z.record(z.string(), parameterSchema),
    schemas: z.record(z.string(), z.unknown()),
  }),
});
export type Description = z.infer<typeof descriptionSchema>;

/** Item 5: every request that the client made, held against what GitHub publishes. */
export async function requestFigures(): Promise<Figure[]> {
  const requests = await provokeAll();
  const documents = new Set(requests.flatMap(({ document }) => document ?? []));
  const wrong = refusedDocuments(documents);
  for (const message of wrong) console.error(message);
  const description = await publishedDescription();
  const rest = requests.filter(({ isGraphql }) => !isGraphql);
  const undocumented = rest.flatMap((request) => faultsOf(request, description));
  for (const message of new Set(undocumented)) console.error(message);
  return [
    exactly('5', `GraphQL documents (${documents.size}) that the schema refuses`, wrong.length, 0),
    exactly('5', `REST requests (${rest.length}) that are not documented`, undocumented.length, 0),
    {
      item: '5',
      name: 'REST requests seen',
      value: rest.length,
      bound: 'at least 4',
      ok: rest.length >= 4,
    },
  ];
}

/** Returns what GitHub publishes of its REST interface. */
export async function publishedDescription(): Promise<Description> {
  const folder = await installTool('github-requests');
  const file = join(folder, 'node_modules/@octokit/openapi/generated/api.github.com.json');
  return descriptionSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Every way of reading, so that every kind of request is made at least once. */
async function provokeAll(): Promise<TwinRequest[]> {
  return await withGithub({ pullRequests: 120, overflowShare: 0.05 }, async (world) => {
    const { twin, clock, config, store, repository, data } = world;
    repository.files.set('README.md', '# Large\n');
    // GitHub cuts it, so that it is asked for by itself.
    repository.files.set('docs/long.md', 'A long line.\n'.repeat(40_000));
    await store.pass();
    const [first] = repository.pullRequests.values();
    if (first !== undefined) data.deletePullRequest(first);
    clock.advance(3_600_000);
    await store.pass();
    const { token: _, ...withoutToken } = config;
    const { id: appId, installationId, privateKey } = twin.app;
    const others = [
      { ...config, deploymentSources: ['tags'] },
      { ...config, deploymentSources: ['workflow_runs'] },
      { ...config, workflows: { '*': [{ workflow: 'deploy.yml', jobs: true }] } },
      { ...config, repositories: [], select: ['lar*'] },
      { ...config, since: '2026-08-01' },
      // An App signs with the machine's own time.
      { ...withoutToken, app: { appId, installationId, privateKey } },
    ];
    for (const other of others) {
      const ownClock = 'app' in other ? createFakeClock(Date.now()) : clock;
      await createMemoryStore(other, ownClock).pass();
    }
    await github.definition.check({
      config: githubConfigSchema.parse(config),
      clock,
      logger: silentLogger,
      fetch,
      signal: new AbortController().signal,
    });
    twin.faults.partialData = { probability: 0.5 };
    await createMemoryStore(config, clock).pass();
    return twin.requests;
  });
}

export function faultsOf(
  { method, path, query }: Pick<TwinRequest, 'method' | 'path' | 'query'>,
  { paths, components }: Description,
): string[] {
  const plain = path.replace(/^\/api\/v3/, '');
  const found = templateOf(plain, paths);
  const operation = operationSchema.safeParse(found?.[1][method.toLowerCase()]);
  if (!operation.success) return [`${method} ${plain} is not documented`];
  if (operation.data.deprecated === true) return [`${method} ${plain} is deprecated`];
  const known = operation.data.parameters.flatMap((parameter) => {
    const resolved =
      '$ref' in parameter
        ? components.parameters[parameter.$ref.replace('#/components/parameters/', '')]
        : parameter;
    return resolved?.in === 'query' ? [resolved] : [];
  });
  return Object.entries(query).flatMap(([name, value]) => {
    const parameter = known.find((one) => one.name === name);
    if (parameter === undefined) return [`${method} ${found?.[0]} has no parameter ${name}`];
    const { type, enum: allowed, maximum } = parameter.schema ?? {};
    if (type === 'integer' && !/^\d+$/.test(value)) return [`${name}=${value} is no integer`];
    if (maximum !== undefined && Number(value) > maximum) return [`${name}=${value} is too large`];
    if (allowed !== undefined && !allowed.includes(value))
      return [`${name}=${value} is not allowed`];
    return [];
  });
}

/** Returns the published path that a request's path is one of. */
export function templateOf(
  path: string,
  paths: Description['paths'],
): [string, Record<string, unknown>] | undefined {
  return Object.entries(paths).find(([template]) => matches(template, path));
}

function matches(template: string, path: string): boolean {
  const escaped = template.replaceAll(/[.+^$()|[\]\\]/g, '\\$&');
  // Only the name of a branch has slashes of its own.
  const named = escaped.includes('/git/') ? escaped.replace('{ref}', '.+') : escaped;
  const pattern = named.replaceAll(/\{[^}]+\}/g, '[^/]+');
  return new RegExp(`^${pattern}$`).test(path);
}
