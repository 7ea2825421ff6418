import { readdirSync, readFileSync } from 'node:fs';
import type { AnyActionDefinition } from '@adjutant/core';
import { actionConformance } from '@adjutant/core/testing';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { startActionTrial } from '../__fixtures__/action-trial.ts';
import { pagerdutyConfigSchema } from '../config.ts';
import { pagerdutyActions } from './index.ts';

const definitions = pagerdutyActions(pagerdutyConfigSchema.parse({}));

describe('incident.page', () => {
  const create = async () => {
    const trial = await startActionTrial();
    return {
      definition: trial.definition as unknown as AnyActionDefinition,
      context: trial.context,
      payload: trial.payload,
      writes: () => trial.twin.requests.filter(({ method }) => method !== 'GET').length,
      effects: trial.paged,
      close: trial.close,
    };
  };
  for (const { name, run } of actionConformance(create)) test(name, run);
});

it('has each action in a file of its own that bears its name', () => {
  const files = readdirSync(import.meta.dirname)
    .filter((name) => !name.endsWith('.test.ts') && name !== 'index.ts')
    .map((name) => name.replace(/\.ts$/, ''));
  expect(definitions.map(({ id }) => id.replaceAll(/[._]/g, '-'))).toEqual(files);
});

it('has a page for every action that tells its risk, class and payload', () => {
  const docs = new URL('../../../../../docs/actions/', import.meta.url);
  const overview = readFileSync(new URL('README.md', docs), 'utf8');
  for (const definition of definitions) {
    const name = `${definition.id.replaceAll(/[._]/g, '-')}.md`;
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
