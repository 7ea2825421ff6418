import { toCsv } from '@adjutant/core';
import { isHidden, numberOf, visibleJson } from '@adjutant/core/ports';
import { hiddenSample, letThroughBy, textsOutOfView } from '@adjutant/core/testing';
import { exactText, html, plainText, toText } from '@adjutant/insights';
import { expect, test } from 'vitest';
import { exactLines } from './exact-lines.ts';

/** Every surface on which somebody agrees to a text, with how a number stands there. */
const surfaces = {
  terminal: {
    show: (text: string) => exactLines(text, 100_000).join('\n'),
    mark: (number: string) => `<${number}>`,
  },
  page: {
    show: (text: string) => toText(exactText(text)),
    mark: (number: string) => `<span class="unseen">${number}</span>`,
  },
};

test.each(Object.entries(surfaces))(
  'the %s shows each code point that draws nothing by its number',
  (_, { show, mark }) => {
    const missed: string[] = [];
    for (let start = 0; start < 0x11_00_00; start += 512) {
      const points = Array.from({ length: 512 }, (_unused, at) => String.fromCodePoint(start + at));
      const hidden = points.filter((point) => isHidden(point) && !'\n\t\r'.includes(point));
      const marks = hidden.map((point) => mark(numberOf(point)));
      if (!show(`a${hidden.join('b')}c`).endsWith(`a${marks.join('b')}c`)) {
        missed.push(`from ${start.toString(16)}`);
      }
    }
    expect(missed).toEqual([]);
  },
);

test.each([
  [
    'the terminal, where an effect is approved',
    (text: string) => exactLines(text, 100_000).join('\n'),
  ],
  ['the page, where an effect is approved', (text: string) => toText(exactText(text))],
  ['the page, in lists and titles', (text: string) => toText(html`${text}`)],
  ['the terminal and reports, in lists and titles', (text: string) => plainText(text, 100_000)],
])('nothing that draws nothing gets through to %s', (_, show) => {
  expect(letThroughBy(show)).toEqual([]);
});

/** What is read of a text: no blanks, no marks, no numbers of what is not seen, no sign that a line goes on. */
const read = (text: string): string =>
  text
    .replaceAll(/<span class="unseen">U\+[0-9A-F]+<\/span>|<U\+[0-9A-F]+>/g, '')
    .replaceAll(/&(?:lt|gt|quot|#39|#96);/g, (entity) => entities[entity] ?? '')
    .replaceAll('&amp;', '&')
    .replaceAll(/[\p{M}\p{C}\p{Z}\s…]/gu, '');
const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#96;': '`',
};

test.each(
  Object.entries(textsOutOfView).flatMap(([way, { text }]) =>
    Object.entries(surfaces).map(([surface, { show }]) => ({ way, surface, text, show })),
  ),
)('$way keeps no word from who approves at the $surface', ({ text, show }) => {
  const shown = show(text);
  expect(read(shown)).toBe(read(text));
  expect(read(shown)).toContain('Deleteit.');
  // Nothing is painted over the lines around it.
  expect(shown).not.toMatch(/\p{M}{4}/u);
});

const readable = [
  '❤\uFE0F',
  '👨\u200D👩\u200D👧',
  '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}',
]
  .concat(['می\u200Cخواهم', 'क्\u200Dष', 'ක්\u200Dරම', 'র\u200D্যাব', 'പാര്\u200Dട്ടി', 'അവന്\u200D വന്നു'])
  .map((text) => [text] as const);

test.each(readable)('%s is read as it is written on every surface', (text) => {
  expect(exactLines(text, 80)).toEqual([`  ${text}`]);
  expect(toText(exactText(text))).toBe(text);
  expect(toText(html`<i title="${text}">${text}</i>`)).toBe(`<i title="${text}">${text}</i>`);
  expect(plainText(text)).toBe(text);
  expect(visibleJson(JSON.stringify({ text }))).toBe(`{"text":"${text}"}`);
  expect(toCsv(['text'], [{ text }])).toBe(`text\r\n${text}\r\n`);
});

test('JSON and tables keep the text and show what is not seen of it', () => {
  const text = `Looks good${hiddenSample}`;
  const json = visibleJson(JSON.stringify({ [text]: [text, '\uD800', '\n\t"\\'] }, null, 2));
  expect(JSON.parse(json)).toEqual({ [text]: [text, '\uD800', '\n\t"\\'] });
  expect(letThroughBy((given) => visibleJson(JSON.stringify({ [given]: given }, null, 2)))).toEqual(
    [],
  );
  expect(letThroughBy((given) => toCsv(['a'], [{ a: given }]))).toEqual([]);
});
