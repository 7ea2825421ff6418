import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

// A comparison that ends at the first wrong digit tells a stranger how far she has come. Whether one
// does cannot be measured in a test, but which comparisons there are can be read.

const sources = globSync(['*/webhooks/**/*.ts', '*/*-webhooks.ts'], {
  cwd: import.meta.dirname,
}).filter((path) => !path.endsWith('.test.ts'));
const textOf = (path: string): string => readFileSync(join(import.meta.dirname, path), 'utf8');
const receivers = sources.filter((path) => path.endsWith('-webhooks.ts'));

/** A receiver and what it imports from beside it. */
function partsOf(receiver: string): string[] {
  const folder = join(receiver, '..');
  const found = [...textOf(receiver).matchAll(/from '\.\/([\w-]+\.ts)'/g)];
  return [receiver, ...found.map(([, name = '']) => join(folder, name))];
}

const named = /\b(?:digits|signature|expected|hmac|mac|digest)\b/.source;
const faults: readonly RegExp[] = [
  /\b(?:createHmac|subtle|timingSafeEqual)\b/,
  // Whether there is one says nothing of its digits.
  new RegExp(String.raw`${named}\s*[!=]==?\s*(?!=|\s|null\b|undefined\b)`),
  new RegExp(String.raw`[!=]==?\s*${named}`),
  new RegExp(String.raw`${named}\.(?:startsWith|endsWith|includes|indexOf|localeCompare)\(`),
  /\bBuffer\.compare\(|\.equals\(/,
];

/** What in a text makes or compares a signature and leaves the comparison of core out. */
function faultsOf(text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  return faults.flatMap((fault) => fault.exec(code)?.[0] ?? []);
}

describe('signatures', () => {
  it.each(receivers)('of %s are compared by core', (receiver) => {
    expect(partsOf(receiver).some((path) => /\bmatches(?:Any)?Hmac\(/.test(textOf(path)))).toBe(
      true,
    );
  });

  it.each(sources)('are neither made nor compared in %s', (path) => {
    expect(faultsOf(textOf(path))).toEqual([]);
  });

  it('of tokens are compared by the library that reads them', () => {
    const readers = sources.filter((path) => /\bjose\b/.test(textOf(path)));
    expect(readers).toEqual([join('jira', 'webhooks', 'verify-jwt.ts')]);
    expect(textOf(readers[0] ?? '')).toContain("algorithms: ['HS256']");
  });

  it('are compared by core with what Node compares in constant time', () => {
    const path = join(import.meta.dirname, '../../core/src/webhooks/matches-hmac.ts');
    const text = readFileSync(path, 'utf8');
    const compared = text.slice(text.indexOf('return ('));
    expect(compared).toContain('timingSafeEqual(given, expected)');
    // What stands before it compares lengths, which everybody knows.
    expect(compared.match(/[!=]==/g)).toHaveLength(2);
    expect(compared.match(/\.length ===/g)).toHaveLength(2);
  });

  it('of every receiver are looked at here: each connector that takes webhooks has one', () => {
    const connectors = globSync('*/connector.ts', { cwd: import.meta.dirname });
    const taking = connectors.filter((path) => /^\s*webhooks:/m.test(textOf(path)));
    const folders = taking.map((path) => relative('.', join(path, '..'))).toSorted();
    expect(receivers.map((path) => path.split(/[\\/]/)[0]).toSorted()).toEqual(folders);
  });

  it.each([
    'if (digits === expected) return true;',
    "const hmac = createHmac('sha256', secret);",
    'return given !== signature;',
    'if (signature.startsWith(own)) return true;',
    'return Buffer.compare(a, b) === 0;',
  ])('would be noticed: %s', (line) => {
    expect(faultsOf(line)).not.toEqual([]);
  });
});
