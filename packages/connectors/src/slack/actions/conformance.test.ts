import { readdirSync, readFileSync } from 'node:fs';
import type { ActionDefinition } from '@adjutant/core';
import { actionConformance } from '@adjutant/core/testing';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { type ActionTrial, startActionTrial } from '../__fixtures__/action-world.ts';
import { slackConfigSchema } from '../config.ts';
import { slackActions } from './index.ts';

interface ActionCase {
  id: string;
  payload: (trial: ActionTrial) => Readonly<Record<string, unknown>>;
  effects: (trial: ActionTrial) => number;
}

const words = 'Two reviews wait.';
const said = ({ data }: ActionTrial, text: string): number =>
  data.channels.flatMap(({ messages }) => messages).filter((message) => message.text === text)
    .length;

const cases: Record<string, ActionCase> = {
  'a message in a channel': {
    id: 'message.post',
    payload: () => ({ channel: 'C0WIDGETS', text: words }),
    effects: (trial) => said(trial, words),
  },
  'a message in a private channel, by its name': {
    id: 'message.post',
    payload: () => ({ channel: 'quiet', text: words, mentions: ['U0ADA', 'S0CORE', 'here'] }),
    effects: (trial) => said(trial, `<@U0ADA> <!subteam^S0CORE> <!here> ${words}`),
  },
  'a reply': {
    id: 'message.post',
    payload: ({ question }) => ({ channel: 'C0WIDGETS', threadTs: question.ts, text: words }),
    effects: (trial) => said(trial, words),
  },
  'a message to one person': {
    id: 'message.dm',
    payload: () => ({ user: 'U0ADA', text: words }),
    effects: (trial) => said(trial, words),
  },
  'a changed message': {
    id: 'message.update',
    payload: ({ ours }) => ({ channel: 'C0WIDGETS', ts: ours.ts, text: words }),
    effects: (trial) => said(trial, words),
  },
};

describe.each(Object.entries(cases))('%s', (_, { id, payload, effects }) => {
  const create = async () => {
    const trial = await startActionTrial();
    return {
      definition: trial.action(id),
      context: trial.context,
      payload: payload(trial),
      writes: () => trial.twin.writes.length,
      effects: () => effects(trial),
      close: trial.close,
    };
  };
  for (const { name, run } of actionConformance(create)) test(name, run);
});

const definitions = slackActions(slackConfigSchema.parse({ channels: ['widgets'] }));

it('covers every action, each in a file of its own that bears its name', () => {
  const ids = definitions.map(({ id }) => id);
  expect([...new Set(Object.values(cases).map(({ id }) => id))].toSorted()).toEqual(ids.toSorted());
  const files = readdirSync(import.meta.dirname)
    .filter((name) => !name.endsWith('.test.ts') && name !== 'index.ts')
    .map((name) => name.replace(/\.ts$/, ''));
  expect(ids.map((id) => id.replaceAll('.', '-')).toSorted()).toEqual(files.toSorted());
});

it('has a page for every action that tells its risk, class and payload', () => {
  const docs = new URL('../../../../../docs/actions/', import.meta.url);
  const overview = readFileSync(new URL('README.md', docs), 'utf8');
  for (const definition of definitions) {
    const name = `${definition.id.replaceAll('.', '-')}.md`;
    const page = readFileSync(new URL(name, docs), 'utf8');
    expect(overview).toContain(`[\`${definition.id}\`](${name})`);
    expect(page).toMatch(new RegExp(`class +\\| +${definition.effectClass}`));
    expect(page).toContain(definition.risk);
    expect(page).toMatch(new RegExp(`reversible +\\| +${definition.reversible ? 'yes' : 'no'}`));
    const { properties = {} } = z.toJSONSchema(definition.inputSchema, { io: 'input' });
    const keys = [...page.matchAll(/^\| `(\w+)`/gm)].map(([, key]) => key);
    expect(keys.toSorted()).toEqual(Object.keys(properties).toSorted());
  }
});

/** The table of the guide: each condition with who tells it. */
function guideTable(): [condition: string, toldBy: string][] {
  const guide = new URL('../../../../../docs/guide/policy.md', import.meta.url);
  const [, section = ''] = readFileSync(guide, 'utf8').split(/^Conditions:$/m);
  const [table = ''] = section.split(/^## /m);
  const rows = table.matchAll(/^\| `\{?(\w+)[^|`]*`\s*\|[^|]+\|\s*([^|]+?)\s*\|$/gm);
  return [...rows].map(([, condition = '', toldBy = '']) => [condition, toldBy]);
}

it.each(Object.entries(cases))(
  'tells policy what the guide says that it tells (%s)',
  async (_, { id, payload }) => {
    const trial = await startActionTrial();
    const definition = trial.action(id) as unknown as ActionDefinition<unknown>;
    const { conditions } = await definition.prepare(trial.context, payload(trial));
    await trial.close();
    const told = Object.keys(conditions).filter((name) => conditions[name] !== null);
    // The guide names what is made of the count; a call of a program is told by every action.
    const named = told.map((name) => (name === 'channel_members' ? 'channel_size_above' : name));
    const documented = guideTable()
      .filter(([, toldBy]) => toldBy.includes(`\`${id}\``))
      .map(([name]) => name)
      .filter((name) => name !== 'channel_size_above_limit');
    expect(named.toSorted()).toEqual([...documented, 'contains_command'].toSorted());
  },
);
