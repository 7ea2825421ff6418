import { expect, test } from 'vitest';
import { whoWords } from './status-words.ts';

test('people are named, and whoever reads is "you"', () => {
  const label = 'agent:helper for person:01a1';
  expect(whoWords(label, 'Ada Example', '01b2')).toBe('the assistant “helper” for Ada Example');
  expect(whoWords(label, 'Ada Example', '01a1')).toBe('the assistant “helper” for you');
  expect(whoWords('person:01a1', 'Ada Example', '01b2')).toBe('Ada Example');
});

test('somebody whose name is not known is named by id, and what is nobody by its label', () => {
  expect(whoWords('person:01a1', null, '01b2')).toBe('01a1');
  expect(whoWords('policy', null, '01b2')).toBe('policy');
});
