import type { Logger, Tracer } from '@adjutant/core';
import type { CommandContext } from './command-context.ts';

type Environment = CommandContext['io']['env'];

/** Where a loaded SDK of OpenTelemetry says that it is there; the same for all of version 1. */
const registeredKey = Symbol.for('opentelemetry.js.api.1');

/**
 * Returns the tracer that the process registered, where the environment or a loaded SDK asks for
 * spans; nothing otherwise, and then nothing is loaded. An SDK is the host's to bring.
 */
export async function tracerIn(env: Environment, logger: Logger): Promise<{ tracer?: Tracer }> {
  if (!isAskedFor(env)) return {};
  const { ProxyTracerProvider, trace } = await import('@opentelemetry/api');
  const provider = trace.getTracerProvider();
  const isMissing =
    provider instanceof ProxyTracerProvider && provider.getDelegateTracer('adjutant') === undefined;
  if (isMissing) {
    logger.log('warn', 'spans are asked for, and no OpenTelemetry SDK is loaded', {
      hint: 'Load one with NODE_OPTIONS="--import …".',
    });
  }
  return { tracer: trace.getTracer('adjutant') };
}

function isAskedFor(env: Environment): boolean {
  if (env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true') return false;
  const exporter = env['OTEL_TRACES_EXPORTER'];
  if (exporter === 'none') return false;
  return (
    registeredKey in globalThis ||
    [exporter, env['OTEL_EXPORTER_OTLP_ENDPOINT'], env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']].some(
      (value) => value !== undefined && value !== '',
    )
  );
}
