import { expect, test } from 'vitest';
import { codeSpans, read } from './testing/markdown.ts';

const [, part = ''] = read('docs/concepts/ledger.md').split('## What verification finds\n');
const [told = ''] = part.split('\n## ');
const [, type = ''] =
  /type FindingCode =([^;]+);/.exec(read('packages/core/src/audit/finding.ts')) ?? [];

test('the page has each finding of verification in its table once, and no other', () => {
  const first = told
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .flatMap((line) => codeSpans(line.split('|')[1] ?? ''));
  const codes = [...type.matchAll(/^ *\| '(\w+)'/gm)].map(([, code]) => code);
  expect(codes.length).toBeGreaterThan(0);
  expect(first.toSorted()).toEqual(codes.toSorted());
});
