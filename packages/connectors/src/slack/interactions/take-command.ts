import type { ReceivedInteraction, WebhookRequest } from '@adjutant/core';
import { answerAfter } from './answer-after.ts';
import { accepted, type Desk, refused } from './desk.ts';
import { isCertificateCheck, readCommand } from './read-request.ts';
import { opensForm, runCommand } from './run-command.ts';

const oneMoment = { response_type: 'ephemeral', text: 'One moment …' };

/** Takes a command: answers at once, and with what was asked for after. */
export function takeCommand(desk: Desk, request: WebhookRequest): ReceivedInteraction {
  if (isCertificateCheck(request.body)) return accepted(null, null);
  const command = readCommand(request.body);
  if (command === null) return refused('malformed');
  if (!desk.seen.isFirst(command.commandId)) return accepted(null, null);
  // The form itself is the answer; a line beside it would stay behind.
  const said = opensForm(command) ? null : oneMoment;
  return accepted(said, () =>
    answerAfter(desk, command.responseUrl, () => runCommand(desk, command)),
  );
}
