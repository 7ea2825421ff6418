import { expect, test } from 'vitest';
import { readManifest } from './archive/manifest.ts';
import { parseOutsideJson } from './parse-outside-json.ts';
import { readPolicyDocument } from './policy/policy-document.ts';
import { parsePolicyTable } from './policy/policy-table.ts';
import { readCursor } from './reads/paging.ts';
import { checkRuleFile } from './signals/yaml/check-rule-file.ts';

const many = 20_000;
const lines = (line: (at: number) => string): string =>
  Array.from({ length: many }, (_, at) => line(at)).join('\n');

/** What a reader of YAML would take long over, or come to the end of the stack with. */
const yamlShapes: Readonly<Record<string, string>> = {
  'square brackets': `a: ${'['.repeat(many)}`,
  braces: `a: ${'{a: '.repeat(many)}`,
  'braces and square brackets': `a: ${'[{a: '.repeat(many)}`,
  'closed brackets': `a: ${'['.repeat(many)}${']'.repeat(many)}`,
  indentation: lines((at) => `${' '.repeat(Math.min(at, 60))}a:`),
  dashes: `${'- '.repeat(many)}a`,
  'marks of keys': `${'? '.repeat(many)}a`,
  anchors: lines((at) => `- &a${at} 1`),
  aliases: `- &a 1\n${lines(() => '- *a')}`,
  'flat keys': lines((at) => `k${at}: 1`),
  'flat keys without a value': lines((at) => `? k${at}`),
  'flat keys as in JSON': `{${lines((at) => `"k${at}":1,`)}}`,
  'flat keys in braces': `{${lines((at) => `k${at},`)}}`,
  'one huge text': `a: "${'x'.repeat(600_000)}"`,
};

const limit = /\b(?:40 levels|3000 (?:keys|entries)|1000 anchors|\d+ characters)|nested/;

const yamlDoors: Readonly<Record<string, (text: string) => Promise<string>>> = {
  'a policy': async (text) => {
    const read = readPolicyDocument(text);
    return 'problem' in read ? read.problem.message : 'read';
  },
  'a rule': async (text) => {
    const read = checkRuleFile(text, 'rule.yaml');
    return 'problems' in read ? (read.problems[0]?.message ?? '') : 'read';
  },
  'a table of examples': async (text) =>
    parsePolicyTable(text, 'table.yaml').then(
      () => 'read',
      (error: unknown) => String(error),
    ),
};

const yamlMatrix = Object.keys(yamlDoors).flatMap((door) =>
  Object.keys(yamlShapes).map((shape) => [door, shape] as const),
);

test.each(yamlMatrix)('%s of %s is refused, with the limit said', async (door, shape) => {
  const told = await yamlDoors[door]?.(yamlShapes[shape] ?? '');
  expect(told).toMatch(limit);
});

const jsonShapes: Readonly<Record<string, string>> = {
  lists: '['.repeat(many),
  'closed lists': `${'['.repeat(many)}${']'.repeat(many)}`,
  objects: '{"a":'.repeat(many),
  both: '[{"a":'.repeat(many),
};

const jsonDoors: Readonly<Record<string, (text: string) => unknown>> = {
  'a body': parseOutsideJson,
  'a manifest': (text) => readManifest(new TextEncoder().encode(text)),
};

test.each(
  Object.keys(jsonDoors).flatMap((door) =>
    Object.keys(jsonShapes).map((shape) => [door, shape] as const),
  ),
)('%s of nested %s is refused, with the limit said', (door, shape) => {
  expect(() => jsonDoors[door]?.(jsonShapes[shape] ?? '')).toThrow('nested more than 100 levels');
});

test.each(Object.keys(jsonShapes))('a cursor of nested %s is none of ours', (shape) => {
  const cursor = Buffer.from(jsonShapes[shape] ?? '').toString('base64url');
  expect(() => readCursor(cursor)).toThrow('not one that this program gave out');
});

test('flat JSON of many keys is read', () => {
  const flat = JSON.stringify(Object.fromEntries(Array.from({ length: many }, (_, at) => [at, 1])));
  expect(Object.keys(parseOutsideJson(flat) as object)).toHaveLength(many);
});
