import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdjutantError, type WorkspaceHandle } from '@adjutant/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plantSecrets, variantsOf } from '../../../test-setup/planted-secrets.ts';
import { type ApiWorld, openApiWorld } from './testing/api-world.ts';
import { handleInputs, type HandleInputs } from './testing/handle-inputs.ts';

// A secret in every text of everything that a workspace's handle takes, one at a time, by an
// administrator, by an assistant, and by an assistant that is named like one. It may stand in no row,
// answer, error or log line afterwards. What is asked is written by the types, so that none is left out.

/** Calls that are made with nothing, though they could be made with something, and why. */
const madeWithNothing: Readonly<Record<string, string>> = {
  'audit.verify': 'keys and functions alone',
  'audit.checkpoint': 'the path of a file that an administrator names, and keys',
  'privacy.refusals': 'instants alone',
};

const secrets = plantSecrets();
let world: ApiWorld;
let folder: string;
const lines: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-secrets-'));
  world = await openApiWorld(join(folder, 'adjutant.db'), {
    log: (...words) => void lines.push(JSON.stringify(words)),
  });
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Call {
  path: string;
  words: readonly unknown[];
}

/** Every call of the table, each in each of its forms. */
function callsOf(inputs: unknown, path = ''): Call[] {
  if (Array.isArray(inputs)) {
    return inputs.map((words: readonly unknown[], form) => ({ path: `${path}#${form}`, words }));
  }
  return Object.entries(inputs as object).flatMap(([name, inner]) =>
    callsOf(inner, path === '' ? name : `${path}.${name}`),
  );
}

function emptyIn(inputs: unknown, path = ''): string[] {
  if (Array.isArray(inputs)) return inputs.length === 0 ? [path] : [];
  return Object.entries(inputs as object).flatMap(([name, inner]) =>
    emptyIn(inner, path === '' ? name : `${path}.${name}`),
  );
}

async function ask(handle: WorkspaceHandle, path: string, words: readonly unknown[]) {
  const names = path.replace(/#\d+$/, '').split('.');
  const last = names.pop() ?? '';
  let of: unknown = handle;
  for (const name of names) of = Reflect.get(of as object, name);
  try {
    const call = Reflect.get(of as object, last) as (...given: unknown[]) => unknown;
    const answer = await Reflect.apply(call, of, words);
    return await (last === 'forTeam' ? (answer as WorkspaceHandle).teams() : drained(answer));
  } catch (error) {
    return told(error);
  }
}

async function drained(answer: unknown): Promise<unknown> {
  if (typeof answer !== 'object' || answer === null || !(Symbol.asyncIterator in answer)) {
    return answer;
  }
  const all: unknown[] = [];
  for await (const line of answer as AsyncIterable<unknown>) all.push(line);
  return all;
}

let calls = 0;

/** Returns the words with each `{n}` in them as a number that was not there before. */
function numbered(words: unknown): unknown {
  if (typeof words === 'string') return words.replaceAll('{n}', String(calls));
  if (Array.isArray(words)) return words.map(numbered);
  if (typeof words !== 'object' || words === null) return words;
  if (Object.getPrototypeOf(words) !== Object.prototype) return words;
  return Object.fromEntries(Object.entries(words).map(([name, word]) => [name, numbered(word)]));
}

/** Whatever of an error could be shown or logged, its causes with it. */
function told(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const hint = AdjutantError.isInstance(error) ? error.hint : null;
  const { message, stack } = error;
  return { message, hint, stack, cause: error.cause === undefined ? null : told(error.cause) };
}

async function knownRows() {
  const admin = world.admin();
  const { items } = await admin.findPeople({ limit: 5 });
  const [one, other] = items;
  return {
    personId: one?.id ?? '',
    otherPersonId: other?.id ?? '',
    workId: (await admin.listWork({ limit: 1 })).items[0]?.id ?? '',
    signalId: (await admin.signals.list({ withHidden: true })).items[0]?.id ?? '',
    sprintId: (await admin.sprints.list()).items[0]?.id ?? '',
    incidentId: (await admin.incidents.list())[0]?.id ?? '',
    citationId: (await admin.metric({ metricId: 'throughput' })).citationId,
    action: await world.propose(),
    now: world.clock.now(),
  };
}

test('what the handle takes is all there', async () => {
  const inputs: HandleInputs = handleInputs(await knownRows());
  expect(emptyIn(inputs).toSorted()).toEqual(Object.keys(madeWithNothing).toSorted());
  expect(callsOf(inputs).length).toBeGreaterThan(110);
});

test('no secret given in any of it is kept, answered or logged', { timeout: 240_000 }, async () => {
  const asked: string[] = [];
  const answered: string[] = [];
  for (const who of ['admin', 'agent'] as const) {
    const inputs = handleInputs(await knownRows());
    await world
      .admin()
      .projects.create({ key: 'WID', name: 'Widgets' })
      .catch(() => null);
    for (const { path, words } of callsOf(inputs)) {
      const handle = handleOf(who, `${who} ${path}`);
      const place = (at: string) => secrets.at(`${who} ${path}${at}`);
      for (const variant of variantsOf(words, place)) {
        calls += 1;
        const answer = await ask(handle, path, numbered(variant.value) as readonly unknown[]);
        asked.push(variant.path);
        answered.push(...secrets.foundIn(JSON.stringify(answer) ?? ''));
      }
      if (words.length === 0)
        answered.push(...secrets.foundIn(String(await ask(handle, path, words))));
    }
  }
  expect(asked.length).toBeGreaterThan(600);
  expect(unique(answered)).toEqual([]);
  expect(unique(secrets.foundIn(lines.join('\n')))).toEqual([]);
  expect(unique(secrets.foundInFiles(folder))).toEqual([]);
});

/** An administrator, or an assistant whose very name is a secret. */
function handleOf(who: 'admin' | 'agent', place: string): WorkspaceHandle {
  if (who === 'admin') return world.admin();
  const name = secrets.at(`${place} name`);
  return world.as({ kind: 'agent', name, sponsorPersonId: world.castOf('default').admin });
}

const unique = (places: readonly string[]): string[] => [...new Set(places)].toSorted();

test('tokens and passkeys are named by their people, and no name holds a secret', async () => {
  const { adjutant } = world;
  const owner = await adjutant.owner();
  const name = secrets.at('name of a token');
  const agentName = secrets.at('agent of a token');
  const made = await adjutant
    .accessTokens(owner)
    .create({ name, scopes: ['read', 'mcp'], agentName });
  expect(await adjutant.verifyAccessToken(made.token)).toMatchObject({
    viewer: { kind: 'agent', name: '[secret]' },
  });
  expect(secrets.foundIn(JSON.stringify(await adjutant.accessTokens(owner).list()))).toEqual([]);
  expect(unique(secrets.foundInFiles(folder))).toEqual([]);
});

test('what is planted would be found', () => {
  const file = join(folder, 'planted');
  writeFileSync(file, `x ${secrets.at('here')} y`);
  expect(secrets.foundInFiles(folder)).toEqual(['here']);
  rmSync(file);
});

test('keys with different secrets are different keys, and the same key is the same proposal', async () => {
  const { actions } = world.admin();
  const propose = (key: string) =>
    actions.propose({ type: 'note.ask', payload: { text: 'one' }, idempotencyKey: key });
  const [one, other] = [secrets.at('one key'), secrets.at('other key')];
  const { id } = await propose(`deploy ${one}`);
  expect((await propose(`deploy ${one}`)).id).toBe(id);
  expect((await propose(`deploy ${other}`)).id).not.toBe(id);
  expect(unique(secrets.foundInFiles(folder))).toEqual([]);
});
