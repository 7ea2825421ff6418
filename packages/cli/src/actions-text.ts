import type { ActionDetail, ActionSummary } from '@adjutant/core';
import { formatMinute, plainText, wrapToWidth } from '@adjutant/insights';
import { durationText } from './duration-text.ts';
import type { Output } from './output.ts';
import { renderTable } from './table.ts';

const idEnd = 8;
const shownCharacters = 2_000;

/** Returns the end of an action's id, which is enough to name it here. */
export function shortActionId(id: string): string {
  return id.slice(-idEnd);
}

/** Returns actions as a table, with what each waits for. */
export function actionsText(
  items: readonly ActionSummary[],
  total: number,
  now: number,
  output: Output,
): string {
  if (items.length === 0) return 'Nothing was proposed yet.';
  const rows = items.map((action) => [
    shortActionId(action.id),
    plainText(action.type, 40),
    plainText(action.targetRef ?? '', 60),
    action.risk ?? '',
    action.status.replaceAll('_', ' '),
    action.expiresAt === null || action.status !== 'pending'
      ? ''
      : durationText(action.expiresAt - now),
  ]);
  const columns = [
    { title: 'id' },
    { title: 'action', width: 22 },
    { title: 'target', width: Math.max(12, output.columns - 70) },
    { title: 'risk' },
    { title: 'state' },
    { title: 'left' },
  ];
  const more =
    total > items.length ? [`${total - items.length} more; add --status to narrow.`] : [];
  return [renderTable(output, columns, rows), ...more].join('\n');
}

/**
 * Returns one action as whoever decides has to see it: what Adjutant found first, then whom it
 * reaches and the exact text, and the assistant's words apart from all of that.
 */
export function actionText(action: ActionDetail, now: number, output: Output): string {
  return [
    ...headLines(action, now, output),
    ...foundLines(action, output),
    ...unverifiedLines(action, output),
    ...decisionLines(action),
    ...endLines(action, output),
  ].join('\n');
}

function headLines(action: ActionDetail, now: number, { colors }: Output): string[] {
  const { type, targetRef, risk, status, expiresAt, revision } = action;
  const left =
    status === 'pending' && expiresAt !== null
      ? `, ${durationText(expiresAt - now)} left to decide`
      : '';
  const edited = revision > 1 ? `, revision ${revision}` : '';
  return [
    colors.bold(`${plainText(action.title, 80)}: ${plainText(targetRef ?? type, 120)}`),
    `${type}, ${risk ?? 'unknown'} risk, ${status.replaceAll('_', ' ')}${edited}${left}`,
    `Proposed by ${plainText(action.requester, 120)} at ${formatMinute(action.createdAt)} UTC`,
    ...(action.policyReason === null ? [] : [`Policy: ${plainText(action.policyReason, 300)}`]),
  ];
}

function foundLines({ preview, payload, preconditions }: ActionDetail, output: Output): string[] {
  const { colors } = output;
  if (preview === null)
    return ['', 'Adjutant has not looked at the target yet.', ...asJson(payload)];
  const facts = preview.facts.map(({ label, value, tone }) => {
    const line = `  ${plainText(label, 40)}: ${plainText(value, 400)}`;
    return tone === 'warning' ? colors.yellow(`! ${line.slice(2)}`) : line;
  });
  const recipients = preview.recipients.map((name) => plainText(name, 80)).join(', ');
  const bound = Object.keys(preconditions ?? {});
  return [
    '',
    colors.bold('What Adjutant found'),
    ...facts,
    `  Reaches: ${recipients === '' ? 'nobody else' : recipients}`,
    ...(bound.length === 0 ? [] : [`  Bound to: ${bound.join(', ')} as they are now`]),
    ...(preview.content === null
      ? []
      : ['', colors.bold('What is sent'), ...quoted(preview.content)]),
    '',
    colors.bold('Exactly'),
    ...asJson(payload),
  ];
}

function unverifiedLines({ rationale }: ActionDetail, output: Output): string[] {
  if (rationale === null) return [];
  return [
    '',
    output.colors.bold('Words of whoever proposed it, not verified'),
    ...wrapToWidth(plainText(rationale, shownCharacters), output.columns - 4, 0).map(
      (line) => `  | ${line}`,
    ),
  ];
}

function decisionLines({ decisions }: ActionDetail): string[] {
  if (decisions.length === 0) return [];
  const lines = decisions.map(({ reviewerName, verdict, assurance, reason, voided, revision }) => {
    const said = verdict === 'approve' ? 'approves' : 'declines';
    const why = reason === null ? '' : `: ${plainText(reason, 300)}`;
    const gone = voided ? ` (void: of revision ${revision})` : '';
    return `  ${plainText(reviewerName, 60)} ${said} (${assurance})${why}${gone}`;
  });
  return ['', 'Decisions', ...lines];
}

function endLines({ outcome, nextStep, status }: ActionDetail, { colors }: Output): string[] {
  const lines = outcome === null ? [] : ['', 'Outcome', ...asJson(outcome)];
  if (nextStep === null) return lines;
  const step = plainText(nextStep, 400);
  return [...lines, '', status === 'needs_human' ? colors.yellow(step) : step];
}

function asJson(value: unknown): string[] {
  return JSON.stringify(value, null, 2)
    .slice(0, shownCharacters)
    .split('\n')
    .map((line) => `  ${plainText(line, 400)}`);
}

/** Keeps the lines of a text; each is safe to print on its own. */
function quoted(text: string): string[] {
  return text
    .slice(0, shownCharacters)
    .split('\n')
    .map((line) => `  > ${plainText(line, 400)}`);
}
