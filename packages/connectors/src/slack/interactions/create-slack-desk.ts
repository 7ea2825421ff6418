import {
  type Adjutant,
  AdjutantError,
  type Clock,
  type ConfiguredConnector,
  headerReader,
  type InteractionDesk,
  type InteractionRoute,
  type Logger,
  type ReceivedInteraction,
  silentLogger,
  systemClock,
  type WebhookRequest,
} from '@adjutant/core';
import { type SlackConfig, slackConfigSchema } from '../config.ts';
import { verifySlackSignature } from '../webhooks/verify-signature.ts';
import { type Desk, refused, type SlackBrief } from './desk.ts';
import { createSeenRequests } from './seen-requests.ts';
import { cardSecrets } from './slack-clicks.ts';
import { takeCommand } from './take-command.ts';
import { takeEvent } from './take-event.ts';
import { takeInteraction } from './take-interaction.ts';

export interface SlackDeskOptions {
  adjutant: Adjutant;
  /** The connector that `createAdjutant` was given. */
  connector: ConfiguredConnector;
  workspaceId?: string;
  /** Makes the text of `/triage` and of the home tab; without it they say that it is missing. */
  brief?: SlackBrief;
  clock?: Clock;
  fetch?: typeof fetch;
  logger?: Logger;
}

/** Slack sends a press with the whole message around it, and a form with all that was written in it. */
const largestBodyBytes = 512 * 1_024;

type Take = (desk: Desk, request: WebhookRequest) => ReceivedInteraction;

const takes: Readonly<Record<InteractionRoute, Take>> = {
  interactions: takeInteraction,
  commands: takeCommand,
  events: takeEvent,
};

/**
 * Returns what takes buttons, forms, commands and opened tabs of Slack. Only what is signed with the
 * secret of the app that shows the cards is taken for Slack's, and it is answered before anything is
 * done.
 * @throws AdjutantError `Configuration` for a connector that is none of Slack's
 */
export function createSlackDesk(options: SlackDeskOptions): InteractionDesk {
  const { adjutant, connector, clock = systemClock, logger = silentLogger } = options;
  const config = configOf(connector);
  const desk: Desk = {
    adjutant,
    workspaceId: options.workspaceId,
    config,
    clock,
    logger,
    fetch: options.fetch ?? globalThis.fetch,
    brief: options.brief ?? null,
    seen: createSeenRequests(),
  };
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
      if (mediaTypeOf(header('content-type')) !== mediaTypes[route]) return refused('malformed');
      return takes[route](desk, request);
    },
  };
}

/** What Slack sends there; a signed body of one route says something else when it is read as another's. */
const mediaTypes: Readonly<Record<InteractionRoute, string>> = {
  interactions: 'application/x-www-form-urlencoded',
  commands: 'application/x-www-form-urlencoded',
  events: 'application/json',
};

function mediaTypeOf(header: string | null | undefined): string {
  return (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

function configOf({ definition, config }: ConfiguredConnector): SlackConfig {
  if (definition.id === 'slack') return slackConfigSchema.parse(config);
  throw new AdjutantError('Configuration', `The connector ${definition.id} is not Slack's.`, {
    hint: 'Pass what slack({ … }) returned.',
  });
}
