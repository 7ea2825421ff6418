import { storedCredential, type WorkspaceHandle } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import type { CommandContext } from './command-context.ts';
import { weekdayNumber } from './config/slack-schema.ts';
import { configuredSlack, slackCredentials } from './configured-slack.ts';
import { debugLogger } from './debug-logger.ts';
import type { OpenAdjutant } from './open-adjutant.ts';
import { readSecret } from './received-secret.ts';

type Opened = Pick<OpenAdjutant, 'adjutant' | 'loaded' | 'secrets'>;

/** What answers Slack at the paths below `/slack/`. */
export interface SlackDoor {
  handle: (request: Request) => Promise<Response>;
  /** Waits for what was accepted and is still being done. Never rejects. */
  settled(): Promise<void>;
}

/**
 * Returns what answers buttons, forms, commands and the home tab of Slack, to be mounted at `/slack/*`;
 * null where the configuration names no signing secret, so that nothing of it could be believed.
 * @throws AdjutantError `Configuration` where the variable of the secret is not set
 */
export async function slackHandlerFor(
  { adjutant, loaded, secrets }: Opened,
  context: CommandContext,
): Promise<SlackDoor | null> {
  const section = loaded.config.connectors.slack;
  const reference = section?.approvals?.signingSecret;
  if (section === undefined || reference === undefined) return null;
  const { env } = context.io;
  if (readSecret(reference, env) === '') {
    const name = reference.slice(2, -1);
    throw new AdjutantError('Configuration', `The environment variable ${name} is not set.`, {
      hint: 'It holds the signing secret of the app that writes: Basic Information, App Credentials.',
    });
  }
  const { createSlackDesk } = await import('@adjutant/connectors/slack');
  const { createSlackHandler } = await import('@adjutant/gateway');
  const hosts = { slack: slackCredentials.publicHost ?? '' };
  const connector = await configuredSlack(section, env, storedCredential(secrets, hosts));
  const logger = debugLogger(context);
  const desk = createSlackDesk({
    adjutant,
    connector,
    brief: slackBrief,
    clock: context.clock,
    logger,
  });
  const running = new Set<Promise<void>>();
  const run = (work: () => Promise<void>): void => {
    const done = work().finally(() => running.delete(done));
    running.add(done);
  };
  return {
    handle: createSlackHandler({ desk, logger, run }),
    async settled() {
      await Promise.allSettled(running);
    },
  };
}

/**
 * Has the report of the week proposed as the configuration says, or no longer. To be called once, by
 * the process that works.
 * @throws AdjutantError `Configuration`
 */
export async function keepWeeklyReportOf(
  { adjutant, loaded }: Pick<Opened, 'adjutant' | 'loaded'>,
  context: CommandContext,
): Promise<void> {
  const { keepWeeklyReport } = await import('@adjutant/insights');
  const wanted = loaded.config.connectors.slack?.weeklyReport;
  const plan = wanted === undefined ? null : { ...wanted, weekday: weekdayNumber(wanted.weekday) };
  await keepWeeklyReport({ adjutant, clock: context.clock, logger: debugLogger(context) }, plan);
}

/** What a connector cannot make by itself: a brief, as Slack's blocks. */
async function slackBrief(handle: WorkspaceHandle, kind: 'today' | 'triage') {
  const { buildBrief, renderBriefSlack } = await import('@adjutant/insights');
  return renderBriefSlack(await buildBrief(handle, { kind }));
}
