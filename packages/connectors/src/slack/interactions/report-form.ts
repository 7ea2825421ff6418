import { dayOf } from '@adjutant/core/ports';
import { lines, words } from '../cards/rich-text.ts';
import { type PersonalAnswer, said } from './answer-person.ts';
import { howToBeMapped } from './decide-by-press.ts';
import type { Desk } from './desk.ts';
import { longestField, textField, tickField } from './form-fields.ts';
import { modal, showView } from './personal-view.ts';
import type { SlackSubmission } from './read-submission.ts';
import { accountOf } from './request-form.ts';
import type { AskedCommand } from './run-command.ts';

export const reportForm = { callbackId: 'adjutant_report', title: 'Report of the day' } as const;

const shared = 'team';
const notOpened = 'Slack did not open the form. Write /report again.';

/**
 * Opens the form of today's report and returns null, or what to say where Slack did not open it.
 *
 * What a report of today says already is not filled in. An account is somebody's by rules, and a
 * person may join two people; neither may read what one of them kept to themselves. So a field that is
 * left empty leaves what it said, and nothing is shown.
 */
export async function openReport({ desk, command }: AskedCommand): Promise<PersonalAnswer | null> {
  const view = modal(
    reportForm.title,
    [
      lines([
        [
          words(
            'A second report of the same day becomes a new revision of the first. What you leave empty stays as it was.',
          ),
        ],
      ]),
      textField({ ...field('did', 'Done'), initial: command.text.trim().slice(0, longestField) }),
      textField(field('next', 'Next')),
      textField(field('blockers', 'In the way')),
      tickField('share', 'Who may read it', {
        value: shared,
        text: 'Share it with my team. Otherwise only I read it, unless I shared it before.',
      }),
    ],
    { callbackId: reportForm.callbackId, submit: 'Keep' },
  );
  const { triggerId } = command;
  const isOpen = await showView(desk, { method: 'views.open', trigger_id: triggerId }, view);
  return isOpen ? null : said(notOpened);
}

/** Returns what is wrong with a report, by its field; null where it says something. */
export function wrongWithReport({ values }: SlackSubmission): Record<string, string> | null {
  const texts = ['did', 'next', 'blockers'].map((name) => values.get(name)?.trim() ?? '');
  if (texts.some((text) => text !== '')) return null;
  return { did: 'A report says something: fill in at least one of the three.' };
}

/** Keeps a report as the person whose account sent it, and returns what was kept of which day. */
export async function keepReport(desk: Desk, sent: SlackSubmission): Promise<PersonalAnswer> {
  const { adjutant, workspaceId, clock } = desk;
  const viewer = await adjutant.approvers(workspaceId).viewerOf(accountOf(sent.actor));
  if (viewer === null) return said(howToBeMapped);
  const handle = adjutant.workspace(workspaceId).as(viewer);
  const { timeZone } = await handle.contactPreferences.get(viewer.personId);
  const before = await handle.reports.ofDay(dayOf(clock.now(), timeZone ?? handle.timeZone));
  const text = (name: 'did' | 'next' | 'blockers'): string | null => {
    const written = sent.values.get(name)?.trim() ?? '';
    return written === '' ? (before?.[name] ?? null) : written;
  };
  const report = await handle.reports.submit({
    did: text('did'),
    next: text('next'),
    blockers: text('blockers'),
    via: 'slack',
    ...(sent.values.get('share') === shared ? { visibility: 'team' } : {}),
  });
  const { day, revision, visibility, maskedSecrets } = report;
  const readers = visibility === 'team' ? 'Your team may read it.' : 'Only you read it.';
  const masked =
    maskedSecrets === 0 ? '' : ` What looked like a secret was left out (${maskedSecrets}).`;
  const again = revision === 1 ? '' : ` This is revision ${revision}.`;
  return said(`Your report of ${day} is kept.${again} ${readers}${masked}`);
}

function field(blockId: string, label: string) {
  return { blockId, label, isOptional: true, isLong: true };
}
