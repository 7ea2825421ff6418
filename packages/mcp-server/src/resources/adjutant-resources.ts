import type { Logger } from '@adjutant/core';
import type { MetricSet } from '@adjutant/core/domain';
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { type AssistantHandle, assistantHandle } from '../assistant-handle.ts';
import { fixedForAnHour } from '../cache-hints.ts';
import type { ServedResources } from '../server-extension.ts';
import { failureFields, failureText } from '../tool-error.ts';
import { metricResources, metricResourceTemplate, readMetric } from './metric-resource.ts';
import { readTeam, teamResource } from './team-resource.ts';

interface Context {
  workspace: () => Promise<AssistantHandle>;
  logger: Logger;
}

/** Returns the team and the metric definitions as resources. */
export function adjutantResources(metrics: MetricSet, context: Context): ServedResources {
  return {
    list: [teamResource, ...metricResources(metrics)],
    templates: [metricResourceTemplate],
    async read(uri, { mcpReq }) {
      if (uri === teamResource.uri) return contents(uri, await team(context, mcpReq.signal));
      const text = readMetric(uri, metrics);
      if (text === null) return null;
      // Only the revisions that send an envelope know how long an answer may be kept.
      return { ...contents(uri, text), ...(mcpReq.envelope === undefined ? {} : fixedForAnHour) };
    },
  };
}

function contents(uri: string, text: string) {
  return { contents: [{ uri, mimeType: 'application/json', text }] };
}

async function team({ workspace, logger }: Context, signal: AbortSignal): Promise<string> {
  try {
    return await readTeam(assistantHandle(await workspace(), signal));
  } catch (error) {
    if (!signal.aborted) {
      logger.log('error', 'resource failed', { uri: teamResource.uri, ...failureFields(error) });
    }
    throw new ProtocolError(ProtocolErrorCode.InternalError, failureText(error));
  }
}
