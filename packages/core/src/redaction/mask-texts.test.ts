import { expect, it } from 'vitest';
import { createTextRedactor } from './create-text-redactor.ts';
import { maskTexts } from './mask-texts.ts';

const githubToken = ['ghp', 'Zk3Q9vR7tY2wX5uB8nM1cL6dF4gH0jPaSsEe'].join('_');
const strict = createTextRedactor({ level: 'strict' });
const off = createTextRedactor({ level: 'off' });

it('masks texts at every depth, and names of members', () => {
  const value = {
    body: `use ${githubToken}`,
    to: ['mira@example.com', 3, null, true],
    [githubToken]: { deep: 'mira@example.com and noor@example.com' },
  };
  expect(maskTexts(value, strict)).toEqual({
    value: {
      body: 'use [secret]',
      to: ['[e-mail]', 3, null, true],
      '[secret]': { deep: '[e-mail] and [e-mail]' },
    },
    masked: { secrets: 2, personalData: 3 },
  });
});

it('masks secrets alone where personal data may stay', () => {
  const value = [`${githubToken} of mira@example.com`];
  expect(maskTexts(value, off)).toEqual({
    value: ['[secret] of mira@example.com'],
    masked: { secrets: 1, personalData: 0 },
  });
});

it('leaves a value as it is in which nothing is to hide', () => {
  const value = { title: 'Closes #4128', numbers: [1.5, 7] };
  expect(maskTexts(value, strict)).toEqual({ value, masked: { secrets: 0, personalData: 0 } });
});
