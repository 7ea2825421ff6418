import { describe, expect, it } from 'vitest';
import type { ApprovalWorld } from './__fixtures__/approval-world.ts';
import { posted, startWithAda, startWithCard } from './__fixtures__/world-with-card.ts';
import { effectMetadata, isOurs } from './writing/effect-metadata.ts';
import { buttonIds } from './cards/button-value.ts';
import { buttonsOf } from './testing/signed-requests.ts';

/** Lets the worker take whatever is due, while hardly any time passes. */
async function someTurns(started: ApprovalWorld): Promise<void> {
  let turns = 0;
  await started.until(() => {
    turns += 1;
    expect(turns).toBeGreaterThan(40);
  });
}

describe('from a proposal to the effect', () => {
  it('a card is posted, pressed, carried out, and shows what became of it', async () => {
    const { world, action, card, press } = await startWithCard();
    expect(buttonsOf(card).map(({ action_id: id }) => id)).toEqual([
      buttonIds.approve,
      buttonIds.decline,
      buttonIds.modify,
      buttonIds.why,
    ]);
    expect(JSON.stringify(card.blocks)).toContain('Waits for a decision');
    const told = await world.take('interactions', press('U0ADA'));
    expect(told).toContain('Approved');
    await world.until(async () => {
      expect((await world.get(action.id)).status).toBe('executed');
      expect(JSON.stringify(card.blocks)).toContain('Done; approved by Ada');
    });
    expect(world.target.effects).toHaveLength(1);
    expect(buttonsOf(card)).toEqual([]);
    const { decisions } = await world.get(action.id);
    expect(decisions).toMatchObject([{ surface: 'slack', assurance: 'presence' }]);
    expect(world.cards()).toHaveLength(1);
    const { audit } = world.adjutant.workspace().as(world.owner);
    const { items } = await audit.list({ event: 'plumbing.approval_card', limit: 50 });
    expect(items.length).toBeGreaterThanOrEqual(3);
    expect(await audit.verify()).toMatchObject({ ok: true });
  });

  it('declining ends it, and the card says by whom', async () => {
    const { world, action, card, press } = await startWithCard();
    expect(await world.take('interactions', press('U0ADA', buttonIds.decline))).toContain(
      'Declined',
    );
    await world.until(() =>
      expect(JSON.stringify(card.blocks)).toContain('Declined; declined by Ada'),
    );
    expect((await world.get(action.id)).status).toBe('declined');
    expect(world.target.sent).toBe(0);
  });

  it('a card shows that time has run out, and its buttons are gone', async () => {
    const { world, action, card, press } = await startWithCard();
    const late = press('U0ADA');
    await world.until(() => expect(JSON.stringify(card.blocks)).toContain('Expired'), 3_600_000);
    expect((await world.get(action.id)).status).toBe('expired');
    expect(buttonsOf(card)).toEqual([]);
    expect(await world.take('interactions', late)).toContain('stale');
  });

  it('leaves no secret and no address that opens something in the store, the log or the card', async () => {
    const { world, action, card, press } = await startWithCard();
    await world.take('interactions', press('U0ADA'));
    await world.until(async () => expect((await world.get(action.id)).status).toBe('executed'));
    const { token, writeToken, signingSecret } = world.twin;
    const secrets = [
      token,
      writeToken,
      signingSecret,
      'an-old-token',
      'only-for-this-answer',
      'opens-a-dialog',
    ];
    for (const secret of secrets) {
      expect(world.bytesOfStore(), secret).not.toContain(secret);
      expect(world.log.join('\n'), secret).not.toContain(secret);
      expect(JSON.stringify(card), secret).not.toContain(secret);
    }
  });
});

const twoPeople = 'actions: { test.write: { risk: high, mode: require_approval, quorum: 2 } }';

describe('a press is refused', () => {
  it('of somebody whose account is nobody’s here, and they are told what to do', async () => {
    const { world, action, press, data } = await startWithCard();
    data.addUser({ id: 'U0NEW' });
    expect(await world.take('interactions', press('U0NEW'))).toContain('adjutant people merge');
    expect((await world.get(action.id)).decisions).toEqual([]);
    const { audit } = world.adjutant.workspace().as(world.owner);
    expect((await audit.list({ event: 'action.decision_refused', limit: 5 })).items).toHaveLength(
      1,
    );
  });

  it('of an approver whose account nobody linked: being recognised is not enough', async () => {
    const { world, action, press } = await startWithCard();
    await world.grant('U0GRACE');
    expect(await world.take('interactions', press('U0GRACE'))).toContain('not linked');
    expect((await world.get(action.id)).decisions).toEqual([]);
  });

  it('of somebody who is linked and may not decide', async () => {
    const { world, action, press } = await startWithCard();
    await world.link(world.owner.personId, 'U0GRACE');
    expect(await world.take('interactions', press('U0GRACE'))).toContain('You may not decide');
    expect((await world.get(action.id)).status).toBe('pending');
  });

  it('of an account with the same id in another workspace of Slack', async () => {
    const { world, action, press, data } = await startWithCard();
    const ada = data.users.find(({ id }) => id === 'U0ADA');
    if (ada !== undefined) ada.teamId = 'T0OTHER';
    expect(await world.take('interactions', press('U0ADA'))).toContain('Nobody here has');
    expect((await world.get(action.id)).decisions).toEqual([]);
  });

  it('that is sent again', async () => {
    const { world, action, press } = await startWithCard();
    await world.link(world.owner.personId, 'U0GRACE');
    const request = press('U0GRACE');
    expect(await world.take('interactions', request)).toContain('You may not decide');
    expect(await world.take('interactions', request)).toContain('used already');
    // Another process has not seen it, and the store has; by now it would even count.
    await world.grant('U0GRACE');
    await world.restart();
    expect(await world.take('interactions', request)).toContain('used already');
    expect((await world.get(action.id)).decisions).toEqual([]);
  });

  it.each([
    ['other words than those that are asked for', { h: 'f'.repeat(64) }, 'other words'],
    ['the trace of another proposal', { t: 'another trace' }, 'another proposal'],
    ['another revision', { r: 2 }, 'changed since you saw it'],
  ])('with %s', async (_, change, words) => {
    const { world, action, card } = await startWithCard();
    const [button] = buttonsOf(card);
    const value: object = JSON.parse(button?.value ?? '');
    const elements = [{ ...button, value: JSON.stringify({ ...value, ...change }) }];
    card.blocks = card.blocks.map((block) =>
      block['type'] === 'actions' ? { ...block, elements } : block,
    );
    const request = world.twin.hands.press({
      user: 'U0ADA',
      channel: world.approvals.id,
      message: card,
      button: buttonIds.approve,
    });
    expect(await world.take('interactions', request)).toContain(words);
    expect((await world.get(action.id)).decisions).toEqual([]);
    // Whoever looks for the trace finds what was refused.
    const trace = 't' in change ? change.t : action.traceId;
    expect(world.log.join('\n')).toContain(`"traceId":"${trace}"`);
  });

  it('of an action that was declined meanwhile: it is told where it stands', async () => {
    const { world, press } = await startWithCard();
    const approve = press('U0ADA');
    await world.take('interactions', press('U0ADA', buttonIds.decline));
    expect(await world.take('interactions', approve)).toContain('Declined');
    expect(world.target.sent).toBe(0);
  });

  it('of the person it is done for where two others are asked', async () => {
    const { world, press } = await startWithCard({ policy: twoPeople });
    expect(await world.take('interactions', press('U0ADA'))).toContain(
      'somebody other than the person it is done for',
    );
    await world.grant('U0GRACE');
    await world.link(world.owner.personId, 'U0GRACE');
    expect(await world.take('interactions', press('U0GRACE'))).toContain('1 of 2');
  });
});

describe('a button that does not stand on a card of ours', () => {
  it('counts for nothing, though it is the very button of one', async () => {
    const { world, action, card } = await startWithCard();
    const lunch = world.data.addChannel({ id: 'C0LUNCH', name: 'lunch', members: ['U0ADA'] });
    const copied = world.data.say(lunch, {
      at: world.clock.now(),
      user: 'U0ADA',
      text: 'Lunch?',
      blocks: card.blocks,
    });
    const button = buttonIds.approve;
    const press = { user: 'U0ADA', channel: lunch.id, message: copied, button };
    expect(await world.take('interactions', world.twin.hands.press(press))).toContain(
      'does not stand on a card',
    );
    expect((await world.get(action.id)).status).toBe('pending');
  });
});

describe('a card and what else is posted', () => {
  it('differ, so that no action writes over a card', async () => {
    const { card } = await startWithCard();
    expect(isOurs({ metadata: card.metadata })).toBe(false);
    expect(isOurs({ metadata: effectMetadata('action:0') })).toBe(true);
  });
});

describe('a link of somebody who was found to be somebody else', () => {
  it('stays whose it was, and counts for nobody while the account is another’s', async () => {
    const { world } = await startWithCard();
    const linkId = await world.link(world.owner.personId, 'U0GRACE');
    const handle = world.adjutant.workspace().as(world.owner);
    const [from, to] = [world.grace.personId, world.ada.personId];
    const operation = { kind: 'merge', fromPersonId: from, toPersonId: to } as const;
    await expect(handle.mergePeople(from, to)).rejects.toMatchObject({ code: 'Permission' });
    await handle.mergePeople(from, to, await world.agree(operation));
    const links = await world.approvers.listLinks();
    const moved = links.find((link) => link.linkId === linkId);
    expect(moved).toMatchObject({ personId: from, accountExternalId: 'U0GRACE', counts: false });
    const asAda = { ...world.ada, role: 'member' as const };
    await expect(world.approvers.unlink(asAda, linkId)).rejects.toMatchObject({
      code: 'Permission',
    });
    await world.approvers.unlink(world.owner, linkId);
    expect((await world.approvers.listLinks()).map((link) => link.linkId)).not.toContain(linkId);
  });
});

describe('what was approved by a press no longer counts', () => {
  it.each([
    [
      'the link was taken back',
      async (started: ApprovalWorld) => {
        const [link] = await started.approvers.listLinks();
        await started.approvers.unlink(started.owner, link?.linkId ?? '');
      },
    ],
    [
      'the right was taken back',
      async (started: ApprovalWorld) => {
        const grants = await started.approvers.list();
        const grant = grants.find(({ accountExternalId }) => accountExternalId === 'U0ADA');
        await started.approvers.revoke(started.owner, grant?.id ?? '');
      },
    ],
  ])('once %s', async (_, change) => {
    const { world, action, press } = await startWithCard();
    await world.take('interactions', press('U0ADA'));
    await change(world);
    await world.until(async () => {
      const { status, revision } = await world.get(action.id);
      expect([status, revision]).toEqual(['pending', 2]);
    });
    expect(world.target.sent).toBe(0);
    await posted(world, 2);
    const [old, fresh] = world.cards();
    expect(JSON.stringify(old?.blocks)).toContain('Changed since');
    expect(buttonsOf(old ?? { blocks: [] })).toEqual([]);
    expect(buttonsOf(fresh ?? { blocks: [] })).toHaveLength(4);
  });
});

describe('a card', () => {
  it('is posted once though the answer was lost and the process ended', async () => {
    const started = await startWithAda();
    started.twin.faults.add({ method: 'chat.postMessage', kind: 'lost_answer', times: 1 });
    await started.propose();
    await started.until(() => expect(started.cards()).toHaveLength(1));
    await started.restart();
    // It may still appear: nobody looks for it yet, and nobody posts another.
    const looks = () =>
      started.twin.requests.filter(({ method }) => method === 'conversations.history').length;
    const before = looks();
    await someTurns(started);
    expect(looks()).toBe(before);
    await posted(started, 1);
    expect(looks()).toBeGreaterThan(before);
    const posts = started.twin.writes.filter(({ method }) => method === 'chat.postMessage');
    expect(posts).toHaveLength(1);
  });

  it('shows how it ended, however long Slack was away, and nobody else waits for Slack', async () => {
    const { world, action, card } = await startWithCard();
    const heard: string[] = [];
    world.adjutant.on('action.declined', ({ subjectId }) => {
      heard.push(subjectId);
    });
    const away = { method: 'chat.update', kind: 'rate_limited', retryAfter: '600' } as const;
    world.twin.faults.add({ ...away, times: 20 });
    expect(
      await world.take(
        'interactions',
        world.twin.hands.press({
          user: 'U0ADA',
          channel: world.approvals.id,
          message: card,
          button: buttonIds.decline,
        }),
      ),
    ).toContain('Declined');
    await world.until(() => expect(heard).toEqual([action.id]), 1_000);
    expect(JSON.stringify(card.blocks)).toContain('Waits for a decision');
    await world.until(() => {
      expect(JSON.stringify(card.blocks)).toContain('Declined');
      expect(buttonsOf(card)).toEqual([]);
    }, 60_000);
    const asked = world.twin.requests.filter(({ method }) => method === 'chat.update');
    // It is left alone for as long as it asks.
    expect(asked.length).toBeLessThanOrEqual(21);
    expect(await world.adjutant.outbox.dead('default')).toEqual([]);
    expect(await world.adjutant.jobs.dead('default')).toEqual([]);
  });

  it('is posted in the end where Slack failed at first', async () => {
    const started = await startWithAda();
    started.twin.faults.add({ method: 'chat.postMessage', kind: 'rate_limited', times: 2 });
    await started.propose();
    await started.until(() => expect(started.cards()).toHaveLength(1), 1_000);
  });

  it('is not posted for what a terminal can decide', async () => {
    const started = await startWithAda({ risk: 'medium' });
    const action = await started.propose();
    expect(action.assurance).toBe('cooperative');
    await someTurns(started);
    expect(started.cards()).toHaveLength(0);
  });

  it.each([
    ['public', {}, {}, false],
    ['public', {}, { channel_public: false }, false],
    ['public', {}, { channel_public: true }, true],
    ['private', { isExternal: true }, { channel_public: true }, false],
    ['private', {}, {}, true],
  ] as const)(
    'in a %s channel (%j) about a target with %j shows what it is about: %s',
    async (kind, more, conditions, isShown) => {
      const { card } = await startWithCard({
        channel: { kind, ...more },
        preparation: { conditions },
      });
      const shown = JSON.stringify(card);
      expect(shown.includes('Two reviews wait.')).toBe(isShown);
      expect(shown.includes('acme/widgets#7')).toBe(isShown);
      expect(shown.includes('assistant')).toBe(isShown);
      expect(buttonsOf(card)).toHaveLength(isShown ? 4 : 0);
      expect(shown).toContain('/actions/');
    },
  );
});
