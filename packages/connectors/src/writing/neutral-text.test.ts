import { letThroughBy } from '@adjutant/core/testing';
import { expect, test } from 'vitest';
import { neutralText } from './neutral-text.ts';

test('no code point that draws nothing stands in a fact of GitHub, Jira or Slack', () => {
  expect(letThroughBy((text) => neutralText(text, 100_000))).toEqual([]);
});
