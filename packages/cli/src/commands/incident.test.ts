import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAdjutant } from '@adjutant/core';
import { createFakeClock, createRowsConnector } from '@adjutant/core/testing';
import { shippedRules } from '@adjutant/insights';
import { allMetrics } from '@adjutant/metrics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli, temporaryFolder } from '../testing/run-cli.ts';
import { teamDays, teamInstant, teamSource } from '../testing/team-days.ts';
import { wholeTeam } from '../testing/whole-team.ts';

const clock = createFakeClock(teamInstant(teamDays + 1, 9));
const removals: (() => void)[] = [];
let cwd: string;
let key: string;

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
  const incidents = await adjutant
    .workspace()
    .as(await adjutant.owner())
    .incidents.list();
  key = incidents[0]?.key ?? 'none';
  await adjutant.close();
});
afterAll(() => removals.forEach((remove) => remove()));

const run = (line: string) => runCli(line.split(' '), { cwd, clock });

describe('adjutant incident', () => {
  it('lists incidents, and tells the course of one with what it may come from', async () => {
    const all = await run('incident');
    expect(all.stdout).toContain(key);
    const one = await run(`incident ${key}`);
    expect(one.exitCode).toBe(0);
    expect(one.stdout).toContain('What it may come from');
    expect(one.stdout).toContain('The incident began.');
    expect(one.stdout).toMatch(/shop to production, .*: /);
  });

  it('gives a role to oneself, to somebody and to nobody', async () => {
    expect((await run(`incident role ${key} lead`)).stdout).toMatch(/^lead: /);
    expect((await run(`incident role ${key} scribe ada`)).stdout).toContain('scribe: ada');
    expect((await run(`incident role ${key} lead --nobody`)).stdout).not.toContain('lead');
    expect((await run(`incident role ${key} boss`)).stderr).toContain('"role" is wrong');
    expect((await run(`incident role ${key} lead ada --nobody`)).exitCode).not.toBe(0);
  });

  it('notes what follows and takes it back', async () => {
    const added = await run(`incident follow-up ${key} XY-12 --owner ada --until 2027-01-31`);
    expect(added.stdout).toContain('XY-12 follows from it, by ada, until 2027-01-31.');
    expect((await run(`incident ${key}`)).stdout).toContain('XY-12 is to be done by ada');
    expect((await run(`incident follow-up ${key} tests`)).exitCode).not.toBe(0);
    const removed = await run(`incident follow-up ${key} XY-12 --remove`);
    expect(removed.stdout).toContain('XY-12 follows no longer.');
    expect((await run(`incident follow-up ${key} XY-12 --remove`)).exitCode).not.toBe(0);
  });

  it('writes a document for people to finish', async () => {
    const printed = await run(`incident post-mortem ${key}`);
    expect(printed.stdout).toContain('## Open questions');
    const written = await run(`incident post-mortem ${key} --out post-mortem.md`);
    expect(written.exitCode).toBe(0);
    expect(readFileSync(join(cwd, 'post-mortem.md'), 'utf8').trim()).toBe(printed.stdout.trim());
  });

  it('says what to do where there is no such incident', async () => {
    const { stderr, exitCode } = await run('incident nothing');
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('"adjutant incident" lists');
  });
});
