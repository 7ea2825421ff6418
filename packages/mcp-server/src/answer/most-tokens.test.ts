import { expect, it } from 'vitest';
import { answerForms } from './answer-forms.ts';
import { mostTokens } from './most-tokens.ts';

const sampled = [0x1f600, 0x20000, 0x10ffff];

function slack(answer: object): number {
  const forms = answerForms(answer);
  return mostTokens(forms.structured) - forms.tokens();
}

it('is never less than an answer costs, whatever characters it is made of', () => {
  const codes = [...Array.from({ length: 0x10000 }, (_, code) => code), ...sampled];
  const below = codes.filter((code) => {
    const character = String.fromCodePoint(code);
    return slack({ [character]: character.repeat(20), pair: `a${character}`.repeat(20) }) < 0;
  });
  expect(below).toEqual([]);
});

it('is never less than an answer costs, whatever its shape', () => {
  const row = { at: '2026-01-01', hours: -1.234567890123456e-300, open: false, note: null };
  const names = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`long_name_${n}`, n]));
  for (const answer of [
    {},
    { rows: [] },
    { rows: [row, row, row] },
    {
      groups: [
        { team: 'a', items: [row, row] },
        { team: 'b', items: [row] },
      ],
    },
    { facts: names, deeper: { facts: names, deeper: { facts: names } } },
    { list: [[], [1, 2, [3]], 'text', null], quoted: '"\\'.repeat(100) },
  ]) {
    expect(slack(answer)).toBeGreaterThanOrEqual(0);
  }
});
