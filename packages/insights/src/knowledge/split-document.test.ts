import { expect, test } from 'vitest';
import { splitDocument } from './split-document.ts';

const split = (text: string, path = 'docs/a.md') => {
  const { title, parts } = splitDocument({ path, text });
  return { title, parts: parts.map(({ heading, lines }) => [heading, lines?.from, lines?.to]) };
};

test('a document is split below its headings, each with those above it', () => {
  const text =
    '# Payments\n\nMoney.\n\n## Rolling back\n\nUse it.\n\n### Fast\n\nNow.\n\n## Owners\n\nUs.';
  expect(split(text)).toEqual({
    title: 'Payments',
    parts: [
      ['Payments', 1, 4],
      ['Payments > Rolling back', 5, 8],
      ['Payments > Rolling back > Fast', 9, 12],
      ['Payments > Owners', 13, 15],
    ],
  });
});

test('what looks like a heading in a block of code is none', () => {
  const text = '# A\n\n```sh\n# not a heading\n```\n\n~~~\n## nor this\n```\n~~~\n\n## B\n\nText.';
  expect(split(text).parts.map(([heading]) => heading)).toEqual(['A', 'A > B']);
});

test('a heading with nothing below it goes to what follows', () => {
  expect(split('# A\n\n## B\n\nText.').parts).toEqual([['A > B', 1, 5]]);
});

test.each([
  ['underlined', 'Title\n=====\n\nText.\n\nPart\n----\n\nMore.', 'a.md', ['Title', 'Title > Part']],
  [
    'reStructuredText',
    'Title\n*****\n\nText.\n\nPart\n====\n\nMore.',
    'a.rst',
    ['Title', 'Title > Part'],
  ],
  [
    'HTML',
    '<h1 align="center">Title</h1>\n\nText.\n\n<h2>Part</h2>\n\nMore.',
    'a.md',
    ['Title', 'Title > Part'],
  ],
  ['AsciiDoc', '= Title\n\nText.\n\n== Part\n\nMore.', 'a.adoc', ['Title', 'Title > Part']],
  ['with front matter', '---\n# no heading\n---\n# Title\n\nText.', 'a.md', ['', 'Title']],
  ['a table', '| a | b |\n|---|---|\n| 1 | 2 |', 'a.md', ['']],
])('headings are known: %s', (_name, text, path, headings) => {
  expect(split(text, path).parts.map(([heading]) => heading)).toEqual(headings);
});

test('headings are told as they are read', () => {
  const text = '## [`use()`](#use) ![badge](x.svg) {#anchor}\n\nText.';
  expect(split(text).parts[0]?.[0]).toBe('use()');
});

test('each line is in one part, and a part is just what stands in its lines', () => {
  const paragraphs = Array.from({ length: 60 }, (_, at) => `Paragraph ${at} ${'word '.repeat(30)}`);
  const text = `intro\n\n# One\n\n${paragraphs.join('\n\n')}\n\n\`\`\`\n${'code\n\n'.repeat(400)}\`\`\`\n\n## Two\n\nEnd.`;
  const lines = text.split('\n');
  const { parts } = splitDocument({ path: 'a.md', text });
  expect(parts.length).toBeGreaterThan(5);
  let next = 1;
  for (const part of parts) {
    expect(part.lines?.from).toBe(next);
    expect(part.text).toBe(lines.slice((part.lines?.from ?? 0) - 1, part.lines?.to).join('\n'));
    next = (part.lines?.to ?? 0) + 1;
  }
  expect(next).toBe(lines.length + 1);
});

test('a README without a heading is called after its folder', () => {
  expect(split('Text.', 'packages/api/README.md').title).toBe('api');
});

test.each<[string, string, number]>([
  ['a line of marks', '#'.repeat(400_000), 1],
  ['a line of backticks', '`'.repeat(400_000), 1],
  ['a heading of open brackets on each line', `# ${'['.repeat(900)}\n`.repeat(400), 1],
  ['a heading of open links on each line', `# ${'[a]('.repeat(220)}\n`.repeat(400), 1],
  ['a heading of spaces on each line', `# a${' '.repeat(900)}b\n`.repeat(400), 1],
  ['tags that nobody closes', '<h1>'.repeat(100_000), 1],
  ['headings and nothing else', '\n# a'.repeat(100_000), 1],
  ['underlined headings and nothing else', 'aa\n==\n\n'.repeat(60_000), 234],
  ['a heading for each word', '\n# a\nb'.repeat(60_000), 2_000],
  ['fences that nobody closes', '\n```a\n\n'.repeat(80_001), 1],
  ['paragraphs of one letter', 'a\n\n'.repeat(130_000), 217],
  ['blank lines', '\n'.repeat(400_000), 0],
])('a hostile document is split like any other: %s', (_name, text, count) => {
  // Each is some hundred thousand characters long: work that grows with its square does not end in time.
  const { parts } = splitDocument({ path: 'a.md', text });
  expect(parts).toHaveLength(count);
  expect(Math.max(0, ...parts.map(({ heading }) => heading.length))).toBeLessThanOrEqual(300);
});
