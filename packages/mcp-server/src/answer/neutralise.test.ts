import { expect, it } from 'vitest';
import { neutralise } from './neutralise.ts';

const token = ['ghp', 'Zk3Q9vR7tY2wX5uB8nM1cL6dF4gH0jPaSsEe'].join('_');

it('lets no secret through, at whatever depth it stands', () => {
  const answer = { items: [{ title: `Rotate ${token}` }], note: `DB_PASSWORD=Zx81-kQ77a` };
  expect(neutralise(answer)).toEqual({
    items: [{ title: 'Rotate [secret]' }],
    note: 'DB_PASSWORD=[secret]',
  });
});

it('masks before it cuts, so that no part of a secret is left at the end', () => {
  const { text } = neutralise({ text: `${'x '.repeat(240)}${token}` });
  expect(text).toMatch(/^x x .+/);
  expect(text).not.toContain('ghp_');
});

it('finds a secret between whose letters something stands that is not seen', () => {
  const split = `${token.slice(0, 20)}\u200b${token.slice(20)}`;
  expect(neutralise({ text: split })).toEqual({ text: '[secret]' });
});

it('leaves ids, hashes, cursors, instants and figures as they are', () => {
  const answer = {
    id: '01a1feb0-7e7f-7000-8000-01630cdd745e',
    payload_hash: '3a3386422da45772b2fc97e12ce788d24c8f7fe29f84db48702c477d82259a6e',
    next_cursor: 'eyJvZmZzZXQiOjIwfQ',
    at: '2026-11-20T12:00:00Z',
    median: 12.5,
    none: null,
  };
  expect(neutralise(answer)).toEqual(answer);
});
