import type { ReceivedInteraction } from '@adjutant/core';
import { lines, words } from '../cards/rich-text.ts';
import { answerOf } from './answer-after.ts';
import type { PersonalAnswer } from './answer-person.ts';
import { accepted, type Desk } from './desk.ts';
import { keepReport, reportForm, wrongWithReport } from './report-form.ts';
import { modifyBySubmission, wrongWithModification } from './modify-by-submission.ts';
import { modificationForm } from './modify-form.ts';
import { modal, showView } from './personal-view.ts';
import type { SlackSubmission } from './read-submission.ts';

/** A form of ours: what of it cannot be taken, by block, and what is done with it. */
interface TakenForm {
  title: string;
  wrong(submission: SlackSubmission): Readonly<Record<string, string>> | null;
  keep(desk: Desk, submission: SlackSubmission): Promise<PersonalAnswer>;
}

const forms: ReadonlyMap<string, TakenForm> = new Map<string, TakenForm>([
  [reportForm.callbackId, { title: reportForm.title, wrong: wrongWithReport, keep: keepReport }],
  [
    modificationForm.callbackId,
    { title: modificationForm.title, wrong: wrongWithModification, keep: modifyBySubmission },
  ],
]);

/**
 * Takes a form that somebody sent. What is wrong with it shows at once, beside its field; otherwise
 * the form gives way to a line, and the line to what came of it. A form that is sent twice is taken
 * once: by this process at once, by another one because the revision moved on.
 */
export function takeSubmission(desk: Desk, submission: SlackSubmission): ReceivedInteraction {
  const form = forms.get(submission.callbackId);
  if (form === undefined) return accepted(null, null);
  const { title } = form;
  const errors = form.wrong(submission);
  if (errors !== null) return accepted({ response_action: 'errors', errors }, null);
  if (!desk.seen.isFirst(submission.submissionId)) {
    return accepted(showing(title, 'This form was sent already. Nothing was done again.'), null);
  }
  return accepted(showing(title, 'One moment …'), async () => {
    const answer = await answerOf(desk, () => form.keep(desk, submission));
    const blocks = answer.blocks ?? [lines([[words(answer.text)]])];
    const place = { method: 'views.update', view_id: submission.viewId } as const;
    await showView(desk, place, modal(title, blocks));
  });
}

function showing(title: string, sentence: string): Readonly<Record<string, unknown>> {
  return { response_action: 'update', view: modal(title, [lines([[words(sentence)]])]) };
}
