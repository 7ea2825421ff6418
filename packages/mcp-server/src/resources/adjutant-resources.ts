import type { Logger } from '@adjutant/core';
import type { MetricSet } from '@adjutant/core/domain';
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { shownText } from '../answer/neutralise.ts';
import { type AssistantHandle, assistantHandle } from '../assistant-handle.ts';
import { fixedForACaller } from '../cache-hints.ts';
import type { ReadTexts } from '../read-texts.ts';
import type { ServedResources } from '../server-extension.ts';
import { failureFields, failureText } from '../tool-error.ts';
import { actionResourceTemplate, isActionUri, readAction } from './action-resource.ts';
import { metricResources, metricResourceTemplate, readMetric } from './metric-resource.ts';
import { readTeam, teamResource } from './team-resource.ts';

const answerSchema = z.record(z.string(), z.unknown());

interface Context {
  workspace: () => Promise<AssistantHandle>;
  logger: Logger;
  reads: ReadTexts;
}

/** Returns the team, the metric definitions and proposed actions as resources. */
export function adjutantResources(metrics: MetricSet, context: Context): ServedResources {
  return {
    list: [teamResource, ...metricResources(metrics)],
    templates: [metricResourceTemplate, actionResourceTemplate],
    async read(uri, { mcpReq }) {
      const { signal } = mcpReq;
      if (uri === teamResource.uri)
        return contents(uri, await read(context, uri, signal, readTeam));
      if (isActionUri(uri)) {
        const action = await read(context, uri, signal, (handle) => readAction(uri, handle));
        return action === null ? null : contents(uri, action);
      }
      const text = readMetric(uri, metrics);
      if (text === null) return null;
      // Only the revisions that send an envelope know how long an answer may be kept.
      return { ...contents(uri, text), ...(mcpReq.envelope === undefined ? {} : fixedForACaller) };
    },
  };
}

function contents(uri: string, text: string) {
  return { contents: [{ uri, mimeType: 'application/json', text }] };
}

async function read<Text extends string | null>(
  { workspace, logger, reads }: Context,
  uri: string,
  signal: AbortSignal,
  make: (workspace: AssistantHandle) => Promise<Text>,
): Promise<Text> {
  try {
    const handle = assistantHandle(await workspace(), signal);
    const text = await make(handle);
    if (text !== null) reads.note(handle, answerSchema.parse(JSON.parse(text)));
    return text;
  } catch (error) {
    if (!signal.aborted) {
      logger.log('error', 'resource failed', { uri: shownText(uri), ...failureFields(error) });
    }
    throw new ProtocolError(ProtocolErrorCode.InternalError, failureText(error));
  }
}
