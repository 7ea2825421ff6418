import {
  type Adjutant,
  AdjutantError,
  type Clock,
  type ConfiguredConnector,
  headerReader,
  type InteractionDesk,
  type Logger,
  type ReceivedInteraction,
  silentLogger,
  systemClock,
  type WebhookRefusal,
  type WebhookRequest,
} from '@adjutant/core';
import { type SlackConfig, slackConfigSchema } from '../config.ts';
import { verifySlackSignature } from '../webhooks/verify-signature.ts';
import { answerPerson, type PersonalAnswer, said } from './answer-person.ts';
import { decideByPress } from './decide-by-press.ts';
import { isCertificateCheck, readCommand, readPress } from './read-request.ts';
import { runCommand } from './run-command.ts';
import { cardSecrets } from './slack-clicks.ts';

export interface SlackDeskOptions {
  adjutant: Adjutant;
  /** The connector that `createAdjutant` was given. */
  connector: ConfiguredConnector;
  workspaceId?: string;
  clock?: Clock;
  fetch?: typeof fetch;
  logger?: Logger;
}

/** Slack sends a press of a button with the whole message that it stands in. */
const largestBodyBytes = 256 * 1_024;
/** Requests that are told apart from those sent again; older ones are stale. */
const mostRemembered = 5_000;
const usedBefore = 'This press of the button was used already. Nothing was done again.';
const failed = 'Something went wrong, and nothing was decided. Use the page of "adjutant serve".';

/**
 * Returns what takes buttons and commands of Slack. Only what is signed with the secret of the app
 * that shows the cards is taken for Slack's, and it is answered before anything is done.
 * @throws AdjutantError `Configuration` for a connector that is none of Slack's
 */
export function createSlackDesk(options: SlackDeskOptions): InteractionDesk {
  const { connector, clock = systemClock, logger = silentLogger } = options;
  const config = configOf(connector);
  const desk = { ...options, config, clock, logger, fetch: options.fetch ?? globalThis.fetch };
  const seen = new Set<string>();
  return {
    largestBodyBytes,
    async receive(route, request) {
      if (request.body.byteLength > largestBodyBytes) return refused('malformed');
      const secrets = await cardSecrets(config);
      const header = headerReader(request);
      const trouble = verifySlackSignature(request.body, header, secrets, clock.now());
      if (trouble !== null) {
        logger.log('warn', 'A request was refused.', { route, reason: trouble });
        return refused(trouble);
      }
      return route === 'commands'
        ? takeCommand(desk, seen, request)
        : takePress(desk, seen, request);
    },
  };
}

type Desk = Required<Pick<SlackDeskOptions, 'adjutant' | 'clock' | 'fetch' | 'logger'>> & {
  config: SlackConfig;
  workspaceId?: string;
};

function takePress(desk: Desk, seen: Set<string>, request: WebhookRequest): ReceivedInteraction {
  const press = readPress(request.body);
  // Links on a card are buttons to Slack as well: it tells of them, and wants no more than an answer.
  if (press === null) return accepted(null, null);
  const { responseUrl } = press;
  const isNew = notice(seen, press.pressId);
  const { workspaceId } = desk;
  return accepted(null, () =>
    answerAfter(desk, responseUrl, async () =>
      said(isNew ? await decideByPress({ ...desk, workspaceId }, press, request) : usedBefore),
    ),
  );
}

function takeCommand(desk: Desk, seen: Set<string>, request: WebhookRequest): ReceivedInteraction {
  if (isCertificateCheck(request.body)) return accepted(null, null);
  const command = readCommand(request.body);
  if (command === null) return refused('malformed');
  if (!notice(seen, command.commandId)) return accepted(null, null);
  const { workspaceId } = desk;
  const now = desk.clock.now();
  return accepted({ response_type: 'ephemeral', text: 'One moment …' }, () =>
    answerAfter(desk, command.responseUrl, () =>
      runCommand({ ...desk, workspaceId, now }, command),
    ),
  );
}

/** Does the work and tells the person; what cannot be told to a person is told to the log. */
async function answerAfter(
  desk: Desk,
  responseUrl: string | null,
  work: () => Promise<PersonalAnswer>,
): Promise<void> {
  let answer = said(failed);
  try {
    answer = await work();
  } catch (error) {
    const code = AdjutantError.isInstance(error) ? error.code : 'Internal';
    desk.logger.log('error', 'What somebody asked for in Slack failed.', { code });
  }
  await answerPerson(desk, responseUrl, answer);
}

function configOf({ definition, config }: ConfiguredConnector): SlackConfig {
  if (definition.id === 'slack') return slackConfigSchema.parse(config);
  throw new AdjutantError('Configuration', `The connector ${definition.id} is not Slack's.`, {
    hint: 'Pass what slack({ … }) returned.',
  });
}

/** Returns whether this is the first of its kind, and remembers it. */
function notice(seen: Set<string>, name: string): boolean {
  if (seen.has(name)) return false;
  seen.add(name);
  if (seen.size > mostRemembered) {
    for (const oldest of seen) {
      seen.delete(oldest);
      break;
    }
  }
  return true;
}

function accepted(
  body: ReceivedInteraction['body'],
  work: ReceivedInteraction['work'],
): ReceivedInteraction {
  return { status: 200, body, reason: null, work };
}

const statusOf: Readonly<Record<WebhookRefusal, 400 | 401 | 404>> = {
  not_configured: 404,
  malformed: 400,
  unsigned: 401,
  wrong_signature: 401,
  stale: 401,
};

function refused(reason: WebhookRefusal): ReceivedInteraction {
  return { status: statusOf[reason], body: null, reason, work: null };
}
