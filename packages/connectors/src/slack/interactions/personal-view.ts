import { AdjutantError } from '@adjutant/core';
import type { Block } from '../cards/rich-text.ts';
import { createSlackAccess } from '../writing/access.ts';
import type { Desk } from './desk.ts';

const timeoutMs = 10_000;

/** A modal, or somebody's home tab, as Slack takes it. */
export interface SlackView {
  type: 'modal' | 'home';
  blocks: readonly Block[];
  title?: { type: 'plain_text'; text: string; emoji: false };
  submit?: { type: 'plain_text'; text: string; emoji: false };
  close?: { type: 'plain_text'; text: string; emoji: false };
  callback_id?: string;
  private_metadata?: string;
}

/** Before whom a view is shown: whoever pressed, whoever has the modal open, or in whose tab. */
export type ViewPlace =
  | { method: 'views.open'; trigger_id: string }
  | { method: 'views.update'; view_id: string }
  | { method: 'views.publish'; user_id: string };

/**
 * Shows a view to the one person who just asked for it, and returns whether Slack took it. Never
 * rejects.
 *
 * It is no action and no plumbing either. It answers a request that this person signed through Slack a
 * moment ago, and only they can see it: a modal is opened with the trigger of their own press, a tab
 * belongs to their own account. It changes nothing that anybody else sees and can be sent by nothing
 * but their request, as with the answers at a response URL. The three methods above are all that can be
 * called here; whatever posts, invites or writes for others needs an action.
 */
export async function showView(desk: Desk, place: ViewPlace, view: SlackView): Promise<boolean> {
  const { clock, logger, fetch, config } = desk;
  const { method, ...parameters } = place;
  try {
    const access = createSlackAccess(config, {
      workspaceId: desk.workspaceId ?? 'default',
      clock,
      logger,
      fetch,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const sent = await access.send(method, { ...parameters, view });
    if (sent.ok) return true;
    const reason = 'reason' in sent.result ? sent.result.reason : 'unknown';
    logger.log('warn', 'Slack did not show a view.', { method, reason });
  } catch (error) {
    // Once and no more: a trigger lives for three seconds, and a lost answer is asked for again.
    const code = AdjutantError.isInstance(error) ? error.code : 'Internal';
    logger.log('warn', 'A view did not reach Slack.', { method, code });
  }
  return false;
}

/** Returns a modal with a text of ours for its name; without a button to send it where none is given. */
export function modal(
  title: string,
  blocks: readonly Block[],
  form: { callbackId: string; submit: string; metadata?: string } | null = null,
): SlackView {
  return {
    type: 'modal',
    title: plain(title),
    close: plain(form === null ? 'Close' : 'Cancel'),
    ...(form === null
      ? {}
      : {
          submit: plain(form.submit),
          callback_id: form.callbackId,
          ...(form.metadata === undefined ? {} : { private_metadata: form.metadata }),
        }),
    blocks,
  };
}

/** Returns text that Slack formats nothing in. */
export function plain(text: string): { type: 'plain_text'; text: string; emoji: false } {
  return { type: 'plain_text', text, emoji: false };
}
