import { describe, expect, it } from 'vitest';
import {
  build,
  dayMs,
  deployment,
  hourMs,
  incident,
  iso,
  openInstallation,
  repository,
  rowsOf,
  signed,
  start,
} from './__fixtures__/sent-events.ts';

describe('signed events', () => {
  it('become rows with the next pass', async () => {
    const { adjutant, inbox } = await openInstallation();
    for (const [at, event] of [deployment, incident, build].entries()) {
      const answer = await inbox.receive('events', signed(`e-${at}`, event));
      expect(answer).toMatchObject({ status: 202, hints: 1 });
    }
    expect((await adjutant.sync({ hinted: true })).records).toBe(3);
    expect(await rowsOf(adjutant, 'deployments')).toEqual([
      expect.arrayContaining(['web-412', 'forge.example/acme/web', 'web', 'production', 'success']),
    ]);
    expect(await rowsOf(adjutant, 'incidents')).toHaveLength(1);
    expect(await rowsOf(adjutant, 'incident_deployments')).toHaveLength(1);
    expect(await rowsOf(adjutant, 'pipeline_runs')).toEqual([
      expect.arrayContaining(['run-9', 'forge.example/acme/web', 'tests', 'failure']),
    ]);
    expect(await rowsOf(adjutant, 'repositories'), 'one, however written').toHaveLength(1);
    expect((await adjutant.sync({ hinted: true })).streams, 'nothing is left to read').toEqual([]);
  });

  it('tell of which branch a build was, as people or pipelines write it', async () => {
    const { adjutant, inbox } = await openInstallation();
    for (const [at, branch] of ['main', 'refs/heads/main', 'topic/one', undefined].entries()) {
      const answer = await inbox.receive(
        'events',
        signed(`e-${at}`, { ...build, id: `run-${at}`, branch }),
      );
      expect(answer.status).toBe(202);
    }
    await adjutant.sync({ hinted: true });
    const rows = await rowsOf(adjutant, 'pipeline_runs');
    expect(rows.filter((row) => row.includes('main'))).toHaveLength(2);
    expect(rows.filter((row) => row.includes('topic/one'))).toHaveLength(1);
    expect(rows).toHaveLength(4);
  });

  it('are the last word on a thing: what it no longer says is gone', async () => {
    const { adjutant, clock, inbox } = await openInstallation();
    await inbox.receive('events', signed('e-1', deployment));
    await inbox.receive('events', signed('e-2', incident));
    await adjutant.sync({ hinted: true });
    clock.advance(hourMs);
    const { causedBy: _, ...unlinked } = incident;
    await inbox.receive('events', signed('e-3', { ...unlinked, title: 'Slow' }, start + hourMs));
    await inbox.receive(
      'events',
      signed('e-4', { ...deployment, result: 'failure' }, start + hourMs),
    );
    await adjutant.sync({ hinted: true });
    expect(await rowsOf(adjutant, 'incidents')).toEqual([expect.arrayContaining(['Slow'])]);
    expect(await rowsOf(adjutant, 'incident_deployments')).toEqual([]);
    expect(await rowsOf(adjutant, 'deployments')).toEqual([expect.arrayContaining(['failure'])]);
  });

  it.each<[string, unknown, RegExp]>([
    ['of no known type', { ...deployment, type: 'release' }, /type/],
    ['that is no object', [deployment], /expected object/i],
    ['with a field that is none', { ...deployment, enviroment: 'production' }, /enviroment/],
    ['without an id', { ...deployment, id: undefined }, /id/],
    ['that is over without saying when', { ...deployment, finishedAt: undefined }, /finishedAt/],
    ['that runs and is over', { ...deployment, result: 'running' }, /finishedAt/],
    ['with an instant of no zone', { ...deployment, finishedAt: '2026-09-14T11:00' }, /its zone/],
    ['that ends before it begins', { ...deployment, startedAt: iso(start) }, /before startedAt/],
    [
      'that was queued after it ended',
      { ...deployment, queuedAt: iso(start) },
      /finishedAt: lies before queuedAt/,
    ],
    ['of tomorrow', { ...deployment, finishedAt: iso(start + dayMs) }, /in the future/],
    ['of before 1970', { ...deployment, startedAt: '0001-01-01T00:00:00Z' }, /before 1970/],
    ['of a repository that is a name', { ...deployment, repository: 'acme/web' }, /repository: is/],
    ['with a short sha', { ...deployment, sha: 'a'.repeat(12) }, /sha/],
    ['with a sha of 41 digits', { ...deployment, sha: 'a'.repeat(41) }, /sha/],
    ['that takes itself back', { ...deployment, rollsBack: 'web-412' }, /rollsBack/],
    ['with a name of two lines', { ...deployment, environment: 'prod\nuction' }, /environment/],
    ['resolved before it began', { ...incident, resolvedAt: iso(start - dayMs) }, /resolvedAt/],
    ['of a branch that has no such name', { ...build, branch: 'main\nno' }, /branch/],
    ['without a repository, though a build', { ...build, repository: undefined }, /repository/],
  ])('an event %s is refused in words', async (_, event, words) => {
    const { adjutant, inbox } = await openInstallation();
    const answer = await inbox.receive('events', signed('e-1', event));
    expect(answer).toMatchObject({ outcome: 'refused', status: 400, reason: 'malformed' });
    expect(answer.problem).toMatch(words);
    expect((await adjutant.sync({ hinted: true })).streams).toEqual([]);
  });

  it('of 40 or 64 digits are shas, in small letters', async () => {
    const { adjutant, inbox } = await openInstallation();
    const shas = ['A'.repeat(40), 'b'.repeat(64)];
    for (const [at, sha] of shas.entries()) {
      await inbox.receive('events', signed(`e-${at}`, { ...deployment, id: `d-${at}`, sha }));
    }
    await adjutant.sync();
    const rows = await rowsOf(adjutant, 'deployments');
    expect(rows).toHaveLength(2);
    for (const [at, sha] of shas.entries()) expect(rows[at]).toContain(sha.toLowerCase());
  });

  it('are not forgotten before they were read, however long nobody did', async () => {
    const { adjutant, clock, inbox } = await openInstallation();
    await inbox.receive('events', signed('e-1', deployment));
    await inbox.receive('events', signed('e-2', build));
    clock.advance(90 * dayMs);
    expect((await adjutant.sync()).records).toBe(2);
    expect((await adjutant.sync()).records).toBe(0);
    const kept = (await rowsOf(adjutant, 'raw_records')).filter((row) =>
      row.includes('@deliveries'),
    );
    expect(kept, 'only the last, for its number').toHaveLength(1);
    expect(await rowsOf(adjutant, 'deployments')).toHaveLength(1);

    await inbox.receive('events', signed('e-3', incident, start + 90 * dayMs));
    expect((await adjutant.sync({ hinted: true })).records, 'what comes then is read').toBe(1);
  });

  it('name one repository, however its address is written', async () => {
    const { adjutant, inbox } = await openInstallation();
    const addresses = [
      repository,
      'git@forge.example:Acme/Web.git',
      'ssh://git@forge.example:22/acme/web/',
    ];
    for (const [at, address] of addresses.entries()) {
      const event = { ...deployment, id: `d-${at}`, repository: address };
      await inbox.receive('events', signed(`e-${at}`, event));
    }
    await adjutant.sync();
    expect(await rowsOf(adjutant, 'repositories')).toHaveLength(1);
    expect((await adjutant.renormalise()).rowsChanged).toBe(0);
  });
});
