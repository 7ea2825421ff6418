import type { Logger, WorkspaceHandle } from '@adjutant/core';
import type { MetricSet } from '@adjutant/core/domain';
import type { ToolDefinition } from './define-tool.ts';

export interface AdjutantServerOptions {
  /** Opens the store; called on the first call that needs it, never at start. */
  open: () => Promise<WorkspaceHandle>;
  version: string;
  metrics: MetricSet;
  /** Where failures are noted. Never standard output: that carries the protocol. */
  logger?: Logger;
  /** The tools to serve instead of all. */
  tools?: readonly ToolDefinition[];
}
