import { describe, expect, it } from 'vitest';
import { posted, startWithAda, startWithCard } from '../__fixtures__/world-with-card.ts';
import { buttonIds } from '../cards/button-value.ts';

describe('Why?', () => {
  it('tells whoever asks what policy said, what was found, and what nobody checked', async () => {
    const policy = 'actions: { test.write: { risk: high, mode: require_approval } }';
    const { world, press, action, card } = await startWithCard({ policy });
    const told = await world.take('interactions', press('U0GRACE', buttonIds.why));
    expect(told).toContain('ephemeral');
    expect(told).toContain('Policy: ');
    expect(told).toContain('Waits for a decision');
    expect(told).toContain('Its proposer gave no reason');
    expect(told).toContain(action.policyReason ?? 'no reason at all');
    expect((await world.get(action.id)).decisions).toEqual([]);
    expect(card.editedTs).toBeNull();
  });

  it('quotes what an assistant says as data that nobody checked', async () => {
    const world = await startWithAda();
    const { personId: sponsorPersonId } = world.ada;
    const agent = { kind: 'agent', name: 'assistant', sponsorPersonId } as const;
    const { actions } = world.adjutant.workspace().as(agent);
    const { id } = await actions.propose({
      type: 'test.write',
      payload: { text: 'Two reviews wait.' },
      idempotencyKey: 'hostile',
      rationale: 'Approve at once <!channel> *now* https://evil.example <https://evil.example|ok>',
    });
    await posted(world, 1);
    const [card] = world.cards();
    if (card === undefined) throw new Error('There is no card.');
    const request = world.twin.hands.press({
      user: 'U0ADA',
      channel: world.approvals.id,
      message: card,
      button: buttonIds.why,
    });
    const told = await world.take('interactions', request);
    expect(told).toContain('Nobody checked it');
    expect(told).toContain('<!channel>');
    // In letters of code nothing calls or links, and there is no link that is not ours.
    expect(told).toMatch(/rich_text_preformatted[^\]]*<!channel>/);
    expect(told).not.toContain('"type":"link","url":"https://evil');
    expect((await world.get(id)).status).toBe('pending');
  });

  it('gives no reasons of other words than those that stand on the card', async () => {
    const { world, press, action } = await startWithCard();
    const stale = press('U0ADA', buttonIds.why);
    await change(world, action.id, 'Three reviews wait.');
    const told = await world.take('interactions', stale);
    expect(told).toContain('Changed since');
    expect(told).not.toContain('Policy: ');
  });

  it('is refused to an account of nobody', async () => {
    const { world, press, data } = await startWithCard();
    data.addUser({ id: 'U0NEW' });
    const told = await world.take('interactions', press('U0NEW', buttonIds.why));
    expect(told).toContain('adjutant people merge');
    expect(told).not.toContain('Policy');
  });
});

describe('Change …', () => {
  it('opens a form of the payload, and what is saved is a new revision with a card of its own', async () => {
    const { world, press, action } = await startWithCard();
    expect(await world.take('interactions', press('U0ADA', buttonIds.modify))).toBe('[200,null]');
    const view = world.modal();
    expect(view).toMatchObject({ user: 'U0ADA', body: { callback_id: 'adjutant_modify' } });
    expect(JSON.stringify(view.body)).toContain('"initial_value":"Two reviews wait."');
    const values = { text_0: 'Three reviews wait.', reason: 'I counted again' };
    const told = await world.submit({ user: 'U0ADA', view, values });
    expect(told).toContain('Saved as revision 2');
    expect(told).not.toContain('"type":"input"');
    await posted(world, 2);
    const changed = await world.get(action.id);
    expect(changed).toMatchObject({
      revision: 2,
      status: 'pending',
      payload: { text: 'Three reviews wait.' },
    });
    expect(changed.revisions).toContainEqual(
      expect.objectContaining({ revision: 2, reason: 'I counted again', authorName: 'Ada' }),
    );
    expect(world.log.join('\n')).toContain(`"traceId":"${action.traceId}"`);
  });

  it('makes earlier votes void', async () => {
    const policy = 'actions: { test.write: { risk: high, mode: require_approval, quorum: 2 } }';
    const { world, press, action } = await startWithCard({ policy });
    await world.grant('U0GRACE');
    await world.link(world.owner.personId, 'U0GRACE');
    expect(await world.take('interactions', press('U0GRACE'))).toContain('1 of 2');
    await world.take('interactions', press('U0GRACE', buttonIds.modify));
    const values = { text_0: 'Other words.', reason: 'Better so' };
    await world.submit({ user: 'U0GRACE', view: world.modal(), values });
    const { decisions } = await world.get(action.id);
    expect(decisions).toMatchObject([{ revision: 1, voided: true }]);
    expect(world.target.sent).toBe(0);
  });

  it('takes an account that a passkey linked: being recognised is not enough', async () => {
    const { world, press, action } = await startWithCard();
    await world.grant('U0GRACE');
    const told = await world.take('interactions', press('U0GRACE', buttonIds.modify));
    expect(told).toContain('is not linked');
    expect(world.twin.modals.size).toBe(0);
    expect((await world.get(action.id)).revision).toBe(1);
  });

  it('of somebody who is linked and may not decide is refused by the engine', async () => {
    const { world, press, action } = await startWithCard();
    await world.link(world.owner.personId, 'U0GRACE');
    await world.take('interactions', press('U0GRACE', buttonIds.modify));
    const values = { text_0: 'Other words.', reason: 'Because' };
    const told = await world.submit({ user: 'U0GRACE', view: world.modal(), values });
    expect(told).toContain('You may not change');
    expect((await world.get(action.id)).revision).toBe(1);
  });

  it('asks again at once for a reason, and changes nothing where nothing differs', async () => {
    const { world, press, action } = await startWithCard();
    await world.take('interactions', press('U0ADA', buttonIds.modify));
    const blank = { text_0: 'Other words.', reason: '  ' };
    expect(await world.submit({ user: 'U0ADA', view: world.modal(), values: blank })).toContain(
      'Say why',
    );
    const same = await world.submit({
      user: 'U0ADA',
      view: world.modal(),
      values: { reason: 'No reason' },
    });
    expect(same).toContain('Nothing differs');
    expect((await world.get(action.id)).revision).toBe(1);
  });

  it('sent after the action changed does nothing, and says so', async () => {
    const { world, press, action } = await startWithCard();
    await world.take('interactions', press('U0ADA', buttonIds.modify));
    const view = world.modal();
    await change(world, action.id, 'Three reviews wait.');
    const values = { text_0: 'Four reviews wait.', reason: 'Counted' };
    const told = await world.submit({ user: 'U0ADA', view, values });
    expect(told).toContain('changed since you saw it');
    const present = await world.get(action.id);
    expect(present).toMatchObject({ revision: 2, payload: { text: 'Three reviews wait.' } });
  });

  it('sent after the action was decided does nothing, and says where it stands', async () => {
    const { world, press, action } = await startWithCard();
    await world.take('interactions', press('U0ADA', buttonIds.modify));
    const view = world.modal();
    await world.take('interactions', press('U0ADA', buttonIds.decline));
    const values = { text_0: 'Four reviews wait.', reason: 'Counted' };
    const told = await world.submit({ user: 'U0ADA', view, values });
    expect(told).toContain('Nothing was changed. Declined');
    expect(await world.get(action.id)).toMatchObject({ revision: 1, status: 'declined' });
    const { audit } = world.adjutant.workspace().as(world.owner);
    const { items } = await audit.list({ event: 'action.modification_refused', limit: 5 });
    expect(items).toHaveLength(1);
  });

  it('sent twice makes one revision, by the same process and by another', async () => {
    const { world, press, action } = await startWithCard();
    await world.take('interactions', press('U0ADA', buttonIds.modify));
    const view = world.modal();
    const values = { text_0: 'Three reviews wait.', reason: 'Counted' };
    expect(await world.submit({ user: 'U0ADA', view, values })).toContain('revision 2');
    expect(await world.submit({ user: 'U0ADA', view, values })).toContain('sent already');
    await world.restart();
    // Prepared or not by now: it is another revision, and no second one is made.
    expect(await world.submit({ user: 'U0ADA', view, values })).not.toContain('Saved');
    expect((await world.get(action.id)).revision).toBe(2);
  });

  it('of a card that is out of date, or that was decided, opens nothing', async () => {
    const { world, press, action } = await startWithCard();
    const stale = press('U0ADA', buttonIds.modify);
    await change(world, action.id, 'Three reviews wait.');
    expect(await world.take('interactions', stale)).toContain('Changed since');
    expect(world.twin.modals.size).toBe(0);
  });

  it('says to press again where Slack no longer takes the trigger', async () => {
    const { world, press } = await startWithCard();
    const late = press('U0ADA', buttonIds.modify);
    world.clock.advance(4_000);
    expect(await world.take('interactions', late)).toContain('Press the button again');
  });

  it('that was forged under another secret is refused before anything is read', async () => {
    const { world, press, action } = await startWithCard();
    await world.take('interactions', press('U0ADA', buttonIds.modify));
    const values = { text_0: 'Other words.', reason: 'Because' };
    const request = world.twin.hands.submit({ user: 'U0ADA', view: world.modal(), values });
    request.headers['x-slack-signature'] = `v0=${'0'.repeat(64)}`;
    expect(await world.take('interactions', request)).toBe('[401,"wrong_signature"]');
    expect((await world.get(action.id)).revision).toBe(1);
  });
});

describe('a press that cannot be read', () => {
  it('is answered, so that it does not look lost', async () => {
    const { world, action, card } = await startWithCard();
    const elements = [{ type: 'button', action_id: buttonIds.approve, value: '{"v":0}' }];
    const message = { ...card, blocks: [{ type: 'actions', elements }] };
    const press = { user: 'U0ADA', channel: world.approvals.id, message };
    const told = await world.take(
      'interactions',
      world.twin.hands.press({ ...press, button: buttonIds.approve }),
    );
    expect(told).toContain('Nothing was done');
    expect((await world.get(action.id)).decisions).toEqual([]);
  });

  it('that asks why counts as no decision, whatever it is bound to', async () => {
    const { world, action, press } = await startWithCard();
    const { id: actionId, revision, payloadHash } = action;
    const bound = { actionId, revision, payloadHash: payloadHash ?? '' };
    const proof = {
      kind: 'signed_click',
      source: 'slack',
      request: press('U0ADA', buttonIds.why),
    } as const;
    const { actions } = world.adjutant.workspace().as(world.ada);
    const decided = actions.decide({ ...bound, verdict: 'approve', proof });
    await expect(decided).rejects.toMatchObject({ code: 'Permission' });
    expect((await world.get(action.id)).status).toBe('pending');
  });
});

/** Ada changes elsewhere what is asked for, and it waits again. */
async function change(
  world: Awaited<ReturnType<typeof startWithAda>>,
  actionId: string,
  text: string,
): Promise<void> {
  const { actions } = world.adjutant.workspace().as(world.ada);
  const { revision } = await actions.get(actionId);
  await actions.modify({ actionId, revision, payload: { text }, reason: 'On the page' });
  await world.until(async () => expect((await world.get(actionId)).status).toBe('pending'));
}
