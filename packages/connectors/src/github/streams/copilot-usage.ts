import { defineStream } from '@adjutant/core';
import type { GithubConfig } from '../config.ts';
import { isRepositoryScope } from '../discovery/session.ts';
import { type AiUsagePayload, aiUsagePayloadSchema } from '../map/ai-usage-payload.ts';
import { mapAiUsage } from '../map/map-ai-usage.ts';
import { readCopilotUsage } from './read-copilot-usage.ts';

/** Who used Copilot on which day, where the configuration asks for it. */
export const copilotUsage = defineStream<GithubConfig, AiUsagePayload>({
  id: 'copilot_usage',
  title: 'Days of Copilot',
  payloadSchema: aiUsagePayloadSchema,
  appliesTo: (scope) => !isRepositoryScope(scope),
  read: readCopilotUsage,
  map: mapAiUsage,
});
