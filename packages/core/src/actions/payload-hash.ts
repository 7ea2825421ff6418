import { createHash } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';
import type { AnyActionDefinition, JsonObject } from './define-action.ts';
import type { ActionRow, RevisionRow } from './action-rows.ts';
import { parseJsonObject } from './stored-preview.ts';

/** Returns the SHA-256 of a text in hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Everything that an approval is bound to. */
export interface BoundWords {
  workspaceId: string;
  type: string;
  definitionVersion: number;
  target: { source: string; externalId: string; ref: string };
  payload: JsonObject;
  preconditions: JsonObject;
  /** Of what is shown and judged beside the payload: facts, recipients, raised risk, who is excluded. */
  previewHash: string;
}

/** Returns the one hash that runs from the preview through the decisions to what is sent. */
export function hashPayload(words: BoundWords): string {
  const { workspaceId, type, definitionVersion, payload, preconditions, previewHash } = words;
  const { source, externalId, ref } = words.target;
  const target = { source, externalId, ref };
  return sha256(
    canonicalJson({
      workspaceId,
      type,
      definitionVersion,
      target,
      payload,
      preconditions,
      previewHash,
    }),
  );
}

/** Returns the hash of what the rows hold now; null where they were never prepared. */
export function hashStoredPayload(
  action: ActionRow,
  revision: RevisionRow,
  definition: AnyActionDefinition,
): string | null {
  const { targetSource, targetExternalId, targetRef } = action;
  if (targetSource === null || targetExternalId === null || targetRef === null) return null;
  if (revision.preconditions === null || revision.preview === null) return null;
  return hashPayload({
    workspaceId: action.workspaceId,
    type: action.type,
    definitionVersion: definition.version ?? 1,
    target: { source: targetSource, externalId: targetExternalId, ref: targetRef },
    payload: parseJsonObject(revision.payload),
    preconditions: parseJsonObject(revision.preconditions),
    previewHash: sha256(revision.preview),
  });
}

/** Returns the key of one effect: the same for every attempt at this step with these words. */
export function effectKeyOf(actionId: string, step: number, payloadHash: string): string {
  return sha256(`adjutant-effect|${actionId}|${step}|${payloadHash}`).slice(0, 40);
}
