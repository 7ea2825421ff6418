import { expect, onTestFinished } from 'vitest';
import { buttonIds } from '../cards/button-value.ts';
import {
  type ApprovalWorld,
  type ApprovalWorldOptions,
  startApprovalWorld,
} from './approval-world.ts';

/** Starts a world that ends with the test. */
export async function start(options: ApprovalWorldOptions = {}): Promise<ApprovalWorld> {
  const started = await startApprovalWorld(options);
  onTestFinished(() => started.close());
  return started;
}

/** Works until so many cards stand there, and the ledger knows where. */
export async function posted(started: ApprovalWorld, count: number): Promise<void> {
  await started.until(async () => {
    const { audit } = started.adjutant.workspace().as(started.owner);
    const { items } = await audit.list({ event: 'plumbing.approval_card', limit: 50 });
    expect(items.filter(({ detail }) => detail['step'] === 'posted')).toHaveLength(count);
  }, 1_000);
  expect(started.cards()).toHaveLength(count);
}

/** Ada may decide, and a passkey of the owner's says that her Slack account speaks for her. */
export async function startWithAda(options: ApprovalWorldOptions = {}): Promise<ApprovalWorld> {
  const started = await start(options);
  await started.grant('U0ADA');
  await started.link(started.owner.personId, 'U0ADA');
  return started;
}

export async function startWithCard(options: ApprovalWorldOptions = {}) {
  const started = await startWithAda(options);
  const action = await started.propose();
  await posted(started, 1);
  const [card] = started.cards();
  if (card === undefined) throw new Error('There is no card.');
  const press = (user: string, button: string = buttonIds.approve) =>
    started.twin.hands.press({ user, channel: started.approvals.id, message: card, button });
  return { ...started, world: started, action, card, press };
}

