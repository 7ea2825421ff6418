import { z } from 'zod';
import { startActionTrial } from '../../packages/connectors/src/github/__fixtures__/action-world.ts';
import type { TwinRequest } from '../../packages/connectors/src/github/testing/requests.ts';
import type { TwinWrite } from '../../packages/connectors/src/github/testing/writes.ts';
import { exampleActions, exampleWebhookUrl } from './action-examples.ts';
import { carryOut } from './carry-out.ts';
import { exactly, type Figure } from './figure.ts';
import { type Description, faultsOf, publishedDescription, templateOf } from './requests.ts';

const wantedKinds = 14;

/** Every action once over the twin; each of its requests held against what GitHub publishes. */
export async function writeFigures(): Promise<Figure[]> {
  const { writes, requests, failed } = await carryOutAll();
  for (const message of failed) console.error(message);
  const description = await publishedDescription();
  const wrongWrites = writes.flatMap((write) => bodyFaults(write, description));
  const wrongReads = requests
    .filter(({ isGraphql }) => !isGraphql)
    .flatMap((request) => faultsOf(request, description));
  for (const message of new Set([...wrongWrites, ...wrongReads])) console.error(message);
  const kinds = new Set(writes.map(({ kind }) => kind));
  return [
    exactly(
      'writes',
      `actions (${exampleActions.length}) that fail over the twin`,
      failed.length,
      0,
    ),
    {
      item: 'writes',
      name: `kinds of write seen (${[...kinds].toSorted().join(', ')})`,
      value: kinds.size,
      bound: `at least ${wantedKinds}`,
      ok: kinds.size >= wantedKinds,
    },
    exactly('writes', 'wrong keys and values that the check notices', noticed(description), 2),
    exactly('writes', `writes (${writes.length}) that are not documented`, wrongWrites.length, 0),
    exactly('writes', 'REST reads of actions that are not documented', wrongReads.length, 0),
  ];
}

async function carryOutAll(): Promise<{
  writes: TwinWrite[];
  requests: TwinRequest[];
  failed: string[];
}> {
  const trial = await startActionTrial({ webhookUrl: exampleWebhookUrl });
  const { data, repository, twin, context, run, issue, author, head } = trial;
  const failed: string[] = [];
  const other = data.addPullRequest(repository, {
    title: 'No',
    createdAt: 1,
    author,
    commits: [head],
  });
  try {
    for (const { id, payload } of exampleActions) {
      const given = payload(run.id, issue.number);
      const wanted = id === 'pr.close' ? { ...given, number: other.number } : given;
      const { faults } = await carryOut(trial.action(id), context, wanted);
      failed.push(...faults.map((fault) => `${id}: ${fault}`));
    }
    await probeCompensation(trial);
    return { writes: twin.writes, requests: twin.requests, failed };
  } finally {
    await trial.close();
  }
}

/** The one write that only happens when a later step is refused. */
async function probeCompensation({
  twin,
  repository,
}: Awaited<ReturnType<typeof startActionTrial>>): Promise<void> {
  const branch = [...repository.branches.keys()].find((name) => name.startsWith('adjutant/'));
  if (branch === undefined) return;
  await fetch(`${twin.url}/api/v3/repos/acme/widgets/git/refs/heads/${branch}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${twin.writeToken}` },
  });
}

const bodySchema = z.object({
  requestBody: z
    .object({ content: z.object({ 'application/json': z.object({ schema: z.json() }) }) })
    .optional(),
});

/** What is wrong with a write: its path, a key that is not there, or a value of another form. */
function bodyFaults({ method, path, body }: TwinWrite, description: Description): string[] {
  const undocumented = faultsOf({ method, path, query: {} }, description);
  if (undocumented.length > 0) return undocumented;
  const found = templateOf(path, description.paths);
  const operation = bodySchema.parse(found?.[1][method.toLowerCase()]);
  const written = operation.requestBody?.content['application/json'].schema;
  const schema = written === undefined ? undefined : inlined(written, description);
  const keys = Object.keys(z.record(z.string(), z.unknown()).catch({}).parse(body));
  if (schema === undefined) return keys.length === 0 ? [] : [`${method} ${path} takes no body`];
  const known = knownKeys(schema);
  const unknown = keys.filter((key) => !known.has(key));
  const read = z
    .fromJSONSchema(jsonObject(schema), { defaultTarget: 'openapi-3.0' })
    .safeParse(body);
  return [
    ...unknown.map((key) => `${method} ${found?.[0]} has no key ${key}`),
    ...(read.success ? [] : [`${method} ${found?.[0]}: ${z.prettifyError(read.error)}`]),
  ];
}

const referenceSchema = z.object({ $ref: z.string().startsWith('#/components/schemas/') });

/** Puts what a schema refers to in the place of the reference: bodies refer to small things only. */
function inlined(schema: unknown, description: Description): unknown {
  const reference = referenceSchema.safeParse(schema);
  if (reference.success) {
    const name = reference.data.$ref.split('/').at(-1) ?? '';
    return inlined(description.components.schemas[name], description);
  }
  if (Array.isArray(schema)) return schema.map((item: unknown) => inlined(item, description));
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, inlined(value, description)]),
  );
}

/** Faults found in a write that has two: without this the check might pass anything. */
function noticed(description: Description): number {
  const path = '/repos/acme/widgets/pulls/1/merge';
  const body = { head_sha: 'x', merge_method: 'octopus' };
  const write = {
    at: 0,
    method: 'PUT',
    path,
    kind: '',
    body,
    status: 0,
    applied: false,
    fault: null,
  };
  return bodyFaults(write, description).length;
}

function jsonObject(schema: unknown): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(schema);
}

function knownKeys(schema: unknown): Set<string> {
  const { properties, oneOf, anyOf } = z
    .object({
      properties: z.record(z.string(), z.unknown()).default({}),
      oneOf: z.array(z.unknown()).default([]),
      anyOf: z.array(z.unknown()).default([]),
    })
    .parse(schema);
  const nested = [...oneOf, ...anyOf].flatMap((one) => [...knownKeys(one)]);
  return new Set([...Object.keys(properties), ...nested]);
}
