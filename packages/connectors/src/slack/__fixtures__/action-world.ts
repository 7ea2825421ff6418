import { type ActionContext, type AnyActionDefinition, silentLogger } from '@adjutant/core';
import { createFakeClock, type FakeClock } from '@adjutant/core/testing';
import { slackActions } from '../actions/index.ts';
import { type SlackConfig, slackConfigSchema } from '../config.ts';
import type { TwinMessage } from '../testing/slack-data.ts';
import { type SlackTwin, startSlackTwin } from '../testing/start-slack-twin.ts';
import { effectMetadata } from '../writing/effect-metadata.ts';
import { makeSlackWorld, now, type SlackWorld } from './slack-world.ts';

export interface ActionTrial extends SlackWorld {
  twin: SlackTwin;
  clock: FakeClock;
  config: SlackConfig;
  context: ActionContext;
  /** A question of Ada's, and what an action wrote yesterday. */
  question: TwinMessage;
  ours: TwinMessage;
  action: (id: string, config?: SlackConfig) => AnyActionDefinition;
  close: () => Promise<void>;
}

/** Starts a twin with a message of ours in it. */
export async function startActionTrial(
  more: Readonly<Record<string, unknown>> = {},
): Promise<ActionTrial> {
  const world = makeSlackWorld();
  const clock = createFakeClock(now);
  const { data, widgets } = world;
  const [question] = widgets.messages.filter(({ text }) => text.startsWith('Who knows'));
  if (question === undefined) throw new Error('The world is another one.');
  const ours = data.say(widgets, {
    at: now - 86_400_000,
    user: 'UWRITER01',
    botId: 'BWRITER01',
    text: 'The old words.',
    metadata: effectMetadata('an earlier action:0'),
  });
  const twin = await startSlackTwin({ data, clock });
  const config = slackConfigSchema.parse({
    channels: ['C0WIDGETS', '#quiet'],
    baseUrl: twin.baseUrl,
    token: twin.token,
    writeToken: twin.writeToken,
    ...more,
  });
  return {
    ...world,
    twin,
    clock,
    config,
    question,
    ours,
    context: {
      workspaceId: 'workspace-1',
      clock,
      logger: silentLogger,
      fetch,
      signal: new AbortController().signal,
    },
    action: (id, wanted = config) => {
      const found = slackActions(wanted).find((definition) => definition.id === id);
      if (found === undefined) throw new Error(`There is no action ${id}.`);
      return found;
    },
    close: twin.close,
  };
}
