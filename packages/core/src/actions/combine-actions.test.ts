import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../clock.ts';
import { silentLogger } from '../logger.ts';
import { parseInput } from '../parse-input.ts';
import { combineActions } from './combine-actions.ts';
import { type ActionContext, type ActionDefinition, defineAction } from './define-action.ts';

const context: ActionContext = {
  workspaceId: 'workspace-1',
  clock: systemClock,
  logger: silentLogger,
  fetch: () => Promise.reject(new Error('Nothing is asked.')),
  signal: new AbortController().signal,
};

function comment(source: string, key: string, more: object = {}) {
  return defineAction<Record<string, string>>({
    id: 'issue.comment',
    title: `Comment at ${source}`,
    risk: 'medium',
    reversible: true,
    effectClass: 'probeable',
    inputSchema: z.strictObject({ [key]: z.string(), body: z.string() }) as never,
    prepare: async () => {
      throw new Error(`prepared by ${source}`);
    },
    observe: async () => ({ source }),
    execute: async () => ({ outcome: 'applied', result: { source } }),
    probe: async () => ({ outcome: 'applied', result: { source } }),
    ...more,
  });
}

function one(definitions: Parameters<typeof combineActions>[0]): ActionDefinition<unknown> {
  const [first] = combineActions(definitions);
  return first as unknown as ActionDefinition<unknown>;
}

describe('a type that two sources carry out', () => {
  const both = one([comment('github', 'repository'), comment('jira', 'issue')]);
  const payload = { issue: 'PAY-1', body: 'Seen.' };

  it('goes to the one whose payload it is', async () => {
    const effect = {
      actionId: 'a',
      payload,
      preconditions: {},
      target: { source: 'jira', externalId: '1', ref: 'PAY-1', url: null },
      effectKey: 'k',
      step: 0,
      previousResults: [],
    };
    expect(await both.observe(context, payload)).toEqual({ source: 'jira' });
    expect(await both.execute(context, effect)).toMatchObject({ result: { source: 'jira' } });
    expect(await both.probe?.(context, effect)).toMatchObject({ result: { source: 'jira' } });
    expect(await both.observe(context, { repository: 'a/b', body: 'Seen.' })).toEqual({
      source: 'github',
    });
  });

  it('says what is wrong in the words of the one that was meant', () => {
    expect(() => parseInput(both.inputSchema, { issue: 'PAY-1' })).toThrow(/^body: /);
    expect(() => parseInput(both.inputSchema, { issue: 'PAY-1', body: 'x', by: 'me' })).toThrow(
      /by/,
    );
  });

  it('refuses a payload that either would take', async () => {
    const same = one([comment('github', 'issue'), comment('jira', 'issue')]);
    expect(() => parseInput(same.inputSchema, payload)).toThrow();
    await expect(same.observe(context, payload)).rejects.toThrow('Two sources');
  });

  it('is refused where policy would have to know two', () => {
    for (const more of [
      { risk: 'high' },
      { effectClass: 'keyed' },
      { reversible: false },
      { version: 2 },
      { probe: undefined },
    ]) {
      const definitions = [comment('github', 'repository'), comment('jira', 'issue', more)];
      expect(() => combineActions(definitions)).toThrow('differ');
    }
  });
});

it('leaves alone what only one source carries out', () => {
  const definition = comment('github', 'repository');
  expect(combineActions([definition])).toEqual([definition]);
});
