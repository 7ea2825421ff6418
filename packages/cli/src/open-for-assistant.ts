import type { Adjutant, WorkspaceHandle } from '@adjutant/core';
import type { CommandContext } from './command-context.ts';
import { debugLogger } from './debug-logger.ts';
import { flowIn } from './flow-in.ts';
import { metricsFor } from './own-metrics.ts';
import { tracerIn } from './tracer-in.ts';

/** The store as an assistant sees it: rows only, no source and no credential of one. */
export interface AssistantStore {
  /** Reads the configuration and opens; called late, so that a server starts without either. */
  open: () => Promise<WorkspaceHandle>;
  close: () => Promise<void>;
}

/** Returns the store for an assistant, not opened yet. */
export function openForAssistant(context: CommandContext): AssistantStore {
  let adjutant: Adjutant | null = null;
  return {
    async open() {
      // The parser of YAML and the tables of the store take as long to load as the rest of a start.
      const { loadConfig } = await import('./config/load-config.ts');
      const { createAdjutant } = await import('@adjutant/core');
      const { policyIn } = await import('./policy-in.ts');
      const loaded = await loadConfig(context, { ask: false });
      const { config, folder } = loaded;
      const { installationIn } = await import('./trust/installation-memory.ts');
      const { storeTokenFor } = await import('./store-token.ts');
      const logger = debugLogger(context);
      adjutant ??= await createAdjutant({
        store: config.store,
        baseDirectory: folder,
        ...storeTokenFor(config.store, context.io.env),
        metrics: await metricsFor(context.io),
        knowledge: (await import('@adjutant/insights')).knowledgeMethod,
        clock: context.clock,
        logger,
        ...(await tracerIn(context.io.env, logger)),
        secrets: context.secrets,
        ...installationIn(context, loaded),
        actions: async () => {
          const { proposableActions } = await import('./configured-vendors.ts');
          return await proposableActions(config.connectors);
        },
        ...policyIn(folder),
        ...flowIn(config),
        ...(config.retention === undefined ? {} : { retention: config.retention }),
      });
      const owner = await adjutant.owner();
      const sponsorPersonId = owner.kind === 'person' ? owner.personId : '';
      return adjutant.workspace().as({ kind: 'agent', name: 'mcp', sponsorPersonId });
    },
    close: async () => adjutant?.close(),
  };
}
