import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAdjutant } from '@adjutant/core';
import { createFakeClock, createRowsConnector } from '@adjutant/core/testing';
import { briefSchema, shippedRules } from '@adjutant/insights';
import { allMetrics } from '@adjutant/metrics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';
import { teamDays, teamInstant, teamSource } from '../testing/team-days.ts';
import { wholeTeam } from '../testing/whole-team.ts';

const clock = createFakeClock(teamInstant(teamDays + 1, 9));
const removals: (() => void)[] = [];
let cwd: string;

beforeAll(async () => {
  cwd = temporaryFolder((remove) => removals.push(remove));
  writeFileSync(join(cwd, 'adjutant.config.yaml'), 'store: store.db\n');
  const adjutant = await createAdjutant({
    store: join(cwd, 'store.db'),
    connectors: [createRowsConnector({ id: teamSource, showsReviews: true, records: wholeTeam })],
    metrics: allMetrics,
    signals: shippedRules,
    clock,
  });
  await adjutant.sync();
  await adjutant.close();
});
afterAll(() => removals.forEach((remove) => remove()));

const run = (line: string) => runCli(line.split(' '), { cwd, clock });

describe('adjutant brief', () => {
  it.each([
    'today',
    'brief standup',
    'brief sprint',
    'brief weekly',
    'brief retrospective',
    'triage',
    'incident',
    'brief incident',
  ])(
    '%s names the rows behind each sentence, and is one JSON document where asked',
    async (line) => {
      const text = await run(line);
      expect(text.exitCode).toBe(0);
      expect(text.stderr).toBe('');
      const json = await run(`${line} --json`);
      const brief = briefSchema.parse(JSON.parse(json.stdout));
      const told = brief.sections.flatMap(({ lines }) => lines);
      const rowsNamed = text.stdout.match(/\d+ rows?: /g) ?? [];
      expect(rowsNamed.length).toBe(told.length);
    },
  );

  it('today leads with what is stale', async () => {
    const { stdout } = await run('today');
    expect(stdout).toMatch(/^What needs you today\n/);
    expect(stdout).toMatch(/Nobody has touched shop#\d+ for \d+ days\./);
  });

  it('is written for Slack, as Markdown and as a page', async () => {
    const slack = await run('brief weekly --format slack');
    expect(JSON.parse(slack.stdout)).toMatchObject({ blocks: expect.any(Array) });
    expect((await run('brief weekly --format markdown')).stdout).toMatch(/^# The week, /);
    expect((await run('brief weekly --format html')).stdout).toMatch(/^<!doctype html>/);
  });

  it('refuses a kind, a day and a team that there is not', async () => {
    expect((await run('brief gossip')).stderr).toContain('"kind" is wrong');
    expect((await run('brief weekly --from monday')).stderr).toContain('"from" is wrong');
    expect((await run('today --team nobody')).stderr).toContain('no team of that key');
  });
});
