import { trace } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { createAdjutant, silentLogger } from '@adjutant/core';
import { afterEach, describe, expect, it } from 'vitest';
import { tracerIn } from './tracer-in.ts';

afterEach(() => trace.disable());

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318' };

function register(): InMemorySpanExporter {
  const exporter = new InMemorySpanExporter();
  const spanProcessors = [new SimpleSpanProcessor(exporter)];
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors }));
  return exporter;
}

describe('the tracer of a command', () => {
  it.each([
    ['asks for none', { OTEL_TRACES_EXPORTER: 'none', ...endpoint }],
    ['turns all of it off', { OTEL_SDK_DISABLED: 'true', ...endpoint }],
  ])('is none where the environment %s', async (_, env) => {
    register();
    expect(await tracerIn(env, silentLogger)).toEqual({});
  });

  it.each([
    ['names a place for spans', endpoint],
    ['names a kind of place', { OTEL_TRACES_EXPORTER: 'otlp' }],
    ['says nothing, and an SDK is loaded', {}],
  ])('is the registered one where the environment %s', async (_, env) => {
    const exporter = register();
    const adjutant = await createAdjutant({
      store: ':memory:',
      ...(await tracerIn(env, silentLogger)),
    });
    await adjutant.sync();
    await adjutant.close();
    expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(['sync']);
  });

  it('does nothing without an SDK, and says why', async () => {
    const logged: string[] = [];
    const logger = { log: (_level: string, message: string) => void logged.push(message) };
    const adjutant = await createAdjutant({
      store: ':memory:',
      ...(await tracerIn(endpoint, logger)),
    });
    await adjutant.sync();
    await adjutant.close();
    expect(logged).toEqual(['spans are asked for, and no OpenTelemetry SDK is loaded']);
  });
});
