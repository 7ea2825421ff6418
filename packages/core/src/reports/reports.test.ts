import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { vouchedProof, vouchingHost } from '../testing/vouching-host.ts';
import { createReportWorld, monday, type ReportWorld, today } from './testing/report-world.ts';

/** Its words are no others', so that the index holds them as they are. */
const canary = 'xylozebra-quxumbrella-canary';
const wordsOfCanary = ['xylozebra', 'quxumbrella', 'canary'];

let world: ReportWorld;
beforeEach(async () => {
  world = await createReportWorld(['Ada', 'Grace', 'Linus']);
});
afterEach(async () => {
  await world.adjutant.close();
});

/** What was refused, as `adjutant privacy refusals` tells it. */
async function refusals(): Promise<Record<string, number>> {
  const { items } = await world.as('Ada', 'admin').privacy.refusals({ limit: 200 });
  const told: Record<string, number> = {};
  for (const { class: of, reason, times } of items) {
    told[`${of} ${reason}`] = (told[`${of} ${reason}`] ?? 0) + times;
  }
  return told;
}

describe('submitting', () => {
  it('keeps a report of today for its author alone unless told otherwise', async () => {
    const report = await world.as('Ada').reports.submit({ did: 'Built the widget' });
    expect(report).toMatchObject({
      day: today,
      timeZone: 'UTC',
      did: 'Built the widget',
      next: null,
      visibility: 'private',
      revision: 1,
      isNew: true,
      submittedVia: 'sdk',
    });
    expect((await world.as('Grace').reports.list()).total).toBe(0);
  });

  it('makes a new revision of the same report when the day is told again', async () => {
    const { reports } = world.as('Ada');
    const first = await reports.submit({ did: 'One thing', visibility: 'team' });
    world.clock.advance(60_000);
    const second = await reports.submit({ did: 'Two things', via: 'cli' });
    expect(second).toMatchObject({ id: first.id, revision: 2, isNew: false, visibility: 'team' });
    expect(await reports.list()).toMatchObject({ total: 1, items: [{ did: 'Two things' }] });
    expect((await reports.get(first.id)).revisions).toEqual([
      {
        revision: 1,
        did: 'One thing',
        next: null,
        blockers: null,
        submittedVia: 'sdk',
        writtenAt: monday,
      },
    ]);
  });

  it('gives every door the same shape', async () => {
    const doors = ['sdk', 'cli', 'mcp', 'slack', 'http'] as const;
    const shapes: string[][] = [];
    for (const [back, via] of doors.entries()) {
      const day = `2026-09-${14 - back}`.replace(/-(\d)$/, '-0$1');
      shapes.push(Object.keys(await world.as('Ada').reports.submit({ day, did: 'Work', via })));
    }
    expect(new Set(shapes.map((shape) => shape.join())).size).toBe(1);
    const { items } = await world.as('Ada').reports.list({ of: 'me' });
    expect(items.map(({ submittedVia }) => submittedVia)).toEqual(doors);
  });

  it('lets an assistant write for the person it works for, and for nobody else', async () => {
    const written = await world.agentOf('Ada').reports.submit({ did: 'Told by Ada', via: 'mcp' });
    expect(written.author.personId).toBe(world.idOf('Ada'));
    expect((await world.as('Ada').reports.get(written.id)).did).toBe('Told by Ada');
    await expect(world.agentOf('Grace').reports.get(written.id)).rejects.toMatchObject({
      code: 'Permission',
    });
  });

  it('takes the day from the zone that its author lives in', async () => {
    const ada = world.as('Ada');
    await ada.contactPreferences.set(world.idOf('Ada'), { timeZone: 'Pacific/Auckland' });
    expect(await ada.reports.submit({ did: 'Late' })).toMatchObject({
      day: '2026-09-15',
      timeZone: 'Pacific/Auckland',
    });
  });

  it.each([
    ['nothing', {}, 'says something'],
    ['blanks', { did: '  ' }, 'says something'],
    ['tomorrow', { did: 'x', day: '2026-09-15' }, 'still to come'],
    ['long ago', { did: 'x', day: '2020-01-01' }, 'days ago'],
    ['no day', { did: 'x', day: 'yesterday' }, 'is a day'],
    ['too much', { did: 'x'.repeat(4_001) }, '4000 characters'],
    ['what could act', { did: 'bell\u0007' }, 'control characters'],
  ])('refuses %s', async (_what, input, message) => {
    await expect(world.as('Ada').reports.submit(input)).rejects.toMatchObject({
      code: 'InvalidInput',
      message: expect.stringContaining(message),
    });
  });

  it('masks a secret before anything is kept', async () => {
    const secret = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
    const report = await world.as('Ada').reports.submit({ did: `Rotated ${secret} today` });
    expect(report.did).toBe('Rotated [secret] today');
    expect(report.maskedSecrets).toBe(1);
    let dump = '';
    for await (const line of world.adjutant.exportWorkspace()) dump += line;
    expect(dump).not.toContain(secret);
  });

  it('keeps the last fifty earlier revisions', async () => {
    const { reports } = world.as('Ada');
    for (let round = 0; round < 55; round += 1) await reports.submit({ did: `Round ${round}` });
    const view = await reports.ofDay(today);
    expect(view?.revision).toBe(55);
    expect(view?.revisions).toHaveLength(50);
    expect(view?.revisions.at(-1)?.revision).toBe(5);
  });

  it('lets an assistant loop without losing what the person wrote', async () => {
    const { reports } = world.as('Ada');
    await reports.submit({ did: canary });
    const agent = world.agentOf('Ada').reports;
    for (let round = 0; round < 55; round += 1) {
      await agent.submit({ did: `Round ${round}`, via: 'mcp' });
    }
    const view = await reports.ofDay(today);
    expect(view?.revisions).toHaveLength(50);
    expect(view?.revisions.at(-1)).toMatchObject({ revision: 1, did: canary });
    await reports.submit({ did: 'By hand' });
    expect((await reports.ofDay(today))?.revisions.at(-1)).toMatchObject({ did: canary });
  });

  it('refuses an assistant where all that is kept came from the person, who may still write', async () => {
    const { reports } = world.as('Ada');
    for (let round = 0; round < 51; round += 1) await reports.submit({ did: `Round ${round}` });
    const agent = world.agentOf('Ada').reports;
    const { id } = (await reports.ofDay(today)) ?? { id: '' };
    for (const attempt of [
      () => agent.submit({ did: 'Mine', via: 'mcp' }),
      () => agent.edit(id, { did: 'Mine', via: 'mcp' }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({
        code: 'Conflict',
        hint: expect.stringContaining('adjutant report add'),
      });
    }
    const view = await reports.ofDay(today);
    expect(view).toMatchObject({ did: 'Round 50', revision: 51 });
    expect(view?.revisions.at(-1)).toMatchObject({ did: 'Round 0' });
    expect(await reports.submit({ did: 'By hand' })).toMatchObject({ revision: 52 });
  });

  it('changes one text and leaves the others when it is edited', async () => {
    const { reports } = world.as('Ada');
    const { id } = await reports.submit({ did: 'This', blockers: 'That' });
    await expect(reports.edit(id, { blockers: null })).resolves.toMatchObject({
      did: 'This',
      blockers: null,
      revision: 2,
    });
    await expect(reports.edit(id, { did: null })).rejects.toMatchObject({ code: 'InvalidInput' });
  });
});

describe('who may', () => {
  it.each(['member', 'lead', 'admin'] as const)(
    'refuses a %s what somebody else keeps private, and records it',
    async (role) => {
      const { id } = await world.as('Ada').reports.submit({ did: canary });
      const { reports } = world.as('Grace', role);
      for (const attempt of [
        () => reports.get(id),
        () => reports.edit(id, { did: 'mine' }),
        () => reports.share(id),
        () => reports.delete(id),
        () => reports.list({ of: { personId: world.idOf('Ada') }, visibility: 'private' }),
      ]) {
        await expect(attempt()).rejects.toMatchObject({ code: 'Permission' });
      }
      expect(await refusals()).toEqual({ 'private_reports role': 2, 'report_sharing role': 3 });
      expect((await reports.list()).total).toBe(0);
      expect((await reports.list({ of: { personId: world.idOf('Ada') } })).total).toBe(0);
      expect((await reports.shared({ fromDay: today, toDay: today })).reports).toEqual([]);
    },
  );

  it('keeps in the ledger of whose report nobody was told anything', async () => {
    const { id } = await world.as('Ada').reports.submit({ did: canary });
    const { reports, privacy, audit } = world.as('Grace');
    await expect(reports.get(id)).rejects.toMatchObject({ code: 'Permission' });
    const named = reports.list({ of: { personId: world.idOf('Ada') }, visibility: 'private' });
    await expect(named).rejects.toMatchObject({ code: 'Permission' });
    expect((await privacy.refusals()).total).toBeGreaterThan(0);
    const { items } = await audit.list({ event: 'privacy.query_refused' });
    expect(items.map(({ outcome }) => outcome)).toEqual(['refused', 'refused']);
    for (const what of [id, world.idOf('Ada')]) {
      expect(JSON.stringify(items)).not.toContain(what);
    }
  });

  it('gives nothing private to the system', async () => {
    const { id } = await world.as('Ada').reports.submit({ did: canary });
    const system = world.adjutant.workspace().as({ kind: 'system' });
    await expect(system.reports.get(id)).rejects.toMatchObject({ code: 'Permission' });
    await expect(system.reports.list()).rejects.toMatchObject({ code: 'Permission' });
    await expect(system.reports.search({ text: 'x' })).rejects.toMatchObject({
      code: 'Permission',
    });
    await expect(system.reports.submit({ did: 'x' })).rejects.toMatchObject({ code: 'Permission' });
    await expect(system.reports.shared({ fromDay: today, toDay: today })).rejects.toMatchObject({
      code: 'Permission',
    });
    expect(await refusals()).toEqual({ 'reports role': 5 });
  });

  it('hands nothing over when somebody merges the author into themselves, or themselves into the author', async () => {
    await world.adjutant.close();
    const approvals = { hostSession: vouchingHost };
    world = await createReportWorld(['Ada', 'Grace', 'Linus'], {}, { approvals });
    const { id } = await world.as('Ada').reports.submit({ did: canary });
    for (const [who, from, to] of [
      ['Grace', 'Ada', 'Grace'],
      ['Linus', 'Linus', 'Grace'],
    ] as const) {
      const [fromPersonId, toPersonId] = [world.idOf(from), world.idOf(to)];
      await expect(
        world.as(who, 'admin').mergePeople(fromPersonId, toPersonId),
      ).rejects.toMatchObject({ code: 'Permission' });
    }
    // Nor is anything handed over where an administrator agrees.
    const { viewer } = world.as('Linus', 'admin');
    const handle = world.as('Linus', 'admin');
    await handle.mergePeople(world.idOf('Ada'), world.idOf('Grace'), vouchedProof(viewer));
    await handle.mergePeople(world.idOf('Linus'), world.idOf('Grace'), vouchedProof(viewer));
    for (const name of ['Grace', 'Linus']) {
      const { reports } = world.as(name, 'admin');
      await expect(reports.get(id)).rejects.toMatchObject({ code: 'Permission' });
      expect((await reports.list({ of: 'me' })).total).toBe(0);
    }
    expect((await world.as('Ada').reports.get(id)).did).toBe(canary);
  });

  it('shows what was shared as it is now, without what it said before', async () => {
    const ada = world.as('Ada').reports;
    const { id } = await ada.submit({ did: `Before: ${canary}` });
    await ada.submit({ did: 'Now' });
    await ada.share(id);
    const seen = await world.as('Grace').reports.get(id);
    expect(seen).toMatchObject({ did: 'Now', isOwn: false, revisions: [], work: null });
    expect((await ada.get(id)).work).not.toBeNull();
    expect(JSON.stringify(seen)).not.toContain(canary);
    await ada.share(id, 'private');
    await expect(world.as('Grace').reports.get(id)).rejects.toMatchObject({ code: 'Permission' });
  });

  it('lets nobody but the author change, share or delete what was shared', async () => {
    const { id } = await world.as('Ada').reports.submit({ did: 'Mine', visibility: 'team' });
    const grace = world.as('Grace', 'admin').reports;
    await expect(grace.edit(id, { did: 'Ours' })).rejects.toMatchObject({ code: 'Permission' });
    await expect(grace.share(id, 'private')).rejects.toMatchObject({ code: 'Permission' });
    await expect(grace.delete(id)).rejects.toMatchObject({ code: 'Permission' });
    expect((await world.as('Ada').reports.get(id)).did).toBe('Mine');
  });

  it('leaves sharing and deleting of what is there to the person', async () => {
    const { id } = await world.as('Ada').reports.submit({ did: 'Mine' });
    const agent = world.agentOf('Ada').reports;
    expect((await agent.get(id)).did).toBe('Mine');
    await expect(agent.share(id)).rejects.toMatchObject({ code: 'Permission' });
    await expect(agent.delete(id)).rejects.toMatchObject({ code: 'Permission' });
    expect(await refusals()).toEqual({ 'report_sharing role': 2 });
  });

  it('lets an assistant say of no report who may read it, and records that it tried', async () => {
    const ada = world.as('Ada').reports;
    const agent = world.agentOf('Ada').reports;
    const refused = { code: 'Permission', hint: expect.stringContaining('adjutant report share') };
    const team = { did: 'Sent', visibility: 'team', via: 'mcp' } as const;
    await expect(agent.submit(team)).rejects.toMatchObject(refused);
    expect(await ada.ofDay(today)).toBeNull();
    expect(await agent.submit({ ...team, visibility: 'private' })).toMatchObject({ revision: 1 });
    await expect(agent.submit(team)).rejects.toMatchObject(refused);
    expect(await ada.ofDay(today)).toMatchObject({ revision: 1, visibility: 'private' });
    expect(await ada.submit({ did: 'Told', visibility: 'team' })).toMatchObject({ revision: 2 });
    await expect(agent.submit({ ...team, visibility: 'private' })).rejects.toMatchObject(refused);
    expect(await agent.submit(team)).toMatchObject({ revision: 3, visibility: 'team' });
    expect(await refusals()).toEqual({ 'report_sharing role': 3 });
  });

  it('finds nothing of another workspace', async () => {
    const { id } = await world.as('Ada').reports.submit({ did: canary, visibility: 'team' });
    const other = world.adjutant.workspace('other').as(await world.adjutant.owner('other'));
    await expect(other.reports.get(id)).rejects.toMatchObject({ code: 'NotFound' });
    expect((await other.reports.list()).total).toBe(0);
  });
});

describe('what was shared', () => {
  it('neither names nor counts who shared nothing', async () => {
    await world.as('Ada').reports.submit({ did: 'Shared', visibility: 'team' });
    await world.as('Grace').reports.submit({ did: canary });
    const told = await world.as('Linus').reports.shared({ fromDay: today, toDay: today });
    expect(Object.keys(told)).toEqual(['fromDay', 'toDay', 'reports', 'isCut', 'sharing']);
    expect(told).toMatchObject({ sharing: 1, isCut: false });
    const text = JSON.stringify(told);
    expect(text).toContain('Ada');
    expect(text).not.toContain('Grace');
    expect(text).not.toContain(canary);
  });
});

describe('the ledger', () => {
  it('tells what was done without a word of what was written, and verifies after a deletion', async () => {
    const { reports } = world.as('Ada');
    const { id } = await reports.submit({ did: canary });
    await reports.submit({ did: `${canary} again` });
    await reports.share(id);
    await reports.delete(id);
    const { items } = await world.as('Ada', 'admin').audit.list({ limit: 200 });
    const events = items.map(({ event }) => event);
    for (const event of ['submitted', 'revised', 'shared', 'deleted']) {
      expect(events).toContain(`report.${event}`);
    }
    const all = await world.as('Ada', 'admin').audit.list({ limit: 200 });
    expect(JSON.stringify(all)).not.toContain(canary);
    expect((await world.as('Ada', 'admin').audit.verify()).ok).toBe(true);
  });
});

describe('deleting', () => {
  it('leaves no word in the file, beside it, or in an export', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'adjutant-reports-'));
    try {
      const own = await createReportWorld(['Ada', 'Grace'], {}, { store: join(folder, 'a.db') });
      const { reports } = own.as('Ada');
      await own.as('Grace').reports.submit({ did: 'Stays' });
      const { id } = await reports.submit({ did: canary, next: `${canary} `.repeat(120) });
      for (let round = 0; round < 5; round += 1) {
        await reports.submit({ did: `${canary} ${round} `.repeat(120), visibility: 'team' });
      }
      await reports.delete(id);
      await expect(reports.get(id)).rejects.toMatchObject({ code: 'NotFound' });
      let dump = '';
      for await (const line of own.adjutant.exportWorkspace()) dump += line;
      expect(dump).toContain('Stays');
      expect(dump).not.toContain(canary);
      await own.adjutant.close();
      // In one go: a closed store lets its files go when the driver's statements are collected.
      for (const file of readdirSync(folder)) {
        const bytes = readFileSync(join(folder, file));
        for (const word of wordsOfCanary)
          expect(bytes.includes(word), `${word} in ${file}`).toBe(false);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
