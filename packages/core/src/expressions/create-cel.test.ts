import { describe, expect, test } from 'vitest';
import { CelError } from './cel-error.ts';
import type { CelVariables } from './cel-variable.ts';
import { createCel } from './create-cel.ts';

interface Thing {
  state: string;
  hours: number | null;
  isDraft: boolean | null;
  labels: string[];
  keys: string[];
  title: string | null;
}

const variables: CelVariables<Thing> = new Map([
  ['state', { type: 'string', read: ({ state }: Thing) => state, values: ['open', 'merged'] }],
  ['hours', { type: 'double', read: ({ hours }: Thing) => hours }],
  ['is_draft', { type: 'bool', read: ({ isDraft }: Thing) => isDraft }],
  ['labels', { type: 'list<string>', read: ({ labels }: Thing) => labels }],
  ['keys', { type: 'list<string>', read: ({ keys }: Thing) => keys }],
  ['title', { type: 'string', read: ({ title }: Thing) => title }],
]);
const { compile } = createCel({ variables, unknownWhere: 'it_decides', mostSteps: 20_000 });

const thing: Thing = {
  state: 'open',
  hours: 30,
  isDraft: false,
  labels: ['documentation'],
  keys: [],
  title: 'Add a widget',
};

function ask(expression: string, fields: Partial<Thing> = {}): boolean | null {
  return compile(expression).holds({ ...thing, ...fields });
}

test.each<[string, boolean]>([
  ['state == "open" && hours > 24', true],
  ['hours / 24 >= 1', true],
  ['hours == 30', true],
  ['"documentation" in labels', true],
  ['labels.exists(l, l.startsWith("doc")) && size(labels) == 1', true],
  ['state in ["merged"]', false],
  ['title.contains("widget") ? !is_draft : false', true],
  ['keys.all(k, k == "x")', true],
])('%s is %s', (expression, answer) => {
  expect(ask(expression)).toBe(answer);
});

describe('what is not known', () => {
  test.each<[string, Partial<Thing>, boolean | null]>([
    ['hours > 24', { hours: null }, null],
    ['state == "open" && hours > 24', { hours: null }, null],
    ['hours > 24 && state == "open"', { hours: null, state: 'merged' }, false],
    ['state == "open" && hours > 24', { hours: null, state: 'merged' }, false],
    ['hours > 24 || state == "open"', { hours: null }, true],
    ['!(hours > 24)', { hours: null }, null],
    ['labels.exists(l, is_draft)', { isDraft: null }, null],
    ['labels.exists(l, is_draft)', { isDraft: null, labels: [] }, false],
    ['hours > 24 ? true : true', { hours: null }, null],
  ])('%s of %j is %s: unknown only where it decides', (expression, fields, answer) => {
    expect(ask(expression, fields)).toBe(answer);
  });
});

/** As much as fits into few levels: (x + x) + (x + x) … */
function doubled(name: string, times: number): string {
  return times === 0 ? name : `(${doubled(name, times - 1)} + ${doubled(name, times - 1)})`;
}

describe('refused when loaded', () => {
  test.each<[string, string, number, string | null]>([
    ['hours > 1 && is_darft', 'Unknown variable: is_darft', 13, 'Did you mean is_draft?'],
    [
      'state == "opened"',
      'state is never "opened"',
      9,
      'Did you mean "open"? It is one of: open, merged.',
    ],
    ['"reviews" != state', 'state is never "reviews"', 0, 'It is one of: open, merged.'],
    ['state in ["open", "shut"]', 'state is never "shut"', 18, 'It is one of: open, merged.'],
    ['labels[0] == "x"', 'may not look into', 0, expect.stringContaining('Of a list')],
    ['labels.constructor == "x"', 'may not look into', 0, expect.stringContaining('Of a list')],
    ['has(labels.x)', 'may not look into', 4, expect.stringContaining('Of a list')],
    ['hours == "a"', 'no such overload', 0, null],
    ['__proto__ == "x"', 'Reserved identifier: __proto__', 0, null],
    ['constructor == "x"', 'Unknown variable: constructor', 0, null],
    ['title.matches("^(a+)+$")', 'regular expression can block', 0, null],
    ['labels.exists(a, keys.exists(b, a == b))', 'inside another loop', 17, null],
    [
      `labels.exists(a, ${Array.from({ length: 9 }, () => 'a in keys').join(' || ')})`,
      'can take more than 20000 steps',
      0,
      'Ask for less at once.',
    ],
    [
      `(${doubled('labels', 2)}).exists(a, a in (${doubled('keys', 2)}))`,
      'can take more than 20000 steps',
      0,
      'Ask for less at once.',
    ],
    [
      `(${doubled('title', 5)}).contains(${doubled('title', 5)})`,
      'can take more than',
      0,
      'Ask for less at once.',
    ],
    [`title == "${'x'.repeat(10_000)}"`, '2000 characters', 0, null],
    [`labels == [${'"a",'.repeat(150)}"a"]`, 'maxListElements', expect.any(Number), null],
  ])('%.50s', (expression, message, offset, hint) => {
    expect(() => compile(expression)).toThrow(CelError);
    expect(() => compile(expression)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(message), offset, hint }),
    );
  });
});
