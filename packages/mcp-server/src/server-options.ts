import type { Logger } from '@adjutant/core';
import type { MetricSet } from '@adjutant/core/domain';
import type { AssistantHandle } from './assistant-handle.ts';
import type { HeldScopes } from './call-scopes.ts';
import type { ReadTexts } from './read-texts.ts';
import type { ToolDefinition } from './define-tool.ts';

export interface AdjutantServerOptions {
  /** Opens the store; called on the first call that needs it, never at start. Of what it returns only what an assistant may do is used. */
  open: () => Promise<AssistantHandle>;
  version: string;
  metrics: MetricSet;
  /** Where failures are noted. Never standard output: that carries the protocol. */
  logger?: Logger;
  /** The tools to serve instead of all. */
  tools?: readonly ToolDefinition[];
  /** What the caller may ask for; everything unless told, as for a person's own process. */
  scopes?: HeldScopes;
  /** What assistants were shown before, where several servers answer the same one. */
  reads?: ReadTexts;
}
