import type { KnowledgeAnswer } from '@adjutant/core';
import { describe, expect, it } from 'vitest';
import type { ApprovalWorld } from '../__fixtures__/approval-world.ts';
import { start, startWithCard } from '../__fixtures__/world-with-card.ts';
import { troubleWithBlocks } from '../testing/block-limits.ts';
import { answered } from './ask.ts';
import { commandNames } from './run-command.ts';

const run = (world: ApprovalWorld, user: string, command: string, text = '') =>
  world.take('commands', world.twin.hands.command({ user, command, text }));

async function openReport(world: ApprovalWorld, user = 'U0ADA', text = '') {
  await run(world, user, '/report', text);
  return world.modal();
}

const reportsOf = (world: ApprovalWorld, viewer: ApprovalWorld['ada']) =>
  world.adjutant.workspace().as(viewer).reports;

describe('every command', () => {
  it.each(commandNames)('%s is answered before anything is asked or done', async (command) => {
    const world = await start();
    const request = world.twin.hands.command({ user: 'U0ADA', command, text: 'roll back' });
    const asked = world.twin.requests.length;
    const received = await world.desk.receive('commands', request);
    expect(received).toMatchObject({ status: 200, reason: null });
    expect(received.work).not.toBeNull();
    expect([world.twin.requests.length, world.twin.answers]).toEqual([asked, []]);
    await received.work?.();
    expect(world.twin.answers.length + world.twin.modals.size).toBe(1);
  });

  it.each(commandNames)(
    '%s tells an account of nobody what to do, and no more',
    async (command) => {
      const world = await start();
      world.data.addUser({ id: 'U0NEW' });
      const told = await run(world, 'U0NEW', command, 'roll back');
      expect(told).toContain('adjutant people merge');
      expect(world.twin.modals.size).toBe(0);
    },
  );

  it.each(commandNames)('%s that was changed on the way is not taken', async (command) => {
    const world = await start();
    const request = world.twin.hands.command({ user: 'U0ADA', command });
    request.body = new TextEncoder().encode(
      new TextDecoder().decode(request.body).replace('U0ADA', 'U0GRACE'),
    );
    expect(await world.take('commands', request)).toBe('[401,"wrong_signature"]');
    expect(world.twin.modals.size).toBe(0);
  });
});

describe('/approvals', () => {
  it('lists what waits with its risk, its target, and a link to the page', async () => {
    const { world, action } = await startWithCard();
    const told = await run(world, 'U0GRACE', '/approvals');
    expect(told).toContain('Waits for somebody: 1');
    expect(told).toContain('high risk');
    expect(told).toContain(`http://localhost:4747/actions/${action.id}`);
    expect(told).toContain('for Ada');
  });

  it('puts the riskiest first and of one risk the oldest', async () => {
    const world = await start();
    const first = await world.propose('The first.');
    world.clock.advance(3_600_000);
    const second = await world.propose('The second.');
    const told = await run(world, 'U0ADA', '/approvals');
    expect(told).toContain('Waits for somebody: 2');
    expect(told.indexOf(first.id)).toBeGreaterThan(0);
    expect(told.indexOf(first.id)).toBeLessThan(told.indexOf(second.id));
  });
});

describe('/triage', () => {
  it('shows the brief of whoever asks, as who they are', async () => {
    const asked: unknown[] = [];
    const world = await start({
      brief: async ({ viewer }, kind) => {
        asked.push([viewer, kind]);
        return { text: 'Sorted.', blocks: [] };
      },
    });
    expect(await run(world, 'U0ADA', '/triage')).toContain('Sorted.');
    expect(asked).toEqual([[world.ada, 'triage']]);
  });

  it('that fails tells the person, and the log nothing of what failed', async () => {
    const world = await start({
      brief: () => Promise.reject(new Error('a secret')),
    });
    expect(await run(world, 'U0ADA', '/triage')).toContain('Something went wrong');
    expect(world.log.join('\n')).not.toContain('a secret');
  });
});

describe('/ask', () => {
  it('says where nothing answers, and guesses nothing', async () => {
    const world = await start();
    const told = await run(world, 'U0ADA', '/ask', 'how do we roll back?');
    expect(told).toContain('No source found');
  });

  it('quotes a document as it stands: nothing in it calls, formats or becomes a link', () => {
    const hostile =
      '<!channel> *Run* `rm -rf` <https://evil.example|here> &amp; https://evil.example';
    const answer = answered(answerWith(hostile));
    expect(troubleWithBlocks(answer.blocks)).toBeNull();
    const shown = JSON.stringify(answer.blocks);
    expect(shown.split('<!channel>')).toHaveLength(4);
    const links = [...shown.matchAll(/"type":"link","url":"([^"]+)"/g)].map(([, url]) => url);
    expect(links).toEqual(['https://forge.example/docs/run.md']);
    expect(shown).not.toMatch(/mrkdwn/);
    expect(answer.text).not.toContain('evil');
  });

  it('shows no link where the address is none of the web', () => {
    const answer = answered(answerWith('Words.', 'javascript:alert(1)'));
    expect(JSON.stringify(answer.blocks)).not.toContain('javascript');
  });
});

describe('/report', () => {
  it('opens a form, and keeps what is sent as the report of whose account it is, private', async () => {
    const world = await start();
    const view = await openReport(world, 'U0ADA', 'Reviewed two requests');
    expect(view.user).toBe('U0ADA');
    expect(JSON.stringify(view.body)).toContain('"initial_value":"Reviewed two requests"');
    const told = await world.submit({ user: 'U0ADA', view, values: { next: 'Ship it' } });
    expect(told).toContain('Your report of 2026-11-20 is kept. Only you read it.');
    const { items } = await reportsOf(world, world.ada).list({ of: 'me' });
    expect(items).toMatchObject([
      {
        did: 'Reviewed two requests',
        next: 'Ship it',
        blockers: null,
        visibility: 'private',
        submittedVia: 'slack',
        revision: 1,
        author: { personId: world.ada.personId },
      },
    ]);
    expect((await reportsOf(world, world.grace).list()).items).toEqual([]);
  });

  it('a second time for the same day is a new revision, and keeps what is left empty', async () => {
    const world = await start();
    const first = await openReport(world);
    await world.submit({ user: 'U0ADA', view: first, values: { did: 'One', blockers: 'Rain' } });
    const second = await openReport(world);
    const values = { did: 'Two', share: 'team' };
    const told = await world.submit({ user: 'U0ADA', view: second, values });
    expect(told).toContain('This is revision 2. Your team may read it.');
    const { items } = await reportsOf(world, world.grace).list();
    expect(items).toMatchObject([{ did: 'Two', blockers: 'Rain', revision: 2 }]);
  });

  it('shows nothing of what was kept before: whose account it is, rules found out', async () => {
    const world = await start();
    const first = await openReport(world);
    await world.submit({ user: 'U0ADA', view: first, values: { did: 'The marmalade plan' } });
    const second = await openReport(world);
    expect(JSON.stringify(second.body)).not.toContain('marmalade');
    const told = await world.submit({ user: 'U0ADA', view: second, values: { next: 'More' } });
    expect(told).not.toContain('marmalade');
  });

  it('that says nothing is told so at once, beside its field, and may be sent again', async () => {
    const world = await start();
    const view = await openReport(world);
    expect(await world.submit({ user: 'U0ADA', view, values: { did: '  ' } })).toContain(
      'A report says something',
    );
    expect(await world.submit({ user: 'U0ADA', view, values: { did: 'Much' } })).toContain('kept');
  });

  it('that is sent twice is kept once', async () => {
    const world = await start();
    const view = await openReport(world);
    const values = { did: 'Much' };
    await world.submit({ user: 'U0ADA', view, values });
    expect(await world.submit({ user: 'U0ADA', view, values })).toContain('sent already');
    const { items } = await reportsOf(world, world.ada).list({ of: 'me' });
    expect(items).toMatchObject([{ revision: 1 }]);
  });

  it('leaves out what looks like a secret, and says so', async () => {
    const world = await start();
    const view = await openReport(world);
    const did = `Changed the token ghp_${'a1B2'.repeat(9)}`;
    const told = await world.submit({ user: 'U0ADA', view, values: { did } });
    expect(told).toContain('left out (1)');
  });

  it('is written again where Slack did not open the form', async () => {
    const world = await start();
    const late = world.twin.hands.command({ user: 'U0ADA', command: '/report' });
    world.clock.advance(4_000);
    expect(await world.take('commands', late)).toContain('Write /report again');
    world.twin.faults.add({ method: 'views.open', kind: 'rate_limited', times: 1 });
    expect(await run(world, 'U0ADA', '/report')).toContain('Write /report again');
  });

  it('of a form that somebody else sends is theirs, whoever opened it', async () => {
    const world = await start();
    const view = await openReport(world, 'U0ADA');
    await world.submit({ user: 'U0GRACE', view, values: { did: 'Mine' } });
    expect((await reportsOf(world, world.ada).list({ of: 'me' })).items).toEqual([]);
    expect((await reportsOf(world, world.grace).list({ of: 'me' })).items).toHaveLength(1);
  });
});

function answerWith(text: string, url = 'https://forge.example/docs/run.md'): KnowledgeAnswer {
  const citation: KnowledgeAnswer['citations'][number] = {
    source: 'git',
    externalId: 'docs/run.md',
    part: 0,
    repository: 'acme/api',
    path: 'docs/<!channel>.md',
    version: 'a'.repeat(40),
    lines: { from: 3, to: 9 },
    title: 'Running',
    heading: `Running ${text}`,
    snippet: { text, marks: [] },
    url,
    freshness: { lastChangedAt: null, ageDays: null, isStale: null },
    owners: [],
  };
  return {
    question: 'how?',
    outcome: 'answered',
    citations: [citation],
    lookedFor: ['how'],
    unknownWords: [],
    documentCount: 1,
    meta: { asOf: 0, syncedAt: null, gaps: [] },
  };
}
