import { readdirSync, readFileSync } from 'node:fs';
import { actionConformance } from '@adjutant/core/testing';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { actionCases } from '../__fixtures__/action-cases.ts';
import { startActionTrial } from '../__fixtures__/action-world.ts';
import { githubConfigSchema } from '../config.ts';
import { githubActions } from './index.ts';

describe.each(Object.entries(actionCases))('%s', (id, { payload, effects, before }) => {
  const create = async () => {
    const trial = await startActionTrial();
    before?.(trial);
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

it('covers every action, each in a file of its own that bears its name', () => {
  const definitions = githubActions(githubConfigSchema.parse({ repositories: ['acme/widgets'] }));
  const ids = definitions.map(({ id }) => id);
  expect(Object.keys(actionCases).toSorted()).toEqual(ids.toSorted());
  const files = readdirSync(import.meta.dirname)
    .filter((name) => !name.endsWith('.test.ts') && name !== 'index.ts')
    .map((name) => name.replace(/\.ts$/, ''));
  expect(ids.map((id) => id.replaceAll(/[._]/g, '-')).toSorted()).toEqual(files.toSorted());
});

it('has a page for every action that tells its risk, class and payload', () => {
  const docs = new URL('../../../../../docs/actions/', import.meta.url);
  const overview = readFileSync(new URL('README.md', docs), 'utf8');
  for (const definition of githubActions(githubConfigSchema.parse({ repositories: ['a/b'] }))) {
    const name = `${definition.id.replaceAll(/[._]/g, '-')}.md`;
    const page = readFileSync(new URL(name, docs), 'utf8');
    expect(overview).toContain(`[\`${definition.id}\`](${name})`);
    expect(page).toMatch(new RegExp(`class +\\| +${definition.effectClass}`));
    expect(page).toContain(definition.risk);
    expect(page).toMatch(new RegExp(`reversible +\\| +${definition.reversible ? 'yes' : 'no'}`));
    const { properties = {} } = z.toJSONSchema(definition.inputSchema, { io: 'input' });
    const own = page.split(/^## Payload at /m)[0] ?? '';
    const keys = [...own.matchAll(/^\| `(\w+)`/gm)].map(([, key]) => key);
    expect(keys.toSorted()).toEqual(Object.keys(properties).toSorted());
  }
});
