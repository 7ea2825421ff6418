import type { ActionDetail } from '@adjutant/core';
import { isSeenAsItIs } from './answer/bounded-text.ts';

/** More than this a client's form shows in part, or not at all. @unit characters */
const longestQuestion = 2_000;
/** More than this a form pushes out of its window, so that the words after a flood of lines are not seen. */
const mostLines = 40;

/**
 * Returns everything that a person has to see before a yes, as the text of a form: facts, whom it
 * reaches, every parameter and, last, the text that leaves. Null where a form could not show all of
 * it as it is: too long, or with characters that are not seen. Nobody agrees to what was not shown.
 */
export function questionText(action: ActionDetail): string | null {
  const { title, targetRef, preview, payload } = action;
  const recipients = preview?.recipients ?? [];
  const lines = [
    `${title}: ${targetRef ?? ''}`,
    ...(preview?.facts ?? []).map(({ label, value }) => `${label}: ${value}`),
    `Reaches: ${recipients.length === 0 ? 'nobody else' : recipients.join(', ')}`,
    `Exactly: ${JSON.stringify(payload)}`,
  ];
  const textLines = preview?.content ? `Text: ${preview.content}`.split('\n') : [];
  const question = [...lines, ...textLines].join('\n');
  const isWhole =
    question.length <= longestQuestion && lines.length + textLines.length <= mostLines;
  return isWhole && [...lines, ...textLines].every(isSeenAsItIs) ? question : null;
}
