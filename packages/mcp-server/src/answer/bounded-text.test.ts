import { letThroughBy } from '@adjutant/core/testing';
import { describe, expect, it } from 'vitest';
import { boundedText } from './bounded-text.ts';

describe('boundedText', () => {
  it.each([
    ['plain text', 'plain text'],
    ['red \u001b[31malert\u001b[0m', 'red alert'],
    ['link \u001b]8;;https://evil.example\u0007here\u001b]8;;\u0007', 'link here'],
    ['title \u001b]0;owned\u001b\\end', 'title end'],
    ['device \u001bPq#0\u001b\\end', 'device end'],
    ['one-byte \u009b2Jend', 'one-byte end'],
    ['reset \u001bcend', 'reset end'],
    ['bell\u0007 and null\u0000', 'bell and null'],
    ['two\r\nlines\tand a tab', 'two lines and a tab'],
    ['line\u2028separator', 'line separator'],
    ['right \u202eto left\u202c', 'right to left'],
    ['zero\u200bwidth\u2060', 'zerowidth'],
    ['tag \u{e0041}\u{e0042}characters', 'tag characters'],
    ['lone \ud800 surrogate', 'lone  surrogate'],
    ['kept: ünïcödé 負荷 👩', 'kept: ünïcödé 負荷 👩'],
  ])('makes %j harmless', (input, expected) => {
    expect(boundedText(input)).toBe(expected);
  });

  it('lets through none of the code points that draw nothing', () => {
    expect(letThroughBy((text) => boundedText(text, 100_000))).toEqual([]);
  });

  it('cuts by whole characters and says so', () => {
    expect(boundedText('👩'.repeat(200), 10)).toBe(`${'👩'.repeat(9)}…`);
    expect(boundedText('x'.repeat(120), 120)).toHaveLength(120);
  });

  it('does not read a megabyte to show a line', () => {
    // Read whole, its last word would be all that it shows.
    const hostile = `${'\u001b[31m'.repeat(200_000)}end`;
    expect(boundedText(hostile, 120)).toBe('…');
  });
});
