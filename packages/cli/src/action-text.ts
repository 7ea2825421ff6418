import type { ActionDetail } from '@adjutant/core';
import { textExtent } from '@adjutant/core/ports';
import { formatMinute, plainText } from '@adjutant/insights';
import { durationText } from './duration-text.ts';
import { exactLines } from './exact-lines.ts';
import type { Output } from './output.ts';
import { isDemoException } from './terminal-suffices.ts';
import { whoWords } from './who-words.ts';

/** Stands on every line of the one workspace in which high risk takes no proof of presence. */
export const demoMark = 'demo, no passkey | ';

/**
 * Returns one action as whoever decides has to see it: what Adjutant found first, then whom it
 * reaches and the exact text, and the words of whoever proposed it apart from all of that. Whatever
 * is agreed to stands there whole.
 */
export function actionText(action: ActionDetail, now: number, output: Output): string {
  const isDemo = isDemoException(action);
  const place = isDemo ? { ...output, columns: output.columns - demoMark.length } : output;
  const lines = [
    ...headLines(action, now, place),
    ...foundLines(action, place),
    ...unverifiedLines(action, place),
    ...decisionLines(action, place),
    ...endLines(action, place),
  ];
  return (isDemo ? lines.map((line) => output.colors.yellow(demoMark) + line) : lines).join('\n');
}

function headLines(action: ActionDetail, now: number, { colors }: Output): string[] {
  const { type, targetRef, risk, status, expiresAt, revision } = action;
  const left =
    status === 'pending' && expiresAt !== null
      ? `, ${durationText(expiresAt - now)} left to decide`
      : '';
  const edited = revision > 1 ? `, revision ${revision}` : '';
  return [
    colors.bold(`${plainText(action.title, 80)}: ${plainText(targetRef ?? type, 400)}`),
    `${type}, ${risk ?? 'unknown'} risk, ${status.replaceAll('_', ' ')}${edited}${left}`,
    `Proposed by ${whoWords(action)} at ${formatMinute(action.createdAt)} UTC`,
    ...(action.policyReason === null ? [] : [`Policy: ${plainText(action.policyReason, 300)}`]),
  ];
}

function foundLines(action: ActionDetail, output: Output): string[] {
  const { preview, payload, preconditions } = action;
  const { colors, columns } = output;
  if (preview === null) {
    return ['', 'Adjutant has not looked at the target yet.', ...payloadLines(payload, output)];
  }
  const facts = preview.facts.flatMap(({ label, value, tone }) => {
    const isWarning = tone === 'warning';
    const lines = exactLines(`${label}: ${value}`, columns, isWarning ? '! ' : '');
    return isWarning ? lines.map((line) => colors.yellow(line)) : lines;
  });
  const bound = Object.keys(preconditions ?? {});
  return [
    '',
    colors.bold('What Adjutant found'),
    ...facts,
    ...recipientLines(preview.recipients, output),
    ...(bound.length === 0 ? [] : [`  Bound to: ${bound.join(', ')} as they are now`]),
    ...(preview.content === null
      ? []
      : [
          '',
          colors.bold(`What is sent, all of it (${textExtent(preview.content)})`),
          ...exactLines(preview.content, columns, '> '),
        ]),
    ...payloadLines(payload, output),
  ];
}

function recipientLines(recipients: readonly string[], { columns }: Output): string[] {
  if (recipients.length === 0) return ['  Reaches: nobody else'];
  return recipients.flatMap((name) => exactLines(`Reaches: ${name}`, columns));
}

function payloadLines(payload: ActionDetail['payload'], { colors, columns }: Output): string[] {
  const text = JSON.stringify(payload, null, 2);
  return ['', colors.bold(`Exactly (${textExtent(text)})`), ...exactLines(text, columns)];
}

function unverifiedLines({ rationale }: ActionDetail, { colors, columns }: Output): string[] {
  if (rationale === null) return [];
  return [
    '',
    colors.bold('Words of whoever proposed it, not verified'),
    ...exactLines(rationale, columns, '| '),
  ];
}

function decisionLines({ decisions }: ActionDetail, { columns }: Output): string[] {
  if (decisions.length === 0) return [];
  const lines = decisions.flatMap(
    ({ reviewerName, verdict, assurance, reason, voided, revision }) => {
      const said = verdict === 'approve' ? 'approves' : 'declines';
      const why = reason === null ? '' : `: ${reason}`;
      const gone = voided ? ` (void: of revision ${revision})` : '';
      return exactLines(`${reviewerName} ${said} (${assurance})${why}${gone}`, columns);
    },
  );
  return ['', 'Decisions', ...lines];
}

function endLines(
  { outcome, nextStep, status }: ActionDetail,
  { colors, columns }: Output,
): string[] {
  const lines =
    outcome === null
      ? []
      : ['', 'Outcome', ...exactLines(JSON.stringify(outcome, null, 2), columns)];
  if (nextStep === null) return lines;
  const step = plainText(nextStep, 600);
  return [...lines, '', status === 'needs_human' ? colors.yellow(step) : step];
}
