import type { AnyActionDefinition } from '@adjutant/core';
import type { SlackConfig } from '../config.ts';
import { messageDm } from './message-dm.ts';
import { messagePost } from './message-post.ts';
import { messageUpdate } from './message-update.ts';

/** Returns what can be changed at Slack, each only through an approved action. */
export function slackActions(config: SlackConfig): readonly AnyActionDefinition[] {
  return [messagePost(config), messageDm(config), messageUpdate(config)];
}
