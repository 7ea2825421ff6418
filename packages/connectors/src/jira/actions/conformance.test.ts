import { readdirSync, readFileSync } from 'node:fs';
import { type ActionContext, silentLogger } from '@adjutant/core';
import { actionConformance, createFakeClock } from '@adjutant/core/testing';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { jiraConfigSchema } from '../config.ts';
import { createJiraData, type JiraData } from '../testing/jira-data.ts';
import type { TwinIssue, TwinUser } from '../testing/jira-records.ts';
import { type JiraTwin, startJiraTwin } from '../testing/start-jira-twin.ts';
import { jiraActions } from './index.ts';

const now = Date.parse('2026-11-20T12:00:00Z');

interface Trial {
  twin: JiraTwin;
  data: JiraData;
  issue: TwinIssue;
  other: TwinUser;
  context: ActionContext;
  action: (id: string, more?: object) => ReturnType<typeof jiraActions>[number];
}

async function startTrial(): Promise<Trial> {
  const data = createJiraData();
  const owner = data.addUser({ displayName: 'Ada Hill' });
  const other = data.addUser({ displayName: 'Grace Park' });
  const project = data.addProject('PAY', 'Payments');
  const issue = data.addIssue(project, { summary: 'Pay twice', at: now - 86_400_000, by: owner });
  const twin = await startJiraTwin({ data, owner, clock: { now: () => now } });
  const action: Trial['action'] = (id, more = {}) => {
    const config = jiraConfigSchema.parse({
      site: twin.url,
      projects: ['PAY'],
      email: twin.email,
      token: twin.token,
      writeToken: twin.writeToken,
      ...more,
    });
    const found = jiraActions(config).find((definition) => definition.id === id);
    if (found === undefined) throw new Error(`There is no action ${id}.`);
    return found;
  };
  const context: ActionContext = {
    workspaceId: 'workspace-1',
    clock: createFakeClock(now),
    logger: silentLogger,
    fetch,
    signal: new AbortController().signal,
  };
  return { twin, data, issue, other, context, action };
}

const cases: Record<
  string,
  { payload: (trial: Trial) => Record<string, unknown>; effects: (trial: Trial) => number }
> = {
  'issue.transition': {
    payload: () => ({ issue: 'PAY-1', status: 'In Progress' }),
    effects: ({ issue }) =>
      issue.changes.filter(({ items: [item] }) => item?.field === 'status').length,
  },
  'issue.assign': {
    payload: ({ other }) => ({ issue: 'PAY-1', assignee: other.accountId }),
    effects: ({ issue }) => (issue.assignee === null ? 0 : 1),
  },
  'issue.comment': {
    payload: () => ({ issue: 'PAY-1', body: 'Seen.\n\nTwo lines\nof it.' }),
    effects: ({ issue }) => issue.comments.length,
  },
  'issue.create': {
    payload: () => ({ project: 'PAY', type: 'Bug', title: 'Two is odd', body: 'See above.' }),
    effects: ({ data }) => data.issues.size - 1,
  },
};

describe.each(Object.entries(cases))('conformance of %s', (id, { payload, effects }) => {
  const create = async () => {
    const trial = await startTrial();
    return {
      definition: trial.action(id),
      context: trial.context,
      payload: payload(trial),
      writes: () => trial.twin.writes.length,
      effects: () => effects(trial),
      close: () => trial.twin.close(),
    };
  };
  for (const { name, run } of actionConformance(create)) test(name, run);
});

it('covers every action, each in a file of its own that bears its name', () => {
  const config = jiraConfigSchema.parse({ site: 'https://acme.atlassian.net', projects: ['PAY'] });
  const ids = jiraActions(config).map(({ id }) => id);
  expect(Object.keys(cases).toSorted()).toEqual(ids.toSorted());
  const files = readdirSync(import.meta.dirname)
    .filter((name) => !name.endsWith('.test.ts') && name !== 'index.ts')
    .map((name) => name.replace(/\.ts$/, ''));
  expect(ids.map((id) => id.replaceAll(/[._]/g, '-')).toSorted()).toEqual(files.toSorted());
});

it('has a page for every action that tells its risk, class and payload at Jira', () => {
  const docs = new URL('../../../../../docs/actions/', import.meta.url);
  const overview = readFileSync(new URL('README.md', docs), 'utf8');
  const config = jiraConfigSchema.parse({ site: 'https://acme.atlassian.net', projects: ['PAY'] });
  for (const definition of jiraActions(config)) {
    const name = `${definition.id.replaceAll(/[._]/g, '-')}.md`;
    const page = readFileSync(new URL(name, docs), 'utf8');
    expect(overview).toContain(`[\`${definition.id}\`](${name})`);
    expect(page).toMatch(new RegExp(`class +\\| +${definition.effectClass}`));
    expect(page).toMatch(new RegExp(`risk +\\| +${definition.risk}`));
    expect(page).toMatch(new RegExp(`reversible +\\| +${definition.reversible ? 'yes' : 'no'}`));
    const section = page.split(/^## /m).find((part) => part.startsWith('Payload at Jira')) ?? '';
    const { properties = {} } = z.toJSONSchema(definition.inputSchema, { io: 'input' });
    const keys = [...section.matchAll(/^\| `(\w+)`/gm)].map(([, key]) => key);
    expect(keys.toSorted()).toEqual(Object.keys(properties).toSorted());
  }
});
