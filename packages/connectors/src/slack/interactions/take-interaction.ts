import type { ReceivedInteraction, WebhookRequest } from '@adjutant/core';
import { answerAfter } from './answer-after.ts';
import { type PersonalAnswer, said } from './answer-person.ts';
import { decideByPress } from './decide-by-press.ts';
import { accepted, type Desk } from './desk.ts';
import { openModification } from './modify-form.ts';
import { readPress, readUnknownPress, type SlackPress } from './read-request.ts';
import { readSubmission } from './read-submission.ts';
import { takeSubmission } from './take-submission.ts';
import { whyOf } from './why.ts';

const usedBefore = 'This press of the button was used already. Nothing was done again.';
const unreadable =
  'This button is of another version of Adjutant, or the card was changed. Nothing was done: press the button of the newest card.';

/** Takes a button that was pressed, or a form that was sent. */
export function takeInteraction(desk: Desk, request: WebhookRequest): ReceivedInteraction {
  const submission = readSubmission(request.body);
  if (submission !== null) return takeSubmission(desk, submission);
  const press = readPress(request.body);
  if (press !== null) return takePress(desk, press, request);
  // Links on a card are buttons to Slack as well: it tells of them, and wants no more than an answer.
  const unknown = readUnknownPress(request.body);
  if (unknown === null) return accepted(null, null);
  return accepted(null, () =>
    answerAfter(desk, unknown.responseUrl, () => Promise.resolve(said(unreadable))),
  );
}

function takePress(desk: Desk, press: SlackPress, request: WebhookRequest): ReceivedInteraction {
  const isNew = desk.seen.isFirst(press.pressId);
  const work = async (): Promise<PersonalAnswer | null> =>
    isNew ? await doPressed(desk, press, request) : said(usedBefore);
  return accepted(null, () => answerAfter(desk, press.responseUrl, work));
}

async function doPressed(
  desk: Desk,
  press: SlackPress,
  request: WebhookRequest,
): Promise<PersonalAnswer | null> {
  const { purpose } = press.button;
  if (purpose === 'why') return await whyOf(desk, press);
  if (purpose === 'modify') return await openModification(desk, press);
  return said(await decideByPress(desk, press, purpose, request));
}
