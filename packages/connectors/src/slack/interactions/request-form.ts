import { parseOutsideJson } from '@adjutant/core/ports';
import { createHash } from 'node:crypto';
import { z } from 'zod';

/** The id of a person, a workspace, a channel or a view, as Slack writes them. */
export const slackIdSchema = z.string().regex(/^[A-Z0-9]{2,30}$/);
/** Something short that is only handed back. */
export const wordSchema = z.string().min(1).max(500);
export const urlSchema = z.string().max(1_000).nullish().catch(null);

/** Whose account it was; its id at the vendor tells workspaces apart. */
export interface SlackActor {
  externalId: string;
  vendorId: string;
}

export function actorOf(teamId: string, userId: string): SlackActor {
  return { externalId: userId, vendorId: `slack:${teamId}:${userId}` };
}

/** Returns an account as the approvers are asked for it. */
export function accountOf({ externalId, vendorId }: SlackActor) {
  return { accountSource: 'slack', accountExternalId: externalId, vendorId };
}

/** Returns a name of some parts that gives nothing of them away. */
export function digestOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

/** Returns the fields of a form, each once; null for bytes that are none. */
export function readForm(body: Uint8Array): URLSearchParams | null {
  const text = readText(body);
  // What a form holds of other characters is written by their numbers.
  if (text === null || !/^[\w*.%+=&~!'()-]*$/.test(text)) return null;
  const form = new URLSearchParams(text);
  return new Set(form.keys()).size === form.size ? form : null;
}

/** Returns what a form holds as JSON below `payload`, as buttons and modals send it. */
export function readPayload(body: Uint8Array): unknown {
  const form = readForm(body);
  // Slack sends it alone.
  const payload = form?.size === 1 ? form.get('payload') : null;
  return payload === null ? null : parsedJson(payload);
}

/** Returns a body of JSON; null for everything else. */
export function readJson(body: Uint8Array): unknown {
  const text = readText(body);
  return text === null ? null : parsedJson(text);
}

function readText(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return null;
  }
}

function parsedJson(text: string): unknown {
  try {
    return parseOutsideJson(text);
  } catch {
    return null;
  }
}
