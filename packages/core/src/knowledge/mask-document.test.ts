import { expect, test } from 'vitest';
import { assemblePem } from '../redaction/corpus/assemble.ts';
import { secrets } from '../redaction/corpus/secrets.ts';
import { maskDocument } from './mask-document.ts';

test('no secret of the corpus survives in a document, and every line stays where it was', () => {
  expect(secrets.length).toBeGreaterThan(50);
  const missed: string[] = [];
  for (const { id, text, findings } of secrets) {
    const document = `# Before\n\n${text}\n\n## After\n`;
    const masked = maskDocument(document);
    const left = findings.filter(({ value }) => masked.includes(value)).map(() => id);
    missed.push(...left);
    expect(masked.split('\n')).toHaveLength(document.split('\n').length);
    expect(masked.split('\n').at(-2)).toBe('## After');
  }
  expect(missed).toEqual([]);
});

test('a private key of several lines leaves its lines empty', () => {
  const key = assemblePem('PRIVATE KEY', ['MC4CAQAwBQYDK2VwBCIEIN', 'q8Zt3vLw0rXy5PbKcHs9Dg']);
  const text = `Deploy key:\n${key}\nKeep it.\n`;
  const lines = maskDocument(text).split('\n');
  expect(lines).toEqual([
    'Deploy key:',
    key.split('\n')[0],
    '[private key]',
    '',
    key.split('\n')[3],
    'Keep it.',
    '',
  ]);
});

test('a document without secrets, with addresses of people, stays as it is', () => {
  const text = 'Ask ada@example.com.\n\nSet the token in the environment.\n';
  expect(maskDocument(text)).toBe(text);
});

test('an example that leaves the key out hides nothing of what follows it', () => {
  const example = `privateKey: "${'-'.repeat(5)}BEGIN PRIVATE KEY-----\\n...",`;
  const text = `# Signing in\n\n${example}\n\nCall createApplicationAuthentication first.\n\n${example}\n\n## After\n`;
  expect(maskDocument(text)).toBe(text);
});
