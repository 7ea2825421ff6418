import { z } from 'zod';
import { type CardButton, isButtonOfOurs, readButton } from '../cards/button-value.ts';
import {
  actorOf,
  digestOf,
  readForm,
  readPayload,
  type SlackActor,
  slackIdSchema as id,
  urlSchema as url,
  wordSchema as word,
} from './request-form.ts';

const timestamp = z.string().regex(/^\d{1,12}\.\d{1,9}$/);

const pressSchema = z.object({
  type: z.literal('block_actions'),
  trigger_id: word,
  response_url: url,
  user: z.object({ id, team_id: id.nullish().catch(null) }),
  team: z.object({ id }).nullish().catch(null),
  container: z.object({ type: z.literal('message'), channel_id: id, message_ts: timestamp }),
  actions: z
    .array(
      z.object({
        action_id: z.string().max(255),
        action_ts: timestamp,
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

/** Somebody pressed a button of a card. */
export interface SlackPress {
  /** The same for the same press, whenever it is sent again; gives nothing of it away. */
  pressId: string;
  actor: SlackActor;
  pressedAt: number;
  /** Opens a modal before whoever pressed, once, within three seconds; stands in no log. */
  triggerId: string;
  responseUrl: string | null;
  /** The message on which the button stands. */
  place: { channel: string; ts: string };
  button: CardButton;
}

/** Somebody wrote a command. */
export interface SlackCommand {
  commandId: string;
  actor: SlackActor;
  command: string;
  text: string;
  triggerId: string;
  responseUrl: string | null;
}

/** Returns the press that a request tells of; null for everything else, however it is made. */
export function readPress(body: Uint8Array): SlackPress | null {
  const press = pressSchema.safeParse(readPayload(body)).data;
  const [pressed] = press?.actions ?? [];
  if (press === undefined || pressed === undefined) return null;
  const value = pressed.value ?? '';
  const button = readButton({ actionId: pressed.action_id, value });
  const teamId = press.user.team_id ?? press.team?.id ?? null;
  if (button === null || teamId === null) return null;
  const actor = actorOf(teamId, press.user.id);
  const { trigger_id: triggerId, response_url: responseUrl = null } = press;
  const { action_ts: actionTs, action_id: actionId } = pressed;
  return {
    pressId: digestOf([actor.vendorId, triggerId, actionTs, actionId, value]),
    actor,
    pressedAt: Math.round(Number(actionTs) * 1_000),
    triggerId,
    responseUrl,
    place: { channel: press.container.channel_id, ts: press.container.message_ts },
    button,
  };
}

/**
 * Returns where to answer somebody who pressed a button of ours that cannot be read, such as one of
 * another version: a press that nothing answers looks like one that was lost. Null for other buttons.
 */
export function readUnknownPress(body: Uint8Array): { responseUrl: string } | null {
  const press = pressSchema.safeParse(readPayload(body)).data;
  const [pressed] = press?.actions ?? [];
  const responseUrl = press?.response_url ?? null;
  if (pressed === undefined || responseUrl === null) return null;
  return isButtonOfOurs(pressed.action_id) ? { responseUrl } : null;
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
    triggerId,
    responseUrl: read.data.response_url ?? null,
  };
}

/** True for the question whether the server has a certificate, which Slack asks of commands. */
export function isCertificateCheck(body: Uint8Array): boolean {
  return readForm(body)?.get('ssl_check') === '1';
}
