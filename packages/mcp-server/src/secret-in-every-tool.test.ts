import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Adjutant, createAdjutant } from '@adjutant/core';
import { createFakeClock, createPeopleWorld } from '@adjutant/core/testing';
import { allMetrics } from '@adjutant/metrics';
import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plantSecrets, variantsOf } from '../../../test-setup/planted-secrets.ts';
import { type InputSchema, samplesOf } from '../../../test-setup/schema-samples.ts';
import { createAdjutantServer } from './create-adjutant-server.ts';
import { prompts } from './prompts/index.ts';
import { exampleInputs } from './testing/example-inputs.ts';

// A secret in every text that a tool, a prompt or a resource takes, one at a time, as the schemas that
// clients are shown have them, from a client and an assistant that are named like secrets. It may stand
// in no answer, row or log line.

const secrets = plantSecrets();
const lines: string[] = [];
const logger = { log: (...words: unknown[]) => void lines.push(JSON.stringify(words)) };
let folder: string;
let adjutant: Adjutant;
let client: Client;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-secrets-'));
  const { now, connector } = createPeopleWorld(12);
  const store = join(folder, 'adjutant.db');
  const clock = createFakeClock(now);
  adjutant = await createAdjutant({
    store,
    connectors: [connector],
    metrics: allMetrics,
    clock,
    logger,
  });
  await adjutant.sync();
  const owner = await adjutant.owner();
  const sponsorPersonId = owner.kind === 'person' ? owner.personId : '';
  const name = secrets.at('name of the assistant');
  const agent = adjutant.workspace().as({ kind: 'agent', name, sponsorPersonId });
  const open = async () => agent;
  const server = createAdjutantServer({ open, version: '0.0.0', metrics: allMetrics, logger });
  const [here, there] = InMemoryTransport.createLinkedPair();
  await server.connect(there);
  client = new Client({ name: secrets.at('name of the client'), version: '1.0.0' });
  await client.connect(here);
});
afterAll(async () => {
  await client.close();
  await adjutant.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a tool takes; of actions one that every workspace has. */
function goodInput(tool: string): Record<string, unknown> {
  if (tool !== 'propose_action') return { ...exampleInputs[tool] };
  const payload = { title: 'Retro', body: 'Ask about reviews' };
  return { ...exampleInputs[tool], type: 'note.draft', payload };
}

async function told(work: Promise<unknown>): Promise<string> {
  const answer = await work.catch((error: unknown) => error);
  return answer instanceof Error ? `${answer.message} ${answer.stack}` : JSON.stringify(answer);
}

test('no tool keeps, answers or logs a secret that it was given', {
  timeout: 240_000,
}, async () => {
  const { tools } = await client.listTools();
  const answered: string[] = [];
  const fields: string[] = [];
  for (const { name, inputSchema } of tools) {
    const { properties = {} } = inputSchema as InputSchema;
    // Beside what makes a call a good one, each field by itself: some exclude each other.
    for (const [field, schema] of Object.entries(properties)) {
      const good = goodInput(name)[field];
      const place = (at: string) => secrets.at(`${name}.${field}${at}`);
      // The good one may be refused for less than a sample of all that the schema names.
      const samples = [...(good === undefined ? [] : [good]), ...samplesOf(schema)];
      for (const { path, value } of samples.flatMap((sample) =>
        variantsOf(sample, place, '', true),
      )) {
        const key = name === 'propose_action' ? { idempotency_key: `key ${fields.length}` } : {};
        const input = { ...goodInput(name), ...key, [field]: value };
        fields.push(`${name}.${field}${path}`);
        const call = client.callTool({ name, arguments: input });
        answered.push(...secrets.foundIn(await told(call)));
      }
    }
    const unknown = { ...goodInput(name), [secrets.at(`${name} member`)]: 'one' };
    answered.push(...secrets.foundIn(await told(client.callTool({ name, arguments: unknown }))));
  }
  expect(tools.length).toBeGreaterThanOrEqual(16);
  expect(fields.length).toBeGreaterThan(100);
  expect(answered).toEqual([]);
  expect(secrets.foundIn(lines.join('\n'))).toEqual([]);
  expect(secrets.foundInFiles(folder)).toEqual([]);
});

test('neither does a name that nobody serves, a prompt or a resource', async () => {
  const { resourceTemplates } = await client.listResourceTemplates();
  const asked: Promise<unknown>[] = [
    client.callTool({ name: secrets.at('a tool'), arguments: {} }),
    // A prompt of no name here is refused by the protocol's own library, which says the name again.
    client.readResource({ uri: `adjutant://${secrets.at('a resource')}` }),
    ...resourceTemplates.map(({ uriTemplate }) =>
      client.readResource({ uri: uriTemplate.replace(/\{\w+\}/, secrets.at(uriTemplate)) }),
    ),
    ...prompts.flatMap(({ name, argsSchema }) =>
      Object.keys(argsSchema.shape).map((argument) =>
        client.getPrompt({ name, arguments: { [argument]: secrets.at(`${name} ${argument}`) } }),
      ),
    ),
  ];
  const answers = await Promise.all(asked.map(told));
  expect(answers.length).toBeGreaterThan(8);
  expect(answers.flatMap((answer) => secrets.foundIn(answer))).toEqual([]);
  expect(secrets.foundIn(lines.join('\n'))).toEqual([]);
  expect(secrets.foundInFiles(folder)).toEqual([]);
});
