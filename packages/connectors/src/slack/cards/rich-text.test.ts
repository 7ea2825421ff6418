import { isHidden, numberOf } from '@adjutant/core/ports';
import { letThroughBy } from '@adjutant/core/testing';
import { expect, test } from 'vitest';
import { exactly, linkTo, type TextElement, words } from './rich-text.ts';

const shownIn = (element: TextElement | ReturnType<typeof exactly>): string => {
  const texts: string[] = [];
  JSON.stringify(element, (name, value: unknown) => {
    if (name === 'text' && typeof value === 'string') texts.push(value);
    return value;
  });
  return texts.join('');
};

test.each([
  ['words', (text: string) => shownIn(words(text))],
  ['an exact text', (text: string) => shownIn(exactly(text))],
  ['the text of a link', (text: string) => linkTo('https://example.com', text).text],
  ['what stands for a link that is none', (text: string) => linkTo(null, text).text],
])('no code point that draws nothing gets through to Slack in %s', (_, show) => {
  expect(letThroughBy(show)).toEqual([]);
  const sample = ['\u200B', '\uFE0F', '\u3164', '\u{E0101}', '\u2800'];
  for (const point of sample) {
    expect(isHidden(point)).toBe(true);
    expect(show(`a${point}b`)).toBe(`a[${numberOf(point)}]b`);
  }
});
