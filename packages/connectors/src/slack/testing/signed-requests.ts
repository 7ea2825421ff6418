import { createHmac } from 'node:crypto';
import type { TwinBlock } from './block-limits.ts';
import type { SlackData, TwinMessage } from './slack-data.ts';
import type { TwinView, TwinViews } from './view-methods.ts';

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

export interface SubmitOptions {
  /** Who sends the form. */
  user: string;
  view: TwinView;
  /** What is written or chosen, by block; every other field keeps what stood there at first. */
  values?: Readonly<Record<string, string>>;
}

/** What the twin's people do, as the requests that Slack makes of it. */
export interface TwinHands {
  press(options: PressOptions): SignedRequest;
  command(options: CommandOptions): SignedRequest;
  /** Sends a form that was opened; refuses to where a person could not. */
  submit(options: SubmitOptions): SignedRequest;
  /** Opens the app's own tab, which Slack tells of as an event. */
  openHome(user: string, tab?: 'home' | 'messages'): SignedRequest;
  /** Signs any form as the twin's app does. */
  sign(form: Readonly<Record<string, string>>): SignedRequest;
  /** Signs any JSON, as events come. */
  signJson(body: unknown): SignedRequest;
}

/** Returns hands that press what stands on a message now. */
export function createHands(options: {
  data: Pick<SlackData, 'users' | 'team'>;
  /** Where triggers are noted; nowhere unless told. */
  views?: Pick<TwinViews, 'triggers'>;
  url: string;
  signingSecret: string;
  clock: { now(): number };
}): TwinHands {
  const { data, views, url, signingSecret, clock } = options;
  let count = 0;
  const named = (user: string) => {
    count += 1;
    const number = String(count).padStart(6, '0');
    const triggerId = `1700000000.${number}.opens-a-dialog`;
    views?.triggers.set(triggerId, { user, at: clock.now(), isUsed: false });
    return {
      trigger_id: triggerId,
      response_url: `${url}/actions/T0ACME/${number}/only-for-this-answer`,
      action_ts: `${Math.floor(clock.now() / 1_000)}.${number}`,
    };
  };
  const teamOf = (user: string): string =>
    data.users.find(({ id }) => id === user)?.teamId ?? data.team.id;
  const signBytes = (body: Uint8Array, contentType: string): SignedRequest => {
    const timestamp = String(Math.floor(clock.now() / 1_000));
    const digest = createHmac('sha256', signingSecret)
      .update(`v0:${timestamp}:`)
      .update(body)
      .digest('hex');
    return {
      headers: {
        'x-slack-signature': `v0=${digest}`,
        'x-slack-request-timestamp': timestamp,
        'content-type': contentType,
      },
      body,
    };
  };
  const sign: TwinHands['sign'] = (form) =>
    signBytes(
      new TextEncoder().encode(new URLSearchParams(form).toString()),
      'application/x-www-form-urlencoded',
    );
  const signJson: TwinHands['signJson'] = (body) =>
    signBytes(new TextEncoder().encode(JSON.stringify(body)), 'application/json');
  return {
    sign,
    signJson,
    submit: ({ user, view, values = {} }) => {
      const payload = {
        type: 'view_submission',
        team: { id: data.team.id, domain: 'acme' },
        user: { id: user, username: user.toLowerCase(), team_id: teamOf(user) },
        api_app_id: 'A0ACME',
        token: 'an-old-token-of-the-app',
        trigger_id: named(user).trigger_id,
        view: {
          id: view.id,
          hash: view.hash,
          ...view.body,
          state: { values: stateOf(view, values) },
        },
        response_urls: [],
      };
      return sign({ payload: JSON.stringify(payload) });
    },
    openHome(user, tab = 'home') {
      const { action_ts: eventTs } = named(user);
      return signJson({
        type: 'event_callback',
        team_id: teamOf(user),
        api_app_id: 'A0ACME',
        token: 'an-old-token-of-the-app',
        event_id: `Ev${eventTs.replace('.', '')}`,
        event_time: Math.floor(clock.now() / 1_000),
        event: { type: 'app_home_opened', user, channel: 'D0HOME', event_ts: eventTs, tab },
      });
    },
    press({ user, channel, message, button }) {
      const found = buttonsOf(message).find(({ action_id: id }) => id === button);
      if (found === undefined) throw new Error(`There is no button ${button} on this message.`);
      const { trigger_id, response_url, action_ts } = named(user);
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
      const { trigger_id, response_url } = named(user);
      const who = { user_id: user, team_id: teamOf(user) };
      return sign({ command, text, trigger_id, response_url, ...who, token: 'an-old-token' });
    },
  };
}

type State = Record<string, Record<string, unknown>>;

/** Returns the fields of a form as Slack sends them; a person cannot leave out what is asked for. */
function stateOf(view: TwinView, values: Readonly<Record<string, string>>): State {
  const inputs = view.body.blocks.filter((block) => block.type === 'input');
  for (const name of Object.keys(values)) {
    if (!inputs.some(({ block_id: id }) => id === name)) throw new Error(`No field ${name}.`);
  }
  return Object.fromEntries(
    inputs.map((block) => {
      const { block_id: blockId = '', element } = block;
      return [blockId, { [element.action_id]: elementState(block, values[blockId]) }];
    }),
  );
}

function elementState(block: TwinBlock & { type: 'input' }, given: string | undefined): object {
  const { element, optional = false } = block;
  const { type } = element;
  if (element.type === 'checkboxes') {
    const chosen = element.options.filter(({ value }) => value === given);
    return { type, selected_options: chosen };
  }
  if (element.type === 'static_select') {
    const chosen = element.options.find(({ value }) => value === given);
    return { type, selected_option: chosen ?? element.initial_option ?? null };
  }
  const value = given ?? element.initial_value ?? '';
  const { max_length: longest = 3_000 } = element;
  if (value.length > longest) throw new Error('Nobody can write that much there.');
  if (value === '' && !optional) throw new Error(`${block.label.text} cannot be left out.`);
  return { type, value: value === '' ? null : value };
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
