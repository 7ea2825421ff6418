import {
  type ActionContext,
  type ActionDefinition,
  type ApprovedEffect,
  type ExecuteResult,
  type Preparation,
  type ProbeResult,
  silentLogger,
} from '@adjutant/core';
import { createFakeClock, type FakeClock } from '@adjutant/core/testing';
import { pagerdutyActions } from '../actions/index.ts';
import { pagerdutyConfigSchema } from '../config.ts';
import { type PagerdutyTwin, startPagerdutyTwin } from '../testing/start-pagerduty-twin.ts';
import { makeWorld, type World } from './make-world.ts';
import { now } from './trial.ts';

export const routingKey = 'e93facc04764012d7bfb002500d5d1a6';

export interface ActionTrial extends World {
  twin: PagerdutyTwin;
  clock: FakeClock;
  context: ActionContext;
  definition: ActionDefinition<object>;
  payload: { service: string; summary: string; severity: string; details?: string };
  prepare: () => Promise<Preparation>;
  effect: (effectKey?: string) => Promise<ApprovedEffect<object>>;
  execute: (effect: ApprovedEffect<object>) => Promise<ExecuteResult>;
  probe: (effect: ApprovedEffect<object>) => Promise<ProbeResult | undefined>;
  /** Incidents that a page made. */
  paged: () => number;
  close: () => Promise<void>;
}

/** Starts a twin with a service that can be paged. */
export async function startActionTrial(
  more: Readonly<Record<string, unknown>> = {},
): Promise<ActionTrial> {
  const clock = createFakeClock(now);
  const world = makeWorld({ incidents: 3, to: now });
  world.checkout.integrationKeys.push(routingKey);
  const twin = await startPagerdutyTwin({ data: world.data, clock });
  const config = pagerdutyConfigSchema.parse({
    baseUrl: twin.apiUrl,
    eventsUrl: twin.eventsUrl,
    token: twin.token,
    routingKey,
    ...more,
  });
  const [found] = pagerdutyActions(config);
  if (found === undefined) throw new Error('There is no action.');
  const definition = found as unknown as ActionDefinition<object>;
  const payload = {
    service: world.checkout.id,
    summary: 'Checkout refuses every card',
    severity: 'critical',
    details: 'Since the release of 11:40.',
  };
  const context: ActionContext = {
    workspaceId: 'workspace-1',
    clock,
    logger: silentLogger,
    fetch,
    signal: new AbortController().signal,
  };
  const prepare = async () => await definition.prepare(context, payload);
  return {
    ...world,
    twin,
    clock,
    context,
    definition,
    payload,
    prepare,
    async effect(effectKey = 'action-1:0') {
      const { preconditions, target } = await prepare();
      const base = { actionId: 'action-1', payload, preconditions, target, effectKey, step: 0 };
      return { ...base, previousResults: [] };
    },
    execute: async (effect) => await definition.execute(context, effect),
    probe: async (effect) => await definition.probe?.(context, effect),
    paged: () => world.data.incidents.filter(({ title }) => title === payload.summary).length,
    close: twin.close,
  };
}
