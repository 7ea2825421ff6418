import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type ButtonBinding, readButton } from '../cards/button-value.ts';
import type { Verdict } from '@adjutant/core/domain';

const id = z.string().regex(/^[A-Z0-9]{2,30}$/);
const word = z.string().min(1).max(500);
const url = z.string().max(1_000).nullish().catch(null);

const pressSchema = z.object({
  type: z.literal('block_actions'),
  trigger_id: word,
  response_url: url,
  user: z.object({ id, team_id: id.nullish().catch(null) }),
  team: z.object({ id }).nullish().catch(null),
  container: z.object({
    type: z.literal('message'),
    channel_id: id,
    message_ts: z.string().regex(/^\d{1,12}\.\d{1,9}$/),
  }),
  actions: z
    .array(
      z.object({
        action_id: z.string().max(255),
        action_ts: z.string().regex(/^\d{1,12}\.\d{1,9}$/),
        value: z.string().max(2_000).nullish().catch(null),
      }),
    )
    .length(1),
});

const commandSchema = z.object({
  command: z.string().regex(/^\/[a-z0-9_-]{1,32}$/),
  text: z.string().max(4_000).catch(''),
  trigger_id: word,
  response_url: url,
  user_id: id,
  team_id: id,
});

/** Whose account it was; its id at the vendor tells workspaces apart. */
export interface SlackActor {
  externalId: string;
  vendorId: string;
}

/** Somebody pressed a button of a card. */
export interface SlackPress {
  /** The same for the same press, whenever it is sent again; gives nothing of it away. */
  pressId: string;
  actor: SlackActor;
  pressedAt: number;
  responseUrl: string | null;
  /** The message on which the button stands. */
  place: { channel: string; ts: string };
  button: ButtonBinding & { verdict: Verdict };
}

/** Somebody wrote a command. */
export interface SlackCommand {
  commandId: string;
  actor: SlackActor;
  command: string;
  text: string;
  responseUrl: string | null;
}

/** Returns the press that a request tells of; null for everything else, however it is made. */
export function readPress(body: Uint8Array): SlackPress | null {
  const payload = readForm(body)?.get('payload') ?? null;
  const press = payload === null ? undefined : pressSchema.safeParse(parsed(payload)).data;
  const [pressed] = press?.actions ?? [];
  if (press === undefined || pressed === undefined) return null;
  const value = pressed.value ?? '';
  const button = readButton({ actionId: pressed.action_id, value });
  const teamId = press.user.team_id ?? press.team?.id ?? null;
  if (button === null || teamId === null) return null;
  const actor = actorOf(teamId, press.user.id);
  const { action_ts: actionTs, action_id: actionId } = pressed;
  return {
    pressId: digestOf([actor.vendorId, press.trigger_id, actionTs, actionId, value]),
    actor,
    pressedAt: Math.round(Number(actionTs) * 1_000),
    responseUrl: press.response_url ?? null,
    place: { channel: press.container.channel_id, ts: press.container.message_ts },
    button,
  };
}

/** Returns the command that a request tells of; null for everything else. */
export function readCommand(body: Uint8Array): SlackCommand | null {
  const form = readForm(body);
  const read = commandSchema.safeParse(form === null ? null : Object.fromEntries(form));
  if (!read.success) return null;
  const { command, text, trigger_id: triggerId, user_id: userId, team_id: teamId } = read.data;
  const actor = actorOf(teamId, userId);
  return {
    commandId: digestOf([actor.vendorId, triggerId, command]),
    actor,
    command,
    text,
    responseUrl: read.data.response_url ?? null,
  };
}

/** True for the question whether the server has a certificate, which Slack asks of commands. */
export function isCertificateCheck(body: Uint8Array): boolean {
  return readForm(body)?.get('ssl_check') === '1';
}

function actorOf(teamId: string, userId: string): SlackActor {
  return { externalId: userId, vendorId: `slack:${teamId}:${userId}` };
}

function digestOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

function readForm(body: Uint8Array): URLSearchParams | null {
  try {
    return new URLSearchParams(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return null;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
