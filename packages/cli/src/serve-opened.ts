import type { ServedGateway } from '@adjutant/gateway';
import type { CommandContext } from './command-context.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { gatewayIn } from './gateway-in.ts';
import type { OpenAdjutant } from './open-adjutant.ts';
import { metricsFor } from './own-metrics.ts';
import { readWhenAsked } from './read-when-asked.ts';
import { requireReceivedSecrets } from './received-secret.ts';
import { installationOf } from './running-page.ts';
import { keepWeeklyReportOf, slackHandlerFor } from './serve-slack.ts';
import { createSetupSteps } from './setup/create-setup-steps.ts';
import { readVersion } from './version.ts';

/** What is under way when somebody says to end has this long: less than whoever starts processes waits. */
const drainMs = 8_000;

/** Where and how an installation is served. */
export interface ServePlan {
  /** 0 takes any free one. */
  port: number;
  /** How often the sources are read, beside when somebody asks. @unit milliseconds */
  everyMs: number | undefined;
  /** Says where it is, once it answers there. */
  tell: (page: ServedGateway) => Promise<void>;
}

/** Serves what was opened, and works for it, until Ctrl-C. Returns the exit code of that. */
export async function serveOpened(
  context: CommandContext,
  opened: OpenAdjutant,
  { port, everyMs, tell }: ServePlan,
): Promise<ExitCode> {
  const { adjutant, loaded } = opened;
  const { serveGateway } = await import('@adjutant/gateway');
  requireReceivedSecrets(loaded.config.connectors, context.io.env);
  const version = readVersion();
  const slack = await slackHandlerFor(opened, context);
  const page = await serveGateway(adjutant, {
    ...(await gatewayIn(opened, context)),
    ...(slack === null ? {} : { slack: slack.handle }),
    clock: context.clock,
    installation: installationOf(loaded),
    mcp: { version, metrics: await metricsFor(context.io) },
    version,
    port,
    setup: createSetupSteps(context, opened),
    ownsProcess: context.io.ownsProcess,
  });
  try {
    await keepWeeklyReportOf(opened, context);
    await tell(page);
    await Promise.all([
      adjutant.workActions({ signal: context.io.signal }),
      readWhenAsked(context, opened, everyMs),
    ]);
    return exitCodes.interrupted;
  } finally {
    await page.close({ drainMs });
    await slack?.settled();
  }
}
