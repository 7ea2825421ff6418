import { parseOutsideJson } from '@adjutant/core/ports';
import type { ActionDetail } from '@adjutant/core';
import { viewerLabel } from '@adjutant/core/domain';
import { z } from 'zod';
import { readBinding } from '../cards/button-value.ts';
import { standingOf } from '../cards/standing.ts';
import { type PersonalAnswer, said } from './answer-person.ts';
import { howToBeMapped } from './decide-by-press.ts';
import type { Desk } from './desk.ts';
import { knownActor, notLinked } from './linked-viewer.ts';
import { fieldsOf, type PayloadField, reasonBlock } from './modify-form.ts';
import { readBoundAction } from './read-bound-action.ts';
import type { SlackSubmission } from './read-submission.ts';

const jsonSchema = z.json();
const nothingChanged = 'Nothing differs from what is asked for, so nothing was changed.';

/** Returns what is wrong with a form, by its field; null where it can be read. */
export function wrongWithModification({ values }: SlackSubmission): Record<string, string> | null {
  const wrong: Record<string, string> = {};
  for (const [blockId, written] of values) {
    if (blockId.startsWith('json_') && !isJson(written ?? '')) {
      wrong[blockId] = 'This is no JSON: check quotes, commas and brackets.';
    }
  }
  if ((values.get(reasonBlock)?.trim() ?? '') === '') {
    wrong[reasonBlock] = 'Say why: it stands in the ledger beside the change.';
  }
  return Object.keys(wrong).length === 0 ? null : wrong;
}

/**
 * Proposes an action in the words of a form, and returns what came of it. Whether whoever sent it may,
 * and whether the words still can change, is the engine's to say.
 * @throws AdjutantError
 */
export async function modifyBySubmission(
  desk: Desk,
  { actor, metadata, values }: SlackSubmission,
): Promise<PersonalAnswer> {
  const bound = readBinding(metadata);
  if (bound === null) return said('This form is of another version of Adjutant. Open it again.');
  const { logger } = desk;
  const { actionId, revision, traceId } = bound;
  const who = await knownActor(desk, actor);
  if (who.known !== 'linked') {
    logger.log('warn', 'A change by form was refused.', { traceId, actionId, revision });
    return said(who.known === 'nobody' ? howToBeMapped : notLinked);
  }
  const handle = desk.adjutant.workspace(desk.workspaceId).as(who.viewer);
  const action = await readBoundAction(handle, bound);
  const isPresent = action.revision === revision;
  const written = isPresent ? changedPayload(fieldsOf(action.payload), values) : null;
  if (isPresent && written === null && action.status === 'pending') return said(nothingChanged);
  const startedAt = desk.clock.now();
  const reason = values.get(reasonBlock)?.trim() ?? '';
  // Of another revision these are other members: the engine is asked all the same, refuses, and notes it.
  const payload = written ?? action.payload;
  const changed = await handle.actions.modify({ actionId, revision, payload, reason });
  const isNew =
    isPresent && isOwn(changed, { revision, startedAt, author: viewerLabel(who.viewer) });
  const { status } = changed;
  logger.log('info', 'A change by form.', { traceId, actionId, revision, isNew, status });
  if (!isNew) {
    return said(`Nothing was changed. ${standingOf(changed, revision, { withNames: true })}.`);
  }
  return said(
    `Saved as revision ${changed.revision}. It is prepared and judged again; a new card follows where somebody has to decide.`,
  );
}

/** True where the newest revision is the one that was just made: the answer is the row, whoever moved it. */
function isOwn(
  changed: ActionDetail,
  { revision, startedAt, author }: { revision: number; startedAt: number; author: string },
): boolean {
  return changed.revisions.some(
    (one) =>
      one.revision === revision + 1 &&
      one.revision === changed.revision &&
      one.author === author &&
      one.createdAt >= startedAt,
  );
}

/** Returns a payload with what was written; null where that is what it says already. */
function changedPayload(
  fields: readonly PayloadField[],
  values: SlackSubmission['values'],
): Record<string, unknown> | null {
  let differs = false;
  const entries = fields.map((field): [string, unknown] => {
    const { blockId, name, kind, offered, value } = field;
    const written = values.get(blockId);
    // A field that did not come back was not shown; line breaks may come back as others.
    if (written === undefined || sameText(written ?? '', offered)) return [name, value];
    differs = true;
    if (kind === 'text') return [name, written ?? ''];
    return [
      name,
      kind === 'flag' ? written === 'true' : jsonSchema.parse(parseOutsideJson(written ?? '')),
    ];
  });
  return differs ? Object.fromEntries(entries) : null;
}

function sameText(one: string, other: string): boolean {
  return one.replaceAll('\r\n', '\n') === other.replaceAll('\r\n', '\n');
}

function isJson(text: string): boolean {
  try {
    parseOutsideJson(text);
    return true;
  } catch {
    return false;
  }
}
