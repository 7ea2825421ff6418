import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Adjutant } from '../../adjutant.ts';
import { createAdjutant } from '../../create-adjutant.ts';
import { AdjutantError } from '../../errors.ts';
import { createKeyRing } from '../../secrets/testing/key-ring.ts';
import type { CallAt, RootHandle, RootPath } from './call-path.ts';
import { rootInputs } from './root-inputs.ts';

// Every function that is found on what `createAdjutant` answers with, and on all that it hands out, called
// with something wrong in the place of each argument and of each member of one.

type Words<Path extends RootPath> =
  CallAt<Path, RootHandle> extends (...words: infer Given) => unknown ? Required<Given> : never;
type Inputs<Path extends RootPath> = (typeof rootInputs)[Path];
type Taken<Schema> = Schema extends z.ZodType ? z.input<Schema> : never;
/** What an open object leaves to the call is not compared. */
type Named<Value> = Value extends (...words: never[]) => unknown
  ? Value
  : Value extends object
    ? Value extends readonly (infer Item)[]
      ? readonly Named<Item>[]
      : Value extends AbortSignal | Uint8Array | AsyncIterable<unknown>
        ? Value
        : { [Name in keyof Value as string extends Name ? never : Name]: Named<Value[Name]> }
    : Value;
type Misfits<Path extends RootPath> =
  | (Words<Path>['length'] extends Inputs<Path>['length'] ? never : Path)
  | {
      [At in keyof Inputs<Path> &
        keyof Words<Path> &
        `${number}`]: Inputs<Path>[At] extends readonly [unknown, infer Schema]
        ? [Words<Path>[At]] extends [Named<Taken<Schema>>]
          ? never
          : `${Path} ${At}`
        : never;
    }[keyof Inputs<Path> & keyof Words<Path> & `${number}`];
/** Calls whose types allow what the schema beside them refuses; none, or this does not compile. */
const misfits: { [Path in RootPath]: Misfits<Path> }[RootPath][] = [];
const none: [(typeof misfits)[number]] extends [never] ? true : (typeof misfits)[number] = true;

const ofNoType: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['NaN', Number.NaN],
  ['a symbol', Symbol('wrong')],
  ['a date', new Date(0)],
  ['a map', new Map([['limit', 1]])],
  ['a big integer', 10n],
  ['what poses as what all inherit', JSON.parse('{"__proto__":{"limit":1}}')],
];
const strange: readonly (readonly [string, unknown])[] = [
  ...ofNoType,
  ['nothing', undefined],
  ['a number', 7],
  ['a half', -0.5],
  ['an endless number', Number.POSITIVE_INFINITY],
  ['a flag', true],
  ['a function', () => 'wrong'],
  ['a text with quotes', `'"; drop table people; --`],
  ['an empty text', ''],
  ['a text with U+0000', 'a\u0000b'],
  ['a long text', 'x'.repeat(200_000)],
  ['a list', [[]]],
  ['an object', { any: { thing: 1 } }],
];
const raw =
  /select |insert into|update |sqlite|drizzle|failed query|cannot read|is not a function|is not iterable/i;

let adjutant: Adjutant;
let folder: string;
let handedOut: Map<string, object>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-root-calls-'));
  adjutant = await createAdjutant({
    store: join(folder, 'store.db'),
    keyProvider: createKeyRing('k1'),
    textModel: {
      id: 'example/model',
      declareCostUsd: () => 0,
      generate: () => Promise.resolve({ text: 'fine', costUsd: 0 }),
    },
  });
  const owner = await adjutant.owner();
  handedOut = new Map<string, object>([
    ['', adjutant],
    ['approvers', adjutant.approvers()],
    ['accessTokens', adjutant.accessTokens(owner)],
    ['secrets', adjutant.secrets(owner)],
    ['data', adjutant.data(owner)],
    ['webhooks', adjutant.webhooks()],
    ['textModel', adjutant.textModel(owner) ?? {}],
    ['workspace', adjutant.workspace()],
  ]);
});
afterAll(async () => {
  await adjutant.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Found {
  path: string;
  call: (...words: unknown[]) => unknown;
}

/** The functions of an object and of the plain objects in it. */
function functionsOf(target: object, path: string): Found[] {
  return Object.keys(target).flatMap((name) => {
    const value: unknown = Reflect.get(target, name);
    const at = path === '' ? name : `${path}.${name}`;
    if (typeof value === 'function')
      return [{ path: at, call: (...words) => Reflect.apply(value, target, words) as unknown }];
    const isGroup = typeof value === 'object' && value !== null && name !== 'relyingParty';
    return isGroup ? functionsOf(value, at) : [];
  });
}

const found = (): Found[] =>
  [...handedOut]
    .flatMap(([path, target]) => functionsOf(target, path))
    .filter(({ path }) => path !== 'close');

const ended = AbortSignal.abort();
/** Right for an argument of this name, so that the others come to be looked at. */
function fitting(path: string, name: string): unknown {
  const viewer = { kind: 'person', personId: 'owner', role: 'admin' };
  const of: Record<string, unknown> = {
    viewer,
    workspaceId: 'default',
    input: { challengeId: 'c', response: {}, label: 'l', requestId: 'r', authenticatorId: 'a' },
    account: { accountSource: 'github', accountExternalId: '1', vendorId: 'v' },
    wanted: { authenticatorIds: ['a'], grantIds: ['g'] },
    vouched: {
      ...{ personId: 'p', issuer: 'https://id.example', subject: 's' },
      ...{ verifiedAddress: null, named: null, suggested: null },
    },
    failed: { method: 'passkey', reason: 'test' },
    operation: { kind: 'merge', fromPersonId: 'a', toPersonId: 'b' },
    decision: {
      ...{ reviewerPersonId: 'p', actionId: 'a', revision: 1, payloadHash: 'h' },
      verdict: 'approve',
    },
    renewal: { isDue: () => false, change: (value: string) => Promise.resolve(value) },
    options: { signal: ended, everyMs: 1_000, dryRun: true, mode: 'auto', since: 0, hinted: true },
    request: {
      ...{ headers: {}, body: new Uint8Array() },
      ...{ instructions: 'i', input: 'i', mostOutputTokens: 1, purpose: 'p' },
    },
    query: { source: 'github', since: 0, until: 1 },
    schedule: { workspaceId: 'default', name: 'n', kind: 'k', cron: '0 0 * * *', timeZone: 'UTC' },
    handler: () => Promise.resolve(undefined),
    listener: () => undefined,
    to: 'copy.db',
    event: 'action.approved',
  };
  if (path === 'accessTokens.create') return { name: 'n', scopes: ['read'], expiresInDays: 1 };
  if (path.endsWith('Link') && name === 'input')
    return { accountSource: 's', accountExternalId: 'e', challengeId: 'c', response: {} };
  if (path === 'approvers.grant' && name === 'input')
    return { accountSource: 's', accountExternalId: 'e', scope: '*', escalationLevel: 0 };
  return of[name] ?? 'something';
}

const inputsOf = (path: string): readonly string[] =>
  path === 'workspace.as'
    ? ['viewer']
    : (Object.entries(rootInputs).find(([each]) => each === path)?.[1] ?? []).map(([name]) => name);

/** The words with each argument, and each member of one, replaced in turn. */
function replaced(words: readonly unknown[], wrong: unknown): unknown[][] {
  return words.flatMap((word, at) => {
    const whole = words.with(at, wrong);
    if (typeof word !== 'object' || word === null) return [whole];
    if (Object.getPrototypeOf(word) !== Object.prototype) return [whole];
    const object: object = word;
    const members = Object.keys(object);
    return [whole, ...members.map((name) => words.with(at, { ...object, [name]: wrong }))];
  });
}

async function errorOf({ path, call }: Found, words: readonly unknown[]): Promise<unknown> {
  try {
    const answer: unknown = await call(...words);
    if (path === 'exportWorkspace') for await (const _ of answer as AsyncIterable<unknown>);
    return null;
  } catch (error) {
    return error;
  }
}

/** A copy is written where it is told to be. */
const here = (to: unknown): unknown =>
  typeof to === 'string' && to !== '' ? join(folder, 'nowhere', to) : to;

const told = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 160) : String(error);

test('every call that is found has its inputs, and every input its call', () => {
  expect(none).toBe(true);
  const paths = found().map(({ path }) => path);
  // What of the host's own runner is not for callers is not typed.
  const untyped = ['workspace.as', 'jobs.enqueue', 'jobs.work', 'outbox.work'];
  expect(new Set([...paths, 'close'])).toEqual(new Set([...Object.keys(rootInputs), ...untyped]));
});

test('a wrong argument or member is told as an error of ours', { timeout: 240_000 }, async () => {
  const faults = new Set<string>();
  let asked = 0;
  for (const one of found()) {
    const names = inputsOf(one.path);
    const words = names.map((name) => fitting(one.path, name));
    const isTyped = names.length > 0;
    for (const [what, wrong] of strange) {
      const all = isTyped ? replaced(words, wrong) : [[wrong], [wrong, wrong]];
      for (const given of all) {
        asked += 1;
        const error = await errorOf(one, one.path === 'data.backup' ? given.map(here) : given);
        if (error === null) continue;
        const isOurs = AdjutantError.isInstance(error) && (!isTyped || error.code !== 'Internal');
        if (!isOurs || raw.test(error.message)) faults.add(`${one.path}: ${what}: ${told(error)}`);
      }
    }
  }
  expect(asked).toBeGreaterThan(2_000);
  expect([...faults]).toEqual([]);
});

test('what is of no type of an argument is refused by its name', { timeout: 60_000 }, async () => {
  const taken = new Set<string>();
  for (const one of found()) {
    const names = inputsOf(one.path);
    const words = names.map((name) => fitting(one.path, name));
    if (one.path === 'workspace.as') continue;
    for (const [what, wrong] of ofNoType) {
      for (const [at, name] of names.entries()) {
        const error = await errorOf(one, words.with(at, wrong));
        const isNamed =
          AdjutantError.isInstance(error) &&
          error.code === 'InvalidInput' &&
          error.message.startsWith(`${one.path}, argument ${name}`) &&
          error.hint !== null;
        if (!isNamed) taken.add(`${one.path} ${name}: ${what}: ${told(error)}`);
      }
    }
  }
  expect([...taken]).toEqual([]);
});
