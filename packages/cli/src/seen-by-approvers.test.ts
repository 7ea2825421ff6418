import { letThroughBy } from '@adjutant/core/testing';
import { exactText, html, plainText, toText } from '@adjutant/insights';
import { isHidden, numberOf } from '@adjutant/core/ports';
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
