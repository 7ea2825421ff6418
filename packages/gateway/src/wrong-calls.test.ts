import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdjutantError } from '@adjutant/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiWorld, openApiWorld } from './testing/api-world.ts';
import { handleInputs } from './testing/handle-inputs.ts';

// Every call of a handle with something wrong in the place of each argument, and of each member of it.
// Which calls and members there are is written by the types, so that none is left out. A call may find
// what it was given strange and answer; what it throws is always ours, and says nothing of the store.

let world: ApiWorld;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adjutant-wrong-'));
  world = await openApiWorld(join(folder, 'adjutant.db'));
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Of no type that any argument has. */
const ofNoType: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['NaN', Number.NaN],
  ['a symbol', Symbol('wrong')],
  ['a function', () => 'wrong'],
  ['a date', new Date(0)],
  ['a map', new Map([['limit', 1]])],
  ['a big integer', 10n],
  ['an endless number', Number.POSITIVE_INFINITY],
  ['what poses as what all inherit', JSON.parse('{"__proto__":{"limit":1}}') as unknown],
];
const strange: readonly (readonly [string, unknown])[] = [
  ...ofNoType,
  ['nothing', undefined],
  ['a number', 7],
  ['a negative number', -1],
  ['a half', 0.5],
  ['a flag', true],
  ['a text with quotes', `'"; drop table people; --`],
  ['an empty text', ''],
  ['a text with U+0000', 'a\u0000b'],
  ['a list', [[]]],
  ['an object', { any: { thing: 1 } }],
];
const raw =
  /select |insert into|update |sqlite|drizzle|failed query|cannot read prop|is not a function/i;

interface Call {
  path: string;
  words: readonly unknown[];
}

function callsOf(inputs: unknown, path = ''): Call[] {
  if (Array.isArray(inputs)) return inputs.map((words: readonly unknown[]) => ({ path, words }));
  return Object.entries(inputs as object).flatMap(([name, inner]) =>
    callsOf(inner, path === '' ? name : `${path}.${name}`),
  );
}

/** The words with each argument, and each member of one, replaced in turn. */
function replaced(words: readonly unknown[], wrong: unknown): unknown[][] {
  return words.flatMap((word, at) => {
    const members =
      typeof word === 'object' && word !== null && !Array.isArray(word) ? Object.keys(word) : [];
    const inner = members.map((name) => words.with(at, { ...(word as object), [name]: wrong }));
    return [words.with(at, wrong), ...inner];
  });
}

async function outcome({ path, words }: Call): Promise<unknown> {
  const names = path.split('.');
  const last = names.pop() ?? '';
  let of: unknown = world.admin();
  for (const name of names) of = Reflect.get(of as object, name);
  try {
    const call = Reflect.get(of as object, last) as (...given: unknown[]) => unknown;
    const answer = await Reflect.apply(call, of, words);
    if (path === 'audit.export') for await (const _ of answer as AsyncIterable<unknown>);
    return null;
  } catch (error) {
    return error;
  }
}

async function known() {
  const now = world.clock.now();
  const ids = { personId: 'p', otherPersonId: 'o', workId: 'w', signalId: 's', sprintId: 't' };
  return { ...ids, incidentId: 'i', citationId: 'c', action: await world.propose(), now };
}

const told = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 160) : String(error);

test('a wrong argument or member is told as an error of ours', { timeout: 240_000 }, async () => {
  const faults = new Set<string>();
  let asked = 0;
  for (const { path, words } of callsOf(handleInputs(await known()))) {
    for (const [what, wrong] of strange) {
      for (const given of replaced(words, wrong)) {
        asked += 1;
        const error = await outcome({ path, words: given });
        if (error === null) continue;
        if (error instanceof Error && error.name === 'AbortError') continue;
        const isOurs = AdjutantError.isInstance(error) && error.code !== 'Internal';
        if (!isOurs || raw.test(error.message)) faults.add(`${path}: ${what}: ${told(error)}`);
      }
    }
  }
  expect(asked).toBeGreaterThan(3_000);
  expect([...faults]).toEqual([]);
});

test('what is of no type of an argument is refused by its name', { timeout: 60_000 }, async () => {
  const taken = new Set<string>();
  for (const { path, words } of callsOf(handleInputs(await known()))) {
    for (const [what, wrong] of ofNoType) {
      for (const [at] of words.entries()) {
        const nulls = what === 'null' && /snooze|assign|setRole/.test(path);
        if (nulls) continue;
        const error = await outcome({ path, words: words.with(at, wrong) });
        const isNamed =
          AdjutantError.isInstance(error) &&
          error.code === 'InvalidInput' &&
          error.message.startsWith(`${path}, argument `) &&
          error.hint !== null;
        if (!isNamed) taken.add(`${path} ${at}: ${what}: ${told(error)}`);
      }
    }
  }
  expect([...taken]).toEqual([]);
});
