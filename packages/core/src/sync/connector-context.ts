import type { ConfiguredConnector, ConnectorContext } from './define-connector.ts';

/** Returns what a connector is handed. */
export function createConnectorContext(
  dependencies: Pick<ConnectorContext<unknown>, 'clock' | 'logger' | 'fetch'>,
  connector: ConfiguredConnector,
  signal: AbortSignal | undefined,
): ConnectorContext<unknown> {
  return {
    config: connector.config,
    clock: dependencies.clock,
    logger: dependencies.logger,
    fetch: dependencies.fetch,
    signal: signal ?? new AbortController().signal,
  };
}
