import type { PersonalAnswer } from './answer-person.ts';
import type { AskedCommand } from './run-command.ts';
import { waitingBlocks, whereToDecide } from './waiting-actions.ts';

const mostShown = 20;

/** Returns what waits for a decision, and where to decide. */
export async function approvals({ desk, handle, now }: AskedCommand): Promise<PersonalAnswer> {
  const pageUrl = desk.config.approvals?.pageUrl ?? null;
  const waiting = await waitingBlocks(handle, { now, pageUrl, most: mostShown });
  return { text: 'What waits for a decision.', blocks: [...waiting, whereToDecide(pageUrl)] };
}
