import { createHmac } from 'node:crypto';
import type { SlackData, TwinMessage } from './slack-data.ts';

/** A request as Slack would send it. */
export interface SignedRequest {
  headers: Record<string, string>;
  body: Uint8Array;
}

export interface PressOptions {
  /** Who presses. */
  user: string;
  channel: string;
  message: Pick<TwinMessage, 'ts' | 'blocks'>;
  /** The `action_id` of the button; it has to stand on the message. */
  button: string;
}

export interface CommandOptions {
  user: string;
  command: string;
  text?: string;
}

/** What the twin's people do, as the requests that Slack makes of it. */
export interface TwinHands {
  press(options: PressOptions): SignedRequest;
  command(options: CommandOptions): SignedRequest;
  /** Signs any form as the twin's app does. */
  sign(form: Readonly<Record<string, string>>): SignedRequest;
}

/** Returns hands that press what stands on a message now. */
export function createHands(options: {
  data: Pick<SlackData, 'users' | 'team'>;
  url: string;
  signingSecret: string;
  clock: { now(): number };
}): TwinHands {
  const { data, url, signingSecret, clock } = options;
  let count = 0;
  const named = () => {
    count += 1;
    const number = String(count).padStart(6, '0');
    return {
      trigger_id: `1700000000.${number}.abcdef`,
      response_url: `${url}/actions/T0ACME/${number}/only-for-this-answer`,
      action_ts: `${Math.floor(clock.now() / 1_000)}.${number}`,
    };
  };
  const teamOf = (user: string): string =>
    data.users.find(({ id }) => id === user)?.teamId ?? data.team.id;
  const sign: TwinHands['sign'] = (form) => {
    const body = new TextEncoder().encode(new URLSearchParams(form).toString());
    const timestamp = String(Math.floor(clock.now() / 1_000));
    const digest = createHmac('sha256', signingSecret)
      .update(`v0:${timestamp}:`)
      .update(body)
      .digest('hex');
    return {
      headers: {
        'x-slack-signature': `v0=${digest}`,
        'x-slack-request-timestamp': timestamp,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body,
    };
  };
  return {
    sign,
    press({ user, channel, message, button }) {
      const found = buttonsOf(message).find(({ action_id: id }) => id === button);
      if (found === undefined) throw new Error(`There is no button ${button} on this message.`);
      const { trigger_id, response_url, action_ts } = named();
      const payload = {
        type: 'block_actions',
        api_app_id: 'A0ACME',
        token: 'an-old-token-of-the-app',
        trigger_id,
        response_url,
        team: { id: data.team.id, domain: 'acme' },
        user: { id: user, username: user.toLowerCase(), team_id: teamOf(user) },
        channel: { id: channel },
        container: { type: 'message', message_ts: message.ts, channel_id: channel },
        actions: [{ type: 'button', block_id: 'b', action_ts, ...found }],
      };
      return sign({ payload: JSON.stringify(payload) });
    },
    command({ user, command, text = '' }) {
      const { trigger_id, response_url } = named();
      const who = { user_id: user, team_id: teamOf(user) };
      return sign({ command, text, trigger_id, response_url, ...who, token: 'an-old-token' });
    },
  };
}

interface TwinButton {
  action_id: string;
  value: string;
}

/** Returns the buttons that stand on a message. */
export function buttonsOf({ blocks }: Pick<TwinMessage, 'blocks'>): TwinButton[] {
  return blocks.flatMap(({ type, elements }) =>
    type === 'actions' && Array.isArray(elements) ? elements.filter(isButton) : [],
  );
}

function isButton(element: unknown): element is TwinButton {
  return (
    typeof element === 'object' && element !== null && 'action_id' in element && 'value' in element
  );
}
