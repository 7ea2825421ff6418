import type { FlowOptions } from '@adjutant/core';
import type { Config } from './config/config-schema.ts';

/** Returns what a configuration says of statuses and of days as options of `createAdjutant`. */
export function flowIn({ flow, timeZone }: Config): { flow?: FlowOptions; timeZone?: string } {
  return {
    ...(flow === undefined ? {} : { flow: { activeStatuses: flow.activeStatuses } }),
    ...(timeZone === undefined ? {} : { timeZone }),
  };
}
